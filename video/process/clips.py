"""Plays sealed clips to the owner, picture by picture, as fast as somebody looks at them."""

import io
import threading
import time
from collections.abc import Callable, Iterator

import av
import numpy as np
from av.error import FFmpegError

from video.errors import FootageError, FootageTrouble
from video.evidence.stills import jpeg_of
from video.messages import ClipEnd, ClipFrame, PlayClip, Report, Vault
from video.pipeline.previews import QUALITY, scaled
from video.vocabulary.frame import Pixels

LEAD_S = 2.0  # pictures go out so long before they are to be shown


class ClipPlayer:
    """Plays each requested clip on a thread of its own."""

    def __init__(self, vault: Vault, put: Callable[[Report], None]) -> None:
        self._vault = vault
        self._put = put
        self._playing: dict[int, threading.Event] = {}

    def play(self, command: PlayClip) -> None:
        """Begin; a request with a number that is playing replaces it."""
        self.stop(command.request_id)
        stop = self._playing[command.request_id] = threading.Event()
        threading.Thread(
            target=self._play, args=(command, stop), name="clip-player", daemon=True
        ).start()

    def stop(self, request_id: int) -> None:
        """Send no more of a clip; harmless when it has ended."""
        playing = self._playing.pop(request_id, None)
        if playing is not None:
            playing.set()

    def stop_all(self) -> None:
        """Send no more of any."""
        for request_id in tuple(self._playing):
            self.stop(request_id)

    def _play(self, command: PlayClip, stop: threading.Event) -> None:
        trouble = None
        try:
            began = time.monotonic()
            for at_s, pixels in pictures_of(self._vault.get(command.sha256)):
                jpeg = jpeg_of(scaled(pixels, command.max_width), quality=QUALITY)
                if stop.wait(max(0.0, at_s - LEAD_S - (time.monotonic() - began))):
                    return
                self._put(ClipFrame(command.request_id, at_s, jpeg))
        except FootageError as error:
            trouble = error.trouble
        self._put(ClipEnd(command.request_id, trouble))


def pictures_of(data: bytes) -> Iterator[tuple[float, Pixels]]:
    """Decode a clip; seconds count from its first picture.

    Raises:
        FootageError: NOT_A_VIDEO, or DAMAGED when it breaks off.
    """
    first: float | None = None
    try:
        with av.open(io.BytesIO(data), mode="r") as container:
            for frame in container.decode(video=0):
                at_s = frame.time or 0.0
                first = at_s if first is None else first
                yield at_s - first, np.asarray(frame.to_ndarray(format="bgr24"), np.uint8)
    except (FFmpegError, IndexError) as error:
        trouble = FootageTrouble.NOT_A_VIDEO if first is None else FootageTrouble.DAMAGED
        raise FootageError(trouble, "clip", type(error).__name__) from error
