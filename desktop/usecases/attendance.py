"""Judging a hall's day at its windows, and settling what no longer goes on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from desktop.domain.calendar import WorkingCalendar
from desktop.domain.evidence import StateSpan
from desktop.domain.findings import Finding, FindingState
from desktop.domain.identifiers import CameraId, FindingId, HallId, WindowId, new_id
from desktop.domain.organisation import Camera, Hall, Window
from desktop.domain.queue import queue_of, waits
from desktop.domain.rules.attendance import WindowDay, WindowHit, judge_day
from desktop.domain.rules.catalogue import Catalogue
from desktop.domain.rules.video import PHONE_RULE
from desktop.domain.sessions import hours_of
from desktop.usecases.duties import read_duties
from desktop.usecases.ports import Clock, Reading, UnitOfWork
from desktop.usecases.queue import queues_before, read_tickets

NOTICE_LASTS = timedelta(days=1)  # then a notice that nobody needed goes
_OPEN = (FindingState.DETECTED, FindingState.ASSIGNED, FindingState.VERIFYING)


@dataclass(frozen=True, slots=True)
class HallHit:
    """A hit with the window and the camera that it was seen at."""

    window_id: WindowId
    camera_id: CameraId
    hit: WindowHit

    @property
    def key(self) -> str:
        """Tells this hit from all others, also when it is judged again."""
        return f"{self.hit.rule_id}/{self.window_id}/{self.hit.part}"


def judge_hall(
    reading: Reading,
    hall_id: HallId,
    *,
    calendar: WorkingCalendar,
    now: datetime,
    running: Sequence[StateSpan],
) -> tuple[HallHit, ...]:
    """Ask the rules of the day about every window that a camera watches.

    Args:
        running: what was heard and may not be kept yet, the present states among them.
    """
    hall, day = reading.get(Hall, hall_id), calendar.day(now)
    midnight = datetime.combine(day, time(), calendar.zone)
    spans = _spans(reading, hall_id, midnight, now, running)
    sessions = tuple(hours_of(hall, calendar).spans(day))
    duties = read_duties(reading, hall_id, midnight, midnight + timedelta(days=1))
    waited = waits(read_tickets(reading, hall_id, day))
    queues = queues_before(reading, hall_id, day) if waited else {}
    hits = []
    for camera in reading.find(Camera, hall_id=hall_id):
        for zone in () if camera.retired else camera.zones:
            day_of_it = WindowDay(
                window_id=zone.window_id,
                camera_id=camera.id,
                sessions=sessions,
                spans=tuple(s for s in spans if s.window_id == zone.window_id),
                elsewhere=tuple(s for s in spans if s.window_id != zone.window_id),
                duties=duties.of(zone.window_id),
                sees_customers=bool(zone.customer),
                now=now,
                queue=queue_of(zone.window_id, waited, queues),
            )
            found = judge_day(day_of_it, hall.rules)
            hits += [HallHit(zone.window_id, camera.id, hit) for hit in found]
    return tuple(hits)


def keep_hits(
    work: UnitOfWork, hits: Iterable[HallHit], *, catalogue: Catalogue, clock: Clock
) -> None:
    """Propose what is new, and note the end of what went on; judged again, nothing is doubled.

    The caller notes the act.
    """
    for each in hits:
        last = next(reversed(work.find(Finding, dedupe_key=each.key)), None)
        if last is None or _is_worth_more(last, each.hit):
            work.add(_finding(work, each, catalogue, clock))
        elif last.state.is_open and (grown := _grown(last, each.hit)) != last:
            work.replace(grown)


def raise_long(
    work: UnitOfWork, event_ids: Iterable[str], *, catalogue: Catalogue, clock: Clock
) -> None:
    """Let absences that still go on fall under R-VID-04 once they are long."""
    rule, now = catalogue.rule("R-VID-04"), clock.now()
    for event_id in event_ids:
        for finding in work.find(Finding, event_id=event_id):
            limit_s = work.get(Hall, finding.hall_id).rules.long_s
            judged_s = finding.lasted_s(now) * (1 - finding.unknown_share)
            goes_on = finding.ended_at is None and finding.rule_id != PHONE_RULE
            if goes_on and judged_s >= limit_s:
                work.replace(finding.graver(rule.id, rule.version, rule.level))
    work.note("finding.grow", "finding")


def settle_unwatched(work: UnitOfWork, event_ids: Mapping[str, datetime]) -> None:
    """Note of absences that were open when watching ended that nobody saw them end.

    Args:
        event_ids: events and the moment up to which they were watched.
    """
    for event_id, until in event_ids.items():
        for finding in work.find(Finding, event_id=event_id):
            if finding.state.is_open and finding.ended_at is None:
                work.replace(finding.unwatched(until))
    work.note("finding.unwatched", "finding")


def left_open(reading: Reading, hall_id: HallId, device_id: str) -> Mapping[str, datetime]:
    """Give the events that this device left open when it ended, and until when it watched them.

    An absence stood for its threshold at least; the timeline may show that it was watched longer.
    """
    found = [f for s in _OPEN for f in reading.find(Finding, hall_id=hall_id, state=s)]
    return {
        finding.event_id: _watched_until(reading, finding)
        for finding in found
        if finding.ended_at is None and finding.facts.get("device") == device_id
    }


def expire_notices(work: UnitOfWork, hall_id: HallId, *, clock: Clock) -> None:
    """Let reminders and other notices go after a day; the caller notes the act."""
    for finding in work.find(Finding, hall_id=hall_id, state=FindingState.DETECTED):
        if finding.level == 0 and clock.now() - finding.detected_at > NOTICE_LASTS:
            work.replace(finding.expired())


def _is_worth_more(last: Finding, hit: WindowHit) -> bool:
    """Tell whether a notice that was let go turned out to be more, as when tickets came later."""
    return last.state is FindingState.EXPIRED and (hit.level or 0) > last.level


def _grown(finding: Finding, hit: WindowHit) -> Finding:
    """Let an open finding become graver, and note its end; what was reviewed keeps its end."""
    if hit.level is not None and hit.level > finding.level:
        finding = finding.graver(finding.rule_id, finding.rule_version, hit.level)
    before, settled = finding.ended_at, finding.state is FindingState.VERIFYING
    if hit.ended_at and (before is None or (hit.ended_at > before and not settled)):
        facts = {**finding.facts, **hit.facts}
        return finding.ended(hit.ended_at, facts=facts, conclusive=True)
    return finding


def _spans(
    reading: Reading, hall_id: HallId, start: datetime, now: datetime, running: Sequence[StateSpan]
) -> tuple[StateSpan, ...]:
    """Put together what is kept and what was only heard; the same stretch counts once."""
    kept = (s for s in reading.lasting(StateSpan, start, now) if s.hall_id == hall_id)
    both = {(span.window_id, span.started_at): span for span in (*running, *kept)}
    return tuple(sorted(both.values(), key=lambda span: span.started_at))


def _watched_until(reading: Reading, finding: Finding) -> datetime:
    least = finding.started_at + timedelta(seconds=finding.threshold_s)
    later = reading.lasting(StateSpan, finding.started_at, least + timedelta(days=1))
    ends = [span.ended_at for span in later if span.window_id == finding.window_id]
    return max([least, *ends])


def _finding(work: UnitOfWork, each: HallHit, catalogue: Catalogue, clock: Clock) -> Finding:
    window, hit = work.get(Window, each.window_id), each.hit
    rule = catalogue.rule(hit.rule_id)
    return Finding(
        id=FindingId(new_id()),
        hall_id=window.hall_id,
        rule_id=rule.id,
        rule_version=rule.version,
        level=rule.level if hit.level is None else min(hit.level, rule.level),
        window_id=window.id,
        unit_id=window.unit_id,
        camera_id=each.camera_id,
        event_id=each.key,
        dedupe_key=each.key,
        started_at=hit.started_at,
        ended_at=hit.ended_at,
        detected_at=clock.now(),
        threshold_s=hit.threshold_s,
        unknown_share=0.0,
        conclusive=True,
        customer_waited=False,
        facts=dict(hit.facts),
    )
