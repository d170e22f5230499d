"""What is asked of a detector, whatever its weights and runtime."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from video.vocabulary.frame import Pixels
from video.vocabulary.geometry import Box


class Kind(Enum):
    """What was found."""

    PERSON = "person"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Detection:
    """One thing: box in fractions of the crop (it may reach beyond its edges), score 0 to 1."""

    box: Box
    score: float
    kind: Kind = Kind.PERSON


class Detector(Protocol):
    """Finds persons in crops, and phones where its weights know them."""

    @property
    def name(self) -> str:
        """Model, digest and runtime, as evidence must tell."""

    @property
    def knows_phones(self) -> bool:
        """Whether a crop without a phone means that there is none."""

    def detect(self, crops: Sequence[Pixels]) -> tuple[tuple[Detection, ...], ...]:
        """Find what is in each crop, best first; crops are BGR uint8 of any size."""
