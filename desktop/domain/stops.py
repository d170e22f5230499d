"""When a clock may stand still or be prolonged, and when what was keyed in does not count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from desktop.domain.approvals import ApproverLevel, ClockStop, Extension
from desktop.domain.calendar import WorkingCalendar
from desktop.domain.items import ServiceItem, SpecialKind


class StopFault(Enum):
    """Why a stop takes nothing off the clock."""

    NO_REASON = "NO_REASON"
    NOT_LISTED = "NOT_LISTED"
    NO_BASIS = "NO_BASIS"
    NO_NOTICE = "NO_NOTICE"


class ExtensionFault(Enum):
    """Why an extension does not count."""

    WRONG_APPROVER = "WRONG_APPROVER"
    NOT_TOLD = "NOT_TOLD"
    TOO_LONG = "TOO_LONG"
    PROMISE_ONLY = "PROMISE_ONLY"
    SECOND = "SECOND"
    LATE = "LATE"


@dataclass(frozen=True, slots=True)
class ExtensionRules:
    """What an extension needs (行政许可法 42): LL-01 as it stands, LL-02 for joint handling.

    Attributes:
        promise_alone: a local rule allows to prolong the promise inside the legal limit.
    """

    max_amount: int = 10
    level: ApproverLevel = ApproverLevel.AGENCY_HEAD
    promise_alone: bool = False


@dataclass(frozen=True, slots=True)
class Life:
    """The days that bound a clock.

    Attributes:
        start: not counted itself.
        today: the day on which the clock is read.
        done: None while the case is open.
    """

    start: date
    today: date
    done: date | None = None

    @property
    def end(self) -> date:
        """The day up to which time was used."""
        return self.today if self.done is None else self.done


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of days taken off: (first, last]; open while the stop goes on."""

    first: date
    last: date
    open: bool = False


def fault_of_stop(stop: ClockStop, item: ServiceItem | None) -> StopFault | None:
    """Tell why a stop is not taken off, or None when it is valid (行政许可法 45).

    To have material corrected is no reason once the case is accepted: completeness is checked
    before. An item that was cancelled midway stands still by law and needs no list.
    """
    if stop.kind is SpecialKind.CORRECTION:
        return StopFault.NO_REASON
    if stop.kind is SpecialKind.ITEM_CANCELLED and item and item.cancelled_on:
        return None
    entry = item.special(stop.kind) if item else None
    if entry is None:
        return StopFault.NOT_LISTED
    if not entry.basis:
        return StopFault.NO_BASIS
    if entry.notice_required and stop.notice_at is None:
        return StopFault.NO_NOTICE
    return None


def fault_of_extension(extension: Extension, rules: ExtensionRules) -> ExtensionFault | None:
    """Tell why an extension does not count, whatever the time at which it was approved."""
    if extension.promised_only and not rules.promise_alone:
        return ExtensionFault.PROMISE_ONLY
    if _RANKS.index(extension.approver_level) < _RANKS.index(rules.level):
        return ExtensionFault.WRONG_APPROVER
    if extension.told_applicant_at is None:
        return ExtensionFault.NOT_TOLD
    if extension.amount > rules.max_amount:
        return ExtensionFault.TOO_LONG
    return None


_RANKS = (ApproverLevel.OTHER, ApproverLevel.AGENCY_HEAD, ApproverLevel.GOVERNMENT_LEADER)


def excluded_spans(
    stops: Iterable[ClockStop], item: ServiceItem | None, life: Life, calendar: WorkingCalendar
) -> tuple[Span, ...]:
    """Give what valid stops take off: of one kind joined and capped, then all joined.

    What lies before the clock's start is no stop; what outlasts the case ends with it.
    """
    by_kind: dict[SpecialKind, list[Span]] = {}
    for stop in stops:
        span = _span(stop, life, calendar)
        if fault_of_stop(stop, item) is None and span.last >= span.first:
            by_kind.setdefault(stop.kind, []).append(span)
    return joined(
        _capped(span, item, kind, calendar)
        for kind, spans in by_kind.items()
        for span in joined(spans)
    )


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Join spans that touch or overlap, in the order of time."""
    result: list[Span] = []
    for span in sorted(spans, key=lambda each: each.first):
        if result and span.first <= result[-1].last:
            before = result.pop()
            still_open = before.open or span.open
            result.append(Span(before.first, max(before.last, span.last), still_open))
        else:
            result.append(span)
    return tuple(result)


def _span(stop: ClockStop, life: Life, calendar: WorkingCalendar) -> Span:
    first = max(calendar.day(stop.started_at), life.start)
    if stop.ended_at is None:
        return Span(first, life.end, open=life.done is None)
    last = calendar.day(stop.ended_at)
    return Span(first, min(last, life.done) if life.done else last)


def _capped(
    span: Span, item: ServiceItem | None, kind: SpecialKind, calendar: WorkingCalendar
) -> Span:
    entry = item.special(kind) if item else None
    if entry is None or entry.max_wd is None:
        return span
    longest = calendar.after(span.first, entry.max_wd).day
    return span if span.last <= longest else Span(span.first, longest)
