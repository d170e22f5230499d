"""Keeps evidence of the absences of one camera, and seals it once somebody has to be told.

Of a short absence two clips would overlap: what is not cut when the clerk is back becomes one clip
from ten seconds before the start to ten seconds after the return. Of a longer one there are two,
around the start and around the return; nobody needs the empty chair in between, and the pack of a
whole afternoon is no larger than that of a quarter of an hour.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from video.errors import FootageError
from video.evidence import clip, stills, strip
from video.evidence import manifest as listed
from video.evidence.manifest import Judged, manifest_among, manifest_of
from video.evidence.pack import Pack, Piece
from video.evidence.reel import Reel
from video.evidence.strip import Noted, noted, strip_of
from video.messages import Vault
from video.vocabulary.event import ItemRole, WindowEvent
from video.vocabulary.frame import EncodedPacket, Frame, StreamShape
from video.vocabulary.geometry import Polygon
from video.vocabulary.moment import Moment
from video.vocabulary.observation import Observation

AROUND_S = 10.0  # what a clip shows before and after
BEFORE_S = 5.0
RECENT_S = 60.0  # observations from before an absence was known
NO_PICTURE = "no_picture"  # why something is missing
REPLAY_S = 180.0  # of what is analysed: changed areas are tried on it
HELD_BYTES = 48 * 1024 * 1024  # of all that may still prove too short to be told


@dataclass(frozen=True, slots=True, eq=False)
class _Closing:
    """A pack whose last seconds are still to come, and the event that will be told with it."""

    pack: Pack
    event: WindowEvent
    judged: Judged


@dataclass(frozen=True, slots=True, eq=False)
class Recent:
    """The last minutes of a camera, as packets.

    Attributes:
        start_wall: the wall-clock time of stream second 0.
    """

    shape: StreamShape
    packets: tuple[EncodedPacket, ...]
    start_wall: datetime


class EvidenceKeeper:
    """Is shown everything as it comes, and is told of absences afterwards."""

    def __init__(
        self, vault: Vault, seats: Mapping[str, Polygon], *, held_bytes: int = HELD_BYTES
    ) -> None:
        self._vault = vault
        self._held_bytes = held_bytes
        self._seats = seats
        self._own, self._main = Reel(keep_s=REPLAY_S), Reel()
        self._frame: Frame | None = None
        self._recent: dict[str, deque[Noted]] = {window: deque() for window in seats}
        self._open: dict[str, Pack] = {}
        self._closing: list[_Closing] = []
        self._troubles: list[FootageError] = []

    def connected(self, shape: StreamShape) -> None:
        """Take the shape of what is analysed."""
        self._own.connected(shape)

    def came(self, packet: EncodedPacket) -> None:
        """Take the next packet of what is analysed."""
        self._own.came(packet)

    def main_connected(self, shape: StreamShape) -> None:
        """Take the shape of the main stream, where a camera has one for evidence."""
        self._main.connected(shape)

    def main_came(self, packet: EncodedPacket) -> None:
        """Take the next packet of the main stream."""
        self._main.came(packet)

    def recent(self) -> Recent | None:
        """Give the last minutes of what is analysed, None before a picture came; any thread."""
        frame = self._frame
        shape, packets = self._own.recent()
        if frame is None or shape is None or not packets:
            return None
        return Recent(shape, packets, frame.at_wall - timedelta(seconds=frame.at_s))

    def pictured(self, frame: Frame) -> None:
        """Take the picture that is being judged."""
        self._frame = frame

    def saw(self, seen: Iterable[Observation]) -> None:
        """Take the observations of one tick, and cut what is long enough by now."""
        for observation in seen:
            tick = noted(observation)
            recent = self._recent[observation.window_id]
            recent.append(tick)
            while recent[0].at_s < tick.at_s - RECENT_S:
                recent.popleft()
            for pack in self._packs(observation.window_id):
                pack.ticks.append(tick)
        for pack in self._open.values():
            if pack.departure is None and self._own.newest_s >= pack.start.at_s + AROUND_S:
                self._cut(pack, pack.start, pack.start)
                self._make_room()

    def began(self, window_id: str, start: Moment) -> None:
        """Keep what the last minute holds of an absence that may become an event."""
        pack = Pack(window_id, start)
        pack.ticks += [
            tick for tick in self._recent[window_id] if tick.at_s >= start.at_s - AROUND_S
        ]
        self._open[window_id] = pack
        self._take_out(pack, {ItemRole.BEFORE: start.moved(-BEFORE_S), ItemRole.START: start})

    def half(self, window_id: str) -> None:
        """Keep the picture of half the threshold, the first time."""
        pack = self._open[window_id]
        if not pack.has(ItemRole.HALF):
            self._show_now(pack, ItemRole.HALF)

    def forgotten(self, window_id: str) -> None:
        """Let go: nobody had to be told."""
        del self._open[window_id]

    def opened(self, event: WindowEvent, judged: Judged) -> WindowEvent:
        """Seal what there is at the moment of the alert, and list it in the event."""
        pack = self._open[event.window_id]
        self._show_now(pack, ItemRole.THRESHOLD)
        return self._sealed(pack, event, judged)

    def closed(self, event: WindowEvent, judged: Judged) -> None:
        """Wait for the last seconds of the pack; `complete` tells when they have come."""
        pack = self._open.pop(event.window_id)
        if event.end_s is not None and event.end_wall is not None:
            pack.end = Moment(event.end_s, event.end_wall)
            role = ItemRole.RETURN if event.state.is_empty else ItemRole.END
            self._take_out(pack, {role: pack.end})
        self._closing.append(_Closing(pack, event, judged))

    def complete(self, *, now: bool = False) -> tuple[WindowEvent, ...]:
        """Give the closed events whose pack is whole; `now`: as whole as it will be."""
        whole = [one for one in self._closing if now or self._is_whole(one.pack)]
        self._closing = [one for one in self._closing if one not in whole]
        for one in whole:
            self._cut_last(one.pack)
        return tuple(self._sealed(one.pack, one.event, one.judged) for one in whole)

    def troubles(self) -> tuple[FootageError, ...]:
        """What went wrong since the last call; events are told without what could not be kept."""
        told, self._troubles = tuple(self._troubles), []
        return told

    def _packs(self, window_id: str) -> Iterator[Pack]:
        if window_id in self._open:
            yield self._open[window_id]
        yield from (one.pack for one in self._closing if one.pack.window_id == window_id)

    def _is_whole(self, pack: Pack) -> bool:
        """Whether the last seconds have come; a camera that has fallen silent still ticks."""
        newest_s = max(self._own.newest_s, pack.ticks[-1].at_s)
        return pack.end is None or newest_s >= pack.end.at_s + AROUND_S

    def _take_out(self, pack: Pack, moments: Mapping[ItemRole, Moment]) -> None:
        """Find pictures in the ring, earliest first."""
        times = [moment.at_s for moment in moments.values()]
        found = self._reel(times[0], times[-1]).pictures_at(times)
        for (role, moment), pixels in zip(moments.items(), found, strict=True):
            if pixels is None:
                pack.missing[role] = NO_PICTURE
            else:
                still = stills.still_of(pixels, self._seats[pack.window_id])
                pack.hold(Piece(role, moment, stills.MEDIA_TYPE, still.original, still.masked))

    def _show_now(self, pack: Pack, role: ItemRole) -> None:
        if self._frame is None:
            pack.missing[role] = NO_PICTURE
            return
        at_s, pixels = self._frame.at_s, self._frame.pixels
        if self._main.covers(at_s, at_s):
            (found,) = self._main.pictures_at([at_s])
            pixels = pixels if found is None else found
        still = stills.still_of(pixels, self._seats[pack.window_id])
        moment = Moment(at_s, self._frame.at_wall)
        pack.hold(Piece(role, moment, stills.MEDIA_TYPE, still.original, still.masked))

    def _reel(self, from_s: float, to_s: float) -> Reel:
        """The main stream where it holds the stretch; what was analysed is always there."""
        return self._main if self._main.covers(from_s, to_s) else self._own

    def _cut_last(self, pack: Pack) -> None:
        if pack.departure is None:
            self._cut(pack, pack.start, pack.end or pack.start)
        elif pack.end is not None:
            self._cut(pack, pack.end, pack.end)

    def _cut(self, pack: Pack, start: Moment, end: Moment) -> None:
        from_s, to_s = start.at_s - AROUND_S, end.at_s + AROUND_S
        pack.departure = pack.departure or start
        try:
            joined = self._reel(from_s, to_s).clip(from_s, to_s)
        except FootageError as error:
            pack.missing[ItemRole.CLIP] = error.trouble.value
            self._troubles.append(error)
            return
        if joined is None:
            pack.missing[ItemRole.CLIP] = NO_PICTURE
            return
        begins_s, data = joined
        begin = start.moved(begins_s - start.at_s)
        pack.hold(Piece(ItemRole.CLIP, begin, clip.MEDIA_TYPE, data))

    def _sealed(self, pack: Pack, event: WindowEvent, judged: Judged) -> WindowEvent:
        pack.drop({ItemRole.STRIP, ItemRole.MANIFEST})
        begin = pack.start.moved(pack.ticks[0].at_s - pack.start.at_s)
        data = strip_of(pack.window_id, pack.ticks)
        pack.hold(Piece(ItemRole.STRIP, begin, strip.MEDIA_TYPE, data))
        self._seal(pack)
        event = replace(event, items=pack.items())
        data = manifest_of(
            event,
            judged,
            self._seats[pack.window_id],
            missing=pack.missing,
            earlier=pack.manifest,
        )
        pack.hold(Piece(ItemRole.MANIFEST, pack.start, listed.MEDIA_TYPE, data))
        self._seal(pack)
        whole = replace(event, items=pack.items())
        pack.manifest = manifest_among(whole.items) or pack.manifest
        return whole

    def _make_room(self) -> None:
        """Seal the oldest packs early where many absences at once would fill the memory."""
        for pack in sorted(self._open.values(), key=lambda pack: pack.start.at_s):
            if sum(one.held_bytes for one in self._open.values()) > self._held_bytes:
                self._seal(pack)

    def _seal(self, pack: Pack) -> None:
        try:
            pack.seal(self._vault)
        except FootageError as error:
            self._troubles.append(error)
