"""Stretches of state laid end to end: no gap, no overlap, and time nobody watched by its name."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby, zip_longest

from desktop.viewmodels.states import OVERLAYS, STATES, UNWATCHED, StateLook, look_of
from video.vocabulary.state import Overlay, WindowState

# Every way in which a window can have spent time, in the order of legends and tables.
LOOKS: tuple[StateLook, ...] = (*STATES.values(), *OVERLAYS.values(), UNWATCHED)
PRESENT = frozenset(
    {
        WindowState.SERVING, WindowState.READY, WindowState.IDLE_WINDOW, WindowState.IDLE_STILL,
        WindowState.PHONE,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stretch:
    """One state of a window over a time; `state` is None where nobody watched."""

    start: datetime
    end: datetime
    state: WindowState | None = None
    overlay: Overlay = Overlay.NONE

    @property
    def look(self) -> StateLook:
        """How it is shown."""
        return UNWATCHED if self.state is None else look_of(self.state, self.overlay)

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return (self.end - self.start).total_seconds()


def laid(stretches: Iterable[Stretch], start: datetime, end: datetime) -> tuple[Stretch, ...]:
    """Lay what is known of a window over a span: clipped, without overlaps, its gaps named.

    Where two overlap, the one that began later holds from its beginning on: it is the newer word.
    All bounds fall on whole seconds, so that printed durations add up.
    """
    known = sorted((_to_seconds(s) for s in stretches), key=lambda s: (s.start, s.end))
    whole = _to_seconds(Stretch(start, end))
    return joined(_with_gaps(_cut(known), whole.start, whole.end))


def joined(pieces: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Make one stretch of neighbours that are the same."""
    runs = (tuple(same) for _, same in groupby(pieces, key=lambda p: (p.state, p.overlay)))
    return tuple(replace(run[0], end=run[-1].end) if len(run) > 1 else run[0] for run in runs)


def totals(stretches: Sequence[Stretch]) -> Mapping[StateLook, float]:
    """Add up seconds by look; they sum to the whole span."""
    sums: dict[StateLook, float] = {}
    for each in stretches:
        sums[each.look] = sums.get(each.look, 0.0) + each.seconds
    return sums


def share_on_post(stretches: Sequence[Stretch]) -> float | None:
    """Share of the judged time in which somebody was there, None when nothing was judged.

    What was unknown, not watched, or taken off by the schedule is neither presence nor absence.
    """
    due = [s for s in stretches if s.state is not None and s.overlay is Overlay.NONE]
    there = sum(s.seconds for s in due if s.state in PRESENT)
    away = sum(s.seconds for s in due if s.state is not None and s.state.is_empty)
    return there / (there + away) if there + away else None


def _to_seconds(stretch: Stretch) -> Stretch:
    start, end = stretch.start.replace(microsecond=0), stretch.end.replace(microsecond=0)
    return replace(stretch, start=start, end=end)


def _cut(known: Sequence[Stretch]) -> Iterator[Stretch]:
    for each, following in zip_longest(known, known[1:]):
        yield replace(each, end=min(each.end, following.start)) if following else each


def _with_gaps(known: Iterable[Stretch], start: datetime, end: datetime) -> Iterator[Stretch]:
    at = start
    for each in known:
        piece = replace(each, start=max(each.start, at), end=min(each.end, end))
        if piece.start >= piece.end:
            continue
        if piece.start > at:
            yield Stretch(at, piece.start)
        yield piece
        at = piece.end
    if at < end:
        yield Stretch(at, end)
