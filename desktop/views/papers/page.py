"""The page of official papers: what waits for whom, and behind each row the paper itself."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from desktop.domain.official_documents import OfficialDocument
from desktop.system.language import said
from desktop.system.theme import Tone
from desktop.viewmodels.papers.acts import PaperAct
from desktop.viewmodels.papers.batch import BatchAct
from desktop.viewmodels.papers.beginning import CircularWish, NewPaper, Offer
from desktop.viewmodels.papers.desk import PapersDesk
from desktop.viewmodels.papers.notices import done_said
from desktop.viewmodels.papers.rows import PaperPile
from desktop.views.kit.buttons import Button, Rank
from desktop.views.page import Notice
from desktop.views.papers.batch import BatchView
from desktop.views.papers.beginning import BeginQuestion
from desktop.views.papers.file import PaperFileView
from desktop.views.paperwork.page import Listing, PaperworkPage

PAPERS_PAGE = "papers"
_WIDTHS = (104, 180, 184, 232, 172, 104)


class PapersPage(PaperworkPage):
    """Papers and what waits for them."""

    def __init__(self, desk: PapersDesk) -> None:
        self._papers = desk
        self._new = Button(said("起草文书"), Rank.PRIMARY)
        self._many = {act: Button(act.word, Rank.SECONDARY) for act in BatchAct}
        super().__init__(desk, _listing(), PaperFileView(desk), *self._many.values(), self._new)
        self._new.clicked.connect(self._begin)
        self._many[BatchAct.SIGN].clicked.connect(self._sign_many)
        self._many[BatchAct.ISSUE].clicked.connect(self._issue_many)
        desk.batch.listed.connect(self._show_batch)
        desk.batch.refused.connect(self._refuse)
        desk.offered.connect(self._ask_begin)
        begin = self._act(self.tr("起草文书"), QKeySequence.StandardKey.New)
        begin.triggered.connect(self._begin)
        self.refresh()

    def open_subject(self, subject: object) -> None:
        """Open a paper, begin one, or show a pile."""
        if isinstance(subject, NewPaper):
            self._papers.offer(subject)
        elif isinstance(subject, CircularWish):
            self._papers.begin_circular(subject)
        elif isinstance(subject, BatchAct):
            self._papers.batch.gather(subject)
        else:
            super().open_subject(subject)

    def done_said(self, act: PaperAct, subject: OfficialDocument) -> str:
        """Say that an act was done."""
        return done_said(act, subject)

    def show_tools(self) -> None:
        """Offer what this person may begin, or do with many at once."""
        self._new.setVisible(self._papers.may_begin)
        for act, many in self._many.items():
            many.setVisible(self._papers.can_do_many(act))

    def _begin(self) -> None:
        if self._papers.may_begin:
            self._papers.offer(NewPaper())

    def _sign_many(self) -> None:
        self._papers.batch.gather(BatchAct.SIGN)

    def _issue_many(self) -> None:
        self._papers.batch.gather(BatchAct.ISSUE)

    def _show_batch(self) -> None:
        if not self._papers.batch.model.rows:
            self.noticed.emit(Notice(self.tr("没有等您成批办理的文书和黄红牌。"), Tone.SOFT))
            return
        view = BatchView(self, self._papers.batch)
        view.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        view.open()

    def _ask_begin(self, offer: Offer, wish: NewPaper) -> None:
        question = BeginQuestion(self, offer, wish)
        question.given.connect(self._papers.begin)
        question.open()


def _listing() -> Listing:
    return Listing(
        name=said("文书", "field"),
        which=said("哪些文书"),
        search=said("搜索文书"),
        hint=said("搜索文号、文书、受文单位"),
        not_found=said("没有符合的文书。"),
        piles={pile: pile.word for pile in PaperPile},
        empty={
            PaperPile.MINE: said("没有等您办理的文书。"),
            PaperPile.UNDER_WAY: said("没有办理中的文书。"),
            PaperPile.DONE: said("还没有送达或归档的文书。"),
            PaperPile.VOID: said("没有作废的文书。"),
        },
        widths=_WIDTHS,
    )
