"""A checklist line by line, as it is edited: every field as one writes it in a cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop.domain.checklists import AnswerKind, Checklist, ChecklistTrouble, Item, Plain, Text
from desktop.domain.errors import BadChecklist


@dataclass(frozen=True, slots=True)
class Line:
    """One item as it is being written; only `read_checklist` says whether it is right.

    Attributes:
        when: `opened=NOT|NA & fees=OK`; all must hold.
        choices: `yes:有|no:无`, or just the labels.
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
    others: Mapping[str, Text] = field(default_factory=dict)


def lines_of(checklist: Checklist, language: str) -> tuple[Line, ...]:
    """Lay a checklist out; what it says in other languages goes along unseen."""
    return tuple(
        _line(item, section.label.get(language) or next(iter(section.label.values())), language)
        for section in checklist.sections
        for item in section.items
    )


def content_of_lines(
    key: str, title: str, version: int, lines: Sequence[Line], language: str
) -> Plain:
    """Write lines as a checklist's content, for `read_checklist` to judge.

    Raises:
        BadChecklist: a condition that cannot be read.
    """
    sections: list[dict[str, Any]] = []
    for line in lines:
        if not sections or sections[-1]["label"][language] != line.section:
            place = len(sections) + 1
            label = {language: line.section}
            sections.append({"key": f"section_{place}", "label": label, "item": []})
        sections[-1]["item"].append(_plain(line, language))
    return {"key": key, "version": version, "title": {language: title}, "section": sections}


def _line(item: Item, section: str, language: str) -> Line:
    def here(text: Text) -> str:
        return text.get(language) or next(iter(text.values()), "")

    others = {"label": item.label, "hint": item.hint}
    return Line(
        section=section,
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
        yield {"value": value.strip(), "label": {language: label.strip() if colon else value}}
