"""What a review of recordings keeps: nothing twice, and nothing that was seen live already."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from desktop.domain.calendar import WorkingCalendar
from desktop.domain.evidence import StateSpan
from desktop.domain.findings import Finding
from desktop.domain.identifiers import CameraId, new_id
from desktop.domain.rules.catalogue import Catalogue
from desktop.domain.rules.video import PHONE_RULE, SIGHTED_RULES, Sighting
from desktop.usecases.findings import complete_finding, propose_finding
from desktop.usecases.ports import Clock, Reading, UnitOfWork

Stretch = tuple[datetime, datetime]


def note_review(work: UnitOfWork, camera_id: CameraId, told: str) -> None:
    """Write down that somebody has recordings of a camera reviewed, and which."""
    work.note("recordings.review", f"camera/{camera_id}", reason=told)


def keep_recorded(
    work: UnitOfWork,
    sighting: Sighting,
    *,
    until: datetime,
    catalogue: Catalogue,
    calendar: WorkingCalendar,
    clock: Clock,
) -> Finding | None:
    """Propose what a recording shows; None where it is known, or the hall was closed.

    Args:
        until: when the window was seen last; an absence without an end lasted at least so long.
    """
    if _is_known(work, sighting):
        return None
    finding = propose_finding(work, sighting, calendar=calendar, catalogue=catalogue, clock=clock)
    if finding is None:
        return None
    if sighting.ended_at is None:
        work.replace(finding.unwatched(until))
        return finding
    return complete_finding(work, sighting, catalogue=catalogue, clock=clock) or finding


def keep_recorded_spans(work: UnitOfWork, spans: Sequence[StateSpan]) -> None:
    """Keep stretches of state for the time that nobody had watched before."""
    for span in spans:
        for start, end in _unknown(work, span):
            work.add(replace(span, id=new_id(), started_at=start, ended_at=end))
    work.note("window.spans", f"hall/{spans[0].hall_id}")


def covered_s(stretches: Iterable[Stretch], start: datetime, end: datetime) -> float:
    """Seconds of a span that some stretches, which do not overlap, cover."""
    shares = ((min(end, b) - max(start, a)).total_seconds() for a, b in stretches)
    return sum(max(0.0, share) for share in shares)


def _is_known(reading: Reading, sighting: Sighting) -> bool:
    """Whether it was found before, or another event at the window is about the same time."""
    if reading.find(Finding, event_id=sighting.event_id):
        return True
    end = sighting.ended_at or sighting.started_at + timedelta(seconds=sighting.threshold_s)
    return any(
        finding.rule_id in SIGHTED_RULES
        and (finding.rule_id == PHONE_RULE) is sighting.is_phone
        and finding.started_at < end
        and (finding.ended_at or finding.started_at) > sighting.started_at
        for finding in reading.find(Finding, window_id=sighting.window_id)
    )


def _unknown(reading: Reading, span: StateSpan) -> list[Stretch]:
    """What is left of a span without the time that is kept already."""
    left = [(span.started_at, span.ended_at)]
    for known in reading.lasting(StateSpan, span.started_at, span.ended_at):
        if known.window_id == span.window_id:
            left = [piece for each in left for piece in _without(each, known)]
    return left


def _without(stretch: Stretch, known: StateSpan) -> list[Stretch]:
    start, end = stretch
    pieces = ((start, min(end, known.started_at)), (max(start, known.ended_at), end))
    return [(a, b) for a, b in pieces if a < b]
