"""The menu that takes a window off its post, and the question for what no menu holds."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from desktop.system.language import said
from desktop.usecases.duties import Leave
from desktop.viewmodels.live.duties import Ask, Away, Offer
from desktop.views.kit.dialogs import Question
from desktop.views.kit.fields import Field, NumberBox

_LONGEST = 480  # minutes: a working day


class DutyMenu(QMenu):
    """What can be done with the windows of a camera; `chosen` gives the deed or the question."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(said("窗口登记"))
        self.triggered.connect(self._choose)

    def add_window(self, title: str, offers: Sequence[Offer], *, alone: bool) -> None:
        """Add a window's offers: directly below its name, or as a menu of its own."""
        if alone:
            self.addAction(title).setEnabled(False)
            self.addSeparator()
        _fill(self if alone else self.addMenu(title), offers)

    def _choose(self, action: QAction) -> None:
        self.chosen.emit(action.data())


def _fill(menu: QMenu, offers: Sequence[Offer]) -> None:
    for offer in offers:
        if offer.more:
            _fill(menu.addMenu(offer.text), offer.more)
        else:
            menu.addAction(offer.text).setData(offer.does)


class DutyQuestion(Question):
    """Asks for the words, the time and who allowed it."""

    answered = Signal(object)  # the Deed

    def __init__(self, parent: QWidget, ask: Ask, window: str, approver: str) -> None:
        super().__init__(parent, f"{window} {ask.title}", "", said("登记"))
        self._ask = ask
        self.stand_in, self.note, self.approver = QLineEdit(), QLineEdit(), QLineEdit(approver)
        self.minutes = NumberBox(1, _LONGEST)
        self.minutes.setValue(ask.minutes)
        if ask.wants_stand_in:
            self.body.addWidget(Field(said("顶岗人"), self.stand_in))
        else:
            self.stand_in.setParent(self)
            self.stand_in.hide()
        for label, editor in (
            (said("事由"), self.note),
            (said("时长（分钟）"), self.minutes),
            (said("批准人"), self.approver),
        ):
            self.body.addWidget(Field(label, editor))
        for line in (self.stand_in, self.note, self.approver):
            line.textChanged.connect(self._weigh)
        self.agreed.connect(self._give)
        self._weigh()
        (self.stand_in if ask.wants_stand_in else self.note).setFocus()

    def _weigh(self) -> None:
        needed = self.stand_in if self._ask.wants_stand_in else self.note
        self.go.setEnabled(bool(needed.text().strip() and self.approver.text().strip()))

    def _give(self) -> None:
        leave = Leave(
            timedelta(minutes=self.minutes.value()),
            self.note.text().strip(),
            self.approver.text().strip(),
        )
        deed = replace(self._ask.deed, leave=leave)
        if isinstance(deed, Away):
            deed = replace(deed, stand_in=self.stand_in.text().strip())
        self.answered.emit(deed)
