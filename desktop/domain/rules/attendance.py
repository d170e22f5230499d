"""Rules over a window's day (R-VID-06, 09, 12, 13, short absences together, R-WIN-01 to 04).

They judge what was seen: time that was not watched, could not be told, or in which the window was
not expected on post never counts against anybody. Rules without inputs are not run: R-VID-05, 07
and 10 want a posture, several people and sound; R-VID-08 wants badges. R-VID-06 runs where the
detector in use knows phones, for nowhere else is a window ever in the state PHONE.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from desktop.domain.calendar import HALL_TIME
from desktop.domain.duties import Duties, Excuse, ExcuseKind, ExcuseReason
from desktop.domain.evidence import StateSpan
from desktop.domain.identifiers import CameraId, WindowId
from desktop.domain.organisation import HallRules
from desktop.domain.queue import Demand, WindowQueue, busy, percentile, waited_s

# What the watching process writes into a span (its own vocabulary).
EMPTY = frozenset({"ABSENT", "UNATTENDED_CUSTOMER"})
WAITING = "UNATTENDED_CUSTOMER"
PHONE = frozenset({"PHONE"})  # told only of a clerk without a customer
WITHOUT_CUSTOMER = PHONE | {"READY", "IDLE_STILL", "IDLE_WINDOW"}
OCCUPIED = WITHOUT_CUSTOMER | {"SERVING"}
EXPECTED = "NONE"  # no overlay: open, not paused, nobody excused

NEVER_SHARE = 0.8  # of a session that was seen to be empty: more than this and nobody came
MEETS_S = 5.0  # stretches so close belong together
GOING_ON_S = 15.0  # what ended so lately has not ended
MOST = 90  # percent of the tickets of which R-WIN-04 speaks
_HOUR = timedelta(hours=1)

Session = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class WindowDay:
    """One window on one day up to now.

    Attributes:
        sessions: when the hall works on that day.
        spans: as they began; the last one may still go on and then ends now.
        elsewhere: spans of the hall's other windows.
        sees_customers: whether the place of its customer is drawn on the picture.
        queue: what imported tickets tell; nothing where none were imported.
    """

    window_id: WindowId
    camera_id: CameraId
    sessions: tuple[Session, ...]
    spans: tuple[StateSpan, ...]
    elsewhere: tuple[StateSpan, ...]
    duties: Duties
    sees_customers: bool
    now: datetime
    queue: WindowQueue = field(default_factory=WindowQueue)


class WindowHit(NamedTuple):
    """A rule says: here.

    Attributes:
        part: what tells it from other hits of the rule at the window.
        ended_at: None while it goes on.
        level: where it is lighter than the rule's own.
    """

    rule_id: str
    part: str
    started_at: datetime
    ended_at: datetime | None
    threshold_s: float
    facts: Mapping[str, object]
    level: int | None = None


Hits = Iterator[WindowHit]


def never_opened(day: WindowDay, rules: HallRules) -> Hits:
    """R-VID-12: a whole session has passed and nobody was seen at the window."""
    for opens, closes in day.sessions:
        length_s = _seconds(opens, closes)
        empty_s = _empty_s(day, opens, closes)
        if closes <= day.now and not _present(day, opens, closes) and (
            empty_s >= NEVER_SHARE * length_s
        ):  # fmt: skip
            facts = {"empty_s": empty_s, "session_s": length_s}
            yield WindowHit("R-VID-12", opens.isoformat(), opens, closes, length_s, facts)


def late_opening(day: WindowDay, rules: HallRules) -> Hits:
    """R-VID-09: the first clerk came late."""
    for opens, closes in day.sessions:
        present = _present(day, opens, closes)
        first = min((span.started_at for span in present), default=opens)
        empty_s = _empty_s(day, opens, first)
        if empty_s > rules.late_s:
            facts = {"empty_s": empty_s, "which": "late"}
            part = f"late/{opens.isoformat()}"
            yield WindowHit("R-VID-09", part, opens, first, rules.late_s, facts)


def early_closing(day: WindowDay, rules: HallRules) -> Hits:
    """R-VID-09: the last clerk left early."""
    for opens, closes in day.sessions:
        present = _present(day, opens, closes)
        last = max((span.ended_at for span in present), default=closes)
        empty_s = _empty_s(day, last, closes)
        if closes <= day.now and empty_s > rules.late_s:
            facts = {"empty_s": empty_s, "which": "early"}
            part = f"early/{closes.isoformat()}"
            yield WindowHit("R-VID-09", part, last, closes, rules.late_s, facts)


def short_absences(day: WindowDay, rules: HallRules) -> Hits:
    """R-VID-02: absences too short to count alone, together too long within one hour (case 59)."""
    absences = [run for run in _runs(day.spans, EMPTY) if _seconds(*run) < rules.absence_s]
    counted_until: datetime | None = None
    for _, end in absences:
        if counted_until is not None and end - _HOUR < counted_until:
            continue
        within = [(max(a, end - _HOUR), b) for a, b in absences if end - _HOUR < b <= end]
        sum_s = sum(_seconds(*run) for run in within)
        if len(within) > 1 and sum_s > rules.hourly_s:
            facts = {"empty_s": sum_s, "absences": len(within), "which": "hourly"}
            start = within[0][0]
            yield WindowHit("R-VID-02", start.isoformat(), start, end, rules.hourly_s, facts)
            counted_until = end


def often_on_phone(day: WindowDay, rules: HallRules) -> Hits:
    """R-VID-06: too often on a phone within one hour, each time too short to count alone."""
    over = (run for run in _runs(day.spans, PHONE) if _seconds(run[1], day.now) > GOING_ON_S)
    uses = [run for run in over if _seconds(*run) < rules.phone_s]
    counted_until: datetime | None = None
    for _, end in uses:
        within = [run for run in uses if end - _HOUR < run[1] <= end]
        start = within[0][0]
        fresh = counted_until is None or start >= counted_until
        if fresh and len(within) >= rules.phone_times:
            facts = {"uses": len(within), "which": "often"}
            yield WindowHit("R-VID-06", start.isoformat(), start, end, 0.0, facts, 1)
            counted_until = end


def idle(day: WindowDay, rules: HallRules) -> Hits:
    """R-VID-13: ready without a customer for long, or while several queue whom it could call.

    It is graver where somebody waits meanwhile, at another window or in the queue.
    """
    if not day.sees_customers:
        return
    for start, end in _runs(day.spans, WITHOUT_CUSTOMER):
        crowd = _crowd(day.queue, start, end, rules)
        if crowd or _seconds(start, end) > rules.idle_s:
            yield _idle_hit(day, rules, start, end, crowd)


def no_sign(day: WindowDay, rules: HallRules) -> Hits:
    """R-WIN-01: a pause that nobody told the public of."""
    for pause in day.duties.pauses:
        if pause.sign_shown is False:
            facts = {"reason": pause.reason.value}
            yield WindowHit("R-WIN-01", pause.id, pause.started_at, pause.ended_at, 0.0, facts)


def long_pause(day: WindowDay, rules: HallRules) -> Hits:
    """R-WIN-02: a pause longer than the hall allows."""
    for pause in day.duties.pauses:
        lasted_s = _seconds(pause.started_at, min(pause.ended_at, day.now))
        if lasted_s > rules.pause_s:
            facts = {"reason": pause.reason.value, "pause_s": pause.lasts_s}
            yield WindowHit(
                "R-WIN-02", pause.id, pause.started_at, pause.ended_at, rules.pause_s, facts
            )


def no_stand_in(day: WindowDay, rules: HallRules) -> Hits:
    """R-WIN-03: the clerk is on leave and nobody sits there for him; a short rest needs nobody."""
    for leave in day.duties.excuses:
        until = min(leave.ended_at, day.now)
        if leave.kind is not ExcuseKind.LEAVE or leave.reason is ExcuseReason.REST:
            continue
        empty_s = _seen_s(day.spans, leave.started_at, until, _empty_on_leave)
        if empty_s > rules.stand_in_s and not _stood_in(day.duties, leave):
            facts = {"empty_s": empty_s, "reason": leave.reason.value}
            yield WindowHit(
                "R-WIN-03", leave.id, leave.started_at, leave.ended_at, rules.stand_in_s, facts
            )


def queued_long(day: WindowDay, rules: HallRules) -> Hits:
    """R-WIN-04: all but the slowest tenth of those called here waited too long."""
    called = day.queue.called
    if len(called) < rules.queued_least:
        return
    waits = [waited_s(wait) for wait in called]
    most_s = percentile(waits, MOST)
    if most_s > rules.queued_s:
        start, end = min(wait.start for wait in called), max(wait.end for wait in called)
        facts = {"wait_s": most_s, "longest_s": max(waits), "tickets": len(called)}
        part = start.astimezone(HALL_TIME).date().isoformat()
        yield WindowHit("R-WIN-04", part, start, end, rules.queued_s, facts)


class DayRule(NamedTuple):
    """A rule over a window's day."""

    rule_id: str
    judge: Callable[[WindowDay, HallRules], Hits]


