"""A checklist (检查表): what inspectors go through at a window, checked when it is read."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from functools import cached_property
from typing import Any, ClassVar, cast

import rfc8785

from desktop.domain.errors import BadChecklist
from desktop.domain.identifiers import ChecklistId, Digest, HallId, UserId

MOST_ITEMS = 150  # with its inspection and audit row one act stays within a request of sync
_MOST_POINTS = 1000
_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,63}")  # what XLSForm takes for a name


class AnswerKind(Enum):
    """How an item is answered; only a verdict carries points."""

    VERDICT = "VERDICT"
    TEXT = "TEXT"
    NUMBER = "NUMBER"
    DATE = "DATE"
    CHOICE = "CHOICE"


class ChecklistTrouble(Enum):
    """What can be wrong with a checklist."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    MISSING = "missing"
    WRONG_VALUE = "wrong_value"
    TWICE = "twice"
    UNKNOWN_ITEM = "unknown_item"
    LOOP = "loop"
    NO_CHOICES = "no_choices"


Text = Mapping[str, str]  # by language; one is enough
Plain = Mapping[str, Any]  # Any: as a file or JSON gives it


@dataclass(frozen=True, slots=True)
class Condition:
    """An item is asked only where another one was answered with one of these values."""

    item: str
    among: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a checklist.

    Attributes:
        points: what it is worth; 0 for what is only noted.
        critical: ★, what fails here may lead to a card.
        photo_on_fail: no failing without a photograph.
        rule: the supervision rule that it looks after, as R-VID-02; empty for none.
        choices: value and label, of a CHOICE.
        when: all must hold, or the item is skipped.
    """

    key: str
    label: Text
    kind: AnswerKind = AnswerKind.VERDICT
    hint: Text = field(default_factory=dict)
    points: float = 0.0
    critical: bool = False
    photo_on_fail: bool = False
    is_required: bool = True
    rule: str = ""
    choices: tuple[tuple[str, Text], ...] = ()
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Items under one heading."""

    key: str
    label: Text
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Checklist:
    """One version of a checklist."""

    key: str
    version: int
    title: Text
    sections: tuple[Section, ...]

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All items in their order."""
        return tuple(item for section in self.sections for item in section.items)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Each item's place on the form, from 1."""
        return {item.key: number for number, item in enumerate(self.items, 1)}

    @property
    def points(self) -> float:
        """The sum of all points."""
        return sum(item.points for item in self.items)

    def item(self, key: str) -> Item:
        """Give an item; a KeyError is our own mistake."""
        return self.items[self.numbers[key] - 1]


@dataclass(frozen=True, slots=True)
class PublishedChecklist:
    """A version that was put to use in a hall; inspections are pinned to it."""

    ENTITY: ClassVar = "checklist"

    id: ChecklistId
    hall_id: HallId
    key: str
    version: int
    title: str
    content: Plain
    content_digest: Digest
    published_by: UserId
    published_at: datetime
    note: str = ""

    def read(self) -> Checklist:
        """Give the checklist itself."""
        return read_checklist(self.content)


def worded(text: Text, language: str) -> str:
    """Give a text in a language, or in the one it was written in."""
    return text.get(language) or next(iter(text.values()), "")


def digest_of(content: Plain) -> Digest:
    """Give the SHA-256 of the canonical JSON of a checklist or a filled-in form."""
    return Digest(hashlib.sha256(rfc8785.dumps(cast(dict[str, Any], content))).hexdigest())


def read_checklist(content: Plain) -> Checklist:
    """Make a checklist of a parsed file.

    Raises:
        BadChecklist: what is wrong, and where.
    """
    key = _key(content, "checklist")
    sections = tuple(_section(row) for row in content.get("section", ()))
    version = content.get("version", 1)
    if not isinstance(version, int) or version < 1:
        raise BadChecklist(ChecklistTrouble.WRONG_VALUE, f"{key}.version")
    checklist = Checklist(key, version, _text(content, "title", key), sections)
    _check(checklist)
    return checklist


def content_of(checklist: Checklist) -> Plain:
    """Write a checklist as a file would hold it; what has its default is left out."""
    sections = [
        {
            "key": section.key,
            "label": dict(section.label),
            "item": [_plain_item(item) for item in section.items],
        }
        for section in checklist.sections
    ]
    title = dict(checklist.title)
    return {
        "key": checklist.key, "version": checklist.version, "title": title, "section": sections,
    }  # fmt: skip


