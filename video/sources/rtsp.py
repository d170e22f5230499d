"""A network camera over RTSP: connects, keeps time, and never tells its password."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit, urlunsplit

import av
from av.error import (
    ExitError,
    FFmpegError,
    HTTPForbiddenError,
    HTTPUnauthorizedError,
)

from video.errors import FootageError, FootageTrouble
from video.sources.asked_clock import ToldClock, onvif_clock
from video.sources.base import Taken, Wait, redacted
from video.sources.camera_clock import clock_off_s
from video.sources.containers import copied, has_size, packets_of, shape_of, stamps_of, video_of
from video.sources.decoding import Sampler
from video.vocabulary.frame import StreamShape
from video.vocabulary.source import RtspPlan

CONNECT_S = 5.0
SILENT_S = 5.0
AT_ONCE_S = 0.005  # a packet that took longer had not come yet
BURST_S = 0.2  # what comes meanwhile is read together: to wake costs more than to decode
DRIFT_S = 2.0  # a camera's clock may be so far off before ours is believed


class StreamClock:
    """Turns a camera's time stamps into seconds that never run backwards, across reconnects."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._began = clock()
        self._offset_s: float | None = None
        self._last_s = 0.0

    def reconnected(self) -> None:
        """The camera counts anew."""
        self._offset_s = None

    def seconds(self, stamp_s: float) -> float:
        """Stream seconds of a packet that has just come."""
        now_s = self._clock() - self._began
        if self._offset_s is None or abs(stamp_s + self._offset_s - now_s) > DRIFT_S:
            self._offset_s = now_s - stamp_s
        self._last_s = max(self._last_s, stamp_s + self._offset_s)
        return self._last_s

    def of_stamp(self, stamp_s: float) -> float:
        """Stream seconds of a decoded picture."""
        return max(0.0, stamp_s + (self._offset_s or 0.0))


class RtspSource:
    """Reads a camera."""

    live = True

    def __init__(
        self,
        plan: RtspPlan,
        *,
        camera_id: str,
        tick_s: float,
        key_frames_only: bool,
        wait: Wait,
        decodes: bool = True,
        ask_clock: Callable[[RtspPlan], ToldClock] = onvif_clock,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Prepare.

        Args:
            decodes: False gives packets without a picture, for evidence alone.
            ask_clock: begins to ask the camera for its clock, where its packets tell none.
        """
        self._plan = plan
        self._decodes = decodes
        self._camera_id = camera_id
        self._tick_s = tick_s
        self._key_frames_only = key_frames_only
        self._wait = wait
        self._ask_clock = ask_clock
        self._asked: ToldClock | None = None
        self._times = StreamClock(clock)
        self._now = now
        self._start_wall = now()
        self._container: av.container.InputContainer | None = None
        self._stream: av.VideoStream | None = None

    def open(self) -> StreamShape:
        """Connect; gives up after a few seconds of silence."""
        options = {"rtsp_transport": self._plan.transport, "analyzeduration": "500000"}
        try:
            self._container = av.open(
                _address(self._plan), options=options, timeout=(CONNECT_S, SILENT_S)
            )
        except (FFmpegError, OSError, ValueError) as error:
            raise self._refused(error) from None  # the cause quotes the address
        self._times.reconnected()
        if self._decodes:
            self._asked = self._ask_clock(self._plan)
        self._stream = video_of(self._container, self._camera_id)
        return shape_of(self._stream)

    def take(self) -> Iterator[Taken]:
        """Give packets until the camera falls silent or is closed."""
        if self._container is None or self._stream is None:
            raise FootageError(FootageTrouble.STREAM_ENDED, self._camera_id, "not open")
        sampler = Sampler(
            self._stream.codec_context,
            tick_s=self._tick_s,
            key_frames_only=self._key_frames_only,
            seconds_of=self._times.of_stamp,
            start_wall=self._start_wall,
        )
        shape = shape_of(self._stream)
        try:
            for packet in self._in_bursts(packets_of(self._container, self._stream)):
                show, decode = stamps_of(packet)
                at_s = self._times.seconds(show)
                kept = copied(packet, show_s=at_s, decode_s=at_s + decode - show)
                if not self._decodes:
                    yield Taken(kept)
                    continue
                taken = sampler.taken(packet, kept)
                if (off_s := self._clock_of(packet)) is not None:
                    taken = replace(taken, clock_off_s=off_s)
                if not has_size(taken.frames, shape):  # its packets fit no clip with those before
                    raise self._ended("another size of picture")
                yield taken
        except (FFmpegError, OSError) as error:
            raise self._refused(error) from None
        raise self._ended("")

    def _in_bursts(
        self, packets: "Iterator[av.Packet[av.VideoStream]]"
    ) -> "Iterator[av.Packet[av.VideoStream]]":
        """Give packets until told to stop, and rest once all that had come is read.

        Over TCP only: what waits too long in a datagram socket is lost.
        """
        rest_s = BURST_S if self._plan.transport == "tcp" else 0.0
        asked = time.monotonic()
        for packet in packets:
            had_come = time.monotonic() - asked <= AT_ONCE_S
            yield packet
            if self._wait(0.0 if had_come else rest_s):
                return
            asked = time.monotonic()

    def _clock_of(self, packet: "av.Packet[av.VideoStream]") -> float | None:
        """By how much the camera's clock is ahead: as the packet tells it, or as it was asked."""
        off_s = clock_off_s(packet, self._now)
        if self._asked is None:
            return off_s
        if off_s is not None:
            self._asked.stop()
            return off_s
        return self._asked.off_s

    def close(self) -> None:
        """Hang up."""
        if self._asked is not None:
            self._asked.stop()
        if self._container is not None:
            self._container.close()
            self._container = None

    def _ended(self, detail: str) -> FootageError:
        return FootageError(FootageTrouble.STREAM_ENDED, self._camera_id, detail, retryable=True)

    def _refused(self, error: Exception) -> FootageError:
        detail = redacted(str(error), self._plan.password, quote(self._plan.password, safe=""))
        trouble = _trouble(error)
        lasting = {FootageTrouble.NOT_A_VIDEO, FootageTrouble.UNSUPPORTED}
        return FootageError(trouble, self._camera_id, detail, retryable=trouble not in lasting)


def _trouble(error: Exception) -> FootageTrouble:
    match error:
        case HTTPUnauthorizedError() | HTTPForbiddenError():
            return FootageTrouble.WRONG_CREDENTIALS
        case ExitError() | TimeoutError():  # FFmpeg calls a passed deadline an immediate exit
            return FootageTrouble.TIMED_OUT
        case FFmpegError() | OSError():
            return FootageTrouble.UNREACHABLE
    return FootageTrouble.UNSUPPORTED


def _address(plan: RtspPlan) -> str:
    """The address with the credentials in it, as FFmpeg wants them; shown to nobody."""
    user, password = quote(plan.username, safe=""), quote(plan.password, safe="")
    if "{password}" in plan.url:
        return plan.url.replace("{user}", user).replace("{password}", password)
    if not plan.username:
        return plan.url
    parts = urlsplit(plan.url)
    host = parts.netloc.rpartition("@")[2]
    who = f"{user}:{password}"
    return urlunsplit(parts._replace(netloc=f"{who}@{host}"))
