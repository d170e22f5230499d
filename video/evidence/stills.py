"""Pictures as evidence: taken out of the packets kept, and once more with bystanders masked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import cast

import av
import cv2
import numpy as np
from av.error import FFmpegError

from video.errors import FootageError, FootageTrouble
from video.vocabulary.frame import EncodedPacket, Pixels, StreamShape
from video.vocabulary.geometry import Polygon

MEDIA_TYPE = "image/jpeg"
QUALITY = 90
TICKS = 90_000  # a second
TILES_OF_A_SEAT = 8  # a face is a quarter of a seat's height: two tiles
LEAST_TILE, MOST_TILE = 8, 1 / 24  # pixels; share of the picture's width


@dataclass(frozen=True, slots=True)
class Still:
    """One picture as JPEG, and the copy for other eyes."""

    original: bytes
    masked: bytes


def still_of(pixels: Pixels, seat: Polygon) -> Still:
    """Encode a picture and its masked copy."""
    return Still(jpeg_of(pixels), jpeg_of(masked(pixels, seat)))


def jpeg_of(pixels: Pixels, *, quality: int = QUALITY) -> bytes:
    """Encode a BGR picture."""
    done, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise FootageError(FootageTrouble.UNSUPPORTED, "still", str(pixels.shape))
    return data.tobytes()


def masked(pixels: Pixels, seat: Polygon) -> Pixels:
    """Coarsen everything outside of a seat until no face is left in it.

    Everything, not only where a detector sees somebody: it misses people, and a copy in which it
    missed one is not a masked copy.
    """
    height, width = pixels.shape[:2]
    bounds = seat.bounds
    wanted = (bounds.y2 - bounds.y1) * height / TILES_OF_A_SEAT
    tile = max(LEAST_TILE, min(wanted, width * MOST_TILE))
    small = (max(1, round(width / tile)), max(1, round(height / tile)))
    coarse = cv2.resize(pixels, small, interpolation=cv2.INTER_AREA)
    coarse = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_NEAREST)
    corners = np.array([(x * width, y * height) for x, y in seat.points])
    inside = np.zeros((height, width), np.uint8)
    cv2.fillPoly(inside, [np.rint(corners).astype(np.int32)], 1)
    return np.where(inside[:, :, None] == 1, pixels, np.asarray(coarse, np.uint8))


def pictures_at(
    moments_s: Sequence[float], packets: Sequence[EncodedPacket], shape: StreamShape
) -> tuple[Pixels | None, ...]:
    """Decode what was shown at some moments, in order of time.

    A moment is answered by the last picture that began at or before it; None where the packets
    begin later, or cannot be decoded up to it.

    Args:
        packets: in order of decoding, the first a key frame.
    """
    answers: list[Pixels | None] = []
    last: av.VideoFrame | None = None
    for frame in _decoded(packets, shape):
        while len(answers) < len(moments_s) and _seconds(frame) > moments_s[len(answers)] + 0.001:
            answers.append(_pixels(last))
        if len(answers) == len(moments_s):
            return tuple(answers)
        last = frame
    missing = len(moments_s) - len(answers)
    return (*answers, *[_pixels(last)] * missing)


def _decoded(packets: Sequence[EncodedPacket], shape: StreamShape) -> "Iterator[av.VideoFrame]":
    decoder = cast("av.VideoCodecContext", av.CodecContext.create(shape.codec, "r"))
    decoder.thread_count = 1
    decoder.extradata = shape.extradata or None
    for packet in chain(map(again, packets), [None]):
        try:
            yield from decoder.decode(packet)
        except FFmpegError:  # a damaged packet costs its pictures, not those after it
            continue


def again(packet: EncodedPacket) -> "av.Packet[av.VideoStream]":
    """The packet as a decoder takes it."""
    made = cast("av.Packet[av.VideoStream]", av.Packet(packet.data))
    made.pts, made.dts = round(packet.show_s * TICKS), round(packet.decode_s * TICKS)
    made.time_base = Fraction(1, TICKS)
    made.is_keyframe = packet.key
    return made


def _seconds(frame: "av.VideoFrame") -> float:
    return (frame.pts or 0) / TICKS


def _pixels(frame: "av.VideoFrame | None") -> Pixels | None:
    return None if frame is None else np.asarray(frame.to_ndarray(format="bgr24"), np.uint8)
