"""A recording: plays as fast as it can be judged, or as fast as it was taken."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import chain
from pathlib import Path

import av
from av.error import FFmpegError

from video.errors import FootageError, FootageTrouble
from video.sources.base import Taken, Wait
from video.sources.containers import copied, has_size, packets_of, shape_of, stamps_of, video_of
from video.sources.decoding import Sampler
from video.vocabulary.frame import StreamShape
from video.vocabulary.source import FilePlan, Pace


class Pacer:
    """Holds a source back to the speed at which it was taken."""

    def __init__(self, pace: Pace, wait: Wait, clock: Callable[[], float]) -> None:
        self._pace = pace
        self._wait = wait
        self._clock = clock
        self._began: float | None = None

    def hold(self, at_s: float) -> bool:
        """Wait until a stream second has come; tells whether to stop instead."""
        if self._pace is Pace.UNPACED:
            return self._wait(0)
        now = self._clock()
        if self._began is None:
            self._began = now - at_s
        return self._wait(max(0.0, self._began + at_s - now))


class FileSource:
    """Reads a video file."""

    live = False

    def __init__(
        self,
        plan: FilePlan,
        *,
        tick_s: float,
        key_frames_only: bool,
        wait: Wait,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._plan = plan
        self._tick_s = tick_s
        self._key_frames_only = key_frames_only
        self._wait = wait
        self._clock = clock
        self._container: av.container.InputContainer | None = None
        self._stream: av.VideoStream | None = None

    def open(self) -> StreamShape:
        """Open the file and find its pictures."""
        name = self._plan.path.name
        try:
            self._container = av.open(str(self._plan.path), mode="r")
        except FileNotFoundError as error:
            raise FootageError(FootageTrouble.MISSING_FILE, name) from error
        except OSError as error:
            raise FootageError(FootageTrouble.MISSING_FILE, name, "not readable") from error
        except FFmpegError as error:
            trouble = refusal_of(self._plan.path)
            raise FootageError(trouble, name, error.strerror or "") from error
        self._stream = video_of(self._container, name)
        return shape_of(self._stream)

    def take(self) -> Iterator[Taken]:
        """Play to the end."""
        if self._container is None or self._stream is None:
            raise FootageError(FootageTrouble.STREAM_ENDED, self._plan.path.name, "not open")
        pacer = Pacer(self._plan.pace, self._wait, self._clock)
        packets = packets_of(self._container, self._stream)
        last_s, shape = 0.0, shape_of(self._stream)
        try:
            first = next(packets, None)
            if first is None:
                raise self._broken("no pictures", 0.0)
            begin_s = stamps_of(first)[0]
            zero_s = begin_s - self._plan.begins_s
            sampler = self._sampler(self._stream, zero_s)
            for packet in chain([first], packets):
                show, decode = stamps_of(packet)
                kept = copied(packet, show_s=show - zero_s, decode_s=decode - zero_s)
                last_s = max(last_s, show - begin_s)
                if pacer.hold(kept.show_s):
                    return
                taken = sampler.taken(packet, kept)
                if not has_size(taken.frames, shape):  # its packets fit no clip with those before
                    detail = f"another size of picture after {last_s:.1f} s"
                    raise FootageError(FootageTrouble.UNSUPPORTED, self._plan.path.name, detail)
                yield taken
        except FFmpegError as error:
            raise self._broken(error.strerror or "", last_s) from error
        self._check_length(last_s)

    def close(self) -> None:
        """Close the file."""
        if self._container is not None:
            self._container.close()
            self._container = None

    def _sampler(self, stream: "av.VideoStream", zero_s: float) -> Sampler:
        return Sampler(
            stream.codec_context,
            tick_s=self._tick_s,
            key_frames_only=self._key_frames_only,
            seconds_of=lambda stamp: stamp - zero_s,
            start_wall=self._plan.start_wall - timedelta(seconds=self._plan.begins_s),
        )

    def _check_length(self, last_s: float) -> None:
        """A file that promises more than it holds was cut off; say so after its last picture."""
        if self._promised_s() > last_s + 2.0:
            raise self._broken("ends early", last_s)

    def _promised_s(self) -> float:
        """The length a file claims for its pictures, or for all in it; 0 when it claims none."""
        stream, container = self._stream, self._container
        if stream is not None and stream.duration is not None and stream.time_base is not None:
            return float(stream.duration * stream.time_base)
        if container is not None and container.duration is not None:
            return container.duration / av.time_base
        return 0.0

    def _broken(self, detail: str, at_s: float) -> FootageError:
        told = f"{detail} after {at_s:.1f} s"
        return FootageError(FootageTrouble.TRUNCATED, self._plan.path.name, told)


def refusal_of(path: Path) -> FootageTrouble:
    """MP4 may keep its index at the end: a file cut short has lost it."""
    with path.open("rb") as file:
        is_mp4 = file.read(8)[4:] == b"ftyp"
    return FootageTrouble.TRUNCATED if is_mp4 else FootageTrouble.NOT_A_VIDEO
