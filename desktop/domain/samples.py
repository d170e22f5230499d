"""Cases that are held against their paper files, and what came of it (F09)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from hashlib import sha256
from typing import ClassVar

from desktop.domain.identifiers import CaseId, HallId, UnitId, UserId
from desktop.domain.periods import Month, month_of

_RANGE = 2**32


class SampleResult(Enum):
    """What the paper file says of the record."""

    SAME = "SAME"
    DIFFERENT = "DIFFERENT"
    NO_PAPER = "NO_PAPER"


@dataclass(frozen=True, slots=True)
class SampleCheck:
    """One case held against its paper file.

    Attributes:
        unit_id: whose case it is; None where it is no unit of ours.
        closed_on: the day in whose month the result counts.
    """

    ENTITY: ClassVar = "sample_check"

    id: str
    hall_id: HallId
    case_id: CaseId
    case_no: str
    closed_on: date
    result: SampleResult
    verified_by: UserId
    at: datetime
    unit_id: UnitId | None = None
    note: str = ""


def drawn(numbers: Sequence[int], share: float, seed: str) -> tuple[int, ...]:
    """Draw cases so that nobody can choose them: the same seed draws the same ones again.

    Args:
        share: the part that is drawn, 0 to 1; of any cases at least one.
        seed: the day of the draw, which the audit trail has.
    """
    ranks = {number: _rank(seed, number) for number in numbers}
    chosen = [number for number in numbers if ranks[number] < share * _RANGE]
    if not chosen and numbers:
        chosen = [min(numbers, key=lambda number: ranks[number])]
    return tuple(chosen)


def failed_by_month(checks: Iterable[SampleCheck]) -> Mapping[tuple[UnitId, Month], int]:
    """Count the cases that did not stand the test, by unit and month; the newest check counts."""
    newest = {each.case_id: each for each in sorted(checks, key=lambda one: one.at)}
    sums: dict[tuple[UnitId, Month], int] = {}
    for check in newest.values():
        if check.unit_id and check.result is not SampleResult.SAME:
            key = check.unit_id, month_of(check.closed_on)
            sums[key] = sums.get(key, 0) + 1
    return sums


def _rank(seed: str, number: int) -> int:
    return int.from_bytes(sha256(f"{seed}/{number}".encode()).digest()[:4])
