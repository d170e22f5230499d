"""The page of cards: the list, and behind each row the card beside its paper."""

from collections.abc import Sequence

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.cards import Card
from desktop.system.theme import Space, Tone
from desktop.viewmodels.cards.acts import Act
from desktop.viewmodels.cards.desk import CardDesk
from desktop.viewmodels.cards.notices import done_said
from desktop.viewmodels.cards.rows import Pile, paper_name
from desktop.viewmodels.casework import Casework
from desktop.viewmodels.links import PaperLink
from desktop.viewmodels.papers.batch import BatchAct
from desktop.viewmodels.papers.beginning import NewPaper
from desktop.viewmodels.times import clock_short
from desktop.viewmodels.wording import sentence
from desktop.views.cards.file import FileView
from desktop.views.kit.buttons import IconButton
from desktop.views.kit.chips import Chips
from desktop.views.kit.exports import ExportDialog
from desktop.views.kit.icons import Icon
from desktop.views.kit.panels import Panel
from desktop.views.kit.placeholders import Staged
from desktop.views.kit.search import SearchField
from desktop.views.kit.tables import Table
from desktop.views.page import APPROVALS_PAGE, Notice, Page
from desktop.views.papers.page import PAPERS_PAGE

_WIDTHS = (88, 172, 132, 124, 108, 96, 164)


