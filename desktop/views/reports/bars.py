"""Bars that can be pressed: one of a ranking, one month of a trend."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop.system.language import said
from desktop.system.theme import Size, typeface
from desktop.viewmodels.reports.ranking import Bar, MonthBar
from desktop.views.kit.labels import draw_elided
from desktop.views.kit.pressable import paint_surface, prepare_pressable, pressed_by_enter

_NAME, _TEXT, _HEIGHT, _INSET = 112, 150, 34, 10
_COLUMN_WIDTH, _COLUMN_HEIGHT, _FOOT = 44, 150, 22


class PressedBar(QAbstractButton):
    """A surface that is pressed by mouse or keyboard."""

    def __init__(self, name: str) -> None:
        super().__init__()
        prepare_pressable(self)
        self.setAccessibleName(name)
        self.setToolTip(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Enter too."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)


class UnitBar(PressedBar):
    """A unit's name, its bar and what it stands for."""

    def __init__(self, bar: Bar) -> None:
        super().__init__(f"{bar.name} {bar.text}")
        self.bar = bar
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(420, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it; who is not ranked has a hollow bar."""
        painter = QPainter(self)
        worn = paint_surface(painter, self, chosen=self.isChecked())
        painter.setFont(typeface(Size.SMALL))
        painter.setPen(QColor(worn.text))
        draw_elided(painter, QRect(_INSET, 0, _NAME - _INSET, self.height()), self.bar.name)
        room = self.width() - _NAME - _TEXT - _INSET
        wide = max(2.0, room * self.bar.share)
        painter.setPen(QColor(worn.accent))
        filled = QColor(worn.accent) if self.bar.is_ranked else Qt.BrushStyle.NoBrush
        painter.setBrush(filled)
        painter.drawRect(QRectF(_NAME, 10.5, wide, self.height() - 21))
        painter.setPen(QColor(worn.soft))
        place = QRect(self.width() - _TEXT, 0, _TEXT - _INSET, self.height())
        draw_elided(painter, place, self.bar.text, right=True)


class MonthColumn(PressedBar):
    """A month: what was received beside what was completed."""

    def __init__(self, bar: MonthBar) -> None:
        known = bar.received is not None
        words = said("{0}：收件 {1}，办结 {2}") if known else said("{0}：没有数据")
        super().__init__(words.format(bar.month, bar.received, bar.completed))
        self.bar = bar
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A narrow column."""
        return QSize(_COLUMN_WIDTH, _COLUMN_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both bars over the month's number."""
        painter = QPainter(self)
        worn = paint_surface(painter, self)
        high, half = self.height() - _FOOT - 12, self.width() / 2 - 6
        painter.setPen(QColor(worn.accent))
        for place, share in enumerate((self.bar.received_share, self.bar.completed_share)):
            painter.setBrush(QColor(worn.accent) if place == 0 else Qt.BrushStyle.NoBrush)
            tall = high * share
            if tall:
                x = 6 + place * half
                painter.drawRect(QRectF(x, self.height() - _FOOT - tall, half - 2, tall))
        painter.setFont(typeface(Size.SMALL))
        painter.setPen(QColor(worn.soft))
        foot = QRect(0, self.height() - _FOOT, self.width(), _FOOT)
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, str(self.bar.month.number))
