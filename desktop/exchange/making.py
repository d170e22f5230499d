"""Makes cases of what a reader gives, by a profile; keeps what is wrong with its place."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from desktop.domain.approvals import (
    NO_DETAIL,
    ApprovalCase,
    CaseBundle,
    CaseEvent,
    Channel,
    Decision,
    EventKind,
)
from desktop.domain.imports import Complaint, Reason, StepDeadline, Taken
from desktop.domain.items import LimitUnit
from desktop.domain.rules.inputs import Input
from desktop.exchange import profiles
from desktop.exchange.deriving import add_completion, add_milestones, stops_and_extensions
from desktop.exchange.people import masked, told_apart
from desktop.exchange.profiles import Profile
from desktop.exchange.raw import Names, RawCase
from desktop.exchange.telling import inputs_of
from desktop.exchange.times import TimeReader
from desktop.exchange.values import (
    Reader,
    Unreadable,
    code_of,
    due_by,
    fen,
    flag,
    limit_in,
    time_by,
    whole_number,
)

_PERMITS = frozenset({"许可", "行政许可", "PERMIT"})
_DECLARED_LATER = {"due_promised": "due_promised_at", "due_statutory": "due_statutory_at"}
_REMARKS = frozenset({Reason.UNKNOWN_CODE, Reason.LIMIT_WITHOUT_UNIT})  # the case goes in without


class _Column(NamedTuple):
    field: str
    name: str
    read: Reader


class CaseMaker:
    """Makes the cases of one file.

    Attributes:
        inputs: what this file can tell, by which rules are chosen.
        apart: the field that a reader may tell apart from the rest of an event.
    """

    def __init__(self, profile: Profile, names: Names, *, secret: bytes) -> None:
        """Bind a profile to the fields that a file has.

        Args:
            secret: makes signs of applicants comparable within one case file and nowhere else.
        """
        self.profile = profile
        self._secret = secret
        self._times = times = TimeReader(profile.zone)
        case = _present(profile.case, names.case, complete=names.complete)
        event = _present(profile.event, names.event, complete=names.complete)
        self.inputs: frozenset[Input] = inputs_of(case.keys(), event.keys(), profile)
        self._case_no = profile.case_no(names)
        readers = _case_readers(profile, times)
        self._columns = tuple(
            _Column(field, name, readers.get(field, str))
            for field, name in case.items()
            if field not in {"case_no", *profiles.CASE_PERSONAL}
        )
        self._personal = {f: n for f, n in case.items() if f in profiles.CASE_PERSONAL}
        self._step, self._at = event.get("step", ""), event.get("at", "")
        self._kind, self._by = event.get("kind", ""), event.get("by", "")
        self._kind_of = code_of(EventKind, profile.codes.get("kind", {}))
        readers = _event_readers(times)
        self._more = tuple(
            _Column(field, name, readers.get(field, str))
            for field, name in event.items()
            if field not in {"step", "at", "kind", "by"}
        )
        self._plain = not self._more and not self._kind
        self._ends_at_once = "due_at" in event and "done_at" not in event
        others = {column.name for column in self._more} | {self._step, self._kind, self._by}
        self.apart = self._at if self._at not in others else ""
        self._has_events = bool(self._at and (self._step or self._kind))

    def taken(self, raw: RawCase) -> Taken:
        """Make one case; what cannot be read of it is complained of."""
        complaints: list[Complaint] = []
        case_no = raw.fields[self._case_no]
        values = self._values(case_no, raw, complaints)
        if values is None:
            return Taken(None, complaints)
        events: tuple[CaseEvent, ...] = ()
        if self._has_events:
            events = tuple(self._events(case_no, raw, complaints))
        elif len(raw.events) > 1:
            complaints += [
                Complaint(row, self._case_no, Reason.CASE_TWICE, case_no, case_no)
                for row in raw.rows[1:]
            ]
        if self._kind:
            add_milestones(values, events)
        if self.profile.closing and "completed_at" not in values:
            add_completion(values, events, self.profile.closing)
        case = ApprovalCase(case_no, **values)
        backwards = _backwards(case, raw, self._columns)
        if backwards:
            complaints.append(backwards)
        if not self._kind:
            return Taken(CaseBundle(case, events), complaints)
        stops, extensions = stops_and_extensions(events, self.profile)
        return Taken(CaseBundle(case, events, stops, extensions), complaints)

    def _values(
        self, case_no: str, raw: RawCase, complaints: list[Complaint]
    ) -> dict[str, Any] | None:
        """Read the case's own fields; None when one of them cannot be read."""
        values: dict[str, Any] = {}  # Any: the fields of a case, each of its own type
        fields, nothing, sound = raw.fields, self.profile.nothing, True
        for field, name, read in self._columns:
            text = fields.get(name)
            if not text or text in nothing:
                continue
            try:
                values[field] = read(text)
            except Unreadable as error:
                complaint = Complaint(raw.row, name, error.reason, text[:80], case_no)
                if error.reason in _REMARKS:
                    complaints += self._settled(field, complaint, raw, values)
                else:
                    complaints.append(complaint)
                    sound = False
        if not sound:
            return None
        for field, instant in _DECLARED_LATER.items():
            if isinstance(values.get(field), datetime):
                values[instant] = values.pop(field)
        identity = fields.get(self._personal.get("applicant_id", ""))
        if identity:
            values["applicant_hash"] = told_apart(identity, self._secret)
        return values

    def _settled(
        self, field: str, complaint: Complaint, raw: RawCase, values: dict[str, Any]
    ) -> list[Complaint]:
        """Count a permit's bare limit in working days (行政许可法 82); remark the rest."""
        kind = raw.fields.get(self._personal.get("item_type", ""))
        if complaint.reason is Reason.LIMIT_WITHOUT_UNIT and kind in _PERMITS:
            values[field] = limit_in(LimitUnit.WORKING_DAY)(complaint.value)
            return []
        return [complaint._replace(kept=True)]

    def _events(
        self, case_no: str, raw: RawCase, complaints: list[Complaint]
    ) -> Sequence[CaseEvent]:
        if not self._plain:
            made = (
                self._event(case_no, raw, index, complaints) for index in range(len(raw.events))
            )
            return [event for event in made if event]
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
        return events

    def _event(
        self, case_no: str, raw: RawCase, index: int, complaints: list[Complaint]
    ) -> CaseEvent | None:
        fields, nothing = raw.events[index], self.profile.nothing
        step, code = fields.get(self._step, ""), fields.get(self._kind, "")
        stamp = raw.apart[index] if raw.apart else fields.get(self._at, "")
        if not stamp:
            if step or code:
                complaints.append(self._complaint(case_no, raw, index, Reason.NO_TIME))
            return None
        values: dict[str, Any] = {}  # Any: the fields of an event, each of its own type
        detail: dict[str, object] = {}
        name, text = self._at, stamp
        try:
            at = cast(datetime, time_by(self._times.instant)(text))
            name, text = self._kind, code
            kind = self._kind_of(code) if code else _STEP
            for field, name, read in self._more:
                text = fields.get(name, "")
                if text and text not in nothing:
                    wide = detail if field in profiles.EVENT_DETAILS else values
                    wide[field] = read(text)
        except Unreadable as error:
            complaint = self._complaint(case_no, raw, index, error.reason)
            complaints.append(complaint._replace(column=name, value=text[:80]))
            return None
        if not step and not code:
            due = values.get("due_at")
            deadline = StepDeadline(due, values.get("done_at")) if due else None
            complaint = self._complaint(case_no, raw, index, Reason.NO_NAME)
            complaints.append(complaint._replace(deadline=deadline))
            return None
        if detail:
            values["detail"] = detail
        if self._ends_at_once:
            values["done_at"] = at
        return CaseEvent(kind, at, step or kind.value, fields.get(self._by, ""), **values)

    def _complaint(self, case_no: str, raw: RawCase, index: int, reason: Reason) -> Complaint:
        column = self._step if reason is Reason.NO_NAME else self._at
        told = raw.apart[index] if raw.apart and column == self._at else ""
        value = (told or raw.events[index].get(column, ""))[:80]
        row = raw.rows[index] if raw.rows else raw.row
        return Complaint(row, column, reason, value, case_no, index + 1)


