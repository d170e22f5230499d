"""Approval cases, items and moments for tests, said in few words."""

from datetime import date, datetime, time

from desktop import assets
from desktop.domain.approvals import (
    ApprovalCase,
    ApproverLevel,
    CaseBundle,
    CaseEvent,
    ClockStop,
    EventKind,
    Extension,
)
from desktop.domain.calendar import HALL_TIME, read_calendar
from desktop.domain.clocks import ClockRules, Scene
from desktop.domain.identifiers import ItemId, UnitId
from desktop.domain.items import Limit, LimitUnit, ServiceItem, SpecialKind, SpecialProcedure
from desktop.domain.organisation import Session, SessionPlan
from desktop.domain.sessions import OpeningHours

CALENDAR = read_calendar(assets.calendar_files())
DAY_SESSIONS = (Session(time(9), time(12)), Session(time(13, 30), time(17, 30)))
OPENING = OpeningHours(CALENDAR, [SessionPlan(DAY_SESSIONS)])


def at(text: str) -> datetime:
    """A moment of hall time: "09-24 11:30" in 2026, or with a year; noon where none is given."""
    day, _, clock = text.partition(" ")
    full = day if day.count("-") == 2 else f"2026-{day}"
    return datetime.fromisoformat(f"{full} {clock or '12:00'}").replace(tzinfo=HALL_TIME)


def on(text: str) -> date:
    """A day of 2026, or with a year."""
    return at(text).date()


def scene(now: str, **rules: object) -> Scene:
    """The hall at a moment."""
    return Scene(at(now), CALENDAR, ClockRules(**rules), OPENING)  # type: ignore[arg-type]


def working(amount: int) -> Limit:
    return Limit(amount, LimitUnit.WORKING_DAY)


def item(**more: object) -> ServiceItem:
    """An item whose list allows hearings (5), tests (10) and expert reviews without a maximum."""
    fields: dict[str, object] = {
        "id": ItemId("item-1"),
        "region_id": "region-1",
        "code": "000101",
        "name": "食品经营许可",
        "unit_id": UnitId("unit-1"),
        "specials": (
            SpecialProcedure(SpecialKind.HEARING, "行政许可法第四十五条", 5),
            SpecialProcedure(SpecialKind.TESTING, "行政许可法第四十五条", 10),
            SpecialProcedure(SpecialKind.EXPERT_REVIEW, "行政许可法第四十五条"),
        ),
    }
    return ServiceItem(**{**fields, **more})  # type: ignore[arg-type]


def case(**more: object) -> ApprovalCase:
    """A case of that item."""
    fields: dict[str, object] = {"case_no": "2026-001", "item_code": "000101", "unit_id": "unit-1"}
    return ApprovalCase(**{**fields, **more})  # type: ignore[arg-type]


def bundle(*events: CaseEvent, **more: object) -> CaseBundle:
    """A case with its events; stops, extensions, fees and ratings by name, the rest its fields."""
    parts = {
        name: tuple(more.pop(name, ()))  # type: ignore[call-overload]
        for name in ("stops", "extensions", "fees", "ratings")
    }
    return CaseBundle(case(**more), tuple(events), **parts)


def event(kind: EventKind, when: str, **more: object) -> CaseEvent:
    return CaseEvent(kind, at(when), **more)  # type: ignore[arg-type]


def stop(start: str, end: str | None = None, **more: object) -> ClockStop:
    """A stop for an expert review of which the applicant was told."""
    fields: dict[str, object] = {
        "kind": SpecialKind.EXPERT_REVIEW,
        "started_at": at(start),
        "ended_at": at(end) if end else None,
        "notice_at": at(start),
    }
    return ClockStop(**{**fields, **more})  # type: ignore[arg-type]


def extension(amount: int, approved: str, **more: object) -> Extension:
    """An extension that is in order but for the time at which it was approved."""
    fields: dict[str, object] = {
        "approver_level": ApproverLevel.AGENCY_HEAD,
        "approved_at": at(approved),
        "told_applicant_at": at(approved),
    }
    return Extension(amount, **{**fields, **more})  # type: ignore[arg-type]
