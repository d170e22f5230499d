"""The two clocks of a case, read at a moment: due, used, left, over, and the lamp (section 4.4)."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum
from functools import partial
from operator import attrgetter
from typing import NamedTuple

from desktop.domain.approvals import ApprovalCase, CaseBundle, EventKind, Extension
from desktop.domain.calendar import WorkingCalendar
from desktop.domain.clock_faults import ClockFault, fault_of_times
from desktop.domain.items import Limit, LimitUnit, ServiceItem
from desktop.domain.limits import due_day, due_moment, passed
from desktop.domain.sessions import OpeningHours
from desktop.domain.stops import (
    ExtensionRules,
    Life,
    Span,
    excluded_spans,
    fault_of_extension,
)


class Lamp(Enum):
    """Section 4.5. A lamp is automatic; a card is issued by people."""

    GREEN = "GREEN"
    BLUE = "BLUE"
    YELLOW = "YELLOW"
    ORANGE = "ORANGE"
    RED = "RED"
    GREY = "GREY"
    BLACK = "BLACK"


@dataclass(frozen=True, slots=True)
class ClockRules:
    """What a hall may set about its clocks; defaults of section 4.5.

    Attributes:
        warn_share: part of the limit that is left when the lamp turns yellow.
        blue: whether the day before that shows blue.
        correction_wd: within these the office says what is missing (LL-03).
    """

    warn_share: float = 0.2
    warn_min: int = 1
    warn_max: int = 3
    blue: bool = False
    correction_wd: int = 5
    extension: ExtensionRules = field(default_factory=ExtensionRules)

    def warn_at(self, limit: Limit | None) -> int:
        """Give what is left when the lamp turns yellow."""
        share = math.ceil(self.warn_share * (limit.amount if limit else 0))
        return max(self.warn_min, min(share, self.warn_max))


@dataclass(frozen=True, slots=True)
class Reading:
    """What one clock shows, in the unit of its limit; an imported instant counts working days.

    Attributes:
        due: the due date, which ends at 24:00; of an imported deadline, its day.
        due_at: the imported deadline itself.
        excluded: what valid stops took off.
        extended: what a valid extension added.
        provisional: counted through a year without a notice, or while a stop is open.
        standing: a valid stop holds the clock now.
        stopped_late: stops began after the due date and have no effect.
        extended_late: days on which an extension was approved after the limit had run out.
    """

    due: date
    used: int
    remaining: int
    overdue: int
    limit: Limit | None = None
    due_at: datetime | None = None
    excluded: int = 0
    extended: int = 0
    provisional: bool = False
    standing: bool = False
    stopped_late: bool = False
    extended_late: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Clocks:
    """Both clocks of a case; either is None where no limit is known or it has not started."""

    promised: Reading | None = None
    statutory: Reading | None = None
    deemed: bool = False
    fault: ClockFault | None = None


NO_CLOCKS = Clocks()


@dataclass(frozen=True, slots=True)
class Outage:
    """A time when the system could not be used, by a record of it; what was done meanwhile was
    keyed in later, and that is no fault."""

    started_at: datetime
    ended_at: datetime
    record_no: str

    def covers(self, moment: datetime) -> bool:
        """Tell whether a moment lies in it."""
        return self.started_at <= moment <= self.ended_at


@dataclass(frozen=True, slots=True)
class Scene:
    """What all judgements at one moment share: the time, the calendar, what the hall has set.

    Attributes:
        today: the day of the moment where the calendar holds; it is asked for with every case.
    """

    now: datetime
    calendar: WorkingCalendar
    rules: ClockRules = field(default_factory=ClockRules)
    opening: OpeningHours | None = None
    outages: tuple[Outage, ...] = ()
    today: date = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "today", self.calendar.day(self.now))


def read_clocks(bundle: CaseBundle, item: ServiceItem | None, scene: Scene) -> Clocks:
    """Read both clocks; the limits are those that stood when the case was accepted.

    The promise is kept when the case is completed, the law when it is decided.
    """
    case = bundle.case
    fault = fault_of_times(case)
    deemed_from = None
    if case.received_at:
        deemed_from = case.received_at if case.deemed else deemed_since(bundle, scene)
    deemed, start_at = deemed_from is not None, deemed_from or case.accepted_at
    if start_at is None or fault or not _has_limits(case):
        return Clocks(deemed=deemed, fault=fault) if deemed or fault else NO_CLOCKS
    read = partial(_read, bundle, item, start_at, scene)
    return Clocks(
        promised=read(
            term=_Term(case.promised_limit, case.due_promised, case.due_promised_at),
            done_at=case.completed_at or case.decided_at,
            extensions=bundle.extensions,
        ),
        statutory=read(
            term=_Term(case.statutory_limit, case.due_statutory, case.due_statutory_at),
            done_at=case.decided_at or case.completed_at,
            extensions=[each for each in bundle.extensions if not each.promised_only],
        ),
        deemed=deemed,
    )


def deemed_since(bundle: CaseBundle, scene: Scene) -> datetime | None:
    """Give the receipt from which a case counts as accepted, because nobody said in time what
    is missing (行政许可法 32(4)); None where somebody did or still may.

    Corrected material is received anew: the office has its working days again.
    """
    limit = scene.rules.correction_wd
    calendar = scene.calendar
    for received, answered in awaiting_answer(bundle):
        upto = calendar.day(answered or scene.now)
        if calendar.count(calendar.day(received), upto) > limit:
            return received
    return None


def awaiting_answer(bundle: CaseBundle) -> Iterator[tuple[datetime, datetime | None]]:
    """Pair each receipt of material with the first answer to it, None where there is none yet."""
    case = bundle.case
    received = case.received_at
    if received is None:
        return
    answered = case.accepted_at
    for event in sorted(bundle.events, key=_time_of):
        if received and event.kind in _ANSWERS:
            yield received, event.at if answered is None else min(answered, event.at)
            received = None
        elif event.kind is EventKind.CORRECTION_RECEIVED:
            received = event.at
    if received:
        yield received, answered or case.decided_at


_ANSWERS = frozenset({EventKind.ACCEPT, EventKind.NOT_ACCEPT, EventKind.CORRECTION_NOTICE})
_time_of = attrgetter("at")


def read_limit(
    life: Life,
    limit: Limit,
    scene: Scene,
    spans: Sequence[Span] = (),
    extensions: Sequence[Extension] = (),
) -> Reading:
    """Read a clock that counts a limit in days.

    A stop counts when it begins by the due date and an extension when it is approved by then,
    on the due date still; so both are taken in the order of time.
    """
    run = _Run(life, limit, scene)
    acts: list[tuple[date, int, Span | Extension]] = [(span.first, 0, span) for span in spans]
    acts += [(scene.calendar.day(each.approved_at), 1, each) for each in extensions]
    for day, _, act in sorted(acts, key=lambda entry: entry[:2]):
        if isinstance(act, Span):
            run.stop(act)
        else:
            run.extend(act, day)
    return run.reading()


def read_due(due: date, life: Life, scene: Scene) -> Reading:
    """Read a clock of which only the due date is known."""
    count = scene.calendar.count
    return Reading(
        due=due,
        used=count(life.start, life.end),
        remaining=0 if life.done else count(life.today, due),
        overdue=count(due, life.end),
        provisional=scene.calendar.is_provisional(life.today, due),
    )


def read_instant(due_at: datetime, life: Life, done_at: datetime | None, scene: Scene) -> Reading:
    """Read a clock against an imported deadline: late means after that instant, by a day at least.

    Nothing is provisional about it: the deadline was given, not counted.
    """
    due = scene.calendar.day(due_at)
    reading = read_due(due, life, scene)
    late = (done_at or scene.now) > due_at
    overdue = max(reading.overdue, 1) if late else 0
    return replace(reading, due_at=due_at, overdue=overdue, provisional=False)


def lamp_of(reading: Reading, rules: ClockRules, *, done: bool) -> Lamp:
    """Give the lamp of one clock (section 4.5)."""
    warn_at = rules.warn_at(reading.limit)
    if reading.overdue:
        return Lamp.RED
    if done:
        return Lamp.GREEN
    if reading.standing:
        return Lamp.GREY
    if reading.remaining == 0:
        return Lamp.ORANGE
    if reading.remaining <= warn_at:
        return Lamp.YELLOW
    return Lamp.BLUE if rules.blue and reading.remaining == warn_at + 1 else Lamp.GREEN


def lamp_of_case(clocks: Clocks, case: ApprovalCase, rules: ClockRules) -> Lamp | None:
    """Give the lamp of a case: of its promise, of the law where nothing was promised."""
    if clocks.fault:
        return Lamp.BLACK
    reading = clocks.promised or clocks.statutory
    if reading is None:
        return None
    return lamp_of(reading, rules, done=case.closed_at is not None)


class _Term(NamedTuple):
    """How a case says one of its limits; the most exact that is known holds."""

    limit: Limit | None
    due: date | None
    due_at: datetime | None


def _has_limits(case: ApprovalCase) -> bool:
    """Whether either clock has anything to run to; most cases of a foreign log have not."""
    return bool(
        case.promised_limit
        or case.statutory_limit
        or case.due_promised
        or case.due_statutory
        or case.due_promised_at
        or case.due_statutory_at
    )


def _read(
    bundle: CaseBundle,
    item: ServiceItem | None,
    start_at: datetime,
    scene: Scene,
    *,
    term: _Term,
    done_at: datetime | None,
    extensions: Sequence[Extension],
) -> Reading | None:
    day = scene.calendar.day
    life = Life(day(start_at), scene.today, day(done_at) if done_at else None)
    if term.due_at:
        return read_instant(term.due_at, life, done_at, scene)
    if term.limit and term.limit.unit in _WITHIN_DAYS:
        return _read_minutes(term.limit, start_at, life, done_at, scene)
    if term.limit:
        spans = excluded_spans(bundle.stops, item, life, scene.calendar) if bundle.stops else ()
        return read_limit(life, term.limit, scene, spans, extensions)
    return read_due(term.due, life, scene) if term.due else None


def _read_minutes(
    limit: Limit, start_at: datetime, life: Life, done_at: datetime | None, scene: Scene
) -> Reading | None:
    """Read a limit of hours or minutes, which pass within the hall's sessions (section 4.4)."""
    if scene.opening is None:
        return None
    minutes = limit.amount * (60 if limit.unit is LimitUnit.HOUR else 1)
    due_at = due_moment(start_at, Limit(minutes, LimitUnit.WORKING_MINUTE), scene.opening)
    reading = read_instant(due_at, life, done_at, scene)
    touched = scene.calendar.is_provisional(life.start, reading.due)
    return replace(reading, provisional=touched)


