"""The drawn hall as a camera: painted, encoded to H.264, and packets from there on.

The format of its script stands in `video.sources.script`; zones and truth of a script come from
`video.sources.layout`.
"""

import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import cast

import av
from av.video.frame import PictureType

from video.errors import FootageError, FootageTrouble
from video.sources.base import Taken, Wait
from video.sources.containers import copied, stamps_of
from video.sources.decoding import Sampler
from video.sources.file import Pacer
from video.sources.painter import Painter, going_on
from video.sources.pictures import CLOCK_HZ, h264_encoder
from video.sources.script import Deed, Script, parse_script
from video.vocabulary.frame import StreamShape
from video.vocabulary.source import DrawnPlan

KEY_EVERY_S = 1.0


class DrawnSource:
    """Plays a script; nothing behind it knows that no camera was there."""

    live = False

    def __init__(
        self,
        plan: DrawnPlan,
        *,
        tick_s: float,
        key_frames_only: bool,
        wait: Wait,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._plan = plan
        self._script = parse_script(plan.script).repeated(plan.rounds)
        self._tick_s = tick_s
        self._key_frames_only = key_frames_only
        self._wait = wait
        self._clock = clock
        self._encoder: av.VideoCodecContext | None = None

    def open(self) -> StreamShape:
        """Begin the script anew."""
        self._encoder = _encoder(self._script)
        extra = bytes(self._encoder.extradata or b"")
        return StreamShape("h264", extra, self._script.width, self._script.height)

    def take(self) -> Iterator[Taken]:
        """Paint and encode to the end of the script."""
        if self._encoder is None:
            raise FootageError(FootageTrouble.STREAM_ENDED, "script", "not open")
        pacer = Pacer(self._plan.pace, self._wait, self._clock)
        sampler = self._sampler(self._encoder)
        for packet in _packets(self._script, self._encoder):
            show, decode = stamps_of(packet)
            if pacer.hold(show):
                return
            kept = copied(packet, show_s=show, decode_s=decode)
            yield sampler.taken(packet, kept)

    def close(self) -> None:
        """Forget where the script was."""
        self._encoder = None

    def _sampler(self, encoder: "av.VideoCodecContext") -> Sampler:
        decoder = av.CodecContext.create("h264", "r")
        decoder.extradata = encoder.extradata
        return Sampler(
            decoder,
            tick_s=self._tick_s,
            key_frames_only=self._key_frames_only,
            seconds_of=float,
            start_wall=self._plan.start_wall,
        )


def _encoder(script: Script) -> "av.VideoCodecContext":
    key_every = max(1, round(script.fps * KEY_EVERY_S))
    return h264_encoder(script.width, script.height, fps=script.fps, key_every=key_every)


def _packets(
    script: Script, encoder: "av.VideoCodecContext"
) -> "Iterator[av.Packet[av.VideoStream]]":
    painter = Painter(script)
    last_key = b""
    thawed = False
    for number in range(int(script.length_s * script.fps) + 1):
        at_s, is_turn = number / script.fps, number % encoder.gop_size == 0
        if last_key and going_on(script.of_camera(Deed.FREEZE), at_s) is not None:
            thawed = True
            if is_turn:
                yield _again(last_key, at_s)
            continue
        for packet in encoder.encode(_picture(painter, at_s, key=is_turn or thawed)):
            last_key = bytes(packet) if packet.is_keyframe else last_key
            yield packet
        thawed = False


def _picture(painter: Painter, at_s: float, *, key: bool) -> "av.VideoFrame":
    frame = av.VideoFrame.from_ndarray(painter.paint(at_s), format="bgr24")
    frame.pts, frame.time_base = round(at_s * CLOCK_HZ), Fraction(1, CLOCK_HZ)
    frame.pict_type = PictureType.I if key else PictureType.NONE
    return frame


def _again(data: bytes, at_s: float) -> "av.Packet[av.VideoStream]":
    """What a camera sends whose picture has frozen: the same, with new times."""
    packet = cast("av.Packet[av.VideoStream]", av.Packet(data))
    packet.pts = packet.dts = round(at_s * CLOCK_HZ)
    packet.time_base = Fraction(1, CLOCK_HZ)
    packet.is_keyframe = True
    return packet
