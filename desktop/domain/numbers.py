"""Document numbers that a device holds, and those that nobody will ever give (edge case 66)."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from desktop.domain.identifiers import HallId, UserId


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
class TemporaryNumber:
    """What a signed paper goes by while no number can be had (11.2); it is not sealed with it.

    The register prints it beside the number that the paper gets.
    """

    ENTITY: ClassVar = "temporary_number"

    id: str
    hall_id: HallId
    subject_id: str
    number: str
    given_by: UserId
    given_at: datetime


def temporary_number(device_id: str, count: int) -> str:
    """Write a temporary number: 临-设备号-序号, the device by the end of its id."""
    return f"临-{device_id[-4:].upper()}-{count}"


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
