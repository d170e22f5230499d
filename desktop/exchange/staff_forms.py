"""The forms of persons, of the roster, and of leave, by their data files."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, cast

from desktop.domain.duties import Excuse, ExcuseKind, ExcuseReason
from desktop.domain.identifiers import ExcuseId, HallId, RegionId, UserId, new_id
from desktop.domain.imports import Reason
from desktop.domain.organisation import Unit, Window
from desktop.domain.staff import Person, RosterEntry, Shift, StaffType
from desktop.exchange.register_columns import ColumnMaker, Content
from desktop.exchange.registers import FieldUnreadable, Form, Values


def person_form(content: Content, region_id: RegionId, units: Iterable[Unit]) -> Form[Person]:
    """Make the form of persons; one of a unit and a number, or a name, is one person."""

    def make(values: Values, before: Person | None) -> Person:
        given = cast(dict[str, Any], values)
        if before:
            return replace(before, **given)
        return Person(id=new_id(), region_id=region_id, **given)

    column = ColumnMaker(content, units)
    columns = (
        column.text("name", required=True),
        column.unit("unit_id", required=True),
        column.text("employee_no"),
        column.text("post"),
        column.code("staff_type", StaffType, StaffType.CIVIL_SERVANT),
        column.text("certificate_no"),
        column.text("phone"),
        column.flag("party_member"),
        column.text("admin_authority"),
        column.flag("active", nothing=True),
    )
    return Form("person", columns, make, lambda one: f"{one.unit_id}/{one.employee_no or one.name}")


def roster_form(content: Content, hall_id: HallId, windows: Iterable[Window]) -> Form[RosterEntry]:
    """Make the form of the roster; a window has one person a shift."""

    def make(values: Values, before: RosterEntry | None) -> RosterEntry:
        given = cast(dict[str, Any], values)
        if before:
            return replace(before, **given)
        return RosterEntry(id=new_id(), hall_id=hall_id, **given)

    column = ColumnMaker(content)
    columns = (
        column.day("day", required=True),
        column.window("window_id", windows),
        column.code("shift", Shift, Shift.ALL_DAY),
        column.text("name", required=True),
    )
    return Form(
        "roster_entry",
        columns,
        make,
        lambda one: f"{one.day}/{one.window_id}/{one.shift.value}",
    )


def leave_form(
    content: Content, hall_id: HallId, windows: Iterable[Window], by: UserId
) -> Form[Excuse]:
    """Make the form of leave and stand-ins.

    Args:
        by: who writes it down.
    """
    column = ColumnMaker(content)
    ends = column.moment("ended_at")

    def make(values: Values, before: Excuse | None) -> Excuse:
        given = cast(dict[str, Any], values)
        if before:
            made = replace(before, **given)
        else:
            made = Excuse(id=ExcuseId(new_id()), hall_id=hall_id, recorded_by=by, **given)
        if made.ended_at <= made.started_at:
            raise FieldUnreadable(ends, Reason.ENDS_BEFORE_START, ends.write(made.ended_at))
        return made

    columns = (
        column.window("window_id", windows),
        column.code("kind", ExcuseKind, ExcuseKind.LEAVE),
        column.moment("started_at"),
        ends,
        column.code("reason", ExcuseReason, ExcuseReason.OTHER),
        column.text("approver", required=True),
        column.text("stand_in"),
        column.text("note"),
    )
    return Form(
        "excuse",
        columns,
        make,
        lambda one: f"{one.window_id}/{one.kind.value}/{one.started_at.isoformat()}",
    )
