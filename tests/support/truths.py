"""Truths and timelines written as few words."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from video.evaluation.timeline import Alert, Stretch, Timeline
from video.vocabulary.geometry import Polygon
from video.vocabulary.state import WindowState
from video.vocabulary.truth import Interval, TrueZone, ZoneKind

SQUARE = Polygon(((0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8)))
Times = Iterable[tuple[float, float]]


def spans(times: Times) -> tuple[Interval, ...]:
    return tuple(Interval(start_s, end_s) for start_s, end_s in times)


def post(**times: Times) -> TrueZone:
    named = {name: spans(every) for name, every in times.items()}
    return TrueZone("post", ZoneKind.SEAT, SQUARE, named)


def alternating(edges: Sequence[float], *, empty_first: bool = False) -> TrueZone:
    """A post that changes at every edge; the first edge begins the clip and the last ends it."""
    pairs = list(itertools.pairwise(edges))
    return post(
        empty=pairs[0 if empty_first else 1 :: 2], occupied=pairs[1 if empty_first else 0 :: 2]
    )


def said(*states: tuple[WindowState, float, float], alert_after_s: float = 2.0) -> Timeline:
    """A timeline with an alert so long after each beginning of an absence."""
    stretches = tuple(
        Stretch("post", state, Interval(start_s, end_s)) for state, start_s, end_s in states
    )
    alerts = tuple(
        Alert("post", start_s, start_s + alert_after_s, 0.0)
        for state, start_s, _ in states
        if state.is_empty
    )
    return Timeline(stretches, alerts)


def as_true(zone: TrueZone, *, later_s: float = 0.0) -> Timeline:
    """What a machine says that is always right, but so much later."""
    states = [
        (state, span.start_s + later_s, span.end_s + later_s)
        for name, state in (("occupied", WindowState.READY), ("empty", WindowState.ABSENT))
        for span in zone.named(name)
    ]
    return said(*sorted(states, key=lambda one: one[1])).of_window("post")


def truth_text(**more: Any) -> dict[str, Any]:
    """The parsed text of a good truth file, with some of its words replaced."""
    zone = {
        "id": "post",
        "kind": "seat",
        "polygon_px": [[10, 10], [90, 10], [90, 90]],
        "intervals": {"occupied": [[0, 10]], "empty": [[10, None]]},
    }
    whole: Mapping[str, Any] = {
        "video": "clip.mp4",
        "width": 100,
        "height": 100,
        "duration_s": 30.0,
        "zones": [{**zone, **more.pop("zone", {})}],
    }
    return {**whole, **more}
