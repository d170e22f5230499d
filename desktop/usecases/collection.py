"""Writing down what units sent, and reading who owes what."""

from collections.abc import Iterator, Mapping
from datetime import date

from desktop.domain.calendar import WorkingCalendar
from desktop.domain.collection import (
    CollectionDuty,
    Delivery,
    Standing,
    lacking_by_month,
    silent_periods,
    standings,
)
from desktop.domain.errors import BadField
from desktop.domain.identifiers import HallId, UnitId, new_id
from desktop.domain.periods import Month
from desktop.domain.rules.data import Batch
from desktop.usecases.ports import Clock, Reading, UnitOfWork


def batches_owed(
    reading: Reading, hall_id: HallId, today: date, calendar: WorkingCalendar
) -> Iterator[Batch]:
    """Give what the rules of data quality judge: every period, the newest with the silent ones."""
    told: set[str] = set()
    found = owed(reading, hall_id, today, calendar)
    for standing in found:
        batch = standing.batch(today)
        if standing.duty.id not in told and not standing.provisional:
            told.add(standing.duty.id)
            own = [each for each in found if each.duty.id == standing.duty.id]
            batch = batch._replace(never_sent={standing.duty.name: silent_periods(own)})
        yield batch


def owed(
    reading: Reading, hall_id: HallId, today: date, calendar: WorkingCalendar
) -> tuple[Standing, ...]:
    """Give how every duty of a hall stands."""
    duties = reading.find(CollectionDuty, hall_id=hall_id)
    return standings(duties, reading.find(Delivery, hall_id=hall_id), today, calendar)


def lacking_of(
    reading: Reading, hall_id: HallId, today: date, calendar: WorkingCalendar
) -> Mapping[tuple[UnitId, Month], int]:
    """Sum what the units of a hall kept back, by month."""
    return lacking_by_month(owed(reading, hall_id, today, calendar))


def record_delivery(
    work: UnitOfWork,
    standing: Standing,
    *,
    received_on: date,
    reported: int,
    counted: int | None,
    note: str,
    clock: Clock,
) -> Delivery:
    """Write down what came for a period; what was written before is kept beside it.

    Raises:
        BadField: it came before the period was over, or a number is none.
        NotAllowed: the person may not.
    """
    if received_on <= standing.period.last:
        raise BadField(Delivery.ENTITY, "received_on", received_on.isoformat())
    delivery = Delivery(
        id=new_id(),
        hall_id=standing.duty.hall_id,
        duty_id=standing.duty.id,
        starts_on=standing.period.first,
        received_on=received_on,
        reported=reported,
        recorded_by=work.actor.user_id,
        recorded_at=clock.now(),
        counted=counted,
        note=note,
    )
    work.add(delivery)
    work.note("collection.record", f"collection_delivery/{delivery.id}")
    return delivery
