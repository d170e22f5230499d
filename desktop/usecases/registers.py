"""Registers: records that a person writes, or that a table brings."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from desktop.domain.items import ListPlace, ServiceItem
from desktop.usecases.ports import R, Reading, Record, UnitOfWork


def items_in(reading: Reading, place: ListPlace = ListPlace.POWER) -> Mapping[str, ServiceItem]:
    """Give the items of a list by code."""
    found = reading.find(ServiceItem, place=place)
    return {item.code: item for item in found if item.listed}


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many records came, changed, and went from the list."""

    new: int
    changed: int
    gone: int = 0


def keep_record(work: UnitOfWork, thing: R, *, is_new: bool) -> R:
    """Keep one record as it was written."""
    if is_new:
        work.add(thing)
    else:
        work.replace(thing)
    work.note("register.keep", f"{thing.ENTITY}/{thing.id}")
    return thing


def take_in_records(
    work: UnitOfWork, things: Iterable[Record], known: Collection[str], *, file_name: str
) -> TakenIn:
    """Keep the records of a table, all in one act.

    Args:
        known: ids of the records that are there already.
    """
    new = changed = 0
    entity = ""
    for thing in things:
        entity = thing.ENTITY
        if thing.id in known:
            work.replace(thing)
            changed += 1
        else:
            work.add(thing)
            new += 1
    work.note("register.import", f"{entity}/{new + changed}", reason=file_name)
    return TakenIn(new, changed)


def take_in_list(
    work: UnitOfWork,
    things: Iterable[ServiceItem],
    known: Collection[ServiceItem],
    codes: Collection[str],
    *,
    file_name: str,
) -> TakenIn:
    """Keep a whole public list: what it has no longer is listed no longer.

    Args:
        known: the items of this list that are there already.
        codes: of everything in the file, changed or not.
    """
    taken = take_in_records(work, things, {each.id for each in known}, file_name=file_name)
    gone = [item for item in known if item.listed and item.code not in codes]
    for item in gone:
        work.replace(replace(item, listed=False))
    return replace(taken, gone=len(gone))