_WITHIN_DAYS = frozenset({LimitUnit.HOUR, LimitUnit.WORKING_MINUTE})


class _Run:
    """A clock on its way: stops and extensions move its due date."""

    def __init__(self, life: Life, limit: Limit, scene: Scene) -> None:
        self._life, self._limit, self._scene = life, limit, scene
        self._excluded = self._excluded_by_end = self._extended = 0
        self._open = self._standing = self._stopped_late = False
        self._extended_late: tuple[date, ...] = ()
        self._deadline = due_day(life.start, limit, scene.calendar)

    def stop(self, span: Span) -> None:
        """Take a stop off, unless the limit had run out when it began."""
        if span.first > self._deadline.day:
            self._stopped_late = True
            return
        end = min(span.last, self._life.end)
        self._excluded += self._passed(span.first, span.last)
        self._excluded_by_end += self._passed(span.first, end)
        self._open |= span.open
        self._standing |= span.first <= self._life.today and (
            span.open or self._life.today < span.last
        )
        self._move()

    def extend(self, extension: Extension, day: date) -> None:
        """Add the first extension that counts; the law gives one."""
        if self._extended or fault_of_extension(extension, self._scene.rules.extension):
            return
        if day > self._deadline.day:
            self._extended_late += (day,)
            return
        self._extended = extension.amount
        self._move()

    def reading(self) -> Reading:
        """Give what the clock shows."""
        life, due = self._life, self._deadline.day
        return Reading(
            due=due,
            used=max(self._passed(life.start, life.end) - self._excluded_by_end, 0),
            remaining=0 if life.done else self._passed(life.today, due),
            overdue=self._passed(due, life.end),
            limit=self._limit,
            excluded=self._excluded,
            extended=self._extended,
            provisional=self._deadline.provisional or self._open,
            standing=self._standing and life.done is None,
            stopped_late=self._stopped_late,
            extended_late=self._extended_late,
        )

    def _passed(self, after: date, upto: date) -> int:
        return passed(self._limit.unit, after, upto, self._scene.calendar)

    def _move(self) -> None:
        amount = self._limit.amount + self._extended + self._excluded
        limit = Limit(amount, self._limit.unit)
        self._deadline = due_day(self._life.start, limit, self._scene.calendar)
