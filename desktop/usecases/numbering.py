"""Numbers that nobody will ever give, and those that a paper goes by until it has its own."""

from desktop.domain.calendar import HALL_TIME
from desktop.domain.cards import Card
from desktop.domain.errors import WrongState
from desktop.domain.identifiers import HallId, new_id
from desktop.domain.numbers import TemporaryNumber, VoidedNumbers, temporary_number
from desktop.domain.official_documents import OfficialDocument
from desktop.usecases.ports import Clock, Reading, UnitOfWork


def void_past_numbers(
    work: UnitOfWork, hall_id: HallId, *, clock: Clock
) -> tuple[VoidedNumbers, ...]:
    """List the unused numbers of past years as void; every machine's register shows them then."""
    now = clock.now()
    voided = tuple(
        VoidedNumbers(
            id=new_id(),
            hall_id=hall_id,
            series=block.series,
            year=block.year,
            first=block.next,
            last=block.last,
            device=work.actor.device_id,
            voided_at=now,
        )
        for block in work.void_unused(before_year=now.astimezone(HALL_TIME).year)
    )
    for each in voided:
        work.add(each)
    if voided:
        work.note("numbers.void", f"hall/{hall_id}")
    return voided


def give_temporary(
    work: UnitOfWork, subject: Card | OfficialDocument, *, clock: Clock
) -> TemporaryNumber:
    """Name a signed paper that cannot be numbered now; it is sealed when it has its number.

    Asked again it answers the same.

    Raises:
        WrongState: it waits for no number.
    """
    if subject.signed_at is None or subject.doc_no:
        raise WrongState(subject.ENTITY, "issue", subject.state.value)
    for known in work.find(TemporaryNumber, subject_id=subject.id):
        return known
    mine = temporary_number(work.actor.device_id, 0)[:-1]
    given = [each for each in work.find(TemporaryNumber) if each.number.startswith(mine)]
    temporary = TemporaryNumber(
        id=new_id(),
        hall_id=subject.hall_id,
        subject_id=subject.id,
        number=temporary_number(work.actor.device_id, len(given) + 1),
        given_by=work.actor.user_id,
        given_at=clock.now(),
    )
    work.add(temporary)
    work.note("numbers.temporary", f"{subject.ENTITY}/{subject.id}", reason=temporary.number)
    return temporary


def temporary_of(reading: Reading, subject_id: str) -> str:
    """Give what a paper went by before it had its number; "" where it never wanted that."""
    known = reading.find(TemporaryNumber, subject_id=subject_id)
    return known[0].number if known else ""
