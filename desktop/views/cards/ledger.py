"""What followed a card's service, line by line above its text."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.cards.desk import CardDesk
from desktop.viewmodels.cards.ledger import Line, ledger_lines
from desktop.views.kit.labels import Label

_LABEL_WIDTH = 108


class LedgerLines(QWidget):
    """Labels at the left, what the ledger says at the right; hidden before service."""

    def __init__(self, desk: CardDesk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: tuple[Line, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, Space.INSIDE)

    def refresh(self) -> None:
        """Show the open card's lines."""
        file = self._desk.file
        lines = ledger_lines(file) if file else ()
        self.setVisible(bool(lines))
        if lines != self._shown:
            self._shown = lines
            lay_lines(self._grid, lines)


def lay_lines(grid: QGridLayout, lines: Sequence[Line]) -> None:
    """Lay labels and texts out in two columns, in the place of what was there."""
    grid.setHorizontalSpacing(Space.CARD - 4)
    grid.setVerticalSpacing(Space.HAIR)
    grid.setColumnMinimumWidth(0, _LABEL_WIDTH)
    grid.setColumnStretch(1, 1)
    while (item := grid.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
    top = Qt.AlignmentFlag.AlignTop
    for row, line in enumerate(lines):
        label = Label(line.label, size=Size.SMALL, tone=Tone.SOFT, wraps=True)
        grid.addWidget(label, row, 0, top)
        grid.addWidget(Label(line.text, tone=line.tone, wraps=True), row, 1, top)
