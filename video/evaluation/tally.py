"""Counts, window by window, what was said rightly and wrongly; counts of windows add up.

The rules are those of the field guide: absences are matched one to one; those shorter than four
seconds, and what is said inside them, do not count; nor do the seconds around a true boundary for
the error in state time, whose raw figure stands beside it.
"""

import functools
import operator
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from video.evaluation.timeline import EMPTY, OCCUPIED, Alert, Timeline, absences
from video.vocabulary.spans import Spans, overlap_s, seconds, shared, united, without
from video.vocabulary.truth import Interval, TrueZone

LEAST_OVERLAP = 0.5  # intersection over union
ONSET_S, ONSET_SHARE = 5.0, 0.1  # seconds, or share of the length: whichever is more
SHORTEST_S = 4.0
BOUNDARY_S = 1.0


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts and seconds, of one window or of many.

    Attributes:
        true, said, matched: absences that count.
        wrong_s, known_s: away from true boundaries; `raw` ones everywhere.
        unknown_s, visible_s: time in which the truth could be seen, and the part of it in which
            the machine did not know.
        watched_s: all time that the truth speaks of.
        delays_s: of alerts, from the true start and the threshold on.
    """

    true: int = 0
    said: int = 0
    matched: int = 0
    wrong_s: float = 0.0
    known_s: float = 0.0
    wrong_raw_s: float = 0.0
    known_raw_s: float = 0.0
    unknown_s: float = 0.0
    visible_s: float = 0.0
    watched_s: float = 0.0
    delays_s: tuple[float, ...] = ()

    @classmethod
    def summed(cls, tallies: Iterable["Tally"]) -> "Tally":
        """Count several windows together."""
        every = [*tallies, cls()]
        columns: dict[str, Any] = {
            one.name: functools.reduce(operator.add, (getattr(tally, one.name) for tally in every))
            for one in fields(cls)
        }
        return cls(**columns)


@dataclass(frozen=True, slots=True)
class _Scene:
    """The truth about one post, cut to the time in which it counts."""

    occupied: Spans
    empty: Spans
    hidden: Spans
    visible: Spans
    watched: Spans
    boundaries: Spans

    @classmethod
    def of(cls, zone: TrueZone, duration_s: float) -> "_Scene":
        occupied, empty, hidden = (
            united(zone.named(name)) for name in ("occupied", "empty", "occluded")
        )
        ignored = united(zone.named("ignore"))
        edges = {
            edge
            for spans in (occupied, empty, hidden)
            for span in spans
            for edge in (span.start_s, span.end_s)
            if 0 < edge < duration_s
        }
        told = united([*occupied, *empty])
        return cls(
            without(occupied, ignored),
            without(empty, ignored),
            without(hidden, ignored),
            without(told, united([*ignored, *hidden])),
            without(united([*told, *hidden]), ignored),
            united(Interval(edge - BOUNDARY_S, edge + BOUNDARY_S) for edge in edges),
        )


def tally_window(zone: TrueZone, said: Timeline, duration_s: float) -> Tally:
    """Count what was said of one post.

    Args:
        said: of this window alone, in order of time.
    """
    scene = _Scene.of(zone, duration_s)
    true = without(scene.empty, scene.hidden)
    counted = _judged_absences(scene, said)
    long = [span for span in true if span.length_s >= SHORTEST_S]
    short = [_widened(span) for span in true if span.length_s < SHORTEST_S]
    heard = [span for span in counted if not any(_inside(span, brief) for brief in short)]
    pairs = matched(long, heard)
    wrong = united([*_wrongly_empty(scene, said), *_wrongly_occupied(scene, said)])
    told = said.in_states(EMPTY | OCCUPIED)
    known = shared(told, scene.watched)
    return Tally(
        true=len(long),
        said=len(heard),
        matched=len(pairs),
        wrong_s=seconds(without(wrong, scene.boundaries)),
        known_s=seconds(without(known, scene.boundaries)),
        wrong_raw_s=seconds(wrong),
        known_raw_s=seconds(known),
        unknown_s=seconds(without(scene.visible, told)),
        visible_s=seconds(scene.visible),
        watched_s=seconds(scene.watched),
        delays_s=tuple(_delays(pairs, said.alerts)),
    )


def matched(true: Sequence[Interval], said: Sequence[Interval]) -> list[tuple[Interval, Interval]]:
    """Pair true absences with said ones, one to one, the closest first."""
    close = [(_ratio(one, other), one, other) for one in true for other in said]
    close = [found for found in close if found[0] >= LEAST_OVERLAP and _begin_alike(*found[1:])]
    close.sort(key=lambda found: -found[0])
    pairs: list[tuple[Interval, Interval]] = []
    for _, one, other in close:
        if not any(one is taken or other is heard for taken, heard in pairs):
            pairs.append((one, other))
    return pairs


def _ratio(one: Interval, other: Interval) -> float:
    both = overlap_s(one, other)
    return both / (one.length_s + other.length_s - both)


def _begin_alike(true: Interval, said: Interval) -> bool:
    return abs(true.start_s - said.start_s) <= max(ONSET_S, ONSET_SHARE * true.length_s)


def _judged_absences(scene: _Scene, said: Timeline) -> list[Interval]:
    """The said absences, cut to the time that counts, and those that begin where nobody can see.

    What a cut leaves over within the tolerance of a boundary does not count.
    """
    found: list[Interval] = []
    for absence in absences(said):
        pieces = shared((absence,), scene.visible)
        found += [one for one in pieces if one == absence or one.length_s > BOUNDARY_S]
        if any(_well_inside(absence.start_s, hidden) for hidden in scene.hidden):
            found.append(absence)
    return found


def _well_inside(at_s: float, span: Interval) -> bool:
    return span.start_s + BOUNDARY_S < at_s < span.end_s - BOUNDARY_S


def _widened(span: Interval) -> Interval:
    return Interval(span.start_s - BOUNDARY_S, span.end_s + BOUNDARY_S)


def _inside(span: Interval, other: Interval) -> bool:
    return other.start_s <= span.start_s and span.end_s <= other.end_s


def _wrongly_empty(scene: _Scene, said: Timeline) -> Spans:
    return shared(said.in_states(EMPTY), united([*scene.occupied, *scene.hidden]))


def _wrongly_occupied(scene: _Scene, said: Timeline) -> Spans:
    return shared(said.in_states(OCCUPIED), scene.empty)


def _delays(pairs: Iterable[tuple[Interval, Interval]], alerts: Sequence[Alert]) -> Iterator[float]:
    for true, heard in pairs:
        since_s = heard.start_s - BOUNDARY_S
        alert = next((one for one in alerts if since_s <= one.start_s < heard.end_s), None)
        if alert is not None:
            yield alert.at_s - (true.start_s + alert.threshold_s)
