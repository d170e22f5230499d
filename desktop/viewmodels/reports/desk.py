"""The report builder: which period, how far it is, what was made, and how it leaves."""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from enum import Enum
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Qt, Signal

from desktop import assets
from desktop.documents.press import PaperPress
from desktop.domain.identifiers import Digest
from desktop.domain.periods import Month, Period, Span, period_of
from desktop.domain.report.facts import Ledger
from desktop.domain.report.versions import ReportVersion, figures_of_tables
from desktop.exchange.report_tables import as_csv, as_xlsx
from desktop.system.language import marked, said
from desktop.usecases.ports import Reading, UnitOfWork
from desktop.usecases.report_versions import Draft, lock_report
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.casework import Casework
from desktop.viewmodels.leaving import take_out
from desktop.viewmodels.papers.beginning import may_begin
from desktop.viewmodels.paperwork.preview import Pages, drawn
from desktop.viewmodels.reports.making import Kept, Maker, Report, Stage
from desktop.viewmodels.times import day_of

FIRST_YEAR_BACK = 5

ABSENT = {
    Ledger.CASES: marked("没有办件台账：办件、时效、收费和得分不统计"),
    Ledger.COMPLAINTS: marked("没有接入投诉"),
    Ledger.VOICES: marked("没有接入好差评"),
    Ledger.LISTS: marked("没有接入权力清单和公开台账"),
    Ledger.PROJECTS: marked("没有接入并联审批、重点项目和招投标"),
    Ledger.CAUSES: marked("核实记录没有登记问题原因"),
    Ledger.WATCH: marked("本期没有窗口监看记录"),
}


class Form(Enum):
    """As what a report can leave."""

    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"
    HTML = "html"
    CIRCULAR = "circular"

    @property
    def suffix(self) -> str:
        """What its files end with."""
        return Form.PDF.value if self is Form.CIRCULAR else self.value


