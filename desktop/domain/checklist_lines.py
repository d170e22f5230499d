"""A checklist line by line, as it is edited: every field as one writes it in a cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop.domain.checklists import (
    AnswerKind,
    Checklist,
    ChecklistTrouble,
    Item,
    Plain,
    Section,
    Text,
    worded,
)
from desktop.domain.errors import BadChecklist


@dataclass(frozen=True, slots=True)
class Line:
    """One item as it is being written; only `read_checklist` says whether it is right.

    Attributes:
        when: `opened=NOT|NA & fees=OK`; all must hold.
        choices: `yes:有|no:无`, or just the labels.
        section_key: what its section was called before; empty for a new one.
        others: what section, label, hint and choices say in other languages, unseen.
    """

    section: str = ""
    key: str = ""
    label: str = ""
    kind: AnswerKind = AnswerKind.VERDICT
    points: str = ""
    critical: bool = False
    photo_on_fail: bool = False
    required: bool = True
    rule: str = ""
    hint: str = ""
    when: str = ""
    choices: str = ""
    section_key: str = ""
    others: Mapping[str, Text] = field(default_factory=dict)


def lines_of(checklist: Checklist, language: str) -> tuple[Line, ...]:
    """Lay a checklist out; what it says in other languages goes along unseen."""
    return tuple(
        _line(item, section, language) for section in checklist.sections for item in section.items
    )


def content_of_lines(
    key: str, title: Text, version: int, lines: Sequence[Line], language: str
) -> Plain:
    """Write lines as a checklist's content, for `read_checklist` to judge.

    Raises:
        BadChecklist: a condition that cannot be read.
    """
    sections: list[dict[str, Any]] = []
    for line in lines:
        if not sections or sections[-1]["label"][language] != line.section:
            taken = {section["key"] for section in sections}
            label = {language: line.section, **line.others.get("section", {})}
            sections.append({"key": _section_key(line, taken), "label": label, "item": []})
        sections[-1]["item"].append(_plain(line, language))
    return {"key": key, "version": version, "title": dict(title), "section": sections}


def _section_key(line: Line, taken: set[str]) -> str:
    if line.section_key and line.section_key not in taken:
        return line.section_key
    free = (f"section_{n}" for n in range(len(taken) + 1, 2 * len(taken) + 2))
    return next(key for key in free if key not in taken)


def _line(item: Item, section: Section, language: str) -> Line:
    def here(text: Text) -> str:
        return worded(text, language)

    others = {"section": section.label, "label": item.label, "hint": item.hint}
    others |= {_choice(value): label for value, label in item.choices}
    return Line(
        section=here(section.label),
        key=item.key,
        label=here(item.label),
        kind=item.kind,
        points=f"{item.points:g}" if item.points else "",
        critical=item.critical,
        photo_on_fail=item.photo_on_fail,
        required=item.is_required,
        rule=item.rule,
        hint=here(item.hint),
        when=" & ".join(f"{each.item}={'|'.join(each.among)}" for each in item.when),
        choices="|".join(f"{value}:{here(label)}" for value, label in item.choices),
        section_key=section.key,
        others={
            name: {each: words for each, words in text.items() if each != language}
            for name, text in others.items()
        },
    )


def _plain(line: Line, language: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "key": line.key.strip(),
        "label": {language: line.label, **line.others.get("label", {})},
        "kind": line.kind.value,
        "points": _points(line),
        "critical": line.critical,
        "photo_on_fail": line.photo_on_fail,
        "required": line.required,
        "rule": line.rule.strip(),
        "when": list(_conditions(line)),
        "choice": list(_choices(line, language)),
    }
    if line.hint.strip():
        told["hint"] = {language: line.hint, **line.others.get("hint", {})}
    return told


def _points(line: Line) -> float:
    try:
        return float(line.points or 0)
    except ValueError as error:
        raise BadChecklist(ChecklistTrouble.WRONG_VALUE, f"{line.key}.points") from error


def _conditions(line: Line) -> Iterator[Plain]:
    for part in filter(None, (each.strip() for each in line.when.split("&"))):
        item, equals, values = part.partition("=")
        among = [value.strip() for value in values.split("|") if value.strip()]
        if not equals or not among:
            raise BadChecklist(ChecklistTrouble.WRONG_VALUE, f"{line.key}.when")
        yield {"item": item.strip(), "among": among}


def _choices(line: Line, language: str) -> Iterator[Plain]:
    if line.kind is not AnswerKind.CHOICE:
        return
    for part in filter(None, (each.strip() for each in line.choices.split("|"))):
        value, colon, label = part.partition(":")
        words = {language: label.strip() if colon else value}
        yield {"value": value.strip(), "label": {**words, **line.others.get(_choice(value), {})}}


def _choice(value: str) -> str:
    return f"choice {value.strip()}"