DAY_RULES = (
    DayRule("R-VID-12", never_opened),
    DayRule("R-VID-09", late_opening),
    DayRule("R-VID-09", early_closing),
    DayRule("R-VID-02", short_absences),
    DayRule("R-VID-06", often_on_phone),
    DayRule("R-VID-13", idle),
    DayRule("R-WIN-01", no_sign),
    DayRule("R-WIN-02", long_pause),
    DayRule("R-WIN-03", no_stand_in),
    DayRule("R-WIN-04", queued_long),
)


def judge_day(day: WindowDay, rules: HallRules) -> tuple[WindowHit, ...]:
    """Ask every rule."""
    return tuple(hit for rule in DAY_RULES for hit in rule.judge(day, rules))


def _crowd(queue: WindowQueue, start: datetime, end: datetime, rules: HallRules) -> Demand | None:
    """Give the longest stretch in which enough people queued long enough."""
    crowds = busy(queue.demand, start, end, round(rules.demand_waiting))
    longest = max(crowds, key=lambda each: each.end - each.start, default=None)
    lasting = longest is not None and _seconds(longest.start, longest.end) >= rules.demand_s
    return longest if lasting else None


def _idle_hit(
    day: WindowDay, rules: HallRules, start: datetime, end: datetime, crowd: Demand | None
) -> WindowHit:
    waited = any(
        span.state == WAITING and span.started_at < end and span.ended_at > start
        for span in day.elsewhere
    )
    is_long = _seconds(start, end) > rules.idle_s
    facts: dict[str, object] = {"idle_s": _seconds(start, end), "waiting_elsewhere": waited}
    if crowd:
        facts |= {"waiting": crowd.waiting, "demand_s": _seconds(crowd.start, crowd.end)}
    facts["which"] = "long" if is_long else "queue"
    ended = end if _seconds(end, day.now) > GOING_ON_S else None
    threshold_s, level = rules.idle_s if is_long else rules.demand_s, 1 if waited or crowd else 0
    return WindowHit("R-VID-13", start.isoformat(), start, ended, threshold_s, facts, level)


