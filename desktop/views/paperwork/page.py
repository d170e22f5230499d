"""A page of papers: what waits for whom, and behind each row the paper itself."""

from abc import abstractmethod
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.system.theme import Space, Tone
from desktop.viewmodels.paperwork.desk import PaperworkDesk
from desktop.viewmodels.paperwork.file import Subject
from desktop.viewmodels.times import clock_short
from desktop.viewmodels.wording import sentence
from desktop.views.kit.chips import Chips
from desktop.views.kit.icons import Icon
from desktop.views.kit.panels import Panel
from desktop.views.kit.placeholders import Staged
from desktop.views.kit.search import SearchField
from desktop.views.kit.tables import Table
from desktop.views.page import Notice, Page
from desktop.views.paperwork.file import FileView


@dataclass(frozen=True)
class Listing:
    """How a list is called and laid out.

    Attributes:
        piles: each pile with its word.
        empty: what is said in place of a pile that holds nothing.
    """

    name: str
    which: str
    search: str
    hint: str
    not_found: str
    piles: Mapping[Any, str]
    empty: Mapping[Any, str]
    widths: Sequence[int]


class PaperworkPage(Page):
    """Papers and what waits for them."""

    def __init__(
        self,
        desk: PaperworkDesk[Any, Any, Any, Any],
        listing: Listing,
        file: FileView,
        *tools: QWidget,
    ) -> None:
        super().__init__()
        self._desk, self._listing, self._file = desk, listing, file
        self._chips = Chips(listing.which, listing.piles, columns=len(listing.piles))
        self._search = SearchField(listing.search, listing.hint)
        self._table = Table(listing.name)
        self._table.setModel(desk.search)
        self._staged = Staged(self._table)
        self._stack = QStackedWidget()
        self._all = self._list_view(tools)
        self._stack.addWidget(self._all)
        self._stack.addWidget(file)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.MARGIN, 20, Space.MARGIN, Space.MARGIN)
        whole.addWidget(self._stack)
        self._follow()
        self._act(self.tr("回到列表"), "Alt+Left").triggered.connect(desk.close)
        keep = self._act(self.tr("保存草稿"), QKeySequence.StandardKey.Save)
        keep.triggered.connect(desk.editor.keep)
        find = self._act(listing.search, QKeySequence.StandardKey.Find)
        find.triggered.connect(self._search.setFocus)

    @abstractmethod
    def done_said(self, act: Any, subject: Any) -> str:
        """Say that an act was done."""

    def show_tools(self) -> None:
        """Show what is offered beside the search."""

    def arrive(self) -> None:
        """Fetch, perhaps for another person than before."""
        self._desk.refresh()
        self.refresh()

    def leave(self) -> None:
        """Keep what was written."""
        self._desk.editor.keep()

    def open_subject(self, subject: object) -> None:
        """Open a paper, or show a pile."""
        if isinstance(subject, Hashable) and subject in self._listing.piles:
            self._desk.close()
            self._show_pile(subject)
        elif isinstance(subject, str):
            self._desk.open(subject)

    def refresh(self) -> None:
        """Show list and paper as they are for who is at the desk now."""
        self._show_list()
        self._show_file()

    def said_instead(self) -> str:
        """What is said in place of an empty list."""
        return self._staged.placeholder.sentence()

    def standing(self) -> str:
        """What is said of where the open paper stands."""
        return self._file.bar.standing()

    def _act(self, word: str, keys: "QKeySequence.StandardKey | str | None" = None) -> QAction:
        action = QAction(word, self)
        if keys is not None:
            action.setShortcut(QKeySequence(keys))
        self.addAction(action)
        return action

    def _list_view(self, tools: Sequence[QWidget]) -> QWidget:
        self._search.setFixedWidth(260)
        for column, width in enumerate(self._listing.widths):
            self._table.setColumnWidth(column, width)
        top = QHBoxLayout()
        top.addWidget(self._chips)
        top.addStretch(1)
        for tool in (self._search, *tools):
            top.addWidget(tool)
        panel = Panel(margin=12)
        panel.body.addLayout(top)
        panel.body.addWidget(self._staged, 1)
        return panel

    def _follow(self) -> None:
        desk = self._desk
        self._chips.chosen.connect(self._show_pile)
        self._search.textChanged.connect(self._look_for)
        self._table.opened.connect(self._open_key)
        self._staged.acted.connect(desk.refresh)
        self._file.left.connect(desk.close)
        desk.listed.connect(self._show_list)
        desk.opened.connect(self._was_opened)
        desk.refreshed.connect(self._show_file)
        desk.closed.connect(self._show_file)
        desk.editor.kept.connect(self._tell_context)
        desk.done.connect(self._was_done)
        desk.exported.connect(self._was_exported)
        desk.replies.taken.connect(self._was_taken)
        desk.named.connect(self._was_named)
        desk.refused.connect(self._refuse)

    def _show_pile(self, pile: object) -> None:
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
        self.show_tools()
        if not desk.is_listed:
            self._staged.show_loading(self.tr("正在读取…"))
        elif desk.search.rowCount():
            self._staged.show_content()
        elif self._search.text():
            self._staged.show_empty(self._listing.not_found, icon=Icon.SEARCH)
        else:
            self._staged.show_empty(self._listing.empty[desk.search.pile])

    def _was_opened(self) -> None:
        self._show_file()
        self._file.focus_first()
        if (file := self._desk.file) is not None:
            self.subject_shown.emit(file.subject.ENTITY, file.subject.id)

    def _show_file(self) -> None:
        file = self._desk.file
        self._stack.setCurrentWidget(self._all if file is None else self._file)
        if file is None:
            self.title_changed.emit("")
            self.context_changed.emit("")
            self._table.setFocus()
            return
        self._file.refresh()
        self.title_changed.emit(file.title)
        self._tell_context()

    def _tell_context(self) -> None:
        file, kept_at = self._desk.file, self._desk.editor.kept_at
        if file is None:
            return
        number = file.subject.doc_no or file.temporary_no or self.tr("未编号")
        parts = [file.recipient, number]
        if kept_at is not None:
            parts.append(self.tr("已自动保存 {0}").format(clock_short(kept_at)))
        self.context_changed.emit(" · ".join(filter(None, parts)))

    def _was_done(self, act: object, subject: Subject) -> None:
        self.noticed.emit(Notice(self.done_said(act, subject), Tone.GOOD))

    def _was_taken(self, subject: Subject) -> None:
        words = self.tr("已收取 {0} 的回复表，各部分已分别登记。")
        self.noticed.emit(Notice(words.format(subject.doc_no), Tone.GOOD))

    def _was_named(self, number: str) -> None:
        words = self.tr(
            "服务器不在线，没有可用文号。已给临时编号 {0}，暂不用印；联网后再编号用印。"
        )
        self.noticed.emit(Notice(words.format(number), Tone.NEAR))

    def _was_exported(self, name: str) -> None:
        self.noticed.emit(Notice(self.tr("已导出 {0}，并写入流转记录。").format(name), Tone.GOOD))

    def _refuse(self, error: Exception) -> None:
        self.noticed.emit(Notice(sentence(error), Tone.BAD))
        if not self._desk.is_listed:
            self._staged.show_trouble(sentence(error), self.tr("重试"))
