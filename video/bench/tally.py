"""What one way of watching has cost, and what it has told."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median, quantiles


@dataclass(frozen=True, slots=True)
class Verdict:
    """One tick of one camera: which second of its stream, and how long after its picture."""

    at_s: float
    latency_s: float


@dataclass(frozen=True, slots=True)
class Cost:
    """What so many cameras have needed.

    Attributes:
        cpu_s: of the whole process, all its threads.
        seconds: how long was measured.
        pictures: that were decoded, or judged.
        verdicts: of each camera, in order; none where nothing is judged.
    """

    cameras: int
    cpu_s: float
    seconds: float
    peak_mb: float
    pictures: int
    verdicts: tuple[tuple[Verdict, ...], ...] = ()

    @property
    def cpu_of_camera(self) -> float:
        """Share of one core that one camera takes."""
        return self.cpu_s / self.seconds / self.cameras

    @property
    def ticks(self) -> int:
        """Verdicts that were given."""
        return sum(map(len, self.verdicts))

    def missed(self, every_s: float) -> int:
        """Count the verdicts that were due and not given."""
        return sum(missed(told, every_s, self.seconds) for told in self.verdicts)

    @property
    def latencies_ms(self) -> tuple[float, float] | None:
        """The median and the 95th percentile, None where nothing was judged."""
        found = [one.latency_s * 1000 for told in self.verdicts for one in told]
        if len(found) < 2:
            return None
        return median(found), quantiles(found, n=20)[-1]


def missed(told: Sequence[Verdict], every_s: float, seconds: float) -> int:
    """Count the ticks of one camera that are missing within its verdicts, and at their ends.

    One may be missing at the ends, for a verdict a moment before the first was not counted.
    """
    gaps = (round((b.at_s - a.at_s) / every_s) - 1 for a, b in pairwise(told))
    within = sum(max(0, gap) for gap in gaps)
    covered = len(told) + within
    return within + max(0, int(seconds / every_s) - 1 - covered)
