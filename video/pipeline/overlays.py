"""What the schedule says of a window at a moment."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from video.messages import OverlaySpan
from video.vocabulary.state import Overlay

OverlayLookup = Callable[[str, datetime], Overlay]  # window id, wall time

_STRONGEST = (Overlay.CLOSED, Overlay.EXCUSED, Overlay.PAUSED)


def always_open(window_id: str, at_wall: datetime) -> Overlay:
    """Look nothing up: no overlay ever."""
    return Overlay.NONE


class OverlayBook:
    """Looks up in spans that may be replaced while cameras are watched, from any thread."""

    def __init__(self, spans: Sequence[OverlaySpan] = ()) -> None:
        self._spans = _by_window(spans)

    def replace(self, spans: Sequence[OverlaySpan]) -> None:
        """Hold these instead."""
        self._spans = _by_window(spans)

    def __call__(self, window_id: str, at_wall: datetime) -> Overlay:
        """Give the strongest overlay of a window at a wall time."""
        laid = {
            span.overlay
            for span in self._spans.get(window_id, ())
            if span.from_wall <= at_wall and (span.to_wall is None or at_wall < span.to_wall)
        }
        return next((overlay for overlay in _STRONGEST if overlay in laid), Overlay.NONE)


def _by_window(spans: Sequence[OverlaySpan]) -> Mapping[str, Sequence[OverlaySpan]]:
    sorted_out: dict[str, list[OverlaySpan]] = {}
    for span in spans:
        sorted_out.setdefault(span.window_id, []).append(span)
    return sorted_out
