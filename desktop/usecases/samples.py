"""Drawing cases for a check against their paper files, and writing down what came of it."""

from collections.abc import Mapping

from desktop.domain.approvals import ApprovalCase
from desktop.domain.calendar import HALL_TIME
from desktop.domain.errors import MissingField
from desktop.domain.identifiers import CaseId, HallId, UnitId, new_id
from desktop.domain.organisation import Unit
from desktop.domain.periods import Month
from desktop.domain.samples import SampleCheck, SampleResult, failed_by_month
from desktop.usecases.case_findings import unit_of
from desktop.usecases.ports import Clock, Reading, UnitOfWork


def checks_of(reading: Reading, case_id: CaseId) -> tuple[SampleCheck, ...]:
    """Give what was written down of a case, the oldest first."""
    return reading.find(SampleCheck, case_id=case_id)


def failed_of(reading: Reading, hall_id: HallId) -> Mapping[tuple[UnitId, Month], int]:
    """Count the cases of a hall that did not stand the test, by unit and month."""
    return failed_by_month(reading.find(SampleCheck, hall_id=hall_id))


def note_draw(work: UnitOfWork, hall_id: HallId, drawn: int, of: int, seed: str) -> None:
    """Write down that somebody drew cases, so that the draw can be made again."""
    work.note("sample.draw", f"hall/{hall_id}/{drawn}/{of}/{seed}")


def check_sample(
    work: UnitOfWork, case: ApprovalCase, result: SampleResult, note: str, *, clock: Clock
) -> SampleCheck:
    """Write down what the paper file says of a case.

    Raises:
        MissingField: the record differs, or there is no paper, and nobody says how.
        NotAllowed: the person may not.
    """
    if result is not SampleResult.SAME and not note.strip():
        raise MissingField(SampleCheck.ENTITY, "create", "note")
    now = clock.now()
    check = SampleCheck(
        id=new_id(),
        hall_id=case.hall_id,
        case_id=case.id,
        case_no=case.case_no,
        closed_on=(case.closed_at or case.accepted_at or now).astimezone(HALL_TIME).date(),
        result=result,
        verified_by=work.actor.user_id,
        at=now,
        unit_id=unit_of(work.find(Unit), case.unit_id),
        note=note.strip(),
    )
    work.add(check)
    work.note("sample.check", f"sample_check/{check.id}", reason=check.note)
    return check
