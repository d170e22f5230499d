"""Keeps the machine from falling asleep while it watches; its screen may go dark."""

import logging
import threading

from wakepy import keep

log = logging.getLogger(__name__)

STOP_S = 2.0


class Wakefulness:
    """Holds sleep off from `start` to `stop`, from one thread, as the systems ask.

    Where no way is known to hold it off, the machine sleeps when it is set to, and the time is
    unwatched like any other.
    """

    def __init__(self) -> None:
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._hold, name="wakefulness", daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Let the machine sleep again."""
        self._over.set()
        self._thread.join(STOP_S)  # a session bus that does not answer must not keep anybody

    def _hold(self) -> None:
        with keep.running(on_fail="pass") as mode:
            if mode.active:
                log.info("sleep is held off by %s", mode.method)
            else:
                log.warning("sleep could not be held off")
            self._over.wait()
