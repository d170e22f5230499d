"""Document numbers that a device holds, and those that nobody will ever give (edge case 66)."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from desktop.domain.identifiers import HallId


@dataclass(frozen=True, slots=True)
class NumberBlock:
    """A stretch of numbers of one series and year, leased to this device; `next` comes next."""

    series: str
    year: int
    first: int
    last: int
    next: int

    @property
    def unused(self) -> range:
        """The numbers that were not given."""
        return range(self.next, self.last + 1)


@dataclass(frozen=True, slots=True)
class VoidedNumbers:
    """Numbers of a year that is over, left unused by one device: void, and explained for ever."""

    ENTITY: ClassVar = "voided_numbers"

    id: str
    hall_id: HallId
    series: str
    year: int
    first: int
    last: int
    device: str
    voided_at: datetime
