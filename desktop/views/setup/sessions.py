"""Sessions of a day and spans of days, as they are typed."""

from datetime import date, time

from PySide6.QtCore import QDate, QTime
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QTimeEdit, QWidget

from desktop.domain.organisation import Session

_USUAL = ((QTime(9, 0), QTime(12, 0)), (QTime(13, 0), QTime(17, 0)))


class SessionEdit(QWidget):
    """Two sessions a day; the second may be left out."""

    def __init__(self) -> None:
        super().__init__()
        self._spans = tuple((QTimeEdit(start), QTimeEdit(end)) for start, end in _USUAL)
        self._second = QComboBox()
        self._second.addItem(self.tr("下午也开放"), True)
        self._second.addItem(self.tr("只开放一场"), False)
        self._second.currentIndexChanged.connect(self._weigh)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        names = (self.tr("上午"), self.tr("下午"))
        for name, (start, end) in zip(names, self._spans, strict=True):
            start.setAccessibleName(self.tr("{0}开始").format(name))
            end.setAccessibleName(self.tr("{0}结束").format(name))
            for edit in (start, end):
                edit.setDisplayFormat("HH:mm")
                edit.lineEdit().setTextMargins(10, 0, 0, 0)  # as NumberBox has
                row.addWidget(edit)
        self._second.setAccessibleName(self.tr("场次"))
        row.addWidget(self._second)
        row.addStretch(1)

    def show_sessions(self, sessions: tuple[Session, ...]) -> None:
        """Show them, unless somebody is typing just now."""
        if any(edit.hasFocus() for span in self._spans for edit in span):
            return
        for span, session in zip(self._spans, sessions, strict=False):
            for edit, moment in zip(span, (session.start, session.end), strict=True):
                edit.setTime(QTime(moment.hour, moment.minute, moment.second))
        self._second.setCurrentIndex(0 if len(sessions) > 1 else 1)

    def sessions(self) -> tuple[Session, ...]:
        """What is typed."""
        spans = self._spans if self._second.currentData() else self._spans[:1]
        return tuple(Session(_time_of(start), _time_of(end)) for start, end in spans)

    def _weigh(self) -> None:
        for edit in self._spans[1]:
            edit.setEnabled(bool(self._second.currentData()))


class SpanEdit(QWidget):
    """From one day to another, both of them in it."""

    def __init__(self, first: date) -> None:
        super().__init__()
        self._first, self._last = QDateEdit(), QDateEdit()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for edit, name in ((self._first, self.tr("第一天")), (self._last, self.tr("最后一天"))):
            edit.setCalendarPopup(True)
            edit.setDisplayFormat("yyyy-MM-dd")
            edit.setDate(QDate(first.year, first.month, first.day))
            edit.setAccessibleName(name)
            row.addWidget(edit)
        row.addStretch(1)
        self._first.dateChanged.connect(self._last.setMinimumDate)
        self._last.setMinimumDate(self._first.date())

    def span(self) -> tuple[date, date]:
        """What is typed."""
        first, last = self._first.date(), self._last.date()
        return (
            date(first.year(), first.month(), first.day()),
            date(last.year(), last.month(), last.day()),
        )

    def show_span(self, first: date, last: date) -> None:
        """Show other days."""
        self._first.setDate(QDate(first.year, first.month, first.day))
        self._last.setDate(QDate(last.year, last.month, last.day))


def _time_of(edit: QTimeEdit) -> time:
    shown = edit.time()
    return time(shown.hour(), shown.minute(), shown.second())
