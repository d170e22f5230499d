"""Numbers of years that are over: what this device left unused is void from then on."""

from desktop.domain.calendar import HALL_TIME
from desktop.domain.identifiers import HallId, new_id
from desktop.domain.numbers import VoidedNumbers
from desktop.usecases.ports import Clock, UnitOfWork


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
