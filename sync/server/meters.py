"""Counts and times of one worker, as Prometheus reads them (text format 0.0.4)."""

import threading
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
BOUNDS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
Labels = tuple[tuple[str, str], ...]


@dataclass
class _Times:
    counts: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS_S) + 1))
    total_s: float = 0.0


class Meters:
    """Counters and histograms; any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counters: dict[str, dict[Labels, float]] = defaultdict(lambda: defaultdict(float))
        self._times: dict[str, dict[Labels, _Times]] = defaultdict(lambda: defaultdict(_Times))

    def count(self, name: str, by: float = 1.0, /, **labels: str) -> None:
        """Add to a counter."""
        with self._lock:
            self._counters[name][tuple(sorted(labels.items()))] += by

    def took(self, name: str, seconds: float, /, **labels: str) -> None:
        """Note how long something took."""
        with self._lock:
            times = self._times[name][tuple(sorted(labels.items()))]
            times.counts[bisect_left(BOUNDS_S, seconds)] += 1
            times.total_s += seconds

    def text(self, gauges: Mapping[str, float]) -> str:
        """Write everything, with values that were looked up just now."""
        lines: list[str] = []
        with self._lock:
            for name, series in sorted(self._counters.items()):
                lines.append(f"# TYPE {name} counter")
                lines += [f"{name}{_labels(at)} {_number(v)}" for at, v in sorted(series.items())]
            for name, timed in sorted(self._times.items()):
                lines.append(f"# TYPE {name} histogram")
                for at, times in sorted(timed.items()):
                    lines += _histogram(name, at, times)
        for name, value in sorted(gauges.items()):
            lines += [f"# TYPE {name} gauge", f"{name} {_number(value)}"]
        return "\n".join(lines) + "\n"


def _histogram(name: str, at: Labels, times: _Times) -> Iterable[str]:
    below = 0
    for bound, count in zip([*map(str, BOUNDS_S), "+Inf"], times.counts, strict=True):
        below += count
        yield f"{name}_bucket{_labels((*at, ('le', bound)))} {below}"
    yield f"{name}_sum{_labels(at)} {_number(times.total_s)}"
    yield f"{name}_count{_labels(at)} {below}"


def _labels(labels: Labels) -> str:
    said = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels)
    return f"{{{said}}}" if said else ""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)
