"""Tries a camera out: connects once, shows pictures and measures, but judges nothing."""

import time
from collections.abc import Callable, Iterator

from video.errors import FootageError
from video.messages import CameraPlan, CameraTrouble, PreviewPlan, Report
from video.pipeline.choosing import source_of
from video.pipeline.previews import Previewer
from video.pipeline.stream import StreamWatch
from video.settings import HALL
from video.sources.base import Wait
from video.sources.feed import Connected, recorded

LASTS_S = 120.0  # nobody looks at a trial for longer


def tried(
    camera: CameraPlan,
    pictures: PreviewPlan = PreviewPlan(),  # noqa: B008  # frozen
    *,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Report]:
    """Tell what comes: the stream, pictures, and the trouble that ends it, if one does."""
    stream = StreamWatch(camera.camera_id)
    previews = Previewer(camera.camera_id, pictures, clock)
    try:
        for arrival in recorded(source_of(camera, HALL, wait=_until(clock() + LASTS_S, clock))):
            if isinstance(arrival, Connected):
                yield from filter(None, (stream.connected(arrival.shape),))
                continue
            yield from filter(None, (stream.came(arrival),))
            yield from filter(None, map(previews.of, arrival.frames))
    except FootageError as error:
        yield CameraTrouble(camera.camera_id, error.trouble, error.detail, None)


def _until(end: float, clock: Callable[[], float]) -> Wait:
    """Wait as long as is asked for; say stop once the end has come."""

    def wait(seconds: float) -> bool:
        time.sleep(max(0.0, seconds))
        return clock() >= end

    return wait
