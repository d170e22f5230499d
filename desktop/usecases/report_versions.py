"""Locking a report: its figures and its paper are kept, and its months are closed."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.identifiers import Digest, HallId, new_id
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

    Raises:
        PeriodLocked: nothing differs from the version that stands.
        NotAllowed: the person does not sign reports.
    """
    earlier = versions_of(work, draft.hall_id, draft.period)
    version = ReportVersion(
        id=new_id(),
        hall_id=draft.hall_id,
        period=draft.period,
        version=next_version(draft.period, earlier, draft.figures),
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