class CardsPage(Page):
    """Cards and what waits for them."""

    def __init__(self, desk: CardDesk, casework: Casework) -> None:
        super().__init__()
        self._desk = desk
        self._chips = Chips(self.tr("哪些牌"), {p: p.word for p in Pile}, columns=len(Pile))
        self._search = SearchField(self.tr("搜索黄红牌"), self.tr("搜索文号、单位、窗口"))
        self._table = Table(self.tr("黄红牌"))
        self._table.setModel(desk.search)
        self._staged = Staged(self._table)
        self._export = IconButton(Icon.DOWNLOAD, self.tr("导出整改台账"))
        self._exporting = ExportDialog(
            self,
            self.tr("导出整改台账"),
            self.tr("台账将离开本系统。导出的人、时间和理由会写入记录。"),
        )
        self._file = FileView(desk, casework)
        self._stack = QStackedWidget()
        self._all = self._list_view()
        self._stack.addWidget(self._all)
        self._stack.addWidget(self._file)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.MARGIN, 20, Space.MARGIN, Space.MARGIN)
        whole.addWidget(self._stack)
        self._connect()
        self._add_actions()
        self._show_list()
        self._show_card()

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
        """Open a card, begin one on a finding, show a pile, or follow a paper's link."""
        if isinstance(subject, PaperLink):
            self._desk.follow(subject)
        elif isinstance(subject, Pile):
            self._desk.close_card()
            self._show_pile(subject)
        elif isinstance(subject, str):
            self._desk.open(subject)

    def refresh(self) -> None:
        """Show list and card as they are for who is at the desk now."""
        self._show_list()
        self._show_card()

    def said_instead(self) -> str:
        """What is said in place of an empty list."""
        return self._staged.placeholder.sentence()

    def standing(self) -> str:
        """What is said of where the open card stands."""
        return self._file.bar.standing()

    def _list_view(self) -> QWidget:
        self._search.setFixedWidth(260)
        for column, width in enumerate(_WIDTHS):
            self._table.setColumnWidth(column, width)
        top = QHBoxLayout()
        top.addWidget(self._chips)
        top.addStretch(1)
        top.addWidget(self._search)
        top.addWidget(self._export)
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
        self._export.clicked.connect(self._ask_export)
        self._exporting.chosen.connect(desk.ledger.export)
        desk.ledger.exported.connect(self._was_exported)
        desk.ledger.refused.connect(self._refuse)
        self._file.left.connect(desk.close_card)
        self._file.wished.connect(self._draft_paper)
        self._file.case.wanted.connect(self._show_case)
        desk.listed.connect(self._show_list)
        desk.opened.connect(self._was_opened)
        desk.refreshed.connect(self._show_card)
        desk.closed.connect(self._show_card)
        desk.editor.kept.connect(self._tell_context)
        desk.done.connect(self._was_done)
        desk.exported.connect(self._was_exported)
        desk.elsewhere.connect(self._go_to_paper)
        desk.refused.connect(self._refuse)
        desk.replies.exported.connect(self._was_exported)
        desk.replies.taken.connect(self._was_taken)
        desk.replies.refused.connect(self._refuse)

    def _add_actions(self) -> None:
        back = QAction(self.tr("回到列表"), self)
        back.setShortcut(QKeySequence("Alt+Left"))
        back.triggered.connect(self._desk.close_card)
        keep = QAction(self.tr("保存草稿"), self)
        keep.setShortcut(QKeySequence.StandardKey.Save)
        keep.triggered.connect(self._desk.editor.keep)
        find = QAction(self.tr("搜索黄红牌"), self)
        find.setShortcut(QKeySequence.StandardKey.Find)
        find.triggered.connect(self._search.setFocus)
        self.addActions([back, keep, find])
        for act in BatchAct:
            many = QAction(act.word, self)
            many.setData(act)
            many.triggered.connect(self._do_many)
            self.addAction(many)

    def _show_case(self, case_id: object) -> None:
        self.goes_to.emit(APPROVALS_PAGE, case_id)

    def _show_pile(self, pile: object) -> None:
        if isinstance(pile, Pile):
            self._desk.search.show_pile(pile)
            self._show_list()

    def _ask_export(self) -> None:
        self._exporting.ask(self._desk.ledger.file_name, "CSV (*.csv)")

    def _go_to_paper(self, document_id: str) -> None:
        self.goes_to.emit(PAPERS_PAGE, document_id)

    def _do_many(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            self.goes_to.emit(PAPERS_PAGE, sender.data())

    def _draft_paper(self, wish: NewPaper) -> None:
        self.goes_to.emit(PAPERS_PAGE, wish)

    def _look_for(self, text: str) -> None:
        self._desk.search.search(text)
        self._show_list()

    def _open_key(self, key: object) -> None:
        self._desk.open(str(key))

    def _show_list(self) -> None:
        desk = self._desk
        self._chips.show_numbers(desk.counts)
        self._chips.press(desk.search.pile)
        self._export.setVisible(desk.search.pile is Pile.LEDGER and desk.search.rowCount() > 0)
        if not desk.is_listed:
            self._staged.show_loading(self.tr("正在读取…"))
        elif desk.search.rowCount():
            self._staged.show_content()
        elif self._search.text():
            self._staged.show_empty(self.tr("没有符合的黄红牌。"), icon=Icon.SEARCH)
        else:
            self._staged.show_empty(self._nothing())

    def _nothing(self) -> str:
        words = {
            Pile.MINE: self.tr("没有等您办理的黄红牌。"),
            Pile.TO_DRAFT: self.tr("没有等待拟稿的问题。认定属实的问题会出现在这里。"),
            Pile.UNDER_WAY: self.tr("没有办理中的黄红牌。"),
            Pile.SERVED: self.tr("还没有送达的黄红牌。"),
            Pile.LEDGER: self.tr("没有未销号的整改。"),
            Pile.VOID: self.tr("没有作废的黄红牌。"),
        }
        return words[self._desk.search.pile]

    def _was_opened(self) -> None:
        self._show_card()
        self._file.focus_first()

    def _show_card(self) -> None:
        file = self._desk.file
        self._stack.setCurrentWidget(self._all if file is None else self._file)
        if file is None:
            self.title_changed.emit("")
            self.context_changed.emit("")
            self._table.setFocus()
            return
        self._file.refresh()
        self.title_changed.emit(paper_name(file.card.kind))
        self._tell_context()

    def _tell_context(self) -> None:
        file, kept_at = self._desk.file, self._desk.editor.kept_at
        if file is None:
            return
        parts = [file.unit.name, file.card.doc_no or self.tr("未编号")]
        if kept_at is not None:
            parts.append(self.tr("已自动保存 {0}").format(clock_short(kept_at)))
        self.context_changed.emit(" · ".join(parts))

    def _was_done(self, act: Act, card: Card) -> None:
        self.noticed.emit(Notice(done_said(act, card), Tone.GOOD))

    def _was_taken(self, card: Card) -> None:
        words = self.tr("已收取 {0} 的回复表，各部分已分别登记。")
        self.noticed.emit(Notice(words.format(card.doc_no), Tone.GOOD))

    def _was_exported(self, name: str) -> None:
        self.noticed.emit(Notice(self.tr("已导出 {0}，并写入流转记录。").format(name), Tone.GOOD))

    def _refuse(self, error: Exception) -> None:
        self.noticed.emit(Notice(sentence(error), Tone.BAD))
        if not self._desk.is_listed:
            self._staged.show_trouble(sentence(error), self.tr("重试"))
