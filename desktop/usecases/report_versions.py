"""Locking a report: its figures and its paper are kept, and its months are closed."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.identifiers import Digest, HallId, named_id
from desktop.domain.periods import Month, Period
from desktop.domain.report.versions import Printed, ReportVersion, locked_months, next_version
from desktop.usecases.ports import Clock, Reading, UnitOfWork


@dataclass(frozen=True, slots=True)
class Draft:
    """A report that was made and lies in the vault."""

    hall_id: HallId
    period: Period
    profile_id: str
    cut_off: datetime
    figures: Printed
    pdf_sha256: Digest
    pdf_size: int


def versions_of(reading: Reading, hall_id: HallId, period: Period) -> tuple[ReportVersion, ...]:
    """Give the versions of a period's report, the first one first."""
    own = [v for v in reading.find(ReportVersion, hall_id=hall_id) if v.period == period]
    return tuple(sorted(own, key=lambda each: (each.version, each.locked_at)))


def closed_months(reading: Reading, hall_id: HallId) -> frozenset[Month]:
    """Give the months of a hall that are locked."""
    return locked_months(reading.find(ReportVersion, hall_id=hall_id))


def lock_report(work: UnitOfWork, draft: Draft, *, clock: Clock) -> ReportVersion:
    """Keep a report as the next version of its period.

    The version is named by its hall, period and number: of two machines that lock at once without
    a line, the server takes the first, and the other locks again as the version after it.

    Raises:
        PeriodLocked: nothing differs from the version that stands.
        NotAllowed: the person does not sign reports.
    """
    earlier = versions_of(work, draft.hall_id, draft.period)
    number = next_version(draft.period, earlier, draft.figures)
    period = (draft.period.first.isoformat(), draft.period.last.isoformat())
    version = ReportVersion(
        id=named_id("report_version", draft.hall_id, *period, str(number)),
        hall_id=draft.hall_id,
        period=draft.period,
        version=number,
        profile_id=draft.profile_id,
        cut_off=draft.cut_off,
        figures=draft.figures,
        pdf_sha256=draft.pdf_sha256,
        pdf_size=draft.pdf_size,
        locked_by=work.actor.user_id,
        locked_at=clock.now(),
    )
    work.add(version)
    work.keep_blob(draft.pdf_sha256, draft.pdf_size, "application/pdf")
    work.note("report.lock", f"report_version/{version.id}")
    return version
