"""What every camera of the bench shows: a drawn hall, encoded as cameras encode."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import av
from av.codec.context import Flags

from video.messages import ZonePlan
from video.sources.containers import copied
from video.sources.layout import zones_of
from video.sources.painter import Painter
from video.sources.script import Script, parse_script
from video.vocabulary.frame import EncodedPacket, StreamShape

WIDTH, HEIGHT, FPS = 1280, 720, 25
KEY_EVERY = 50  # pictures
KEY_EVERY_S = KEY_EVERY / FPS
LENGTH_S = 20
BITS = 2_000_000  # a second, as a camera of this size is usually set


@dataclass(frozen=True, slots=True)
class Film:
    """Packets that may be played round and round, and the windows that they show."""

    shape: StreamShape
    packets: tuple[EncodedPacket, ...]
    zones: tuple[ZonePlan, ...]


def film_of(windows: int, *, busy: bool, length_s: int = LENGTH_S) -> Film:
    """Draw and encode; takes some seconds.

    What comes before the second key frame is left out: an encoder begins coarsely, and a camera
    began long ago.

    Args:
        busy: clerks work and customers stand before them; else everybody sits still.
    """
    script = parse_script("\n".join(_script(windows, length_s + KEY_EVERY_S, busy=busy)))
    encoder = _encoder()
    made = tuple(_packets(script, encoder))[KEY_EVERY:]
    packets = tuple(
        copied(packet, show_s=turn / FPS, decode_s=turn / FPS) for turn, packet in enumerate(made)
    )
    shape = StreamShape("h264", bytes(encoder.extradata or b""), WIDTH, HEIGHT)
    return Film(shape, packets, zones_of(script))


def _script(windows: int, length_s: float, *, busy: bool) -> Iterator[str]:
    yield "[hall]"
    yield f"windows = {windows}\nwidth = {WIDTH}\nheight = {HEIGHT}"
    yield f"fps = {FPS}\nlength_s = {length_s}\nseed = 7"
    for number in range(1, windows + 1):
        name = f'"window-{number}"'
        yield f"[[window]]\nid = {name}\ncustomer = {str(busy).lower()}"
        yield f'[[act]]\nat_s = 0\nwindow = {name}\ndo = "{"serve" if busy else "sit_still"}"'


def _encoder() -> "av.VideoCodecContext":
    encoder = av.CodecContext.create("libx264", "w")
    encoder.width, encoder.height, encoder.pix_fmt = WIDTH, HEIGHT, "yuv420p"
    encoder.time_base, encoder.framerate = Fraction(1, FPS), Fraction(FPS)
    encoder.gop_size, encoder.bit_rate = KEY_EVERY, BITS
    encoder.options = {
        "preset": "veryfast",
        "bf": "0",  # surveillance cameras send pictures in the order in which they are shown
        "sc_threshold": "0",
        "maxrate": str(BITS),
        "bufsize": str(BITS),
    }
    encoder.thread_count = 1
    encoder.flags |= Flags.global_header
    encoder.open()
    return encoder


def _packets(
    script: Script, encoder: "av.VideoCodecContext"
) -> "Iterator[av.Packet[av.VideoStream]]":
    painter = Painter(script)
    for number in range(round(script.length_s * FPS)):
        frame = av.VideoFrame.from_ndarray(painter.paint(number / FPS), format="bgr24")
        frame.pts, frame.time_base = number, Fraction(1, FPS)
        yield from encoder.encode(frame)
    yield from encoder.encode(None)
