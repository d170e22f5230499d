"""Keeps the machine from falling asleep while it watches; its screen may go dark."""

import logging
import threading

from wakepy import keep

log = logging.getLogger(__name__)

STOP_S = 2.0


class Wakefulness:
    """Holds sleep off while it is wanted, each time from one thread, as the systems ask.

    Where no way is known to hold it off, the machine sleeps when it is set to, and the time is
    unwatched like any other.
    """

    def __init__(self) -> None:
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def want(self, *, awake: bool) -> None:
        """Hold sleep off, which returns at once, or let the machine sleep again."""
        if awake and self._thread is None:
            self._over = threading.Event()
            self._thread = threading.Thread(
                target=self._hold, args=(self._over,), name="wakefulness", daemon=True
            )
            self._thread.start()
        elif not awake and self._thread is not None:
            self._over.set()
            self._thread.join(STOP_S)  # a session bus that does not answer must not keep anybody
            self._thread = None

    def _hold(self, over: threading.Event) -> None:
        with keep.running(on_fail="pass") as mode:
            if mode.active:
                log.info("sleep is held off by %s", mode.method)
            else:
                log.warning("sleep could not be held off")
            over.wait()
