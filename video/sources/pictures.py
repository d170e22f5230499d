"""Makes a stream of single pictures, so that what has no packets has evidence all the same."""

from fractions import Fraction

import av
import cv2
import numpy as np
from av.codec.context import Flags
from av.video.frame import PictureType

from video.sources.containers import copied, stamps_of
from video.vocabulary.frame import EncodedPacket, Pixels, StreamShape

CLOCK_HZ = 90_000


def h264_encoder(width: int, height: int, *, fps: float, key_every: int) -> "av.VideoCodecContext":
    """Make an encoder that gives each picture at once, on one thread."""
    encoder = av.CodecContext.create("libx264", "w")
    encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuv420p"
    encoder.time_base = Fraction(1, CLOCK_HZ)
    encoder.framerate = Fraction(fps).limit_denominator(1000)
    encoder.gop_size = key_every
    encoder.options = {"preset": "ultrafast", "tune": "zerolatency", "crf": "26"}
    encoder.thread_count = 1
    encoder.flags |= Flags.global_header
    encoder.open()
    return encoder


class PictureStream:
    """Encodes pictures of one size; a picture of another size is fitted in."""

    def __init__(self, first: Pixels, *, fps: float, key_every: int) -> None:
        # The encoder halves the colour planes: sizes must be even.
        self._size = (first.shape[1] // 2 * 2, first.shape[0] // 2 * 2)
        self._key_every, self._count, self._last = key_every, 0, -1
        self._encoder = h264_encoder(*self._size, fps=fps, key_every=key_every)

    @property
    def shape(self) -> StreamShape:
        """What a writer of clips must know."""
        return StreamShape("h264", bytes(self._encoder.extradata or b""), *self._size)

    def encoded(self, pixels: Pixels, at_s: float) -> EncodedPacket:
        """Encode one picture, BGR; each must be later than the one before."""
        if (pixels.shape[1], pixels.shape[0]) != self._size:
            pixels = np.asarray(cv2.resize(pixels, self._size), np.uint8)
        frame = av.VideoFrame.from_ndarray(pixels, format="bgr24")
        self._last = max(self._last + 1, round(at_s * CLOCK_HZ))
        frame.pts, frame.time_base = self._last, Fraction(1, CLOCK_HZ)
        is_key = self._count % self._key_every == 0
        frame.pict_type = PictureType.I if is_key else PictureType.NONE
        self._count += 1
        (packet,) = self._encoder.encode(frame)
        show_s, decode_s = stamps_of(packet)
        return copied(packet, show_s=show_s, decode_s=decode_s)
