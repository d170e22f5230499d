"""Makes the events of a case of what a reader gives, by a profile."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from desktop.domain.approvals import NO_DETAIL, CaseEvent, EventKind
from desktop.domain.imports import Complaint, Reason, StepDeadline
from desktop.exchange import profiles
from desktop.exchange.profiles import Profile
from desktop.exchange.raw import Fields, RawCase
from desktop.exchange.times import TimeReader
from desktop.exchange.values import Reader, Unreadable, code_of, flag, time_by, whole_number

_LONGEST_VALUE = 80  # letters of a value that a complaint quotes
_STEP = EventKind.STEP


class Column(NamedTuple):
    """A field of ours, its name in the file, and how its texts are read."""

    field: str
    name: str
    read: Reader


class EventMaker:
    """Makes the events of one file.

    Attributes:
        apart: the field that a reader may tell apart from the rest of an event.
        tells_kinds: whether the file says of each event what kind it is.
    """

    def __init__(self, profile: Profile, names: Mapping[str, str], times: TimeReader) -> None:
        """Bind a profile to the fields that a file has.

        Args:
            names: of each field that is there, the name that it has in the file.
        """
        self._nothing, self._times = profile.nothing, times
        self._step, self._kind = names.get("step", ""), names.get("kind", "")
        self._at, self._by = names.get("at", ""), names.get("by", "")
        self._kind_of = code_of(EventKind, profile.codes.get("kind", {}))
        self._read_time = time_by(times.instant)
        readers = _readers(times)
        self._more = tuple(
            Column(field, name, readers.get(field, str))
            for field, name in names.items()
            if field not in {"step", "at", "kind", "by"}
        )
        self._ends_at_once = "due_at" in names and "done_at" not in names
        others = {column.name for column in self._more} | {self._step, self._kind, self._by}
        self.apart = self._at if self._at not in others else ""
        self.tells_kinds = bool(self._kind)

    @property
    def has_events(self) -> bool:
        """Whether the file has events at all; a row of it is a whole case where not."""
        return bool(self._at and (self._step or self._kind))

    def events(
        self, case_no: str, raw: RawCase, complaints: list[Complaint]
    ) -> tuple[CaseEvent, ...]:
        """Make the events of a case; what cannot be read is complained of and left out."""
        if self._more or self._kind:
            made = (self._event(case_no, raw, index, complaints) for index in _places(raw))
            return tuple([event for event in made if event])
        events: list[CaseEvent] = []
        step_of, by_of = self._step, self._by
        known, instant = self._times.known, self._times.instant
        stamps = raw.apart or [fields.get(self._at, "") for fields in raw.events]
        for index, (fields, stamp) in enumerate(zip(raw.events, stamps, strict=True)):
            step = fields.get(step_of)
            if step and stamp:
                try:
                    at = known.get(stamp) or instant(stamp)
                except (ValueError, OverflowError):
                    complaints.append(self._complaint(case_no, raw, index, Reason.BAD_TIME))
                else:
                    events.append(_step(at, step, fields.get(by_of, "")))
            else:
                self._event(case_no, raw, index, complaints)
        return tuple(events)

    def _event(
        self, case_no: str, raw: RawCase, index: int, complaints: list[Complaint]
    ) -> CaseEvent | None:
        """Make one event with all its fields."""
        fields = raw.events[index]
        step, code = fields.get(self._step, ""), fields.get(self._kind, "")
        stamp = raw.apart[index] if raw.apart else fields.get(self._at, "")
        if not stamp:
            # A row of the case without an event is no fault of an event.
            if step or code:
                complaints.append(self._complaint(case_no, raw, index, Reason.NO_TIME))
            return None
        values: dict[str, Any] = {}  # Any: the fields of an event, each of its own type
        fault = self._read(stamp, code, fields, values)
        if fault is None and not (step or code):
            fault = Column("step", self._step, str), Reason.NO_NAME, ""
        if fault:
            column, reason, text = fault
            complaint = self._complaint(case_no, raw, index, reason)
            due = values.get("due_at") if reason is Reason.NO_NAME else None
            deadline = StepDeadline(due, values.get("done_at")) if due else None
            complaints.append(complaint._replace(column=column.name, value=text, deadline=deadline))
            return None
        values.setdefault("step", step or values["kind"].value)
        return CaseEvent(by=fields.get(self._by, ""), **values)

    def _read(
        self, stamp: str, code: str, fields: Fields, values: dict[str, Any]
    ) -> tuple[Column, Reason, str] | None:
        """Read the fields of an event into `values`; answer the first that cannot be read."""
        column, text = Column("at", self._at, self._read_time), stamp
        detail: dict[str, object] = {}
        try:
            values["at"] = column.read(text)
            column, text = Column("kind", self._kind, self._kind_of), code
            values["kind"] = self._kind_of(code) if code else _STEP
            for column in self._more:  # the fault names it
                text = fields.get(column.name, "")
                if text and text not in self._nothing:
                    told = detail if column.field in profiles.EVENT_DETAILS else values
                    told[column.field] = column.read(text)
        except Unreadable as error:
            return column, error.reason, text[:_LONGEST_VALUE]
        if detail:
            values["detail"] = detail
        if self._ends_at_once:
            values["done_at"] = values["at"]
        return None

    def _complaint(self, case_no: str, raw: RawCase, index: int, reason: Reason) -> Complaint:
        told = raw.apart[index] if raw.apart else raw.events[index].get(self._at, "")
        row = raw.rows[index] if raw.rows else raw.row
        return Complaint(row, self._at, reason, told[:_LONGEST_VALUE], case_no, index + 1)


def _places(raw: RawCase) -> range:
    return range(len(raw.events))


def _step(at: datetime, step: str, by: str) -> CaseEvent:
    """Make an event of which no more is known; twice as fast as by its constructor."""
    return tuple.__new__(
        CaseEvent, (_STEP, at, step, by, None, None, None, "", "", None, NO_DETAIL, "")
    )


def _readers(times: TimeReader) -> Mapping[str, Reader]:
    readers: dict[str, Reader] = dict.fromkeys(profiles.EVENT_NUMBERS, whole_number)
    readers |= dict.fromkeys(("recorded_at", "done_at"), time_by(times.instant))
    readers |= {"due_at": time_by(times.end), "presence": flag, "third_party": flag}
    return readers
