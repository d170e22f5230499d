"""Asks a network camera for its clock over ONVIF, where its pictures tell none."""

import logging
import threading
from collections.abc import Callable
from typing import Protocol
from urllib.parse import urlsplit

from video.errors import FootageError
from video.sources.discovery import EVERYBODY, discovered
from video.sources.onvif import OnvifCamera
from video.vocabulary.source import RtspPlan

log = logging.getLogger(__name__)

FIRST_S = 4.0  # by then a camera that tells its clock beside its pictures has done so
EVERY_S = 30.0
PROBE_PORT = EVERYBODY[1]
PROBE_S = 3.0  # for a camera to say on which port it is
TRIES = 3  # without an answer: most likely it knows no ONVIF

Ask = Callable[[RtspPlan], float | None]


class ToldClock(Protocol):
    """How far a camera's clock is ahead of ours, as it was asked; None while nothing is known."""

    @property
    def off_s(self) -> float | None:
        """Seconds."""

    def stop(self) -> None:
        """Ask no more."""


class AskedClock:
    """Asks now and then on a thread of its own, until it is told to stop.

    Attributes:
        off_s: seconds ahead of ours as last answered, None while nothing was.
    """

    def __init__(
        self, plan: RtspPlan, ask: Ask, *, first_s: float = FIRST_S, every_s: float = EVERY_S
    ) -> None:
        """Begin at once."""
        self._plan, self._ask = plan, ask
        self._first_s, self._every_s = first_s, every_s
        self._over = threading.Event()
        self.off_s: float | None = None
        threading.Thread(target=self._run, name="camera-clock", daemon=True).start()

    def stop(self) -> None:
        """Ask no more; an answer that is on its way is not waited for."""
        self._over.set()

    def _run(self) -> None:
        wait_s, failures = self._first_s, 0
        while failures < TRIES and not self._over.wait(wait_s):
            wait_s = self._every_s
            try:
                self.off_s, failures = self._ask(self._plan), 0
            except FootageError as error:
                failures += 1
                log.debug("the camera's clock was not told: %s", error.trouble.value)


def onvif_clock(plan: RtspPlan) -> AskedClock:
    """Ask a camera for its time, which it tells to anybody."""
    return AskedClock(plan, ask_onvif)


def ask_onvif(plan: RtspPlan, *, probe_port: int = PROBE_PORT) -> float | None:
    """Ask at the address that the standard recommends, then where the camera itself points to.

    Raises:
        FootageError: it answers at none of them.
    """
    host = urlsplit(plan.url).hostname or ""
    try:
        return OnvifCamera(f"http://{host}/onvif/device_service").clock_off_s()
    except FootageError:
        for device in discovered(target=(host, probe_port), listen_s=PROBE_S):
            if device.host == host:  # no camera sends us elsewhere
                return OnvifCamera(device.service).clock_off_s()
        raise
