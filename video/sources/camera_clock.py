"""Whether a camera's own clock can be believed: the one that it tells beside its pictures."""

import struct
from collections.abc import Callable
from datetime import datetime

import av

LIMIT_S = 60.0  # section 6.7: off by more, times painted on a picture fit nothing else
SURE_S = 5.0  # a stall of the network makes a clock look late for a moment
_REFERENCE = struct.Struct("=qi")  # FFmpeg's AVProducerReferenceTime: microseconds, flags


def clock_off_s(packet: "av.Packet[av.VideoStream]", now: Callable[[], datetime]) -> float | None:
    """Tell by how many seconds the clock of a packet's sender is ahead of ours, where it is told.

    It comes in RTCP sender reports (RFC 3550, 6.4.1). A sender without a clock counts from its
    start, which reads as a time before 1970 and tells nothing.
    """
    if not packet.has_sidedata("prft"):
        return None
    data = bytes(packet.get_sidedata("prft"))
    if len(data) < _REFERENCE.size:
        return None
    taken_us, _ = _REFERENCE.unpack_from(data)
    return taken_us / 1e6 - now().timestamp() if taken_us > 0 else None


class ClockWatch:
    """Remembers what a camera told of its clock.

    Attributes:
        off_s: seconds ahead of ours as last told, None before.
    """

    def __init__(self) -> None:
        self.off_s: float | None = None
        self._since_s: float | None = None

    def told(self, off_s: float, at_s: float) -> None:
        """Take what came with a packet, at a stream second."""
        self.off_s = off_s
        if abs(off_s) <= LIMIT_S:
            self._since_s = None
        elif self._since_s is None:
            self._since_s = at_s

    def is_off(self, at_s: float) -> bool:
        """Tell whether it has been off for long enough to be sure of it."""
        return self._since_s is not None and at_s - self._since_s >= SURE_S
