"""What is learned of one seat on the site: from which pictures, how well, and what comes of it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from video.vocabulary.geometry import Polygon


class Shown(Enum):
    """What a picture of a seat shows, by a person's word."""

    CLERK = "clerk"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learned of one seat, as it travels and is kept.

    Attributes:
        weights: float32, little-endian; `windows/opinion.py` knows their order.
        trusted: whether it may also answer where nothing else can tell.
    """

    weights: bytes = field(repr=False)
    trusted: bool = False

    @property
    def sha256(self) -> str:
        """Names it in evidence; hex."""
        return hashlib.sha256(self.weights).hexdigest()


@dataclass(frozen=True, slots=True)
class Example:
    """A sealed picture from which is learned.

    Attributes:
        group: the finding or the day that it is from; one group is never learned and tested on.
        sha256: of the picture in the vault.
        seat: the seat in a picture of the whole camera; None where it was cut out already.
    """

    group: str
    shown: Shown
    sha256: str
    seat: Polygon | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How pictures of one kind were judged by one that had not learned from them."""

    right: int = 0
    unsure: int = 0
    wrong: int = 0

    @property
    def all(self) -> int:
        """How many there were."""
        return self.right + self.unsure + self.wrong


@dataclass(frozen=True, slots=True)
class HeldOut:
    """How well it judges what it has not seen, each group judged by what the others taught.

    Attributes:
        groups: findings or days; those with any wrong picture are `wrong_groups`.
        missed: groups of which a clerk was called an empty seat: the costly error.
    """

    clerk: Count
    empty: Count
    groups: int
    wrong_groups: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taught:
    """What came of teaching.

    Attributes:
        heat: where in the seat it looks, row by row from the top left; positive speaks for a
            clerk, negative for an empty seat.
        unread: pictures that could not be had any more.
    """

    lesson: Lesson
    held_out: HeldOut
    heat: Sequence[float]
    unread: int = 0
