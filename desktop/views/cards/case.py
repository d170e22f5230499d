"""The approval case that a card is about, above the card's text, and the way to it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.system.theme import Space
from desktop.viewmodels.cards.case_lines import case_lines
from desktop.viewmodels.cards.desk import CardDesk
from desktop.views.cards.ledger import lay_lines
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.icons import Icon


class CaseLines(QWidget):
    """What the case is; hidden for a card about a window. `wanted` gives the case's id."""

    wanted = Signal(object)

    def __init__(self, desk: CardDesk) -> None:
        super().__init__()
        self._desk = desk
        self._grid = QGridLayout()
        self._open = Button(self.tr("打开办件"), Rank.ROW, icon=Icon.APPROVALS)
        self._open.clicked.connect(self._ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, Space.INSIDE)
        column.setSpacing(Space.INSIDE)
        column.addLayout(self._grid)
        column.addWidget(self._open)

    def refresh(self) -> None:
        """Show the open card's case."""
        file = self._desk.file
        lines = case_lines(file) if file else ()
        self.setVisible(bool(lines))
        lay_lines(self._grid, lines)

    def _ask(self) -> None:
        if file := self._desk.file:
            self.wanted.emit(file.findings[0].case_id)
