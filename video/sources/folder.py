"""A folder of single pictures: a series that was taken, or one that a camera goes on uploading."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, tzinfo
from pathlib import Path

import cv2
import numpy as np

from video.errors import FootageError, FootageTrouble
from video.sources.base import Taken, Wait
from video.sources.named_time import OLDEST, named_time
from video.sources.pictures import PictureStream
from video.vocabulary.frame import Frame, Pixels, StreamShape
from video.vocabulary.source import StillsPlan

ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp"})
LOOK_S = 0.5  # how often a followed folder is looked at
TRIES = 6  # looks at a picture that cannot be read, before it is broken and not half uploaded


def stills_in(folder: Path) -> tuple[Path, ...]:
    """The pictures below a folder, by name.

    Raises:
        FootageError: MISSING_FILE without the folder.
    """
    if not folder.is_dir():
        raise FootageError(FootageTrouble.MISSING_FILE, folder.name, "no folder", retryable=True)
    return tuple(sorted(path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS))


def series_in(folder: Path, zone: tzinfo) -> list[tuple[datetime, Path]]:
    """The pictures directly in a folder, in order of the times in their names, or of their files.

    Raises:
        FootageError: MISSING_FILE without the folder, or without a picture in it.
    """
    found = [path for path in stills_in(folder) if path.parent == folder]
    if not found:
        raise FootageError(FootageTrouble.MISSING_FILE, folder.name, "no pictures")
    return sorted((_taken_at(path, zone), path) for path in found)


def _taken_at(path: Path, zone: tzinfo) -> datetime:
    return named_time(path, zone) or datetime.fromtimestamp(path.stat().st_mtime, zone)


class FolderSource:
    """Plays a series by the times of its pictures; each is a key frame of what is kept."""

    live = False

    def __init__(self, plan: StillsPlan, *, wait: Wait) -> None:
        self._plan, self._wait = plan, wait
        self._series: list[tuple[datetime, Path]] = []
        self._stream: PictureStream | None = None

    def open(self) -> StreamShape:
        """Find the pictures and put them in order.

        Raises:
            FootageError: MISSING_FILE without any, NOT_A_VIDEO when the first is no picture,
                NO_TIME of a camera whose clock was never set, where nobody corrected it.
        """
        name = self._plan.folder.name
        self._series = series_in(self._plan.folder, self._plan.zone)
        if self._series[0][0].year < OLDEST and self._plan.start_wall is None:
            raise FootageError(FootageTrouble.NO_TIME, name)
        first = pixels_of(self._series[0][1])
        if first is None:
            raise FootageError(FootageTrouble.NOT_A_VIDEO, self._series[0][1].name)
        self._stream = PictureStream(first, fps=1.0, key_every=1)
        return self._stream.shape

    def take(self) -> Iterator[Taken]:
        """Give all pictures; one that cannot be read is broken, and leaves a gap."""
        if self._stream is None:
            raise FootageError(FootageTrouble.STREAM_ENDED, self._plan.folder.name, "not open")
        begin, last = self._series[0][0], None
        start_wall = self._plan.start_wall or begin
        for taken_at, path in self._series:
            if self._wait(0):
                return
            at_s = self._plan.begins_s + (taken_at - begin).total_seconds()
            pixels = pixels_of(path)
            if pixels is None and last is not None:
                yield Taken(self._stream.encoded(last, at_s), broken=True)
            elif pixels is not None:
                last = pixels
                frame = Frame(at_s, start_wall + (taken_at - begin), pixels)
                yield Taken(self._stream.encoded(pixels, at_s), (frame,))

    def close(self) -> None:
        """Forget the series."""
        self._series, self._stream = [], None


class FollowedFolder:
    """Waits for pictures that a camera uploads; those that are there already are left alone."""

    live = True

    def __init__(
        self,
        plan: StillsPlan,
        *,
        wait: Wait,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._plan, self._wait, self._clock, self._now = plan, wait, clock, now
        self._began = clock()
        self._known: set[Path] = set()
        self._first: tuple[Path, Pixels] | None = None
        self._stream: PictureStream | None = None

    def open(self) -> StreamShape:
        """Wait for the first new picture, which tells the size."""
        self._known = set(stills_in(self._plan.folder))
        for path, pixels in self._coming():
            if pixels is not None:
                self._first = path, pixels
                self._stream = PictureStream(pixels, fps=1.0, key_every=1)
                return self._stream.shape
        raise FootageError(FootageTrouble.STREAM_ENDED, self._plan.folder.name, retryable=True)

    def take(self) -> Iterator[Taken]:
        """Give each picture as it comes, at the time at which it came."""
        if self._stream is None or self._first is None:
            raise FootageError(FootageTrouble.STREAM_ENDED, self._plan.folder.name, "not open")
        last = self._first[1]
        yield self._taken(*self._first, self._stream)
        for path, pixels in self._coming():
            if pixels is None:
                at_s = self._clock() - self._began
                yield Taken(self._stream.encoded(last, at_s), broken=True)
            else:
                last = pixels
                yield self._taken(path, pixels, self._stream)

    def close(self) -> None:
        """Forget what was there."""
        self._stream = self._first = None

    def _coming(self) -> Iterator[tuple[Path, Pixels | None]]:
        """Give new pictures until told to stop; None for one that stays unreadable."""
        tries: dict[Path, int] = {}
        while True:
            for path in stills_in(self._plan.folder):
                if path in self._known:
                    continue
                pixels = pixels_of(path)
                tries[path] = tries.get(path, 0) + 1
                if pixels is not None or tries[path] >= TRIES:
                    self._known.add(path)
                    del tries[path]
                    yield path, pixels
            self._known.intersection_update(stills_in(self._plan.folder))  # others are gone
            if self._wait(LOOK_S):
                return

    def _taken(self, path: Path, pixels: Pixels, stream: PictureStream) -> Taken:
        at_s, now = self._clock() - self._began, self._now()
        named = named_time(path, self._plan.zone)
        off_s = None if named is None else (named - now).total_seconds()
        packet = stream.encoded(pixels, at_s)
        return Taken(packet, (Frame(at_s, now, pixels),), clock_off_s=off_s)


def pixels_of(path: Path) -> Pixels | None:
    """Decode a picture, BGR; None where it is none, or is not whole yet."""
    try:
        data = np.frombuffer(path.read_bytes(), np.uint8)
    except OSError:  # gone again, or still being written
        return None
    if not data.size:
        return None
    pixels = cv2.imdecode(data, cv2.IMREAD_COLOR)
    return None if pixels is None else np.asarray(pixels, np.uint8)
