"""One paper: how far it has come, its text at the left, its print at the right."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.system.theme import Space
from desktop.viewmodels.paperwork.desk import PaperworkDesk
from desktop.viewmodels.paperwork.file import WayStep, remark_on
from desktop.views.kit.buttons import IconButton
from desktop.views.kit.icons import Icon
from desktop.views.kit.panels import Banner, Panel, ScrollColumn
from desktop.views.kit.steps import Step, StepBar
from desktop.views.paperwork.actions import ActionBar
from desktop.views.paperwork.prints import PrintColumn

_TEXT_WIDTH = 540


class FileView(QWidget):
    """A paper as it is worked on.

    Attributes:
        top: the row above, for what a kind of paper offers besides.
    """

    left = Signal()

    def __init__(
        self,
        desk: PaperworkDesk[Any, Any, Any, Any],
        bar: ActionBar[Any],
        form: QWidget,
        *notes: QWidget,
    ) -> None:
        super().__init__()
        self.desk, self.bar, self._form, self._notes = desk, bar, form, notes
        self.steps = StepBar()
        self._remark = Banner()
        self._prints = PrintColumn(desk)
        self.top = QHBoxLayout()
        self._lay_out()

    def way(self) -> tuple[Sequence[WayStep], int]:
        """Tell the steps of the open paper, and how many are done."""
        return (), 0

    def refresh(self) -> None:
        """Show the open paper anew."""
        if self.desk.file is None:
            return
        steps, now = self.way()
        self.steps.show_steps([Step(step.title, step.person) for step in steps], now)
        remark = remark_on(self.desk.file)
        self._remark.say(remark.text, remark.tone)
        parts: Sequence[Any] = (*self._notes, self._form, self._prints, self.bar)
        for part in parts:
            part.refresh()

    def focus_first(self) -> None:
        """Go to what this person can do here."""
        part: Any = self._form if self.desk.editor.may_edit else self.bar
        part.focus_first()

    def _lay_out(self) -> None:
        back = IconButton(Icon.BACK, self.tr("回到列表"))
        back.clicked.connect(self.left)
        self.top.setSpacing(Space.INSIDE)
        self.top.addWidget(back)
        self.top.addWidget(self.steps, 1)
        text = Panel()
        text.setMaximumWidth(_TEXT_WIDTH)
        column = ScrollColumn(spacing=Space.CARD - 4)
        for part in (self._remark, *self._notes, self._form):
            column.body.addWidget(part)
        column.body.addStretch(1)
        text.body.addWidget(column, 1)
        text.body.addWidget(self.bar)
        row = QHBoxLayout()
        row.setSpacing(Space.CARD)
        row.addWidget(text, 5)
        row.addWidget(self._prints, 6)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.CARD - 4)
        whole.addLayout(self.top)
        whole.addLayout(row, 1)
