"""Pictures and packets on their way from a camera to a verdict."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Pixels: TypeAlias = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One decoded picture.

    Attributes:
        at_s: stream seconds since the session began.
        at_wall: aware wall-clock time, for display only.
        pixels: uint8, (height, width, 3), BGR, origin top left.
    """

    at_s: float
    at_wall: datetime
    pixels: Pixels


@dataclass(frozen=True, slots=True, eq=False)
class EncodedPacket:
    """One packet as the camera sent it; times in seconds since the session began.

    Attributes:
        show_s: when its picture is shown.
        decode_s: when it must be decoded (differs from `show_s` where pictures are reordered).
        key: whether decoding can start here.
    """

    data: bytes
    show_s: float
    decode_s: float
    duration_s: float
    key: bool


@dataclass(frozen=True, slots=True)
class StreamShape:
    """What must be known to write copied packets into a container again.

    Attributes:
        codec: FFmpeg's name, `h264` or `hevc`.
        extradata: the decoder's configuration (parameter sets), empty when sent in band.
        width, height: pixels.
    """

    codec: str
    extradata: bytes
    width: int
    height: int