class ReportDesk(QObject):
    """Holds the wish and what was made; lives as long as the program is open.

    Attributes:
        period: what is asked for.
        report: what was made last; None before.
        stage: what is being done, None while nothing is.
        pages: the pages of the report; trouble: why it could not be made.
    """

    changed = Signal()
    refused = Signal(object)
    exported = Signal(str)  # the file's name
    locked = Signal(int)  # the version's number
    _told = Signal(object)

    def __init__(self, casework: Casework, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._casework = casework
        self._answers = Answers(self)
        self._stop = Event()
        self._told.connect(self._take_stage, Qt.ConnectionType.QueuedConnection)
        self.period = period_of(Span.MONTH, self.today)
        self.report: Report | None = None
        self.stage: Stage | None = None
        self.pages: Pages = ()
        self.trouble: Exception | None = None

    @property
    def today(self) -> date:
        """The day in the hall."""
        return day_of(self._casework.clock.now())

    @property
    def is_busy(self) -> bool:
        """Whether a report is being made."""
        return self.stage is not None

    def periods(self, span: Span) -> tuple[Period, ...]:
        """Give the periods of a length that have begun, the latest first."""
        now = period_of(span, self.today)
        first = Month(self.today.year - FIRST_YEAR_BACK, 1)
        found = []
        while now.start >= first:
            found.append(now)
            now = now.before
        return tuple(found)

    def choose(self, period: Period) -> None:
        """Ask for another period."""
        self.period = period
        self.changed.emit()

    def make(self) -> None:
        """Make the report of the period; one at a time."""
        if self.is_busy:
            return
        self.report, self.pages, self.trouble = None, (), None
        self._stop = Event()
        self.stage = Stage.GATHERING
        casework, stop = self._casework, self._stop
        maker = Maker(
            press=casework.press,
            catalogue=casework.catalogue,
            profile=casework.profile,
            calendar=casework.calendar,
            clock=casework.clock,
            wording=assets.report_wording("efficiency"),
            tell=self._tell,
            go_on=_GoOn(stop),
        )
        work = partial(maker.make, period=self.period)
        self._answers.ask(casework.desk.look(work), self._take, self._refuse, "report")
        self.changed.emit()

    def cancel(self) -> None:
        """Stop at the next piece."""
        self._stop.set()

    def stop(self) -> None:
        """Stop, and hear no more."""
        self.cancel()
        self._answers.close()

    def absent(self) -> tuple[str, ...]:
        """Say which ledgers the report could not be written from."""
        missing = self.report.absent if self.report else frozenset()
        return tuple(said(words) for ledger, words in ABSENT.items() if ledger in missing)

    @property
    def may_draft(self) -> bool:
        """Whether this person drafts papers, as a circular on the report's figures."""
        return may_begin(self._casework.book, self._casework.door.actor)

    @property
    def may_lock(self) -> bool:
        """Whether this person may lock what was made, and it says something new."""
        report, actor = self.report, self._casework.door.actor
        if report is None or actor is None or not report.differs or self.is_busy:
            return False
        roles = self._casework.book.rule(ReportVersion.ENTITY).create_roles
        return any(role.value in roles for role in actor.roles)

    def lock(self) -> None:
        """Lock what was made as the next version: its paper is kept and its months are closed."""
        actor, report = self._casework.door.actor, self.report
        if actor is None or report is None:
            return
        lock = partial(_locked, report=report, casework=self._casework)
        self._answers.ask(self._casework.desk.act(actor, lock), self._take_lock, self._refuse)

    def show_version(self, version: ReportVersion) -> None:
        """Show the pages of a version as it was locked."""
        vault = self._casework.vault

        def ask(_: Reading) -> Pages:
            return drawn(vault.get(version.pdf_sha256))

        self._answers.ask(self._casework.desk.look(ask), self._show, self._refuse, "version")

    def show_made(self) -> None:
        """Show the pages of what was made last."""
        self._show(self.report.pages if self.report else ())

    def file_name(self, form: Form, code: str = "") -> str:
        """Say what a file would usually be called."""
        period = self.report.period if self.report else self.period
        title = said("督查通报（稿） {0}") if form is Form.CIRCULAR else said("效能评估报告 {0}")
        name = title.format(period_said(period))
        return " ".join(part for part in (name, code) if part) + f".{form.suffix}"

    def export(self, form: Form, target: Path, reason: str, code: str = "") -> None:
        """Write it to a file, with the note of who took it; `code` names the table of a CSV."""
        actor, report = self._casework.door.actor, self.report
        if actor is None or report is None or report.is_empty:
            return
        take = partial(
            take_out,
            data=_bytes_of(report, form, code, self._casework.press),
            target=target,
            hall_id=report.hall_id,
            subject=f"report/{report.hall_id}/{report.period.span.name}/{report.period.start}",
            reason=reason,
            clock=self._casework.clock,
        )
        self._answers.ask(self._casework.desk.act(actor, take), self._tell_export, self._refuse)

    def _tell(self, stage: Stage) -> None:
        """Take a stage on the thread that makes."""
        with suppress(RuntimeError):  # the screen may close at any moment
            self._told.emit(stage)

    def _take_stage(self, stage: Stage) -> None:
        if self.is_busy:
            self.stage = stage
            self.changed.emit()

    def _take(self, report: Report | None) -> None:
        self.stage, self.report = None, report
        self.pages = report.pages if report else ()
        self.changed.emit()

    def _take_lock(self, version: ReportVersion) -> None:
        actor = self._casework.door.actor
        if self.report is not None:
            kept = (*self.report.kept, Kept(version, actor.name if actor else ""))
            self.report = replace(self.report, kept=kept, differences=())
        self.changed.emit()
        self.locked.emit(version.version)

    def _show(self, pages: Pages) -> None:
        self.pages = pages
        self.changed.emit()

    def _refuse(self, error: Exception) -> None:
        if self.is_busy:
            self.stage, self.trouble = None, error
            self.changed.emit()
        self.refused.emit(error)

    def _tell_export(self, name: str) -> None:
        self.exported.emit(name)


class _GoOn:
    """Answers whether nobody said stop; may be asked on any thread."""

    def __init__(self, stop: Event) -> None:
        self._stop = stop

    def __call__(self) -> bool:
        return not self._stop.is_set()


def period_said(period: Period) -> str:
    """Name a period."""
    year, month = period.start.year, period.start.number
    words = {
        Span.MONTH: said("{0}年{1}月").format(year, month),
        Span.QUARTER: said("{0}年第{1}季度").format(year, (month + 2) // 3),
        Span.HALF_YEAR: said("{0}年上半年") if month == 1 else said("{0}年下半年"),
        Span.YEAR: said("{0}年"),
    }
    return words[period.span].format(year)


def span_said(span: Span) -> str:
    """Name a length."""
    words = {
        Span.MONTH: said("月度"),
        Span.QUARTER: said("季度"),
        Span.HALF_YEAR: said("半年"),
        Span.YEAR: said("年度"),
    }
    return words[span]


def _locked(work: UnitOfWork, report: Report, casework: Casework) -> ReportVersion:
    stored = casework.press.keep(report.pdf)
    draft = Draft(
        hall_id=report.hall_id,
        period=report.period,
        profile_id=casework.profile.id,
        cut_off=report.cut_off,
        figures=figures_of_tables(report.tables),
        pdf_sha256=Digest(stored.sha256),
        pdf_size=stored.size,
    )
    return lock_report(work, draft, clock=casework.clock)


def _bytes_of(report: Report, form: Form, code: str, press: PaperPress) -> bytes:
    match form:
        case Form.PDF:
            return report.pdf
        case Form.XLSX:
            return as_xlsx(report.tables)
        case Form.CSV:
            return as_csv(next(table for table in report.tables if table.code == code))
        case Form.HTML:
            assert report.figures is not None  # only an empty report has none
            return press.report_page(report.figures, assets.report_wording("efficiency"))
        case Form.CIRCULAR:
            assert report.figures is not None  # as above
            return press.circular(report.figures, assets.report_wording("efficiency"))
