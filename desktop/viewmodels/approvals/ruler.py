"""A case's clocks laid on the days: what was used, what stood still, when it is due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.domain.approvals import CaseBundle
from desktop.domain.clocks import Clocks, Reading, Scene
from desktop.domain.stops import fault_of_extension, fault_of_stop
from desktop.system.language import headed, said
from desktop.viewmodels.approvals.words import EXTENSION_FAULTS, STOP_FAULTS, STOPS

_BEFORE, _AFTER = timedelta(days=1), timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Track:
    """One clock: it runs after `start` up to `end`; `is_over` when that lies behind `due`."""

    name: str
    start: date
    end: date
    due: date
    is_over: bool
    provisional: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days between two: a stop, with why it does not count where it does not."""

    name: str
    first: date
    last: date
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something of one day."""

    name: str
    day: date
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Ruler:
    """What is drawn, from `first` to `last`.

    Attributes:
        off: days on which nobody works.
        extensions: by the day of their approval.
        today: None where it lies outside.
    """

    first: date
    last: date
    off: frozenset[date]
    tracks: tuple[Track, ...]
    stops: tuple[Stretch, ...]
    extensions: tuple[Mark, ...]
    marks: tuple[Mark, ...]
    today: date | None

    @property
    def days(self) -> int:
        """How many days there are."""
        return (self.last - self.first).days + 1


def ruler_of(bundle: CaseBundle, clocks: Clocks, scene: Scene) -> Ruler | None:
    """Lay the clocks of a case out; None where it has none."""
    day, case = scene.calendar.day, bundle.case
    start_at = case.start_at or case.received_at
    readings = {said("承诺时限"): clocks.promised, said("法定时限"): clocks.statutory}
    if start_at is None or not any(readings.values()):
        return None
    start, today = day(start_at), scene.today
    ends = {
        said("承诺时限"): case.completed_at or case.decided_at,
        said("法定时限"): case.decided_at or case.completed_at,
    }
    tracks = tuple(
        _track(name, start, day(done) if (done := ends[name]) else today, reading)
        for name, reading in readings.items()
        if reading
    )
    stops, marks = tuple(_stops(bundle, scene)), tuple(_marks(bundle, scene))
    extensions = tuple(_extensions(bundle, scene))
    named = [each.day for each in (*marks, *extensions)] + [stretch.last for stretch in stops]
    last = max(*(track.due for track in tracks), *(track.end for track in tracks), *named)
    first, last = start - _BEFORE, last + _AFTER
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    off = frozenset(each for each in days if not scene.calendar.counts(each))
    seen = today if first <= today <= last else None
    return Ruler(first, last, off, tracks, stops, extensions, marks, seen)


def _track(name: str, start: date, end: date, reading: Reading) -> Track:
    over = reading.overdue > 0
    return Track(headed(name), start, end, reading.due, over, reading.provisional)


def _stops(bundle: CaseBundle, scene: Scene) -> Iterator[Stretch]:
    for stop in bundle.stops:
        fault = fault_of_stop(stop, None)
        last = scene.calendar.day(stop.ended_at) if stop.ended_at else scene.today
        why = said(STOP_FAULTS[fault]) if fault else ""
        yield Stretch(said(STOPS[stop.kind]), scene.calendar.day(stop.started_at), last, why)


def _extensions(bundle: CaseBundle, scene: Scene) -> Iterator[Mark]:
    for extension in bundle.extensions:
        fault = fault_of_extension(extension, scene.rules.extension)
        why = said(EXTENSION_FAULTS[fault]) if fault else ""
        approved = scene.calendar.day(extension.approved_at)
        yield Mark(said("延期 {0}").format(extension.amount), approved, why)


def _marks(bundle: CaseBundle, scene: Scene) -> Iterator[Mark]:
    day, case = scene.calendar.day, bundle.case
    if case.accepted_at:
        yield Mark(said("受理"), day(case.accepted_at))
    if case.decided_at:
        yield Mark(said("审批决定"), day(case.decided_at))
    if case.completed_at and case.completed_at != case.decided_at:
        yield Mark(said("办结"), day(case.completed_at))
