"""What of a record is found by words, how it is titled, and what it leads to."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from desktop.domain.entities import Body

_SHOWN = 120  # characters of what a result shows below its title
_NAMED = ("rule_id", "template", "unit_id", "window_id", "camera_id", "handler")


@dataclass(frozen=True, slots=True)
class Findable:
    """How one kind of record is found.

    Attributes:
        title: fields of which the first that says something is the title.
        words: fields whose text, however deep, is found too.
        at: fields of which the first that is set is its moment.
        leads: fields that name the record to open in its place, with that record's kind.
    """

    title: tuple[str, ...]
    words: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    leads: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A record as it is found.

    Attributes:
        words: all its text, one piece after another.
        lead: kind and id of what it opens.
    """

    kind: str
    id: str
    scope: str
    at: str
    state: str
    title: str
    detail: str
    words: tuple[str, ...]
    lead: tuple[str, str]


_TO_CARD = {"card_id": "card"}
_TO_WORK = {"finding_id": "finding", "inspection_id": "inspection"}

FINDABLE: Mapping[str, Findable] = {
    "appeal": Findable(
        ("reason",),
        ("facts", "proposal", "decline_reason", "decision_reason"),
        ("received_at",),
        _TO_CARD,
    ),
    "camera": Findable(("name",)),
    "card": Findable(
        ("doc_no", "facts_text"),
        ("facts_text", "requirements", "measures", "copy_to", "person", "check_opinion"),
        ("issued_at", "drafted_at"),
    ),
    "checklist": Findable(("title",), ("key", "version", "note"), ("published_at",)),
    "dossier": Findable(("title",), ("hold_reason", "close_note"), ("opened_at",)),
    "dossier_entry": Findable(("title",), ("words",), ("at",), {"dossier_id": "dossier"}),
    "evidence": Findable(("file_name", "role"), ("source", "device"), ("taken_at",), _TO_WORK),
    "excuse": Findable(("reason",), ("note", "stand_in", "approver"), ("started_at",)),
    "finding": Findable(
        ("rule_id",),
        ("case", "first_review_note", "confirm_note", "dismissal_note"),
        ("detected_at",),
    ),
    "hall": Findable(("name",), ("address",)),
    "import_batch": Findable(("file_name",), ("profile",), ("imported_at",)),
    "inspection": Findable(
        ("plan_title", "window_id"),
        ("staff", "witness", "refusal_note", "cancel_reason"),
        ("started_at", "due_on", "planned_at"),
    ),
    "inspection_answer": Findable(("note",), (), ("answered_at",), {"inspection_id": "inspection"}),
    "inspection_plan": Findable(("title",), ("end_reason",), ("planned_at",)),
    "legal_basis": Findable(("title",), ("article", "document")),
    "official_document": Findable(
        ("doc_no", "template"),
        ("template", "recipient", "said", "check_opinion"),
        ("issued_at", "drafted_at"),
    ),
    "organ": Findable(("name",), ("short_name", "doc_code", "contact")),
    "paper": Findable(
        ("doc_no",), ("content",), ("issued_at",), {**_TO_CARD, "document_id": "official_document"}
    ),
    "person": Findable(("name",), ("employee_no", "post")),
    "rectification": Findable(
        ("doc_no",), ("problems", "plan", "report", "recheck_note"), ("issued_at",), _TO_CARD
    ),
    "report_version": Findable(("period",), (), ("locked_at",)),
    "sample_check": Findable(
        ("case_no",), ("note", "result"), ("at",), {"case_id": "approval_case"}
    ),
    "service_item": Findable(("name",), ("code", "basis", "guide", "place", "focus")),
    "unit": Findable(("name",), ("short_name", "liaison")),
    "unit_reply": Findable(
        ("said",), (), ("recorded_at",), {**_TO_CARD, "document_id": "official_document"}
    ),
    "user_card": Findable(("name",)),
    "window": Findable(("name",), ("number", "clerk")),
}


def line_of(kind: str, record_id: str, body: Body, named: Callable[[str], str]) -> Line:
    """Make the line of a record whose kind is findable.

    Args:
        named: gives the names of what an id means; the id itself where nothing is known.
    """
    rule = FINDABLE[kind]
    title = next(filter(None, (_title(body, field, named) for field in rule.title)), "")
    names = tuple(named(str(body[field])) for field in _NAMED if body.get(field))
    told = tuple(text for field in rule.words for text in texts_in(body.get(field)))
    leads = (
        (kind, str(body[field])) for field, kind in (rule.leads or {}).items() if body.get(field)
    )
    return Line(
        kind,
        record_id,
        str(body.get("hall_id", "")),
        next((str(body[field]) for field in rule.at if body.get(field)), ""),
        str(body.get("state") or ""),
        title,
        " · ".join(dict.fromkeys(each for each in (*names, *told) if each != title))[:_SHOWN],
        (title, *names, *told),
        next(leads, (kind, record_id)),
    )


def texts_in(value: object) -> Iterator[str]:
    """Give every text within a value, however deep; names of fields are none."""
    if isinstance(value, str):
        if value:
            yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from texts_in(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts_in(each)


def _title(body: Body, field: str, named: Callable[[str], str]) -> str:
    said = next(texts_in(body.get(field)), "")
    return named(said) if said and field in _NAMED else said[:_SHOWN]
