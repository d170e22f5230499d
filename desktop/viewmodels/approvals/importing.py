"""Taking in a file, step by step: choose it, see how it is read, let it come in, see the result."""

from collections.abc import Callable
from concurrent.futures import Future
from enum import IntEnum
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.assembly.imports import Imported, import_file
from desktop.assembly.mappings import own_profiles, shipped_names
from desktop.assembly.previews import Preview, preview_file
from desktop.domain.errors import NotFound
from desktop.domain.imports import Complaint, ImportBatch
from desktop.domain.organisation import Hall
from desktop.domain.roles import Actor, Role
from desktop.exchange.csv_table import write_csv
from desktop.exchange.errors import ExchangeError
from desktop.exchange.glimpse import Coded, FileKind, Mapped
from desktop.exchange.profile_file import named, read_profile_file, write_profile
from desktop.exchange.profiles import CODED, Profile
from desktop.system.language import said
from desktop.usecases.checking import Stopped
from desktop.usecases.importing import note_complaints_export
from desktop.usecases.mapping_profiles import note_profile_export, save_profile, withdraw_profile
from desktop.usecases.ports import Reading, UnitOfWork
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.casework import Casework
from desktop.viewmodels.complaints import complaint_table
from desktop.viewmodels.leaving import written
from desktop.viewmodels.lines import Cells, Lines, Row, headings
from desktop.workers.case_book import CaseBook
from desktop.workers.errands import Errand, Errands

T = TypeVar("T")
SHOWN = 2000  # rows of complaints; the export holds all
_LOOK_MS = 100


class Step(IntEnum):
    """How far the import has come."""

    CHOOSE = 0
    MAP = 1
    RUN = 2
    RESULT = 3


