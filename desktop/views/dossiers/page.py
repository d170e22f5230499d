"""案卷: the list at the left, the case file or an archive at the right."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget

from desktop.domain.dossiers import Dossier, DossierState, Entry, EntryKind
from desktop.domain.evidence import Evidence, Paper
from desktop.domain.identifiers import DossierId
from desktop.system.language import said
from desktop.system.theme import Space, Tone
from desktop.usecases.dossiers import Filing
from desktop.usecases.exhibits import Subject
from desktop.viewmodels.dossiers.desk import DossierDesk
from desktop.viewmodels.dossiers.words import LOOKS
from desktop.viewmodels.wording import sentence
from desktop.views.dossiers.archive import ArchiveSheet
from desktop.views.dossiers.questions import MatterQuestion, WhichQuestion
from desktop.views.dossiers.sheet import DossierSheet
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.chips import Chips
from desktop.views.kit.icons import Icon
from desktop.views.kit.panels import Panel
from desktop.views.kit.placeholders import Staged
from desktop.views.kit.rows import RowList
from desktop.views.page import DOSSIERS_PAGE, EVIDENCE_PAGE, Notice, Page, PageEntry

_SIDE = 300
_LEADS: Mapping[EntryKind, str] = {
    EntryKind.FINDING: "review",
    EntryKind.INSPECTION: "inspections",
    EntryKind.CARD: "cards",
    EntryKind.CASE: "approvals",
}
_SEEN = {EntryKind.EVIDENCE: Evidence.ENTITY, EntryKind.PAPER: Paper.ENTITY}


class DossiersPage(Page):
    """Case files."""

    def __init__(self, desk: DossierDesk) -> None:
        super().__init__()
        self._desk = desk
        words = {state: look.word for state, look in LOOKS.items()}
        self._chips = Chips(said("案卷状态"), words, columns=2)
        self._list = RowList(said("案卷"))
        self._list.setModel(desk.model)
        self._staged = Staged(self._list)
        self.new = Button(said("立卷…"), Rank.PRIMARY, icon=Icon.PLUS)
        self._from_file = Button(said("打开归档文件…"), Rank.QUIET)
        self.sheet, self.archive = DossierSheet(desk), ArchiveSheet()
        self._middle = QStackedWidget()
        self._middle.addWidget(self.sheet)
        self._middle.addWidget(self.archive)
        self._open = Staged(self._middle)
        self._coming: Filing | None = None  # from another page, until the list is there
        self._lay_out()
        self._connect()
        self._show_list()
        self._show_table()

    def arrive(self) -> None:
        """Fetch, and follow what happens."""
        self._desk.is_shown = True
        self._desk.refresh()
        self._list.setFocus()

    def leave(self) -> None:
        """Follow no more."""
        self._desk.is_shown = False

    def open_subject(self, subject: object) -> None:
        """Open one case file, or ask into which something goes."""
        if isinstance(subject, Filing):
            self._coming = subject
            self._take_coming()
        elif isinstance(subject, str):
            self._desk.open(DossierId(subject))

    def _lay_out(self) -> None:
        side = Panel(margin=12)
        side.setFixedWidth(_SIDE)
        for widget in (self._chips, self.new, self._from_file):
            side.body.addWidget(widget)
        side.body.addWidget(self._staged, 1)
        middle = Panel(margin=0)
        middle.body.addWidget(self._open)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.MARGIN, 20, Space.MARGIN, Space.MARGIN)
        row.setSpacing(Space.CARD)
        row.addWidget(side)
        row.addWidget(middle, 1)

    def _connect(self) -> None:
        desk = self._desk
        self._chips.chosen.connect(desk.show_state)
        self._list.chosen.connect(self._choose)
        self.new.clicked.connect(self._ask_new)
        self._from_file.clicked.connect(self._ask_file)
        self.sheet.wants.connect(self._lead)
        self.sheet.wants_evidence.connect(self._see_all)
        desk.listed.connect(self._show_list)
        desk.opened.connect(self._show_table)
        desk.done.connect(self._was_done)
        desk.exported.connect(self._was_exported)
        desk.refused.connect(self._refuse)

    def _show_list(self) -> None:
        desk = self._desk
        self._chips.show_numbers(dict(desk.counts()))
        self._chips.press(desk.state)
        self.new.setVisible(desk.may_open())
        if not desk.is_listed:
            self._staged.show_loading(said("正在读取…"))
        elif desk.model.rows:
            self._staged.show_content()
        else:
            self._staged.show_empty(said("这里没有案卷。"), icon=Icon.CASES)
        self._take_coming()

    def _take_coming(self) -> None:
        """Ask into which case file something from another page goes."""
        if self._coming is None or not self._desk.is_listed:
            return
        coming, self._coming = self._coming, None
        rows = (row.dossier for row in self._desk.store.rows)
        offered = [each for each in rows if each.state is DossierState.OPEN]
        question = WhichQuestion(self, coming, offered)
        question.begun.connect(self._begin_with)
        question.picked.connect(self._desk.file_in)
        question.open()

    def _begin_with(self, filing: Filing, title: str) -> None:
        self._desk.begin(title, [filing])

    def _show_table(self) -> None:
        desk = self._desk
        if desk.archive is not None:
            self.archive.show_archive(desk.archive, is_ours=desk.is_ours(desk.archive))
            self._middle.setCurrentWidget(self.archive)
            self._open.show_content()
        elif desk.table is not None:
            self.sheet.refresh()
            self._middle.setCurrentWidget(self.sheet)
            self._open.show_content()
            self.context_changed.emit(desk.table.file.dossier.title)
            self.subject_shown.emit(Dossier.ENTITY, desk.table.file.dossier.id)
        else:
            words = said("案卷把一件事的疑似问题、巡查、办件、黄红牌、文书、证据和备注收在一起。")
            self._open.show_empty(words, icon=Icon.CASES)

    def _choose(self, key: object) -> None:
        self._desk.open(DossierId(str(key)))

    def _ask_new(self) -> None:
        title, action = said("立卷"), said("立卷")
        question = MatterQuestion(self, title, action, self._desk.store.candidates, new=True)
        question.chosen.connect(self._desk.begin)
        question.open()

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, said("打开归档文件"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("Hallwatch (*.hwcase)")
        dialog.fileSelected.connect(self._open_file)
        dialog.open()

    def _open_file(self, name: str) -> None:
        self._desk.open_archive(Path(name))

    def _lead(self, entry: Entry) -> None:
        if page := _LEADS.get(entry.kind):
            self.goes_to.emit(page, entry.subject_id)
        elif entity := _SEEN.get(entry.kind):
            self.goes_to.emit(EVIDENCE_PAGE, Subject(entity, entry.subject_id))

    def _see_all(self) -> None:
        if table := self._desk.table:
            self.goes_to.emit(EVIDENCE_PAGE, Subject(Dossier.ENTITY, table.file.dossier.id))

    def _was_done(self, thing: object) -> None:
        if isinstance(thing, Dossier) and thing.state is DossierState.ARCHIVED:
            self.noticed.emit(Notice(said("案卷已归档并签名。"), Tone.GOOD))

    def _was_exported(self, name: str) -> None:
        self.noticed.emit(Notice(said("已导出“{0}”。").format(name), Tone.GOOD))

    def _refuse(self, error: Exception) -> None:
        self.noticed.emit(Notice(sentence(error), Tone.BAD))


def dossiers_entry(desk: DossierDesk) -> PageEntry:
    """Give the page; its state lives in the view-model, so it can be built again."""
    return PageEntry(DOSSIERS_PAGE, Icon.CASES, _title, partial(DossiersPage, desk))


def _title() -> str:
    return said("案卷")
