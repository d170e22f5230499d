"""The line above the wall that names empty windows, each with a way to look and to be silent."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from desktop.domain.identifiers import WindowId
from desktop.system.language import said
from desktop.system.theme import Space
from desktop.viewmodels.live.alerts import Alert, Alerts
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.dialogs import ReasonQuestion
from desktop.views.kit.fields import Field
from desktop.views.kit.labels import show_if

SNOOZES_MIN = (5, 15, 30, 60)
_FIRST = 3  # alerts that are named; the wall itself shows the rest


class SnoozeQuestion(ReasonQuestion):
    """How long and why."""

    def __init__(self, parent: QWidget, alert: Alert) -> None:
        super().__init__(
            parent,
            said("稍后提醒"),
            said("{0}。这段时间不再提醒，判断和记录照常进行；理由记入审计。").format(alert.words),
            said("稍后提醒"),
            label=said("理由"),
        )
        self.minutes = QComboBox()
        for minutes in SNOOZES_MIN:
            self.minutes.addItem(said("{0} 分钟").format(minutes), minutes)
        self.body.addWidget(Field(said("多久"), self.minutes))


class AlertStrip(QWidget):
    """Empty windows by name; `looked` gives the window to look at."""

    looked = Signal(object)

    def __init__(self, alerts: Alerts) -> None:
        super().__init__()
        self._alerts = alerts
        self._asked: WindowId | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Space.INSIDE)
        alerts.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        while (item := self._row.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        shown = list(self._alerts.alerts.values())[:_FIRST]
        for alert in shown:
            self._add(alert)
        self._row.addStretch(1)
        show_if(self, wanted=bool(shown))

    def _add(self, alert: Alert) -> None:
        look = Button(alert.words, Rank.DANGER)
        look.setProperty("window", alert.window_id)
        look.clicked.connect(self._look)
        quiet = Button(said("稍后提醒…"), Rank.QUIET)
        quiet.setAccessibleName(said("稍后提醒：{0}").format(alert.words))
        quiet.setProperty("window", alert.window_id)
        quiet.clicked.connect(self._ask)
        self._row.addWidget(look)
        self._row.addWidget(quiet)

    def _look(self) -> None:
        self.looked.emit(self.sender().property("window"))

    def _ask(self) -> None:
        alert = self._alerts.alerts.get(WindowId(str(self.sender().property("window"))))
        if alert is None:
            return
        self._asked = alert.window_id
        self._question = SnoozeQuestion(self, alert)
        self._question.given.connect(self._snooze)
        self._question.open()

    def _snooze(self, reason: str) -> None:
        if self._asked is not None:
            minutes = int(self._question.minutes.currentData())
            self._alerts.snooze(self._asked, minutes, reason)
