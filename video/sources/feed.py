"""What comes from a source, whether it plays or goes on without us."""

from collections.abc import Iterator
from dataclasses import dataclass

from video.errors import FootageError
from video.sources.base import Source, Taken
from video.vocabulary.frame import StreamShape
from video.vocabulary.moment import Moment


@dataclass(frozen=True, slots=True)
class Connected:
    """Packets of this shape follow."""

    shape: StreamShape


@dataclass(frozen=True, slots=True)
class Silent:
    """No picture has come for some time, up to this moment."""

    moment: Moment


@dataclass(frozen=True, slots=True)
class Broken:
    """The camera is not to be had; it is tried again after so many seconds."""

    error: FootageError
    retry_s: float


Arrival = Connected | Taken | Silent | Broken


def recorded(source: Source) -> Iterator[Arrival]:
    """Play a source that waits for us, to its end.

    Raises:
        FootageError: it cannot be had, or broke off.
    """
    try:
        yield Connected(source.open())
        yield from source.take()
    finally:
        source.close()
