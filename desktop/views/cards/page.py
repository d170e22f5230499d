"""The page of cards: the list, and behind each row the card beside its paper."""

from PySide6.QtGui import QAction

from desktop.domain.cards import Card
from desktop.domain.dossiers import Entry
from desktop.system.language import said
from desktop.viewmodels.cards.acts import Act
from desktop.viewmodels.cards.desk import CardDesk
from desktop.viewmodels.cards.notices import done_said
from desktop.viewmodels.cards.rows import Pile
from desktop.viewmodels.casework import Casework, may_create
from desktop.viewmodels.dossiers.matter import filing_of_card
from desktop.viewmodels.links import PaperLink
from desktop.viewmodels.papers.batch import BatchAct
from desktop.viewmodels.papers.beginning import NewPaper
from desktop.views.cards.file import CardFileView
from desktop.views.kit.buttons import IconButton
from desktop.views.kit.exports import ExportDialog
from desktop.views.kit.icons import Icon
from desktop.views.page import APPROVALS_PAGE, DOSSIERS_PAGE
from desktop.views.papers.page import PAPERS_PAGE
from desktop.views.paperwork.page import Listing, PaperworkPage

_WIDTHS = (88, 172, 132, 132, 108, 108, 132, 112, 108)
_AGE, _DRAFTED = 7, 8  # one of the two columns is shown


class CardsPage(PaperworkPage):
    """Cards and what waits for them."""

    def __init__(self, desk: CardDesk, casework: Casework) -> None:
        self._cards, self._casework = desk, casework
        self._export = IconButton(Icon.DOWNLOAD, said("导出整改台账"))
        file = CardFileView(desk, casework)
        super().__init__(desk, _listing(), file, self._export)
        self._exporting = ExportDialog(
            self,
            self.tr("导出整改台账"),
            self.tr("台账将离开本系统。导出的人、时间和理由会写入记录。"),
        )
        self._export.clicked.connect(self._ask_export)
        self._exporting.chosen.connect(desk.ledger.export)
        desk.ledger.exported.connect(self._was_exported)
        desk.ledger.refused.connect(self._refuse)
        desk.elsewhere.connect(self._go_to_paper)
        file.wished.connect(self._draft_paper)
        file.case.wanted.connect(self._show_case)
        for act in BatchAct:
            many = self._act(act.word)
            many.setData(act)
            many.triggered.connect(self._do_many)
        self._act(said("收入案卷…")).triggered.connect(self._put_in)
        self.refresh()

    def open_subject(self, subject: object) -> None:
        """Open a card, begin one on a finding, show a pile, or follow a paper's link."""
        if isinstance(subject, PaperLink):
            self._cards.follow(subject)
        else:
            super().open_subject(subject)

    def done_said(self, act: Act, subject: Card) -> str:
        """Say that an act was done."""
        return done_said(act, subject)

    def show_tools(self) -> None:
        """On the ledger show ages, and offer to export what it holds."""
        search = self._cards.search
        on_ledger = search.pile is Pile.LEDGER
        self._table.setColumnHidden(_AGE, not on_ledger)
        self._table.setColumnHidden(_DRAFTED, on_ledger)
        self._export.setVisible(on_ledger and search.rowCount() > 0)

    def _put_in(self) -> None:
        """Put the open card into a case file."""
        file, casework = self._cards.file, self._casework
        if file and may_create(casework.book, Entry.ENTITY, casework.door.actor):
            self.goes_to.emit(DOSSIERS_PAGE, filing_of_card(file.card, file.unit))

    def _show_case(self, case_id: object) -> None:
        self.goes_to.emit(APPROVALS_PAGE, case_id)

    def _ask_export(self) -> None:
        self._exporting.ask(self._cards.ledger.file_name, "CSV (*.csv)")

    def _go_to_paper(self, document_id: str) -> None:
        self.goes_to.emit(PAPERS_PAGE, document_id)

    def _do_many(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            self.goes_to.emit(PAPERS_PAGE, sender.data())

    def _draft_paper(self, wish: NewPaper) -> None:
        self.goes_to.emit(PAPERS_PAGE, wish)


def _listing() -> Listing:
    return Listing(
        name=said("黄红牌"),
        which=said("哪些牌"),
        search=said("搜索黄红牌"),
        hint=said("搜索文号、单位、窗口"),
        not_found=said("没有符合的黄红牌。"),
        piles={pile: pile.word for pile in Pile},
        empty={
            Pile.MINE: said("没有等您办理的黄红牌。"),
            Pile.TO_DRAFT: said("没有等待拟稿的问题。认定属实的问题会出现在这里。"),
            Pile.UNDER_WAY: said("没有办理中的黄红牌。"),
            Pile.SERVED: said("还没有送达的黄红牌。"),
            Pile.LEDGER: said("没有未销号的整改。"),
            Pile.VOID: said("没有作废的黄红牌。"),
        },
        widths=_WIDTHS,
    )
