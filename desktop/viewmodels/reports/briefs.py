"""Short reports and registers on the screen: which one, its pages, and how it leaves."""

from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop import assets
from desktop.domain.errors import NotFound
from desktop.domain.identifiers import HallId
from desktop.domain.organisation import Hall
from desktop.domain.report.briefs import Brief, BriefKind, brief_of
from desktop.exchange.report_tables import as_csv, as_xlsx
from desktop.system.language import said
from desktop.usecases.briefs import gather_ledgers
from desktop.usecases.ports import Reading
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.casework import Casework
from desktop.viewmodels.leaving import take_out
from desktop.viewmodels.paperwork.preview import Pages, drawn


class BriefForm(Enum):
    """As what a brief can leave."""

    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Made:
    """A brief that was made."""

    hall_id: HallId
    brief: Brief
    pdf: bytes = field(repr=False)
    pages: Pages = field(repr=False)


class BriefDesk(QObject):
    """Makes one brief at a time; lives as long as the program is open."""

    changed = Signal()
    refused = Signal(object)
    exported = Signal(str)  # the file's name

    def __init__(self, casework: Casework, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._casework = casework
        self._answers = Answers(self)
        self._wording = assets.report_wording("briefs")
        self.made: Made | None = None
        self.pages: Pages = ()
        self.trouble: Exception | None = None
        self.is_busy = False

    def stop(self) -> None:
        """Hear no more."""
        self._answers.close()

    def make(self, kind: BriefKind) -> None:
        """Make a brief as of now."""
        if self.is_busy:
            return
        self.is_busy, self.trouble = True, None
        make = partial(_made, kind=kind, casework=self._casework, wording=self._wording)
        self._answers.ask(self._casework.desk.look(make), self._take, self._refuse, "brief")
        self.changed.emit()

    def file_name(self, form: BriefForm) -> str:
        """Say what a file would usually be called."""
        if self.made is None:
            return ""
        return f"{self.made.brief.title} {self.made.brief.span}.{form.value}"

    def export(self, form: BriefForm, target: Path, reason: str) -> None:
        """Write it to a file, with the note of who took it."""
        actor, made = self._casework.door.actor, self.made
        if actor is None or made is None:
            return
        take = partial(
            take_out,
            data=_bytes_of(made, form),
            target=target,
            hall_id=made.hall_id,
            subject=f"brief/{made.hall_id}/{made.brief.kind.value}",
            reason=reason,
            clock=self._casework.clock,
        )
        self._answers.ask(self._casework.desk.act(actor, take), self._tell, self._refuse)

    def _take(self, made: Made) -> None:
        self.made, self.pages, self.is_busy = made, made.pages, False
        self.changed.emit()

    def _tell(self, name: str) -> None:
        self.exported.emit(name)

    def _refuse(self, error: Exception) -> None:
        if self.is_busy:
            self.is_busy, self.trouble = False, error
            self.changed.emit()
        self.refused.emit(error)


def kind_said(kind: BriefKind) -> str:
    """Name a kind of brief."""
    words = {
        BriefKind.DAILY: said("效能监察日报"),
        BriefKind.WEEKLY: said("效能监察周报"),
        BriefKind.PROGRESS: said("整改销号进度表"),
        BriefKind.NUMBERS: said("文号登记簿"),
        BriefKind.SERVICE: said("送达台账"),
    }
    return words[kind]


def _bytes_of(made: Made, form: BriefForm) -> bytes:
    match form:
        case BriefForm.PDF:
            return made.pdf
        case BriefForm.XLSX:
            return as_xlsx(made.brief.tables)
        case BriefForm.CSV:
            return as_csv(*made.brief.tables)


def _made(reading: Reading, kind: BriefKind, casework: Casework, wording: assets.Parsed) -> Made:
    halls = reading.find(Hall)
    if not halls:
        raise NotFound(Hall.ENTITY, "")
    names = {rule.id: rule.wording["zh"].name for rule in casework.catalogue.rules()}
    ledgers = gather_ledgers(
        reading,
        halls[0].id,
        cut_off=casework.clock.now(),
        rule_names=names,
        calendar=casework.calendar,
    )
    brief = brief_of(kind, ledgers, wording)
    pdf = casework.press.brief(brief, wording, reading.chain_head())
    return Made(halls[0].id, brief, pdf, drawn(pdf))
