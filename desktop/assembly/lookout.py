"""Waits until recorded cameras have played, and remembers what was seen."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from desktop.domain.organisation import Camera
from desktop.workers.video_process import Heard, ProcessEnded
from video.errors import FootageError
from video.messages import (
    Alive,
    CameraTrouble,
    EventClosed,
    EventOpened,
    Ready,
    SourceEnded,
    WindowStatus,
)
from video.vocabulary.event import WindowEvent

SILENCE_S = 60.0
TELL_EVERY_S = 2.0


@dataclass(frozen=True, slots=True)
class SeenEvent:
    """One absence in seconds of the stream; `end_s` is None while it is open."""

    window: str
    state: str
    start_s: float
    end_s: float | None


class WatchingFailed(Exception):
    """The watching process gave up, or fell silent."""


class Lookout:
    """A listener of the watching process."""

    def __init__(self, cameras: Sequence[Camera], windows: Mapping[str, str]) -> None:
        """Listen for these cameras; `windows` are the numbers of windows by id."""
        self._names = {str(camera.id): camera.name for camera in cameras}
        self._open = set(self._names)
        self._windows = windows
        self._heard: SimpleQueue[Heard] = SimpleQueue()
        self._events: dict[str, WindowEvent] = {}
        self._at_s = 0.0
        self.pid = 0
        self.peak_mb = 0.0

    def hear(self, heard: Heard) -> None:
        """Take one report, on the owner's thread."""
        self._heard.put(heard)

    def progress(self) -> Iterator[float]:
        """Wait for the end of all cameras; tells now and then which second was reached.

        Raises:
            FootageError: a camera cannot be had; `subject` is its name.
            WatchingFailed: nothing is heard any more.
        """
        told = time.monotonic()
        while self._open:
            try:
                self._take(self._heard.get(timeout=SILENCE_S))
            except Empty:
                raise WatchingFailed from None
            if time.monotonic() - told > TELL_EVERY_S:
                told = time.monotonic()
                yield self._at_s

    def events(self) -> tuple[SeenEvent, ...]:
        """Give what was seen, in order of its beginning."""
        return tuple(
            SeenEvent(
                self._windows[event.window_id],
                event.state.value,
                round(event.start_s, 2),
                None if event.end_s is None else round(event.end_s, 2),
            )
            for event in sorted(self._events.values(), key=lambda e: (e.start_s, e.window_id))
        )

    def _take(self, heard: Heard) -> None:
        match heard:
            case Ready(pid=pid):
                self.pid = pid
            case WindowStatus(observation=observation):
                self._at_s = max(self._at_s, observation.at_s)
            case EventOpened(event=event) | EventClosed(event=event):
                self._events[event.event_id] = event
            case Alive(peak_mb=peak):
                self.peak_mb = max(self.peak_mb, peak)
            case SourceEnded(camera_id=camera_id):
                self._open.discard(camera_id)
            case CameraTrouble(retry_s=None):
                raise FootageError(heard.trouble, self._names[heard.camera_id], heard.detail)
            case ProcessEnded(restart_s=None):
                raise WatchingFailed
            case _:
                pass
