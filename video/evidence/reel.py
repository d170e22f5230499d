"""The last minutes of one stream, and what it takes to show or to write it again."""

import threading
from collections.abc import Sequence

from video.evidence import clip, stills
from video.evidence.ring import KEEP_S, PacketRing
from video.vocabulary.frame import EncodedPacket, Pixels, StreamShape

SLACK_S = 3.0  # at either end of a stretch: a key frame's spacing, and the network's delay


class Reel:
    """One camera may have two: what is analysed, and its main stream, kept for evidence alone."""

    def __init__(self, *, keep_s: float = KEEP_S) -> None:
        self._ring = PacketRing(keep_s=keep_s)
        self._shape: StreamShape | None = None
        self._lock = threading.Lock()  # over what comes, while another thread takes a copy

    @property
    def newest_s(self) -> float:
        """Stream seconds of the last packet, minus infinity without one."""
        return self._ring.newest_s

    def connected(self, shape: StreamShape) -> None:
        """Packets of another shape cannot stand in one clip with those before."""
        with self._lock:
            if shape != self._shape:
                self._ring.clear()
            self._shape = shape

    def came(self, packet: EncodedPacket) -> None:
        """Take the next packet."""
        with self._lock:
            self._ring.add(packet)

    def recent(self) -> tuple[StreamShape | None, tuple[EncodedPacket, ...]]:
        """Give everything that is held, first to be decoded first; from any thread."""
        with self._lock:
            return self._shape, self._ring.cut(float("-inf"), float("inf"))

    def covers(self, from_s: float, to_s: float) -> bool:
        """Tell whether it holds a stretch from its beginning to its end."""
        held = self._ring.cut(from_s, to_s)
        if self._shape is None or not held:
            return False
        return held[0].show_s <= from_s + SLACK_S and held[-1].show_s >= to_s - SLACK_S

    def pictures_at(self, moments_s: Sequence[float]) -> tuple[Pixels | None, ...]:
        """Decode what was shown at some moments, in order of time; None where it is not held."""
        if self._shape is None:
            return (None,) * len(moments_s)
        packets = self._ring.cut(moments_s[0], float("inf"))
        return stills.pictures_at(moments_s, packets, self._shape)

    def clip(self, from_s: float, to_s: float) -> tuple[float, bytes] | None:
        """Join the packets of a stretch; gives when the first is shown, None without any.

        Raises:
            FootageError: UNSUPPORTED.
        """
        packets = self._ring.cut(from_s, to_s)
        if self._shape is None or not packets:
            return None
        return packets[0].show_s, clip.clip_of(packets, self._shape)
