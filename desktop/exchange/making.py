"""Makes cases of what a reader gives, by a profile; keeps what is wrong with its place."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from desktop.domain.approvals import ApprovalCase, CaseBundle, CaseEvent, Channel, Decision
from desktop.domain.imports import Complaint, Reason, Taken
from desktop.domain.items import LimitUnit
from desktop.domain.rules.inputs import Input
from desktop.exchange import profiles
from desktop.exchange.deriving import add_completion, add_milestones, stops_and_extensions
from desktop.exchange.making_events import Column, EventMaker
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
)

_PERMITS = frozenset({"许可", "行政许可", "PERMIT"})
_INSTANTS = {"due_promised": "due_promised_at", "due_statutory": "due_statutory_at"}
_REMARKS = frozenset({Reason.UNKNOWN_CODE, Reason.LIMIT_WITHOUT_UNIT})  # the case goes in without
_LONGEST_VALUE = 80  # letters of a value that a complaint quotes


class CaseMaker:
    """Makes the cases of one file.

    Attributes:
        inputs: what this file can tell, by which rules are chosen.
        apart: the field of events that a reader may tell apart from their rest.
    """

    def __init__(self, profile: Profile, names: Names, *, secret: bytes) -> None:
        """Bind a profile to the fields that a file has.

        Args:
            secret: makes signs of applicants comparable within one case file and nowhere else.
        """
        self.profile = profile
        self._secret = secret
        case = _present(profile.case, names.case, complete=names.complete)
        event = _present(profile.event, names.event, complete=names.complete)
        self.inputs: frozenset[Input] = inputs_of(case.keys(), event.keys(), profile)
        self._case_no = profile.case_no(names)
        times = TimeReader(profile.zone)
        readers = _readers(profile, times)
        self._columns = tuple(
            Column(field, name, readers.get(field, str))
            for field, name in case.items()
            if field not in {"case_no", *profiles.CASE_PERSONAL}
        )
        self._personal = {f: n for f, n in case.items() if f in profiles.CASE_PERSONAL}
        self._events = EventMaker(profile, event, times)
        self.apart = self._events.apart

    def taken(self, raw: RawCase) -> Taken:
        """Make one case; what cannot be read of it is complained of."""
        complaints: list[Complaint] = []
        case_no = raw.fields[self._case_no]
        values = self._values(case_no, raw, complaints)
        if values is None:
            return Taken(None, complaints)
        events: tuple[CaseEvent, ...] = ()
        if self._events.has_events:
            events = self._events.events(case_no, raw, complaints)
        else:
            complaints += self._again(case_no, raw)
        kinds = self._events.tells_kinds
        if kinds:
            add_milestones(values, events)
        if self.profile.closing and "completed_at" not in values:
            add_completion(values, events, self.profile.closing)
        case = ApprovalCase(case_no, **values)
        backwards = _backwards(case, raw, self._columns, self.profile.zone)
        if backwards:
            complaints.append(backwards)
        if not kinds:
            return Taken(CaseBundle(case, events), complaints)
        return Taken(
            CaseBundle(case, events, *stops_and_extensions(events, self.profile)), complaints
        )

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
                value = text[:_LONGEST_VALUE]
                complaint = Complaint(raw.row, name, error.reason, value, case_no)
                if error.reason in _REMARKS:
                    complaints += self._settled(field, complaint, raw, values)
                else:
                    complaints.append(complaint)
                    sound = False
        if not sound:
            return None
        for field, instant in _INSTANTS.items():
            if isinstance(values.get(field), datetime):
                values[instant] = values.pop(field)
        identity = fields.get(self._personal.get("applicant_id", ""))
        if identity:
            values["applicant_hash"] = told_apart(identity, self._secret)
        return values

    def _settled(
        self, field: str, complaint: Complaint, raw: RawCase, values: dict[str, Any]
    ) -> Sequence[Complaint]:
        """Count a permit's bare limit in working days (行政许可法 82); remark the rest."""
        kind = raw.fields.get(self._personal.get("item_type", ""))
        if complaint.reason is Reason.LIMIT_WITHOUT_UNIT and kind in _PERMITS:
            values[field] = limit_in(LimitUnit.WORKING_DAY)(complaint.value)
            return ()
        return (complaint._replace(kept=True),)

    def _again(self, case_no: str, raw: RawCase) -> Sequence[Complaint]:
        """Complain of further rows of a case where a row is a whole case."""
        reason, column = Reason.CASE_TWICE, self._case_no
        return [Complaint(row, column, reason, case_no, case_no) for row in raw.rows[1:]]


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


def _readers(profile: Profile, times: TimeReader) -> Mapping[str, Reader]:
    readers: dict[str, Reader] = {"applicant_name": masked, "fee_total": fen}
    readers |= dict.fromkeys(profiles.CASE_TIMES, time_by(times.instant))
    readers |= dict.fromkeys(profiles.CASE_DUES, due_by(times))
    readers |= dict.fromkeys(profiles.CASE_DAYS, time_by(times.day))
    readers |= dict.fromkeys(profiles.CASE_LIMITS, limit_in(profile.limit_unit))
    readers |= dict.fromkeys(profiles.CASE_FLAGS, flag)
    readers["channel"] = code_of(Channel, profile.codes.get("channel", {}))
    readers["decision"] = code_of(Decision, profile.codes.get("decision", {}))
    return readers


def _backwards(
    case: ApprovalCase, raw: RawCase, columns: Sequence[Column], zone: tzinfo
) -> Complaint | None:
    """Remark a case that ends before it starts; it is kept, as rules have to say it too."""
    start = case.accepted_at or case.received_at
    if start is None:
        return None
    for field, end in (("decided_at", case.decided_at), ("completed_at", case.completed_at)):
        if end and end < start:
            name = next((each.name for each in columns if each.field == field), field)
            ended, started = (each.astimezone(zone).isoformat(" ") for each in (end, start))
            value, reason = f"{ended} < {started}", Reason.ENDS_BEFORE_START
            return Complaint(raw.row, name, reason, value, case.case_no, kept=True)
    return None
