"""Checklists as XLSForm: the workbook that survey tools read, written and taken in.

A verdict is a choice of OK, NOT and NA with a note and a photograph of its own, so that the form is
whole in ODK Collect too; what XLSForm has no word for stands in columns that others pass over.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from desktop.domain.checklists import AnswerKind, Checklist, Item, Plain, Text
from desktop.domain.inspections import Verdict
from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from desktop.exchange.xlsx_table import damage, weigh

VERDICTS = "verdict"
_LOOSE = "general"
_LANGUAGES = {"zh": "中文 (zh)", "en": "English (en)"}
_OWN = ("points", "critical", "photo_on_fail", "rule")  # our columns
_NOTE, _PHOTO = "_note", "_photo"
_WORDS: Mapping[Verdict, Text] = {
    Verdict.OK: {"zh": "合格", "en": "In order"},
    Verdict.NOT: {"zh": "不合格", "en": "Not in order"},
    Verdict.NA: {"zh": "不适用", "en": "Does not apply"},
}
_NOTE_LABEL: Text = {"zh": "情况说明", "en": "What was seen"}
_PHOTO_LABEL: Text = {"zh": "照片", "en": "Photograph"}
_TYPES: Mapping[str, AnswerKind] = {
    "text": AnswerKind.TEXT, "string": AnswerKind.TEXT, "integer": AnswerKind.NUMBER,
    "int": AnswerKind.NUMBER, "decimal": AnswerKind.NUMBER, "date": AnswerKind.DATE,
}  # fmt: skip
_WRITTEN = {AnswerKind.TEXT: "text", AnswerKind.NUMBER: "decimal", AnswerKind.DATE: "date"}
_PASSED_OVER = frozenset(
    {"start", "end", "today", "deviceid", "username", "audit", "geopoint", "note", "calculate"}
)
_COMPARED = re.compile(
    r"\s*(?:\$\{(?P<item>[^}]+)\}\s*=\s*|selected\(\s*\$\{(?P<chosen>[^}]+)\}\s*,\s*)"
    r"(?P<mark>['\"])(?P<value>[^'\"]*)(?P=mark)\s*\)?\s*"
)
_YES = frozenset({"yes", "true", "true()", "1", "是"})


def write_xlsform(checklist: Checklist, path: Path) -> None:
    """Write a checklist.

    Raises:
        ExchangeError: NOT_WRITABLE.
    """
    book = Workbook()
    survey, choices, settings = book.worksheets[0], book.create_sheet(), book.create_sheet()
    survey.title, choices.title, settings.title = "survey", "choices", "settings"
    spoken = tuple(_LANGUAGES) if len(checklist.title) > 1 else tuple(checklist.title)
    labels = [f"label::{_LANGUAGES.get(each, each)}" for each in spoken]
    hints = [f"hint::{_LANGUAGES.get(each, each)}" for each in spoken]
    _fill(survey, ("type", "name", *labels, *hints, "required", "relevant", *_OWN))
    for row in _survey(checklist, spoken):
        _fill(survey, row)
    _fill(choices, ("list_name", "name", *labels))
    for row in _choices(checklist, spoken):
        _fill(choices, row)
    title = next(iter(checklist.title.values()))
    _fill(settings, ("form_title", "form_id", "version", "default_language"))
    main = _LANGUAGES.get(spoken[0], spoken[0])
    _fill(settings, (title, checklist.key, str(checklist.version), main))
    try:
        book.save(path)
    except OSError as error:
        raise ExchangeError(ExchangeTrouble.NOT_WRITABLE, path.name) from error


def read_xlsform(path: Path) -> Plain:
    """Give the content of a checklist, for `domain.checklists.read_checklist` to judge.

    Raises:
        ExchangeError: MISSING_FILE, DAMAGED, BOMB, MISSING_COLUMN, BAD_FORM with the row.
    """
    with damage(path.name):
        weigh(path)
        book = load_workbook(path, keep_links=False)
    sheets = {sheet.title.lower(): sheet for sheet in book.worksheets}
    if "survey" not in sheets:
        raise ExchangeError(ExchangeTrouble.MISSING_COLUMN, path.name, column="survey")
    settings = next(_rows(sheets, "settings"), _Row(0, {}))
    reader = _Reader(path.name, _lists(_rows(sheets, "choices")))
    for row in _rows(sheets, "survey"):
        reader.take(row)
    sections = reader.finish()
    key = settings.cells.get("form_id") or path.stem
    version = settings.cells.get("version", "1")
    return {
        "key": re.sub(r"[^A-Za-z0-9_.-]", "_", key),
        "version": int(version) if version.isdigit() and int(version) else 1,
        "title": {"zh": settings.cells.get("form_title") or path.stem},
        "section": sections,
    }


def _survey(checklist: Checklist, spoken: Sequence[str]) -> Iterator[Sequence[str]]:
    for section in checklist.sections:
        yield _line("begin_group", section.key, section.label, {}, spoken)
        for item in section.items:
            yield from _item_rows(item, spoken)
        yield _line("end_group", "", {}, {}, spoken)


def _item_rows(item: Item, spoken: Sequence[str]) -> Iterator[Sequence[str]]:
    relevant = " and ".join(
        "(" + " or ".join(f"${{{each.item}}} = '{value}'" for value in each.among) + ")"
        for each in item.when
    )
    kind = _WRITTEN.get(item.kind, f"select_one {VERDICTS}")
    if item.kind is AnswerKind.CHOICE:
        kind = f"select_one {item.key}"
    yield _line(
        kind, item.key, item.label, item.hint, spoken,
        "yes" if item.is_required else "", relevant, f"{item.points:g}" if item.points else "",
        "yes" if item.critical else "", "yes" if item.photo_on_fail else "", item.rule,
    )  # fmt: skip
    if item.kind is AnswerKind.VERDICT:
        fails = f"${{{item.key}}} = 'NOT'"
        yield _line("text", f"{item.key}{_NOTE}", _NOTE_LABEL, {}, spoken, "yes", fails)
        needed = "yes" if item.photo_on_fail else ""
        yield _line("image", f"{item.key}{_PHOTO}", _PHOTO_LABEL, {}, spoken, needed, fails)


def _line(
    kind: str, name: str, label: Text, hint: Text, spoken: Sequence[str], *rest: str
) -> Sequence[str]:
    otherwise = next(iter(label.values()), "")
    labels = [label.get(language, otherwise) for language in spoken]
    hints = [hint.get(language, "") for language in spoken]
    return (kind, name, *labels, *hints, *rest)


def _choices(checklist: Checklist, spoken: Sequence[str]) -> Iterator[Sequence[str]]:
    for verdict, label in _WORDS.items():
        yield (VERDICTS, verdict.value, *(label.get(each, verdict.value) for each in spoken))
    for item in checklist.items:
        for value, label in item.choices:
            otherwise = next(iter(label.values()))
            yield (item.key, value, *(label.get(each, otherwise) for each in spoken))


def _fill(sheet: Worksheet, cells: Sequence[str]) -> None:
    """Write a row as text; what begins with = is no formula."""
    at = 1 if sheet.max_row == 1 and sheet["A1"].value is None else sheet.max_row + 1
    for column, value in enumerate(cells, 1):
        if value:
            cell = sheet.cell(at, column, value)
            cell.data_type = "s"


@dataclass(frozen=True, slots=True)
class _Row:
    """A row by the names of its columns."""

    number: int
    cells: Mapping[str, str]

    def text(self, name: str) -> Text:
        """Give a text in the languages that it is there in."""
        found = {
            _language(column): value
            for column, value in self.cells.items()
            if column.partition("::")[0] == name and value
        }
        return {language: value for language, value in found.items() if value}

    def is_yes(self, name: str) -> bool:
        """Tell whether a column says yes."""
        return self.cells.get(name, "").lower() in _YES


def _language(column: str) -> str:
    named = re.search(r"\(([A-Za-z]{2})[^)]*\)\s*$", column)
    if named:
        return named[1].lower()
    language = column.partition("::")[2].strip().lower()
    return {"": "zh", "chinese": "zh", "中文": "zh", "english": "en"}.get(language, language)


def _rows(sheets: Mapping[str, Worksheet], name: str) -> Iterator[_Row]:
    if name not in sheets:
        return
    rows = sheets[name].iter_rows(values_only=True)
    header = [_told(value) for value in next(rows, ())]
    for number, values in enumerate(rows, 2):
        cells = {c: _told(v) for c, v in zip(header, values, strict=False) if c and _told(v)}
        if cells:
            yield _Row(number, cells)


def _told(value: Any) -> str:  # Any: whatever a cell holds
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def _lists(rows: Iterator[_Row]) -> Mapping[str, list[tuple[str, Text]]]:
    lists: dict[str, list[tuple[str, Text]]] = {}
    for row in rows:
        name = row.cells.get("list_name") or row.cells.get("list name", "")
        value = row.cells.get("name") or row.cells.get("value", "")
        lists.setdefault(name, []).append((value, row.text("label") or {"zh": value}))
    return lists


@dataclass(slots=True)
class _Reader:
    """Takes the rows of a survey one by one."""

    file: str
    lists: Mapping[str, list[tuple[str, Text]]]
    sections: list[dict[str, Any]] = field(default_factory=list)
    _verdicts: set[str] = field(default_factory=set)
    _depth: int = 0

    def take(self, row: _Row) -> None:
        """Take one row."""
        kind, _, of = row.cells.get("type", "").partition(" ")
        match kind:
            case "begin" | "begin_group":
                self._begin(row)
            case "end" | "end_group":
                self._depth -= 1
            case "select_one":
                self._items().append(self._chosen(row, of.strip()))
            case "image":
                self._take_photo(row)
            case _ if kind in _PASSED_OVER:
                pass
            case _ if kind in _TYPES:
                self._take_plain(row, _TYPES[kind])
            case _:
                raise self._refusal(row, "type", kind)

    def finish(self) -> list[dict[str, Any]]:
        """Give the sections that hold something."""
        return [section for section in self.sections if section["item"]]

    def _begin(self, row: _Row) -> None:
        """Begin a section; a group within a group goes on with the outer one."""
        self._depth += 1
        if self._depth == 1:
            self.sections.append(
                {
                    "key": row.cells.get("name", f"section_{len(self.sections) + 1}"),
                    "label": row.text("label") or {"zh": row.cells.get("name", "")},
                    "item": [],
                }
            )

    def _items(self) -> list[dict[str, Any]]:
        """Give the items of the open section; what stands in no group has one of its own."""
        if not self._depth and (not self.sections or self.sections[-1]["key"] != _LOOSE):
            self.sections.append({"key": _LOOSE, "label": {"zh": "检查内容"}, "item": []})
        items: list[dict[str, Any]] = self.sections[-1]["item"]
        return items

    def _chosen(self, row: _Row, of: str) -> dict[str, Any]:
        item = self._item(row)
        choices = self.lists.get(of.partition(" ")[0], [])
        values = {value for value, _ in choices}
        if {"OK", "NOT"} <= values <= {"OK", "NOT", "NA"}:
            self._verdicts.add(item["key"])
            return item
        told = [{"value": value, "label": dict(label)} for value, label in choices]
        return item | {"kind": AnswerKind.CHOICE.value, "choice": told}

    def _take_plain(self, row: _Row, kind: AnswerKind) -> None:
        of = row.cells.get("name", "").removesuffix(_NOTE)
        if of not in self._verdicts or of == row.cells.get("name"):
            self._items().append(self._item(row) | {"kind": kind.value})

    def _take_photo(self, row: _Row) -> None:
        of = row.cells.get("name", "").removesuffix(_PHOTO)
        if of not in self._verdicts:
            raise self._refusal(row, "type", "image")

    def _item(self, row: _Row) -> dict[str, Any]:
        name = row.cells.get("name", "")
        if not name:
            raise self._refusal(row, "name", "")
        item: dict[str, Any] = {"key": name, "label": row.text("label") or {"zh": name}}
        if hint := row.text("hint"):
            item["hint"] = hint
        if points := row.cells.get("points"):
            item["points"] = self._number(row, points)
        for flag in ("critical", "photo_on_fail"):
            if row.is_yes(flag):
                item[flag] = True
        if rule := row.cells.get("rule"):
            item["rule"] = rule
        if not row.is_yes("required"):
            item["required"] = False
        if relevant := row.cells.get("relevant"):
            item["when"] = list(self._conditions(row, relevant))
        return item

    def _number(self, row: _Row, text: str) -> float:
        try:
            return float(text)
        except ValueError as error:
            raise self._refusal(row, "points", text) from error

    def _conditions(self, row: _Row, relevant: str) -> Iterator[dict[str, Any]]:
        """Read `(${a} = 'x' or ${a} = 'y') and selected(${b}, 'z')`; nothing more is understood."""
        for part in re.split(r"\s+and\s+", relevant):
            inner = part.strip()
            if inner.startswith("(") and inner.endswith(")"):
                inner = inner[1:-1]
            compared = [_COMPARED.fullmatch(each) for each in re.split(r"\s+or\s+", inner)]
            items = {each["item"] or each["chosen"] for each in compared if each}
            if not all(compared) or len(items) != 1:
                raise self._refusal(row, "relevant", relevant)
            among = [each["value"] for each in compared if each]
            yield {"item": items.pop(), "among": among}

    def _refusal(self, row: _Row, column: str, detail: str) -> ExchangeError:
        trouble = ExchangeTrouble.BAD_FORM
        return ExchangeError(trouble, self.file, row=row.number, column=column, detail=detail[:80])
