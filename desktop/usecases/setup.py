"""Setting up a hall piece by piece: its hours, its organ, its windows, what cards rest on."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace

from desktop.domain.errors import BadField, MissingField
from desktop.domain.identifiers import UnitId, new_id
from desktop.domain.organisation import (
    REGION,
    Hall,
    HallRules,
    LegalBasis,
    Organ,
    Session,
    SessionPlan,
    Unit,
    Window,
)
from desktop.usecases.ports import UnitOfWork

# What a hall may choose; beyond it a rule would say nothing, or something about everybody.
RANGES: Mapping[str, tuple[float, float]] = {
    "reminder_s": (60, 3600),
    "absence_s": (60, 7200),
    "waiting_s": (60, 3600),
    "long_s": (300, 14400),
    "hourly_s": (300, 3600),
    "phone_s": (30, 3600),
    "phone_times": (1, 20),
    "late_s": (60, 3600),
    "trouble_s": (30, 1800),
    "idle_s": (300, 7200),
    "demand_s": (60, 3600),
    "demand_waiting": (1, 50),
    "pause_s": (300, 7200),
    "stand_in_s": (60, 3600),
    "queued_s": (300, 7200),
    "queued_least": (1, 1000),
}


def session_fault(sessions: Sequence[Session]) -> Session | None:
    """Give the first session that ends before it begins, or begins before the last one ended."""
    ended = None
    for session in sessions:
        if session.end <= session.start or (ended is not None and session.start < ended):
            return session
        ended = session.end
    return None


def rule_fault(rules: HallRules) -> str:
    """Name the first parameter that is out of its range, "" when none is."""
    for each in fields(rules):
        low, high = RANGES[each.name]
        if not low <= getattr(rules, each.name) <= high:
            return each.name
    return ""


def change_hall(work: UnitOfWork, hall: Hall) -> Hall:
    """Keep a hall as it now is: name, address, sessions, parameters of its rules.

    Raises:
        MissingField: no sessions, or sessions of some days without the order's number.
        BadField: sessions that overlap or end before they begin, sessions of some days that end
            before they hold, a parameter out of its range.
    """
    if not hall.sessions:
        raise MissingField(Hall.ENTITY, "change", "sessions")
    for sessions in (hall.sessions, *(plan.sessions for plan in hall.plans)):
        if fault := session_fault(sessions):
            raise BadField(Hall.ENTITY, "sessions", f"{fault.start:%H:%M}–{fault.end:%H:%M}")
    for plan in hall.plans:
        _check_plan(plan)
    if name := rule_fault(hall.rules):
        raise BadField(Hall.ENTITY, "rules", name)
    work.replace(hall)
    work.note("hall.change", f"hall/{hall.id}")
    return hall


def _check_plan(plan: SessionPlan) -> None:
    if not plan.order_no.strip():
        raise MissingField(Hall.ENTITY, "change", "order_no")
    if plan.valid_from and plan.valid_to and plan.valid_to < plan.valid_from:
        raise BadField(Hall.ENTITY, "plans", f"{plan.valid_from} – {plan.valid_to}")


def change_organ(work: UnitOfWork, organ: Organ) -> Organ:
    """Keep the organ as its papers name it from now on."""
    work.replace(organ)
    work.note("organ.change", f"organ/{organ.id}")
    return organ


def keep_window(work: UnitOfWork, window: Window, unit_name: str) -> Window:
    """Keep a window, new or changed, of the unit with this name; a new name is a new unit.

    Raises:
        MissingField: no unit.
        BadField: another window of the hall has this number.
    """
    beside = work.find(Window, hall_id=window.hall_id)
    if any(each.number == window.number and each.id != window.id for each in beside):
        raise BadField(Window.ENTITY, "number", window.number)
    kept = replace(window, unit_id=_unit_named(work, unit_name).id)
    if any(each.id == window.id for each in beside):
        work.replace(kept)
    else:
        work.add(kept)
    work.note("window.keep", f"window/{window.id}")
    return kept


def add_basis(work: UnitOfWork, basis: LegalBasis) -> LegalBasis:
    """Keep an article that forbids a conduct or empowers a card."""
    work.add(basis)
    work.note("legal_basis.add", f"legal_basis/{basis.id}")
    return basis


def _unit_named(work: UnitOfWork, name: str) -> Unit:
    if not name:
        raise MissingField(Window.ENTITY, "change", "unit_id")
    known = next((u for u in work.find(Unit) if name in (u.name, u.short_name)), None)
    if known is not None:
        return known
    unit = Unit(UnitId(new_id()), REGION, name, name)
    work.add(unit)
    return unit
