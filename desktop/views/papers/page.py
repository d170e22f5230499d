"""The page of official papers: what waits for whom, and behind each row the paper itself."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.official_documents import OfficialDocument
from desktop.system.theme import Space, Tone
from desktop.viewmodels.papers.acts import PaperAct
from desktop.viewmodels.papers.batch import BatchAct
from desktop.viewmodels.papers.beginning import CircularWish, NewPaper, Offer
from desktop.viewmodels.papers.desk import PapersDesk
from desktop.viewmodels.papers.notices import done_said
from desktop.viewmodels.papers.rows import PaperPile
from desktop.viewmodels.papers.words import kind_name
from desktop.viewmodels.times import clock_short
from desktop.viewmodels.wording import sentence
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.chips import Chips
from desktop.views.kit.icons import Icon
from desktop.views.kit.panels import Panel
from desktop.views.kit.placeholders import Staged
from desktop.views.kit.search import SearchField
from desktop.views.kit.tables import Table
from desktop.views.page import Notice, Page
from desktop.views.papers.batch import BatchView
from desktop.views.papers.beginning import BeginQuestion
from desktop.views.papers.file import PaperFileView

PAPERS_PAGE = "papers"
_WIDTHS = (104, 180, 184, 232, 172, 104)


class PapersPage(Page):
    """Papers and what waits for them."""

    def __init__(self, desk: PapersDesk) -> None:
        super().__init__()
        self._desk = desk
        words = {pile: pile.word for pile in PaperPile}
        self._chips = Chips(self.tr("哪些文书"), words, columns=len(PaperPile))
        self._search = SearchField(self.tr("搜索文书"), self.tr("搜索文号、文书、受文单位"))
        self._new = Button(self.tr("起草文书"), Rank.PRIMARY)
        self._many = {act: Button(act.word, Rank.SECONDARY) for act in BatchAct}
        self._table = Table(self.tr("文书", "field"))
        self._table.setModel(desk.search)
        self._staged = Staged(self._table)
        self._file = PaperFileView(desk)
        self._stack = QStackedWidget()
        self._all = self._list_view()
        self._stack.addWidget(self._all)
        self._stack.addWidget(self._file)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.MARGIN, 20, Space.MARGIN, Space.MARGIN)
        whole.addWidget(self._stack)
        self._connect()
        self._add_actions()
        self.refresh()

    def commands(self) -> Sequence[QAction]:
        """What the command palette offers here."""
        return self.actions()

    def arrive(self) -> None:
        """Fetch, perhaps for another person than before."""
        self._desk.refresh()
        self.refresh()

    def leave(self) -> None:
        """Keep what was written."""
        self._desk.editor.keep()

    def open_subject(self, subject: object) -> None:
        """Open a paper, begin one, or show a pile."""
        if isinstance(subject, NewPaper):
            self._desk.offer(subject)
        elif isinstance(subject, CircularWish):
            self._desk.begin_circular(subject)
        elif isinstance(subject, BatchAct):
            self._desk.batch.gather(subject)
        elif isinstance(subject, PaperPile):
            self._show_pile(subject)
        elif isinstance(subject, str):
            self._desk.open(subject)

    def refresh(self) -> None:
        """Show list and paper as they are for who is at the desk now."""
        self._show_list()
        self._show_paper()

    def said_instead(self) -> str:
        """What is said in place of an empty list."""
        return self._staged.placeholder.sentence()

    def _list_view(self) -> QWidget:
        self._search.setFixedWidth(260)
        for column, width in enumerate(_WIDTHS):
            self._table.setColumnWidth(column, width)
        top = QHBoxLayout()
        top.addWidget(self._chips)
        top.addStretch(1)
        top.addWidget(self._search)
        for many in self._many.values():
            top.addWidget(many)
        top.addWidget(self._new)
        panel = Panel(margin=12)
        panel.body.addLayout(top)
        panel.body.addWidget(self._staged, 1)
        return panel

    def _connect(self) -> None:
        desk = self._desk
        self._chips.chosen.connect(self._show_pile)
        self._search.textChanged.connect(self._look_for)
        self._table.opened.connect(self._open_key)
        self._staged.acted.connect(desk.refresh)
        self._new.clicked.connect(self._begin)
        self._many[BatchAct.SIGN].clicked.connect(self._sign_many)
        self._many[BatchAct.ISSUE].clicked.connect(self._issue_many)
        desk.batch.listed.connect(self._show_batch)
        desk.batch.refused.connect(self._refuse)
        self._file.left.connect(desk.close_paper)
        desk.listed.connect(self._show_list)
        desk.opened.connect(self._was_opened)
        desk.refreshed.connect(self._show_paper)
        desk.closed.connect(self._show_paper)
        desk.editor.kept.connect(self._tell_context)
        desk.offered.connect(self._ask_begin)
        desk.done.connect(self._was_done)
        desk.exported.connect(self._was_exported)
        desk.refused.connect(self._refuse)
        desk.replies.taken.connect(self._was_taken)

    def _add_actions(self) -> None:
        back = QAction(self.tr("回到列表"), self)
        back.setShortcut(QKeySequence("Alt+Left"))
        back.triggered.connect(self._desk.close_paper)
        keep = QAction(self.tr("保存草稿"), self)
        keep.setShortcut(QKeySequence.StandardKey.Save)
        keep.triggered.connect(self._desk.editor.keep)
        find = QAction(self.tr("搜索文书"), self)
        find.setShortcut(QKeySequence.StandardKey.Find)
        find.triggered.connect(self._search.setFocus)
        begin = QAction(self.tr("起草文书"), self)
        begin.setShortcut(QKeySequence.StandardKey.New)
        begin.triggered.connect(self._begin)
        self.addActions([back, keep, find, begin])

    def _begin(self) -> None:
        if self._desk.may_begin:
            self._desk.offer(NewPaper())

    def _sign_many(self) -> None:
        self._desk.batch.gather(BatchAct.SIGN)

    def _issue_many(self) -> None:
        self._desk.batch.gather(BatchAct.ISSUE)

    def _show_batch(self) -> None:
        if not self._desk.batch.model.rows:
            self.noticed.emit(Notice(self.tr("没有等您成批办理的文书和黄红牌。"), Tone.SOFT))
            return
        view = BatchView(self, self._desk.batch)
        view.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        view.open()

    def _ask_begin(self, offer: Offer, wish: NewPaper) -> None:
        question = BeginQuestion(self, offer, wish)
        question.given.connect(self._desk.begin)
        question.open()

    def _show_pile(self, pile: object) -> None:
        if isinstance(pile, PaperPile):
            self._desk.search.show_pile(pile)
            self._show_list()

    def _look_for(self, text: str) -> None:
        self._desk.search.search(text)
        self._show_list()

    def _open_key(self, key: object) -> None:
        self._desk.open(str(key))

    def _show_list(self) -> None:
        desk = self._desk
        self._chips.show_numbers(desk.counts)
        self._chips.press(desk.search.pile)
        self._new.setVisible(desk.may_begin)
        for act, many in self._many.items():
            many.setVisible(desk.can_do_many(act))
        if not desk.is_listed:
            self._staged.show_loading(self.tr("正在读取…"))
        elif desk.search.rowCount():
            self._staged.show_content()
        elif self._search.text():
            self._staged.show_empty(self.tr("没有符合的文书。"), icon=Icon.SEARCH)
        else:
            self._staged.show_empty(self._nothing())

    def _nothing(self) -> str:
        words = {
            PaperPile.MINE: self.tr("没有等您办理的文书。"),
            PaperPile.UNDER_WAY: self.tr("没有办理中的文书。"),
            PaperPile.DONE: self.tr("还没有送达或归档的文书。"),
            PaperPile.VOID: self.tr("没有作废的文书。"),
        }
        return words[self._desk.search.pile]

    def _was_opened(self) -> None:
        self._show_paper()
        self._file.focus_first()
        if (file := self._desk.file) is not None:
            self.subject_shown.emit(file.document.ENTITY, file.document.id)

    def _show_paper(self) -> None:
        file = self._desk.file
        self._stack.setCurrentWidget(self._all if file is None else self._file)
        if file is None:
            self.title_changed.emit("")
            self.context_changed.emit("")
            self._table.setFocus()
            return
        self._file.refresh()
        self.title_changed.emit(kind_name(file.document.template))
        self._tell_context()

    def _tell_context(self) -> None:
        file, kept_at = self._desk.file, self._desk.editor.kept_at
        if file is None:
            return
        parts = [file.document.recipient, file.document.doc_no or self.tr("未编号")]
        if kept_at is not None:
            parts.append(self.tr("已自动保存 {0}").format(clock_short(kept_at)))
        self.context_changed.emit(" · ".join(part for part in parts if part))

    def _was_done(self, act: PaperAct, document: OfficialDocument) -> None:
        self.noticed.emit(Notice(done_said(act, document), Tone.GOOD))

    def _was_taken(self, document: OfficialDocument) -> None:
        words = self.tr("已收取 {0} 的回复表，各部分已分别登记。")
        self.noticed.emit(Notice(words.format(document.doc_no), Tone.GOOD))

    def _was_exported(self, name: str) -> None:
        self.noticed.emit(Notice(self.tr("已导出 {0}，并写入流转记录。").format(name), Tone.GOOD))

    def _refuse(self, error: Exception) -> None:
        self.noticed.emit(Notice(sentence(error), Tone.BAD))
        if not self._desk.is_listed:
            self._staged.show_trouble(sentence(error), self.tr("重试"))
