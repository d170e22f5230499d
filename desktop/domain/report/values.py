"""Numbers as a report prints them: shares, changes, and — where nothing can be divided."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole; of an empty whole there is no share."""

    part: Decimal | int
    whole: Decimal | int

    @property
    def percent(self) -> Decimal | None:
        """In percent, one decimal; None when the whole is empty."""
        if not self.whole:
            return None
        return rounded(Decimal(self.part) * 100 / Decimal(self.whole))


@dataclass(frozen=True, slots=True)
class Change:
    """How a number differs from an earlier one; unknown or zero earlier gives none."""

    now: int
    before: int | None

    @property
    def percent(self) -> Decimal | None:
        """In percent of the earlier one, one decimal."""
        if not self.before:
            return None
        return rounded(Decimal(self.now - self.before) * 100 / Decimal(self.before))


def rounded(value: Decimal) -> Decimal:
    """Round half up to one decimal."""
    return value.quantize(_TENTH, ROUND_HALF_UP)


def mean(values: list[int] | list[Decimal]) -> Decimal | None:
    """Give the mean to one decimal; None of nothing."""
    if not values:
        return None
    return rounded(sum(map(Decimal, values), Decimal(0)) / len(values))
