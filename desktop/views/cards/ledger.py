"""What followed a card's service, line by line above its text."""

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
        self._grid.setHorizontalSpacing(Space.CARD - 4)
        self._grid.setVerticalSpacing(Space.HAIR)
        self._grid.setColumnMinimumWidth(0, _LABEL_WIDTH)
        self._grid.setColumnStretch(1, 1)

    def refresh(self) -> None:
        """Show the open card's lines."""
        file = self._desk.file
        lines = ledger_lines(file) if file else ()
        self.setVisible(bool(lines))
        if lines != self._shown:
            self._shown = lines
            self._lay_out()

    def _lay_out(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        top = Qt.AlignmentFlag.AlignTop
        for row, line in enumerate(self._shown):
            label = Label(line.label, size=Size.SMALL, tone=Tone.SOFT, wraps=True)
            self._grid.addWidget(label, row, 0, top)
            self._grid.addWidget(Label(line.text, tone=line.tone, wraps=True), row, 1, top)