class ImportDesk(QObject):
    """The import that is on the desk; it goes on while another page is looked at.

    Attributes:
        preview: how the chosen file would be read.
        imported: what came of it.
        complaints: the first rows that were complained of.
        was_stopped: whether somebody stopped the last one; nothing of it was kept.
    """

    changed = Signal()
    progressed = Signal()
    saved = Signal(str)  # name of the mapping profile
    exported = Signal(str)  # the file's name
    refused = Signal(object)

    def __init__(
        self, casework: Casework, book: CaseBook, errands: Errands, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._casework, self._book, self._errands = casework, book, errands
        self._answers = Answers(self)
        self.step = Step.CHOOSE
        self.is_looking = False
        self.preview: Preview | None = None
        self.imported: Imported | None = None
        self.was_stopped = False
        self._all: tuple[Complaint, ...] = ()
        self.complaints = Lines(_complaint_titles, self)
        self._errand: Errand | None = None
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.progressed)

    @property
    def actor(self) -> Actor | None:
        """Who is at the desk."""
        return self._casework.door.actor

    @property
    def roles(self) -> tuple[str, ...]:
        """Who may import."""
        return self._casework.book.rule(ImportBatch.ENTITY).create_roles

    @property
    def may_import(self) -> bool:
        """Whether this person may."""
        return self.actor is not None and any(Role(role) in self.actor.roles for role in self.roles)

    @property
    def is_own(self) -> bool:
        """Whether the profile that is chosen is one of the hall's own."""
        return self.preview is not None and self.preview.profile.id not in shipped_names()

    @property
    def share(self) -> float:
        """How much of the file was read."""
        return self._errand.share if self._errand else 0.0

    @property
    def complained(self) -> int:
        """How many rows were complained of, shown or not."""
        return len(self._all)

    def stop(self) -> None:
        """End what is being done; nothing of it is kept."""
        self.cancel()
        self._timer.stop()
        self._answers.close()

    def choose(self, path: Path) -> None:
        """Look at a file."""
        self._look_at(path, "")

    def use_profile(self, profile: str) -> None:
        """Read the file by another profile."""
        if self.preview and profile != self.preview.profile.id:
            self._look_at(self.preview.path, profile)

    def remap(self, changed: Mapped) -> None:
        """Read one field from another column; a field of codes shows what stands there."""
        if self.preview is None:
            return
        self.preview = self.preview.remap(changed)
        self.changed.emit()
        if changed.field in CODED or changed.field == "step":
            self._look_at(self.preview.path, self.preview.profile)

    def recode(self, changed: Coded) -> None:
        """Let a code of the file mean something else."""
        if self.preview:
            self.preview = self.preview.recode(changed)
            self.changed.emit()

    def name_profile(self, name: str) -> None:
        """Keep how the file is read now as a profile of the hall."""
        preview, actor = self.preview, self.actor
        if preview is None or actor is None:
            return
        content = write_profile(named(preview.profile, name.strip()))

        def save(work: UnitOfWork) -> str:
            hall = _the_hall(work)
            clock, shipped = self._casework.clock, shipped_names()
            return save_profile(work, hall.id, name, content, shipped=shipped, clock=clock).name

        self._ask(self._casework.desk.act(actor, save), self._was_saved, self._refuse)

    def withdraw_profile(self) -> None:
        """Offer the profile that is chosen no more."""
        preview, actor = self.preview, self.actor
        if preview is None or actor is None or not self.is_own:
            return
        name, clock = preview.profile.id, self._casework.clock

        def withdraw(work: UnitOfWork) -> str:
            withdraw_profile(work, _the_hall(work).id, name, clock=clock)
            return ""

        self._ask(self._casework.desk.act(actor, withdraw), self._was_saved, self._refuse)

    def take_profile(self, path: Path) -> None:
        """Read the file by a profile that another office made; it is saved by its name."""
        if self.preview is None:
            return
        try:
            profile = read_profile_file(path)
        except ExchangeError as error:
            self.refused.emit(error)
            return
        self._look_at(self.preview.path, profile)

    def export_profile(self, target: Path, reason: str) -> None:
        """Write how the file is read now as a file for other offices, with a note of it."""
        preview, actor = self.preview, self.actor
        if preview is None or actor is None:
            return
        profile = preview.profile

        def export(work: UnitOfWork) -> str:
            note_profile_export(work, profile.id, reason)
            return written(target, write_profile(profile).encode())

        self._ask(self._casework.desk.act(actor, export), self._tell_exported, self._refuse)

    def go_back(self) -> None:
        """Begin again with another file."""
        if self._errand is None:
            self.preview, self.imported, self.was_stopped = None, None, False
            self._turn_to(Step.CHOOSE)

    def begin(self) -> None:
        """Take the file in."""
        preview, actor = self.preview, self.actor
        if preview is None or actor is None or self._errand is not None or not preview.can_go:
            return
        self.was_stopped = False
        job = partial(self._take_in, preview, actor)
        self._errand, done = self._errands.send(job)
        self._timer.start()
        self._turn_to(Step.RUN)
        self._ask(done, self._arrive, self._fail, "import")

    def cancel(self) -> None:
        """Let it be; what came in so far is forgotten."""
        if self._errand:
            self._errand.stop()

    def export(self, target: Path, reason: str) -> None:
        """Write all complaints as CSV; without a note of it there is no file."""
        if self.imported is None or self.actor is None:
            return
        batch, (titles, rows) = self.imported.batch, complaint_table(self._all)

        def export(work: UnitOfWork) -> str:
            note_complaints_export(work, batch, reason)
            write_csv(target, titles, rows)
            return target.name

        done = self._casework.desk.act(self.actor, export)
        self._ask(done, self._tell_exported, self._refuse)

    def _look_at(self, path: Path, profile: str | Profile) -> None:
        self.is_looking = True
        self.changed.emit()

        def look(reading: Reading) -> Preview:
            hall = _only_hall(reading)
            return preview_file(path, profile, own_profiles(reading, hall.id) if hall else None)

        self._ask(self._casework.desk.look(look), self._see, self._refuse_file, "preview")

    def _was_saved(self, name: str) -> None:
        self.saved.emit(name)
        if self.preview:
            self._look_at(self.preview.path, name)

    def _see(self, preview: Preview) -> None:
        self.is_looking, self.preview = False, preview
        self._turn_to(Step.MAP)

    def _take_in(self, preview: Preview, actor: Actor, errand: Errand) -> Imported | None:
        """On the errand's thread; None when somebody stopped it."""
        desk = self._casework.desk
        hall = desk.look(_only_hall).result()
        if hall is None:
            return None
        try:
            return import_file(
                desk,
                preview.path,
                hall_id=hall.id,
                actor=actor,
                clock=self._casework.clock,
                profile=preview.profile,
                tell=errand.tell,
            )
        except Stopped:
            return None

    def _arrive(self, imported: Imported | None) -> None:
        self._end()
        if imported is None:
            self.was_stopped = True
            self._turn_to(Step.MAP)
            return
        self.imported = imported
        asked = self._book.complaints(imported.batch.id)
        self._ask(asked, self._list_complaints, self._refuse, "complaints")

    def _list_complaints(self, complaints: tuple[Complaint, ...]) -> None:
        self._all = complaints
        _, rows = complaint_table(complaints[:SHOWN])
        self.complaints.replace([Row(str(n), tuple(cells)) for n, cells in enumerate(rows)])
        self._turn_to(Step.RESULT)

    def _fail(self, error: Exception) -> None:
        self._end()
        self._turn_to(Step.MAP)
        self.refused.emit(error)

    def _refuse_file(self, error: Exception) -> None:
        self.is_looking = False
        self.changed.emit()
        self.refused.emit(error)

    def _tell_exported(self, name: str) -> None:
        self.exported.emit(name)

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)

    def _end(self) -> None:
        self._errand = None
        self._timer.stop()

    def _turn_to(self, step: Step) -> None:
        self.step = step
        self.changed.emit()

    def _ask(
        self,
        future: "Future[T]",
        on_result: Callable[[T], None],
        on_refusal: Callable[[Exception], None],
        topic: str = "",
    ) -> None:
        self._answers.ask(future, on_result, on_refusal, topic)


def file_said(preview: Preview) -> str:
    """Say what a file was found to be."""
    beginning = preview.beginning
    match beginning.kind:
        case FileKind.TEXT:
            delimiter = {"\t": said("制表符")}.get(beginning.delimiter, beginning.delimiter)
            code = beginning.encoding.value.upper() if beginning.encoding else ""
            told = said("文本表格，编码 {0}，分隔符“{1}”").format(code, delimiter)
        case FileKind.WORKBOOK:
            told = said("Excel 工作簿，第一张表")
        case FileKind.LOG:
            told = said("XES 事件日志")
        case FileKind.JSON:
            told = said("JSON 行")
    return told


def _complaint_titles() -> Cells:
    return headings(*complaint_table(())[0])


def _the_hall(reading: Reading) -> Hall:
    hall = _only_hall(reading)
    if hall is None:
        raise NotFound(Hall.ENTITY, "")
    return hall


def _only_hall(reading: Reading) -> Hall | None:
    halls = reading.find(Hall)
    return halls[0] if halls else None
