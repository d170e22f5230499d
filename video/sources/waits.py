"""How long to leave a camera alone before it is tried again."""

from collections.abc import Callable

from video.errors import FootageTrouble

FIRST_S, MOST_S = 1.0, 60.0
# Cameras lock the account of whoever keeps knocking with a wrong password.
FIRST_LOCKED_S, MOST_LOCKED_S = 60.0, 900.0
CALM_S = 60.0  # a connection that held so long was a good one


class Waits:
    """Grows with every failure in a row; a connection that holds a while makes it forget."""

    def __init__(self, jitter: Callable[[], float]) -> None:
        """Prepare.

        Args:
            jitter: a new number from 0 to 1 at each call, so that cameras that were lost
                together do not all come back at the same moment.
        """
        self._jitter = jitter
        self._failures = 0

    def after(self, trouble: FootageTrouble, *, held_s: float) -> float:
        """Seconds to wait after a connection that held so long."""
        if held_s >= CALM_S:
            self._failures = 0
        locked = trouble is FootageTrouble.WRONG_CREDENTIALS
        first, most = (FIRST_LOCKED_S, MOST_LOCKED_S) if locked else (FIRST_S, MOST_S)
        longest = min(most, first * 2.0**self._failures)
        self._failures = min(self._failures + 1, 16)
        return longest * (0.5 + 0.5 * self._jitter())
