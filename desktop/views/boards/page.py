"""六大板块: four numbers a board, and below them the list behind the one that was pressed."""

from functools import partial

from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from desktop.domain.rules.catalogue import Board
from desktop.system.language import said
from desktop.system.theme import Space, Tone
from desktop.viewmodels.approvals.words import BOARDS
from desktop.viewmodels.boards import BoardDesk, Count
from desktop.viewmodels.wording import sentence
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.icons import Icon
from desktop.views.kit.panels import Panel
from desktop.views.kit.placeholders import Staged
from desktop.views.kit.tables import Table
from desktop.views.kit.tiles import StatTile
from desktop.views.page import APPROVALS_PAGE, Notice, Page, PageEntry

BOARDS_PAGE = "boards"
_PAGES = {
    Count.CANDIDATES: APPROVALS_PAGE,
    Count.CASES: APPROVALS_PAGE,
    Count.FINDINGS: "review",
    Count.CARDS: "cards",
    Count.ORDERS: "cards",
}
_COLUMNS = 2  # of boards
_WIDTHS = (320, 200, 128)


class BoardsPage(Page):
    """Every number opens its list, every line its case, finding or card."""

    def __init__(self, desk: BoardDesk) -> None:
        super().__init__()
        self._desk = desk
        self._panels = {board: BoardPanel(desk, board) for board in Board}
        self._list = Panel()
        self._table = Table(said("数字背后的清单"))
        self._table.setModel(desk.model)
        for column, width in enumerate(_WIDTHS):
            self._table.setColumnWidth(column, width)
        self._staged = Staged(self._table)
        self._list.body.addWidget(self._staged, 1)
        self._lay_out()
        self._table.opened.connect(self._open)
        desk.changed.connect(self.refresh)
        desk.refused.connect(self._refuse)
        self.refresh()

    def arrive(self) -> None:
        """Count."""
        self._desk.refresh()

    def open_subject(self, subject: object) -> None:
        """Show the list of a board that another page leads to: what is to be verified."""
        if isinstance(subject, Board):
            self._desk.show(subject, Count.FINDINGS)

    def refresh(self) -> None:
        """Show the numbers and the list."""
        for panel in self._panels.values():
            panel.refresh()
        chosen = self._desk.chosen
        if chosen is None:
            self._list.show_title(said("清单"))
            self._staged.show_empty(said("按下一个数字，这里列出它的清单。"), icon=Icon.INFO)
            return
        board, count = chosen
        self._list.show_title(said(BOARDS[board]), count.word)
        if self._desk.model.rows:
            self._staged.show_content()
        else:
            self._staged.show_empty(said("这一项没有记录。"), icon=Icon.CHECK)

    def said_instead(self) -> str:
        """What is said in place of an empty list."""
        return self._staged.placeholder.sentence()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(Space.CARD)
        for place, panel in enumerate(self._panels.values()):
            grid.addWidget(panel, place // _COLUMNS, place % _COLUMNS)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.MARGIN, 20, Space.MARGIN, Space.MARGIN)
        whole.setSpacing(Space.CARD)
        whole.addLayout(grid)
        whole.addWidget(self._list, 1)

    def _open(self, key: object) -> None:
        if self._desk.chosen is not None and key is not None:
            self.goes_to.emit(_PAGES[self._desk.chosen[1]], str(key).partition("/")[0])

    def _refuse(self, error: Exception) -> None:
        self.noticed.emit(Notice(sentence(error), Tone.BAD))


class BoardPanel(Panel):
    """One board with its four numbers, and above them what the rules find, once it is counted."""

    def __init__(self, desk: BoardDesk, board: Board) -> None:
        super().__init__(said(BOARDS[board]), margin=12)
        self._desk, self.board = desk, board
        self._tiles: dict[Count, _Number] = {}
        self.found = Button("", Rank.QUIET)
        self.found.clicked.connect(self._show_found)
        self.header.add(self.found)
        self.body.setSpacing(Space.HAIR)  # six of them and a list share one screen
        row = QGridLayout()
        row.setSpacing(Space.INSIDE)
        for place, count in enumerate(each for each in Count if each is not Count.CANDIDATES):
            tile = _Number(desk, board, count)
            self._tiles[count] = tile
            row.addWidget(tile, 0, place)
        self.body.addLayout(row)

    def tile(self, count: Count) -> StatTile:
        """The tile of a number."""
        return self._tiles[count]

    def refresh(self) -> None:
        """Show the numbers; red is for what is over its day."""
        found = Count.CANDIDATES
        told = self._desk.hint(self.board, found) or self._desk.number_said(self.board, found)
        self.found.setText(f"{found.word} {told}")
        for count, tile in self._tiles.items():
            over = self._desk.overdue(self.board, count)
            number = self._desk.number_said(self.board, count)
            hint = self._desk.hint(self.board, count)
            tile.show_figures(number, hint, Tone.BAD if over else Tone.SOFT)

    def _show_found(self) -> None:
        self._desk.show(self.board, Count.CANDIDATES)


class _Number(StatTile):
    """A number that shows its list."""

    def __init__(self, desk: BoardDesk, board: Board, count: Count) -> None:
        super().__init__(count.word, small=True)
        self._desk, self._board, self._count = desk, board, count
        self.clicked.connect(self._show)

    def _show(self) -> None:
        self._desk.show(self._board, self._count)


def boards_entry(desk: BoardDesk) -> PageEntry:
    """The page's place in the navigation."""
    return PageEntry(BOARDS_PAGE, Icon.GRID, _title, partial(BoardsPage, desk))


def _title() -> str:
    return said("六大板块")
