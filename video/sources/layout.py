"""Where the windows of a drawn hall stand in its picture, and what is true of them when.

Free of pixels, so that the owner of the watching process can ask for zones.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from video.messages import ZonePlan
from video.sources.script import Act, Deed, Opening, Script
from video.vocabulary.geometry import Polygon
from video.vocabulary.spans import united, without
from video.vocabulary.truth import Interval, TrueZone, Truth, ZoneKind

WALK_S = 1.6  # a clerk's way from the chair out of sight, and a customer's to the window
COUNTER = 0.58  # share of a row's height
HEADS_OF_A_CLERK = 3.3  # from the top of the head to the counter
CUSTOMER_ASIDE = 1.75  # heads to the left of the clerk
Times = Mapping[str, tuple[Interval, ...]]
BLINDING = (Deed.COVER, Deed.FREEZE, Deed.TURN)


@dataclass(frozen=True, slots=True)
class Booth:
    """One window in the picture; all in pixels.

    Attributes:
        left, right, top, bottom: its cell.
        head: height of a near clerk's head, the measure of everything else.
        clerk: height of this clerk's head, who may sit further back.
    """

    left: float
    right: float
    top: float
    bottom: float
    head: float
    clerk: float

    @property
    def middle(self) -> float:
        """Where the chair stands."""
        return (self.left + self.right) / 2

    @property
    def counter(self) -> float:
        """The edge of the counter on which the clerk's arms lie."""
        return self.top + COUNTER * (self.bottom - self.top)

    @property
    def crown(self) -> float:
        """The top of a sitting clerk's head."""
        return self.counter - HEADS_OF_A_CLERK * self.clerk


def booths(script: Script) -> tuple[Booth, ...]:
    """Lay the windows out in as many rows as let the heads be largest."""
    count = len(script.windows)
    rows = max(range(1, count + 1), key=lambda rows: (_head(script, count, rows), -rows))
    columns = math.ceil(count / rows)
    width, height = script.width / columns, script.height / rows
    head = _head(script, count, rows)
    return tuple(
        Booth(
            left=(index % columns) * width,
            right=(index % columns + 1) * width,
            top=(index // columns) * height,
            bottom=(index // columns + 1) * height,
            head=head,
            clerk=head * opening.size,
        )
        for index, opening in enumerate(script.windows)
    )


def _head(script: Script, count: int, rows: int) -> float:
    columns = math.ceil(count / rows)
    return min(0.17 * script.width / columns, 0.085 * script.height / rows)


def zones_of(script: Script) -> tuple[ZonePlan, ...]:
    """The seat and customer area of every window, as somebody would draw them."""
    return tuple(
        ZonePlan(opening.window_id, _seat(booth, script), _customers(booth, script))
        for opening, booth in zip(script.windows, booths(script), strict=True)
    )


def _seat(booth: Booth, script: Script) -> Polygon:
    side, x = 1.5 * booth.clerk, booth.middle
    return _upright(x - side, booth.crown - 0.3 * booth.clerk, x + side, booth.counter, script)


def _customers(booth: Booth, script: Script) -> Polygon:
    left = max(0.0, booth.left - 0.3 * booth.head)
    return _upright(left, booth.counter, booth.right, booth.bottom, script)


def _upright(x1: float, y1: float, x2: float, y2: float, script: Script) -> Polygon:
    corners = [(x1, y1), (x2, y1), (x2, y2), (x1, y2)]
    return Polygon.from_pixels(corners, width=script.width, height=script.height)


@dataclass(frozen=True, slots=True)
class Stay:
    """Whether somebody is at a place: from when on, and the walk in between.

    Attributes:
        here: where he is heading or already is.
        done: share of the walk that is behind him, 0 to 1.
    """

    here: bool
    done: float


def clerk_at(opening: Opening, acts: tuple[Act, ...], at_s: float) -> Stay:
    """Where the clerk of a window is."""
    return _stay(opening.clerk, acts, Deed.RETURN, Deed.LEAVE, at_s)


def customer_at(opening: Opening, acts: tuple[Act, ...], at_s: float) -> Stay:
    """Where the customer of a window is."""
    return _stay(opening.customer, acts, Deed.ARRIVE, Deed.GO, at_s)


def _stay(begins: bool, acts: tuple[Act, ...], come: Deed, go: Deed, at_s: float) -> Stay:
    stay = Stay(begins, 1.0)
    for act in acts:
        if act.at_s <= at_s and act.deed in {come, go} and stay.here is not (act.deed is come):
            stay = Stay(act.deed is come, min(1.0, (at_s - act.at_s) / WALK_S))
    return stay


def truth_of(script: Script) -> Truth:
    """What really happens, to score a machine's answers against."""
    zones: list[TrueZone] = []
    for index, (opening, plan) in enumerate(zip(script.windows, zones_of(script), strict=True)):
        acts = script.of_window(index)
        times = _intervals(script, opening.clerk, acts, Deed.RETURN, Deed.LEAVE)
        zones.append(TrueZone(opening.window_id, ZoneKind.SEAT, plan.seat, times))
        if plan.customer is not None:
            times = _intervals(script, opening.customer, acts, Deed.ARRIVE, Deed.GO)
            times = _with(_lasting(script, _hiding(acts)), times)
            name = f"{opening.window_id}-customers"
            kind = ZoneKind.CUSTOMER_ZONE
            zones.append(TrueZone(name, kind, plan.customer, times, opening.window_id))
    return Truth("drawn", script.length_s, tuple(zones), drawn=True)


def _intervals(script: Script, begins: bool, acts: tuple[Act, ...], come: Deed, go: Deed) -> Times:
    found: dict[str, list[Interval]] = {"occupied": [], "empty": [], "ignore": []}
    here, since = begins, 0.0
    for at_s, coming in _turns(begins, acts, come, go):
        # Somebody who is half-way is at neither place: the change is in the middle of the walk.
        changed_s = min(script.length_s, at_s + WALK_S / 2)
        found["occupied" if here else "empty"].append(Interval(since, changed_s))
        here, since = coming, changed_s
    found["occupied" if here else "empty"].append(Interval(since, script.length_s))
    camera = (act for deed in BLINDING for act in script.of_camera(deed))
    found["occluded"] = [*_lasting(script, (*camera, *_hiding(acts)))]
    return {name: tuple(times) for name, times in found.items() if times}


def _with(hiders: tuple[Interval, ...], times: Times) -> Times:
    """Customers, and whoever stands before a clerk and hides him."""
    return {
        **times,
        "occupied": united([*times.get("occupied", ()), *hiders]),
        "empty": without(united(times.get("empty", ())), united(hiders)),
    }


def _hiding(acts: tuple[Act, ...]) -> tuple[Act, ...]:
    return tuple(act for act in acts if act.deed is Deed.HIDE)


def _lasting(script: Script, acts: Iterable[Act]) -> tuple[Interval, ...]:
    return tuple(
        Interval(act.at_s, min(script.length_s, act.at_s + act.for_s))
        for act in sorted(acts, key=lambda act: act.at_s)
    )


def _turns(here: bool, acts: tuple[Act, ...], come: Deed, go: Deed) -> Iterator[tuple[float, bool]]:
    for act in acts:
        if act.deed in {come, go} and here is not (act.deed is come):
            here = act.deed is come
            yield act.at_s, here
