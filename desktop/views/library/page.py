"""The page of legal bases and organ profiles (依据与机关)."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desktop.exchange.bases import BasesFile
from desktop.system.language import said
from desktop.system.theme import Space, Tone
from desktop.usecases.library import BasesTaken
from desktop.viewmodels.complaints import complaint_sentence
from desktop.viewmodels.library.desk import LibraryDesk
from desktop.viewmodels.library.rows import Force
from desktop.viewmodels.wording import sentence
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.chips import Chips
from desktop.views.kit.icons import Icon
from desktop.views.kit.panels import Banner, Panel, ScrollColumn, emptied
from desktop.views.kit.placeholders import Staged
from desktop.views.kit.search import SearchField
from desktop.views.kit.tables import Table
from desktop.views.library.basis import BasisQuestion
from desktop.views.library.organ import OrganProfile
from desktop.views.page import Notice, Page, PageEntry

LIBRARY_PAGE = "library"
_WIDTHS = (96, 232, 124, 84, 108, 104)
_ORGAN_WIDTH = 320
_COMPLAINTS_SHOWN = 5


class LibraryPage(Page):
    """Articles at the left, the organs at the right."""

    def __init__(self, desk: LibraryDesk) -> None:
        super().__init__()
        self._desk = desk
        self._chips = Chips(said("效力"), {f: f.word for f in Force}, columns=len(Force))
        self._search = SearchField(said("搜索依据"), said("搜索名称、条款、文号"))
        self._table = Table(said("法律依据"))
        self._table.setModel(desk.search)
        self._staged = Staged(self._table)
        self._trouble = Banner()
        self._add = Button(said("登记依据"), Rank.PRIMARY)
        self._import = Button(said("导入…"))
        self._organs = ScrollColumn(spacing=Space.CARD)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.MARGIN, 20, Space.MARGIN, Space.MARGIN)
        row.setSpacing(Space.CARD)
        row.addWidget(self._bases_panel(), 1)
        row.addWidget(self._organs_panel())
        self._connect()
        self._trouble.say("", Tone.SOFT)
        self.refresh()

    def arrive(self) -> None:
        """Fetch, perhaps for another person than before."""
        self._desk.refresh()
        self.refresh()

    def open_subject(self, subject: object) -> None:
        """Show the articles of one force."""
        if isinstance(subject, Force):
            self._show_force(subject)

    def refresh(self) -> None:
        """Show everything as it now is."""
        desk = self._desk
        self._chips.show_numbers(desk.counts)
        self._chips.press(desk.search.pile)
        self._add.setVisible(desk.may_add_bases and bool(desk.organs))
        self._import.setVisible(desk.may_add_bases and bool(desk.organs))
        self._show_stage()
        self._show_organs()

    def said_instead(self) -> str:
        """What is said in place of an empty list."""
        return self._staged.placeholder.sentence()

    def trouble(self) -> str:
        """What was wrong with the last file."""
        return self._trouble.text()

    def _bases_panel(self) -> QWidget:
        self._search.setFixedWidth(220)
        for column, width in enumerate(_WIDTHS):
            self._table.setColumnWidth(column, width)
        top = QHBoxLayout()
        for widget in (self._chips, self._search):
            top.addWidget(widget)
        top.insertStretch(1, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self._add)
        buttons.addWidget(self._import)
        buttons.addStretch(1)
        panel = Panel(margin=12)
        panel.body.addLayout(top)
        panel.body.addWidget(self._trouble)
        panel.body.addWidget(self._staged, 1)
        panel.body.addLayout(buttons)
        return panel

    def _organs_panel(self) -> QWidget:
        panel = Panel(said("发文机关"))
        panel.setFixedWidth(_ORGAN_WIDTH)
        panel.body.addWidget(self._organs, 1)
        return panel

    def _connect(self) -> None:
        desk = self._desk
        self._chips.chosen.connect(self._show_force)
        self._search.textChanged.connect(self._look_for)
        self._table.opened.connect(self._open_key)
        self._staged.acted.connect(desk.refresh)
        self._add.clicked.connect(self._begin)
        self._import.clicked.connect(self._choose_file)
        desk.listed.connect(self.refresh)
        desk.kept.connect(self._was_kept)
        desk.imported.connect(self._was_imported)
        desk.refused.connect(self._refuse)

    def _show_stage(self) -> None:
        if not self._desk.is_listed:
            self._staged.show_loading(said("正在读取…"))
        elif self._desk.search.rowCount():
            self._staged.show_content()
        elif self._search.text():
            self._staged.show_empty(said("没有符合的依据。"), icon=Icon.SEARCH)
        else:
            words = said("没有在施行期内的依据，现在不能发牌。请登记本地办法的名称和条款。")
            nothing = said("没有这样的依据。")
            self._staged.show_empty(words if self._desk.search.pile is Force.NOW else nothing)

    def _show_organs(self) -> None:
        body = self._organs.body
        emptied(body)
        for organ in self._desk.organs:
            profile = OrganProfile(self._desk)
            profile.show_organ(organ)
            body.addWidget(profile)
        body.addStretch(1)

    def _show_force(self, force: object) -> None:
        if isinstance(force, Force):
            self._desk.search.show_pile(force)
            self.refresh()

    def _look_for(self, text: str) -> None:
        self._desk.search.search(text)
        self._show_stage()

    def _begin(self) -> None:
        question = BasisQuestion(self, said("登记依据"), self._desk.blank())
        question.given.connect(self._desk.keep)
        question.open()

    def _open_key(self, key: object) -> None:
        basis = self._desk.basis(str(key))
        if basis is not None and self._desk.may_keep_bases:
            question = BasisQuestion(self, said("修改依据"), basis)
            question.given.connect(self._desk.keep)
            question.open()

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, said("导入法律依据"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(said("表格 (*.csv *.xlsx *.txt)"))
        dialog.fileSelected.connect(self._take_in)
        dialog.open()

    def _take_in(self, name: str) -> None:
        self._trouble.say("", Tone.SOFT)
        self._desk.take_in(Path(name))

    def _was_kept(self) -> None:
        self.noticed.emit(Notice(said("已保存。"), Tone.GOOD))

    def _was_imported(self, taken: BasesTaken, file: BasesFile) -> None:
        words = said("已导入：新增 {0} 条，更新失效日期 {1} 条，已有 {2} 条。")
        told = words.format(taken.new, taken.changed, taken.known)
        self.noticed.emit(Notice(told, Tone.GOOD))
        lines = [complaint_sentence(each) for each in file.complaints[:_COMPLAINTS_SHOWN]]
        more = len(file.complaints) - len(lines)
        if more > 0:
            lines.append(said("另有 {0} 行有误。").format(more))
        self._trouble.say("\n".join(lines), Tone.NEAR)

    def _refuse(self, error: Exception) -> None:
        self.noticed.emit(Notice(sentence(error), Tone.BAD))
        if not self._desk.is_listed:
            self._staged.show_trouble(sentence(error), said("重试"))


def library_title() -> str:
    """The page's name."""
    return said("依据与机关")


def library_entry(desk: LibraryDesk) -> PageEntry:
    """The page's place at the foot of the navigation."""
    return PageEntry(
        LIBRARY_PAGE, Icon.DOCUMENT, library_title, partial(LibraryPage, desk), at_foot=True
    )