_STEP = EventKind.STEP


def _step(at: datetime, step: str, by: str) -> CaseEvent:
    """Make an event of which no more is known; twice as fast as by its constructor."""
    return tuple.__new__(
        CaseEvent, (_STEP, at, step, by, None, None, None, "", "", None, NO_DETAIL, "")
    )


def _present(
    wanted: Mapping[str, tuple[str, ...]], names: frozenset[str], *, complete: bool
) -> Mapping[str, str]:
    """Give of each field the name that the file has; of a log any that it may still show."""
    found = {}
    for field, aliases in wanted.items():
        here = next((name for name in aliases if name in names), None)
        if here or not complete:
            found[field] = here or aliases[0]
    return found


def _case_readers(profile: Profile, times: TimeReader) -> Mapping[str, Reader]:
    readers: dict[str, Reader] = {"applicant_name": masked, "fee_total": fen}
    readers |= dict.fromkeys(profiles.CASE_TIMES, time_by(times.instant))
    readers |= dict.fromkeys(profiles.CASE_DUES, due_by(times))
    readers |= dict.fromkeys(profiles.CASE_DAYS, time_by(times.day))
    readers |= dict.fromkeys(profiles.CASE_LIMITS, limit_in(profile.limit_unit))
    readers |= dict.fromkeys(profiles.CASE_FLAGS, flag)
    readers["channel"] = code_of(Channel, profile.codes.get("channel", {}))
    readers["decision"] = code_of(Decision, profile.codes.get("decision", {}))
    return readers


def _event_readers(times: TimeReader) -> Mapping[str, Reader]:
    readers: dict[str, Reader] = dict.fromkeys(profiles.EVENT_NUMBERS, whole_number)
    readers |= dict.fromkeys(("recorded_at", "done_at"), time_by(times.instant))
    readers |= {"due_at": time_by(times.end), "presence": flag, "third_party": flag}
    return readers


def _backwards(case: ApprovalCase, raw: RawCase, columns: Sequence[_Column]) -> Complaint | None:
    """Remark a case that ends before it starts; it is kept, as rules have to say it too."""
    start = case.accepted_at or case.received_at
    if start is None:
        return None
    for field, end in (("decided_at", case.decided_at), ("completed_at", case.completed_at)):
        if end and end < start:
            name = next((each.name for each in columns if each.field == field), field)
            value = f"{end.isoformat()} < {start.isoformat()}"
            reason = Reason.ENDS_BEFORE_START
            return Complaint(raw.row, name, reason, value, case.case_no, kept=True)
    return None
