"""The six boards on the first page: how much of each is to be verified, and what is late."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout

from desktop.domain.rules.catalogue import Board
from desktop.system.language import said
from desktop.system.theme import Space, Tone
from desktop.viewmodels.approvals.words import BOARDS
from desktop.viewmodels.boards import BoardDesk, Count
from desktop.views.kit.panels import Panel
from desktop.views.kit.tiles import StatTile

_COLUMNS = 2


class BoardsGlance(Panel):
    """A tile a board; `opened` gives the board whose list is wanted."""

    opened = Signal(object)

    def __init__(self, desk: BoardDesk) -> None:
        super().__init__(said("六大板块"), Count.FINDINGS.word)
        self._desk = desk
        self._tiles = {board: StatTile(said(BOARDS[board]), small=True) for board in Board}
        grid = QGridLayout()
        grid.setSpacing(Space.INSIDE)
        for place, (board, tile) in enumerate(self._tiles.items()):
            tile.setProperty("board", board)
            tile.clicked.connect(self._open)
            grid.addWidget(tile, place // _COLUMNS, place % _COLUMNS)
        self.body.addLayout(grid)
        desk.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the numbers; red is for rectifications that are over their day."""
        for board, tile in self._tiles.items():
            number = self._desk.number(board, Count.FINDINGS)
            late = self._desk.overdue(board, Count.ORDERS)
            hint = said("整改超期 {0}").format(late) if late else ""
            shown = str(number) if self._desk.is_counted else "–"
            tile.show_figures(shown, hint, Tone.BAD if late else Tone.SOFT)

    def _open(self) -> None:
        self.opened.emit(self.sender().property("board"))