def _present(day: WindowDay, start: datetime, end: datetime) -> list[StateSpan]:
    within = (s for s in day.spans if s.started_at < end and s.ended_at > start)
    return [span for span in within if span.state in OCCUPIED]


def _empty_s(day: WindowDay, start: datetime, end: datetime) -> float:
    return _seen_s(day.spans, start, end, _empty_on_duty)


def _seen_s(
    spans: Iterable[StateSpan], start: datetime, end: datetime, counts: Callable[[StateSpan], bool]
) -> float:
    within = ((max(s.started_at, start), min(s.ended_at, end)) for s in spans if counts(s))
    return sum(max(0.0, _seconds(*each)) for each in within)


def _empty_on_duty(span: StateSpan) -> bool:
    return span.state in EMPTY and span.overlay == EXPECTED


def _empty_on_leave(span: StateSpan) -> bool:
    return span.state in EMPTY and span.overlay == "EXCUSED"


def _stood_in(duties: Duties, leave: Excuse) -> bool:
    return any(
        other.kind is ExcuseKind.STAND_IN
        and other.started_at < leave.ended_at
        and other.ended_at > leave.started_at
        for other in duties.excuses
    )


def _runs(spans: Sequence[StateSpan], states: frozenset[str]) -> list[Session]:
    """Join stretches of these states that follow one another while the window was expected."""
    fitting = [s for s in spans if s.state in states and s.overlay == EXPECTED]
    runs: list[Session] = [(s.started_at, s.ended_at) for s in fitting[:1]]
    for before, span in pairwise(fitting):
        if _seconds(before.ended_at, span.started_at) <= MEETS_S:
            runs[-1] = (runs[-1][0], span.ended_at)
        else:
            runs.append((span.started_at, span.ended_at))
    return runs


def _seconds(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds()
