"""A few seconds of small encoded pictures, as packets."""

from fractions import Fraction
from functools import cache

import av
import numpy as np
from av.codec.context import Flags

from video.sources.containers import copied
from video.vocabulary.frame import EncodedPacket, StreamShape

FPS = 10
SIZE = (160, 96)


@cache
def encoded(
    codec: str = "h264",
    *,
    seconds: int = 6,
    key_every: int = 10,
    reordered: bool = False,
    size: tuple[int, int] = SIZE,
) -> tuple[StreamShape, tuple[EncodedPacket, ...]]:
    """Encode as a camera does: units behind start codes."""
    encoder = av.CodecContext.create({"h264": "libx264", "hevc": "libx265"}[codec], "w")
    encoder.width, encoder.height = size
    encoder.pix_fmt, encoder.time_base = "yuv420p", Fraction(1, FPS)
    encoder.framerate = Fraction(FPS)
    encoder.gop_size = key_every
    encoder.flags |= Flags.global_header
    encoder.options = _options(codec, reordered, key_every)
    packets = []
    for number in range(seconds * FPS):
        frame = av.VideoFrame.from_ndarray(picture(number, size), format="bgr24")
        frame.pts, frame.time_base = number, Fraction(1, FPS)
        packets += encoder.encode(frame)
    packets += encoder.encode(None)  # the configuration is whole by now
    shape = StreamShape(codec, bytes(encoder.extradata or b""), *size)
    return shape, tuple(
        copied(packet, show_s=packet.pts / FPS, decode_s=packet.dts / FPS) for packet in packets
    )


def picture(
    number: int, size: tuple[int, int] = SIZE
) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    """A chequered field whose mean tells its number; a plain one would count as a covered lens."""
    width, height = size
    rows, columns = np.mgrid[0:height, 0:width] // 16
    chequered = np.where((rows + columns) % 2 == 0, 30, -30) + grey_of(number)
    return np.repeat(chequered[:, :, None], 3, axis=2).astype(np.uint8)


def grey_of(number: int) -> int:
    return 40 + 4 * number % 160


def _options(codec: str, reordered: bool, key_every: int) -> dict[str, str]:
    if codec == "hevc":
        quiet = f"log-level=none:keyint={key_every}:min-keyint={key_every}:pools=1"
        return {"preset": "ultrafast", "x265-params": quiet}
    frames = "2" if reordered else "0"
    return {"preset": "ultrafast", "bf": frames, "sc_threshold": "0", "threads": "1"}
