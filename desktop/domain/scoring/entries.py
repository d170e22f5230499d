"""Score entries (扣分记录): what each point rests on; never deleted, only reversed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar

from desktop.domain.errors import AlreadyReversed
from desktop.domain.identifiers import HallId, UnitId
from desktop.domain.periods import Month
from desktop.domain.scoring.profile import DeductBy, Profile


@dataclass(frozen=True, slots=True)
class Ruling:
    """Points that a person fixed, in the profile for which they were fixed."""

    profile_id: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class Charge:
    """A fault that may cost a unit points.

    Attributes:
        source: the record it rests on, as card/… or finding/….
        level: 1 warning, 2 yellow, 3 red.
        carded: a card carries it, and that card is in effect (7.3: not before).
    """

    id: str
    hall_id: HallId
    unit_id: UnitId
    month: Month
    rule_id: str
    source: str
    level: int = 1
    carded: bool = False
    ruling: Ruling | None = None


@dataclass(frozen=True, slots=True)
class ScoreEntry:
    """Points in one dimension: deducted when positive, given back when negative.

    Attributes:
        month: the month it counts in.
        about: the month of the fault, when that was locked already (跨期调整).
        reverses: id of the entry that it takes back.
    """

    ENTITY: ClassVar = "score_entry"

    id: str
    hall_id: HallId
    unit_id: UnitId
    profile_id: str
    month: Month
    dimension: str
    points: Decimal
    rule_id: str
    source: str
    level: int
    about: Month | None = None
    reverses: str | None = None
    reason: str = ""


def points_of(profile: Profile, charge: Charge) -> Decimal:
    """Give what a charge costs: a person's ruling, else its card's points or its item's."""
    if charge.ruling and charge.ruling.profile_id == profile.id:
        return charge.ruling.points
    item = profile.items.get(charge.rule_id)
    if profile.deduct_by is DeductBy.ITEM:
        return item.points if item else Decimal(0)
    if charge.carded:
        return profile.cards.get(charge.level, Decimal(0))
    return item.points if item and item.without_card else Decimal(0)


def entries_for(profile: Profile, charges: Iterable[Charge]) -> tuple[ScoreEntry, ...]:
    """Turn charges into entries, one for each dimension touched."""
    return tuple(
        ScoreEntry(
            id=f"{charge.id}/{dimension}",
            hall_id=charge.hall_id,
            unit_id=charge.unit_id,
            profile_id=profile.id,
            month=charge.month,
            dimension=dimension,
            points=points,
            rule_id=charge.rule_id,
            source=charge.source,
            level=charge.level if charge.carded else min(charge.level, 1),
        )
        for charge in charges
        if (points := points_of(profile, charge))
        for dimension in profile.dimensions_of(charge.rule_id)
    )


def reversal(
    entry: ScoreEntry, ledger: Sequence[ScoreEntry], *, entry_id: str, reason: str
) -> ScoreEntry:
    """Give the entry that gives points back when a card is revoked or replaced.

    Raises:
        AlreadyReversed: it was given back before, or gives back itself.
    """
    if entry.reverses or any(other.reverses == entry.id for other in ledger):
        raise AlreadyReversed(entry.id)
    return replace(entry, id=entry_id, points=-entry.points, reverses=entry.id, reason=reason)


def booked(entry: ScoreEntry, locked: Iterable[Month]) -> ScoreEntry:
    """Book an entry in its month or, that being locked, in the next month that is open."""
    closed = frozenset(locked)
    month = entry.month
    while month in closed:
        month = month.later(1)
    if month == entry.month:
        return entry
    return replace(entry, month=month, about=entry.about or entry.month)


def standing(ledger: Iterable[ScoreEntry]) -> tuple[ScoreEntry, ...]:
    """Give the entries that were not taken back, without those that took others back."""
    entries = tuple(ledger)
    gone = {entry.reverses for entry in entries}
    return tuple(entry for entry in entries if entry.reverses is None and entry.id not in gone)
