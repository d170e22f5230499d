"""Makes a report off the GUI thread, piece by piece, and can be stopped between the pieces."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from PySide6.QtGui import QImage

from desktop.documents.press import PaperPress
from desktop.domain.calendar import WorkingCalendar
from desktop.domain.errors import NotFound
from desktop.domain.identifiers import HallId
from desktop.domain.organisation import Hall
from desktop.domain.periods import Period
from desktop.domain.report.chapters import told_tables
from desktop.domain.report.facts import Ledger
from desktop.domain.report.figures import Figures, figures_of
from desktop.domain.report.tables import Table
from desktop.domain.report.versions import (
    Difference,
    ReportVersion,
    differences,
    figures_of_tables,
)
from desktop.domain.rules.catalogue import Catalogue
from desktop.domain.scoring.profile import Profile
from desktop.system.language import said
from desktop.usecases.checking import Stopped
from desktop.usecases.ports import Clock, Reading
from desktop.usecases.report_versions import versions_of
from desktop.usecases.reporting import Question, gather_facts, is_empty
from desktop.viewmodels.casework import names_in
from desktop.viewmodels.paperwork.preview import drawn


class Stage(Enum):
    """What is being done."""

    GATHERING = "gathering"
    COUNTING = "counting"
    PRINTING = "printing"
    DRAWING = "drawing"

    @property
    def word(self) -> str:
        """The stage in the current language."""
        words = {
            Stage.GATHERING: said("正在汇集台账…"),
            Stage.COUNTING: said("正在计算…"),
            Stage.PRINTING: said("正在排版…"),
            Stage.DRAWING: said("正在绘制页面…"),
        }
        return words[self]


@dataclass(frozen=True, slots=True)
class Kept:
    """A version that was locked, and who did it."""

    version: ReportVersion
    locked_by: str


@dataclass(frozen=True, slots=True)
class Report:
    """A report that was made; of a period without any record there are no pages.

    Attributes:
        kept: the versions of its period that were locked, the first one first.
        differences: the cells that differ from the last of them.
    """

    hall_id: HallId
    period: Period
    cut_off: datetime
    absent: frozenset[Ledger] = frozenset()
    kept: tuple[Kept, ...] = ()
    differences: tuple[Difference, ...] = ()
    pdf: bytes = field(default=b"", repr=False)
    tables: tuple[Table, ...] = ()
    pages: tuple[QImage, ...] = field(default=(), repr=False)
    figures: Figures | None = field(default=None, repr=False)

    @property
    def is_empty(self) -> bool:
        """Whether there was nothing to report."""
        return not self.pdf

    @property
    def differs(self) -> bool:
        """Whether it says anything that no locked version says."""
        return bool(self.pdf) and (not self.kept or bool(self.differences))


@dataclass(frozen=True, slots=True)
class Maker:
    """All that making needs.

    Attributes:
        tell: hears of each stage, on the thread that makes.
        go_on: asked between pieces; answers False to stop.
    """

    press: PaperPress
    catalogue: Catalogue
    profile: Profile
    calendar: WorkingCalendar
    clock: Clock
    wording: Mapping[str, object]
    tell: Callable[[Stage], None]
    go_on: Callable[[], bool]

    def make(self, reading: Reading, period: Period) -> Report | None:
        """Make the report of the first hall; None when it was stopped.

        Raises:
            NotFound: there is no hall yet.
            ReportDoesNotAddUp, DocumentError: as the report's paper.
        """
        halls = reading.find(Hall)
        if not halls:
            raise NotFound(Hall.ENTITY, "")
        try:
            return self._made(reading, halls[0].id, period)
        except Stopped:
            return None

    def _made(self, reading: Reading, hall_id: HallId, period: Period) -> Report:
        self._next(Stage.GATHERING)
        annex = self.wording["annex"]
        assert isinstance(annex, Mapping)  # a table of the report's wording
        names = {rule.id: rule.wording["zh"].name for rule in self.catalogue.rules()}
        question = Question(hall_id, period, self.clock.now(), names, str(annex["unknown_unit"]))
        facts = gather_facts(reading, question, self.calendar, self.go_on)
        if is_empty(facts, period):
            return Report(hall_id, period, question.cut_off, facts.absent)
        self._next(Stage.COUNTING)
        figures = figures_of(facts, period, profile=self.profile, calendar=self.calendar)
        tables = told_tables(figures, self.wording)
        kept = _kept(reading, hall_id, period)
        before = kept[-1].version.figures if kept else None
        changed = differences(before, figures_of_tables(tables)) if before else ()
        self._next(Stage.PRINTING)
        pdf = self.press.report(figures, self.wording, changed, reading.chain_head())
        self._next(Stage.DRAWING)
        return Report(
            hall_id,
            period,
            question.cut_off,
            facts.absent,
            kept,
            changed,
            pdf,
            tables,
            drawn(pdf),
            figures,
        )

    def _next(self, stage: Stage) -> None:
        if not self.go_on():
            raise Stopped
        self.tell(stage)


def _kept(reading: Reading, hall_id: HallId, period: Period) -> tuple[Kept, ...]:
    names = names_in(reading)
    return tuple(
        Kept(version, names.get(version.locked_by, ""))
        for version in versions_of(reading, hall_id, period)
    )
