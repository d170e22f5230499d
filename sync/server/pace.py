"""How fast one caller may ask: a bucket that fills steadily and empties a drop a request."""

import threading
from collections import OrderedDict

MOST_CALLERS = 10_000


class Pace:
    """Buckets by caller; those that were not used for longest are forgotten."""

    def __init__(self, rate: float, burst: float) -> None:
        self._rate = rate
        self._burst = burst
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait_s(self, caller: str, now: float) -> float:
        """Take a drop and answer 0, or answer after how many seconds there will be one.

        Args:
            now: seconds of a clock that never goes back.
        """
        with self._lock:
            level, at = self._buckets.pop(caller, (self._burst, now))
            level = min(self._burst, level + (now - at) * self._rate)
            wait = 0.0 if level >= 1 else (1 - level) / self._rate
            self._buckets[caller] = (level - 1 if level >= 1 else level, now)
            if len(self._buckets) > MOST_CALLERS:
                self._buckets.popitem(last=False)
        return wait