def _plain_item(item: Item) -> Plain:
    told: dict[str, Any] = {"key": item.key, "label": dict(item.label)}
    if item.kind is not AnswerKind.VERDICT:
        told["kind"] = item.kind.value
    if item.hint:
        told["hint"] = dict(item.hint)
    for name in ("points", "critical", "photo_on_fail", "rule"):
        if value := getattr(item, name):
            told[name] = value
    if not item.is_required:
        told["required"] = False
    if item.choices:
        told["choice"] = [{"value": value, "label": dict(label)} for value, label in item.choices]
    if item.when:
        told["when"] = [{"item": each.item, "among": list(each.among)} for each in item.when]
    return told


def _section(row: Plain) -> Section:
    key = _key(row, "section")
    items = tuple(_item(each) for each in row.get("item", ()))
    return Section(key, _text(row, "label", key), items)


def _item(row: Plain) -> Item:
    key = _key(row, "item")
    try:
        kind = AnswerKind(row.get("kind", AnswerKind.VERDICT.value))
        points = float(row.get("points", 0))
    except (TypeError, ValueError) as error:
        raise BadChecklist(ChecklistTrouble.WRONG_VALUE, key) from error
    scored = kind is AnswerKind.VERDICT
    if not 0 <= points <= _MOST_POINTS or (points and not scored):
        raise BadChecklist(ChecklistTrouble.WRONG_VALUE, f"{key}.points")
    choices = tuple(
        (_word(each, "value", key), _text(each, "label", key)) for each in row.get("choice", ())
    )
    if kind is AnswerKind.CHOICE and not choices:
        raise BadChecklist(ChecklistTrouble.NO_CHOICES, key)
    return Item(
        key=key,
        label=_text(row, "label", key),
        kind=kind,
        hint=_text(row, "hint", key) if row.get("hint") else {},
        points=points,
        critical=bool(row.get("critical", False)) and scored,
        photo_on_fail=bool(row.get("photo_on_fail", False)) and scored,
        is_required=bool(row.get("required", True)),
        rule=str(row.get("rule", "")),
        choices=choices,
        when=tuple(_condition(each, key) for each in row.get("when", ())),
    )


def _condition(row: Plain, key: str) -> Condition:
    among = tuple(str(value) for value in row.get("among", ()))
    if not among:
        raise BadChecklist(ChecklistTrouble.MISSING, f"{key}.when")
    return Condition(_word(row, "item", key), among)


def _key(row: Plain, where: str) -> str:
    key = _word(row, "key", where)
    if not _KEY.fullmatch(key):
        raise BadChecklist(ChecklistTrouble.WRONG_VALUE, key)
    return key


def _word(row: Plain, name: str, where: str) -> str:
    value = row.get(name)
    if not isinstance(value, str) or not value.strip():
        raise BadChecklist(ChecklistTrouble.MISSING, f"{where}.{name}")
    return value


def _text(row: Plain, name: str, where: str) -> Text:
    value = row.get(name)
    told = {"zh": value} if isinstance(value, str) else dict(value or {})
    said = {str(language): str(words) for language, words in told.items() if str(words).strip()}
    if not said:
        raise BadChecklist(ChecklistTrouble.MISSING, f"{where}.{name}")
    return said


def _check(checklist: Checklist) -> None:
    keys = [item.key for item in checklist.items]
    if not keys:
        raise BadChecklist(ChecklistTrouble.EMPTY, checklist.key)
    if len(keys) > MOST_ITEMS:
        raise BadChecklist(ChecklistTrouble.TOO_LONG, str(len(keys)))
    named = (*keys, *(section.key for section in checklist.sections))
    for key in named:
        if named.count(key) > 1:
            raise BadChecklist(ChecklistTrouble.TWICE, key)
    for item in checklist.items:
        for condition in item.when:
            if condition.item not in checklist.numbers:
                raise BadChecklist(ChecklistTrouble.UNKNOWN_ITEM, f"{item.key}: {condition.item}")
    if loop := loop_in(checklist.items):
        raise BadChecklist(ChecklistTrouble.LOOP, " → ".join(loop))


def loop_in(items: Sequence[Item]) -> tuple[str, ...]:
    """Name the items of a loop in the skip logic, in its order; empty where there is none."""
    needs = {item.key: tuple(each.item for each in item.when) for item in items}
    done: set[str] = set()

    def walk(key: str, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        if key in path:
            yield (*path[path.index(key) :], key)
            return
        if key not in done:
            for other in needs.get(key, ()):
                yield from walk(other, (*path, key))
            done.add(key)

    return next((loop for key in needs for loop in walk(key, ())), ())
