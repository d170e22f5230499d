"""Decodes as little as the question needs: key frames alone where they come often enough."""

from collections import deque
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from statistics import median

import av
import numpy as np
from av.error import FFmpegError

from video.sources.base import Taken
from video.vocabulary.frame import EncodedPacket, Frame

# Key frames this close are one verdict each: two seconds, and what a camera's stamps are off by.
OFTEN_S = 2.1
KEYS_TO_TRUST = 3  # spacings seen before the pictures between are left out


class KeySpacing:
    """Tells from key frames as they come whether they alone are enough."""

    def __init__(self) -> None:
        self._last_s: float | None = None
        self._good = 0
        self._seen: deque[float] = deque(maxlen=KEYS_TO_TRUST)

    @property
    def usual_s(self) -> float | None:
        """Seconds from one key frame to the next, the middle of the last few; None before two."""
        return median(self._seen) if self._seen else None

    @property
    def is_close(self) -> bool:
        """Whether the last few came often enough."""
        return self._good >= KEYS_TO_TRUST

    def came(self, at_s: float) -> None:
        """Take note of one key frame."""
        if self._last_s is not None:
            self._seen.append(at_s - self._last_s)
            close = 0 <= at_s - self._last_s <= OFTEN_S
            self._good = self._good + 1 if close else 0
        self._last_s = at_s


class Sampler:
    """Gives one picture every so often out of a stream of packets.

    A key frame is decoded alone: the decoder is emptied after it, so that no picture waits for its
    successors, and a lost packet cannot smear the next one.
    """

    def __init__(
        self,
        context: "av.VideoCodecContext",
        *,
        tick_s: float,
        key_frames_only: bool,
        seconds_of: Callable[[float], float],
        start_wall: datetime,
    ) -> None:
        """Prepare.

        Args:
            seconds_of: turns a container's time stamp, in seconds, into stream seconds.
            start_wall: the wall-clock time of stream second 0.
        """
        self._context = context
        self._context.thread_count = 1
        self._tick_s = tick_s
        self._wants_keys = key_frames_only
        self._seconds_of = seconds_of
        self._start_wall = start_wall
        self._spacing = KeySpacing()
        self._alone = False
        self._due_s = float("-inf")
        self._unit_s = 1.0  # of time stamps; a frame from an emptied decoder has lost it
        self.errors = 0

    @property
    def key_frames_alone(self) -> bool:
        """Whether the pictures between key frames are left out at present."""
        return self._alone

    def taken(self, packet: "av.Packet[av.VideoStream]", kept: EncodedPacket) -> Taken:
        """Give a packet as it came, with the pictures that are due."""
        before = self.errors
        frames = self.feed(packet, kept.show_s)
        return Taken(kept, frames, broken=self.errors > before)

    def feed(self, packet: "av.Packet[av.VideoStream]", show_s: float) -> tuple[Frame, ...]:
        """Decode what must be decoded and give the pictures that are due."""
        if (base := packet.time_base) is not None:
            self._unit_s = float(base)
        if packet.is_keyframe:
            self._spacing.came(show_s)
            wanted = self._wants_keys and self._spacing.is_close
            if wanted and not self._alone:
                self._context.flush_buffers()
            self._alone = wanted
        if not self._alone:
            return self._due(self._decoded(packet))
        if not packet.is_keyframe or show_s < self._due_s:
            return ()
        frames = self._due([*self._decoded(packet), *self._decoded(None)])
        self._context.flush_buffers()
        return frames

    def _decoded(self, packet: "av.Packet[av.VideoStream] | None") -> "list[av.VideoFrame]":
        try:
            return [f for f in self._context.decode(packet) if isinstance(f, av.VideoFrame)]
        except FFmpegError:
            self.errors += 1
            return []

    def _due(self, frames: "list[av.VideoFrame]") -> tuple[Frame, ...]:
        return tuple(self._sampled(frames))

    def _sampled(self, frames: "list[av.VideoFrame]") -> Iterator[Frame]:
        for frame in frames:
            if frame.is_corrupt:  # the decoder made up what it could not read
                self.errors += 1
                continue
            if frame.pts is None:
                continue
            at_s = self._seconds_of(frame.pts * self._unit_s)
            if at_s < self._due_s:
                continue
            # A little early is in time: camera clocks jitter.
            self._due_s = at_s + 0.9 * self._tick_s
            wall = self._start_wall + timedelta(seconds=at_s)
            yield Frame(at_s, wall, np.asarray(frame.to_ndarray(format="bgr24"), np.uint8))
