"""The last minute of packets of one camera, so that a clip can begin before anybody knew why."""

from collections import deque
from itertools import chain

from video.vocabulary.frame import EncodedPacket

# Long enough for ten seconds before a start that is known fifteen to twenty seconds later.
KEEP_S = 60.0
MAX_BYTES = 32 * 1024 * 1024


class PacketRing:
    """Keeps whole groups of pictures: what it holds always begins with a key frame.

    It holds at least the last `keep_s` seconds and the rest of the group in which they begin, but
    never more than `max_bytes`.
    """

    def __init__(self, *, keep_s: float = KEEP_S, max_bytes: int = MAX_BYTES) -> None:
        self._keep_s = keep_s
        self._max_bytes = max_bytes
        self._groups: deque[list[EncodedPacket]] = deque()
        self._bytes = 0

    @property
    def bytes_held(self) -> int:
        """Size of all packets."""
        return self._bytes

    @property
    def newest_s(self) -> float:
        """Stream seconds of the last packet, minus infinity when empty."""
        return self._groups[-1][-1].show_s if self._groups else float("-inf")

    def add(self, packet: EncodedPacket) -> None:
        """Take the next packet; those before the first key frame are of no use."""
        if packet.key:
            self._groups.append([packet])
        elif self._groups:
            self._groups[-1].append(packet)
        else:
            return
        self._bytes += len(packet.data)
        self._trim(packet.show_s)

    def clear(self) -> None:
        """Forget everything: what comes next cannot be joined to it."""
        self._groups.clear()
        self._bytes = 0

    def cut(self, from_s: float, to_s: float) -> tuple[EncodedPacket, ...]:
        """Packets from the last key frame at or before `from_s`, or the first one after it.

        They end with the last packet to be decoded up to `to_s`.
        """
        begins = [n for n, group in enumerate(self._groups) if group[0].show_s <= from_s]
        first = begins[-1] if begins else 0
        groups = (group for number, group in enumerate(self._groups) if number >= first)
        return tuple(packet for packet in chain.from_iterable(groups) if packet.decode_s <= to_s)

    def _trim(self, newest_s: float) -> None:
        while len(self._groups) > 1 and (
            self._groups[1][0].show_s <= newest_s - self._keep_s or self._bytes > self._max_bytes
        ):
            self._bytes -= sum(len(packet.data) for packet in self._groups.popleft())
        if self._bytes > self._max_bytes:  # a single group that is too large
            self.clear()
