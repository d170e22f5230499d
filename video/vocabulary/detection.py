"""What is asked of a detector, whatever its weights and runtime."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from video.vocabulary.frame import Pixels
from video.vocabulary.geometry import Box


@dataclass(frozen=True, slots=True)
class Detection:
    """A person: box in fractions of the crop (it may reach beyond its edges), score 0 to 1."""

    box: Box
    score: float


class Detector(Protocol):
    """Finds persons in crops."""

    @property
    def name(self) -> str:
        """Model, digest and runtime, as evidence must tell."""

    def detect(self, crops: Sequence[Pixels]) -> tuple[tuple[Detection, ...], ...]:
        """Find the persons of each crop, best first; crops are BGR uint8 of any size."""
