"""Mapping profiles: how one kind of foreign file names its fields and codes, as data."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from enum import Enum
from typing import cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desktop.domain.approvals import ApprovalCase, Channel, Decision, EventKind
from desktop.domain.items import LimitUnit, SpecialKind
from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from desktop.exchange.raw import Names

CASE_TIMES = frozenset(
    {
        "received_at", "pre_accepted_at", "accepted_at", "reported_up_at", "decided_at",
        "completed_at", "certificate_at", "delivered_at", "delivery_notice_at", "published_at",
        "due_promised_at", "due_statutory_at",
    }
)  # fmt: skip
CASE_DUES = frozenset({"due_promised", "due_statutory"})
CASE_DAYS = frozenset({"expires_on"})
CASE_LIMITS = frozenset({"promised_limit", "statutory_limit"})
CASE_FLAGS = frozenset({"deemed", "remedy_told", "third_party"})
CASE_MONEY = frozenset({"fee_total"})
CASE_PERSONAL = frozenset({"applicant_id", "item_type"})  # told to the importer, kept by nobody
EVENT_TIMES = frozenset({"at", "recorded_at", "due_at", "done_at"})
EVENT_NUMBERS = frozenset({"attachments", "persons", "days"})
EVENT_DETAILS = frozenset({"material", "presence", "persons", "days", "unit", "third_party"})
_EVENT_FIELDS = EVENT_TIMES | EVENT_NUMBERS | EVENT_DETAILS | {
    "step", "kind", "by", "opinion", "doc_no", "role",
}  # fmt: skip
_NOT_IMPORTED = {"id", "hall_id", "applicant_hash", "last_level", "source_batch", "state"}
_CASE_FIELDS = (frozenset(ApprovalCase._fields) - _NOT_IMPORTED) | CASE_PERSONAL
CODED: Mapping[str, type[Enum]] = {
    "channel": Channel, "decision": Decision, "kind": EventKind, "special": SpecialKind,
}  # fmt: skip


class DeadlineKind(Enum):
    """By which of its clocks a case is counted as overdue."""

    PROMISED = "promised"
    STATUTORY = "statutory"


@dataclass(frozen=True, slots=True)
class Profile:
    """How one kind of file is read.

    Attributes:
        case: names under which the file may have a field of the case.
        event: the same for events; empty where the file has none.
        codes: what the file's codes mean, by field; a code of ours needs no entry.
        marks: fields by which such a file is recognised.
        nothing: texts that stand for an empty field.
        zone: of times that are written without one; its days are the days of calendar limits.
        national_calendar: working days are the Chinese ones.
        flow: procedure that its cases are held against; empty for none.
        closing: steps of which the last ends the case, where the file has no end of its own.
        deadline: the clock that tells whether a case is overdue.
        limit_unit: of limits that are written as a bare number.
    """

    id: str
    version: str
    title: Mapping[str, str]
    zone: tzinfo
    case: Mapping[str, tuple[str, ...]]
    event: Mapping[str, tuple[str, ...]]
    codes: Mapping[str, Mapping[str, str]]
    marks: Names
    nothing: frozenset[str]
    national_calendar: bool
    flow: str
    closing: frozenset[str]
    deadline: DeadlineKind
    limit_unit: LimitUnit | None

    def case_no(self, names: Names) -> str:
        """Give the field that tells cases apart in this file."""
        wanted = self.case["case_no"]
        return next((name for name in wanted if name in names.case), wanted[0])

    def fits(self, names: Names) -> tuple[int, int]:
        """Count the marks that the file has, and the fields; zeros when a needed one is missing."""
        marks = self.marks
        if not (marks.case <= names.case and marks.event <= names.event):
            return (0, 0)
        if not set(self.case["case_no"]) & names.case:
            return (0, 0)
        fields = [names.case.isdisjoint(each) for each in self.case.values()]
        fields += [names.event.isdisjoint(each) for each in self.event.values()]
        return (len(marks.case) + len(marks.event), fields.count(False))


def read_profiles(files: Mapping[str, Mapping[str, object]]) -> Mapping[str, Profile]:
    """Read all profiles by id.

    Raises:
        ExchangeError: BAD_PROFILE with the field.
    """
    return {name: read_profile(name, content) for name, content in files.items()}


def read_profile(name: str, content: Mapping[str, object]) -> Profile:
    """Read one profile, shipped or shared by another office.

    Raises:
        ExchangeError: BAD_PROFILE with the field.
    """
    try:
        profile = _profile(content)
    except (KeyError, ValueError, TypeError, AttributeError, ZoneInfoNotFoundError) as error:
        detail = type(error).__name__
        raise ExchangeError(
            ExchangeTrouble.BAD_PROFILE, name, column=str(error.args[0])[:80], detail=detail
        ) from error
    for field in (*profile.case.keys() - _CASE_FIELDS, *profile.event.keys() - _EVENT_FIELDS):
        raise ExchangeError(ExchangeTrouble.BAD_PROFILE, name, column=field)
    for field in profile.codes.keys() - CODED.keys():
        raise ExchangeError(ExchangeTrouble.BAD_PROFILE, name, column=field)
    for field, codes in profile.codes.items():
        for meaning in set(codes.values()) - {each.value for each in CODED[field]}:
            raise ExchangeError(ExchangeTrouble.BAD_PROFILE, name, column=field, detail=meaning)
    return profile


def choose_profile(
    profiles: Mapping[str, Profile], names: Names, file: str, wanted: str = ""
) -> Profile:
    """Give the profile that was asked for, or the one that knows most of the file's fields.

    Raises:
        ExchangeError: UNKNOWN_PROFILE, NO_PROFILE_FITS, MISSING_COLUMN.
    """
    if wanted:
        if wanted not in profiles:
            detail = ", ".join(profiles)
            raise ExchangeError(ExchangeTrouble.UNKNOWN_PROFILE, file, column=wanted, detail=detail)
        chosen = profiles[wanted]
        if not set(chosen.case["case_no"]) & names.case:
            column = chosen.case["case_no"][0]
            raise ExchangeError(ExchangeTrouble.MISSING_COLUMN, file, row=1, column=column)
        return chosen
    best = max(profiles.values(), key=lambda each: each.fits(names))
    if not any(best.fits(names)):
        detail = ", ".join(sorted(names.case | names.event)[:20])
        raise ExchangeError(ExchangeTrouble.NO_PROFILE_FITS, file, detail=detail)
    return best


def _profile(content: Mapping[str, object]) -> Profile:
    marks = cast(Mapping[str, Sequence[str]], content.get("marks", {}))
    unit = content.get("limit_unit")
    return Profile(
        id=str(content["id"]),
        version=str(content["version"]),
        title={language: str(content[language]) for language in ("zh", "en")},
        zone=ZoneInfo(str(content["zone"])),
        case=_fields(content["case"]),
        event=_fields(content.get("event", {})),
        codes=cast(Mapping[str, Mapping[str, str]], content.get("codes", {})),
        marks=Names(frozenset(marks.get("case", ())), frozenset(marks.get("event", ()))),
        nothing=_words(content, "nothing"),
        national_calendar=content.get("calendar", "national") == "national",
        flow=str(content.get("flow", "")),
        closing=_words(content, "closing"),
        deadline=DeadlineKind(content.get("deadline", "promised")),
        limit_unit=LimitUnit(unit) if unit else None,
    )


def _fields(table: object) -> Mapping[str, tuple[str, ...]]:
    rows = cast(Mapping[str, str | Sequence[str]], table)
    return {
        field: (names,) if isinstance(names, str) else tuple(names) for field, names in rows.items()
    }


def _words(content: Mapping[str, object], key: str) -> frozenset[str]:
    return frozenset(cast(Iterable[str], content.get(key, ())))
