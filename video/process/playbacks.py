"""Tries areas on the last minutes of a camera while the camera goes on being watched."""

import logging
import threading
from collections.abc import Callable

from video.errors import FootageError, FootageTrouble
from video.messages import PlayBack, PlayBackEnd, Report
from video.pipeline.playback import Trial, played_back

log = logging.getLogger(__name__)


class Playbacks:
    """Plays each request on a thread of its own; a newer one ends those before."""

    def __init__(self, put: Callable[[Report], None]) -> None:
        self._put = put
        self._playing: dict[int, threading.Event] = {}

    def play(self, command: PlayBack, trial: Trial | None) -> None:
        """Begin; without anything to play it ends at once."""
        self.stop_all()
        if trial is None:
            self._put(PlayBackEnd(command.request_id, FootageTrouble.STREAM_ENDED))
            return
        stop = self._playing[command.request_id] = threading.Event()
        threading.Thread(
            target=self._play, args=(command, trial, stop), name="playback", daemon=True
        ).start()

    def stop(self, request_id: int) -> None:
        """Send no more of one; harmless when it has ended."""
        playing = self._playing.pop(request_id, None)
        if playing is not None:
            playing.set()

    def stop_all(self) -> None:
        """Send no more of any."""
        for request_id in tuple(self._playing):
            self.stop(request_id)

    def _play(self, command: PlayBack, trial: Trial, stop: threading.Event) -> None:
        end = PlayBackEnd(command.request_id)
        try:
            for picture in played_back(command, trial):
                if stop.is_set():
                    return
                self._put(picture)
        except FootageError as error:
            log.info("areas were not tried: %s %s", error.trouble.value, error.detail)
            end = PlayBackEnd(command.request_id, error.trouble, error.detail)
        self._put(end)
