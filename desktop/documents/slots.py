"""The places of a template that a drafter fills: which there are, of what kind, what is missing."""

import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import cast

from desktop.documents.template import Field, Template

_GIVEN = {"organ", "doc_no", "issued_on"}  # by the office itself, and with number and seal
MARKS = ("copy_no", "secrecy", "urgency")  # above a red head or a letter
_MARKED_HEADS = {"red", "letter"}


class SlotKind(Enum):
    """How a place is written."""

    LINE = "line"
    LONG = "long"
    LIST = "list"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Slot:
    """One place.

    Attributes:
        label: what a form's row calls it; empty where only the text around it tells.
        is_needed: the paper is not printed without it.
        in_text: it belongs to the paragraphs, and is gone where the drafter writes them himself.
    """

    name: str
    kind: SlotKind
    label: str = ""
    is_needed: bool = False
    in_text: bool = False
    columns: tuple[str, ...] = ()


def slots_of(template: Template) -> tuple[Slot, ...]:
    """Give the places of a template, each once, in the order in which the paper has them."""
    made = _form_slots if template.text("layout") == "form" else _document_slots
    found: dict[str, Slot] = {}
    for slot in made(template):
        if slot.name not in _GIVEN:
            found.setdefault(slot.name, slot)
    return tuple(found.values())


def gaps_in(template: Template, said: Mapping[str, object]) -> tuple[str, ...]:
    """Name the places that are needed and empty."""
    own_text = bool(said.get("text"))
    return tuple(
        slot.name
        for slot in slots_of(template)
        if slot.is_needed and not (own_text and slot.in_text) and not _is_said(said.get(slot.name))
    )


def recipient_in(template: Template, said: Mapping[str, object]) -> str:
    """Name whom a paper goes to: its main recipient, or the unit or person of a form."""
    names = _names(template.text_or("", "main_recipient")) or ("unit", "person")
    told = (said.get(name) for name in names)
    return next((text for text in told if isinstance(text, str) and text), "")


def whole(template: Template, said: Mapping[str, object]) -> dict[str, Field]:
    """Give every place a value, an empty one where nothing was said."""
    blank = {
        slot.name: "" if slot.kind in {SlotKind.LINE, SlotKind.LONG} else []
        for slot in slots_of(template)
    }
    return cast("dict[str, Field]", {**blank, **said})


def _is_said(value: object) -> bool:
    return bool(value.strip() if isinstance(value, str) else value)


def _form_slots(template: Template) -> Iterator[Slot]:
    needed, tall = template.texts_or("needed"), template.texts_or("tall")
    for name in _names(template.text_or("", "number")):
        yield Slot(name, SlotKind.LINE)
    for row in cast(Sequence[Sequence[str]], template.content["rows"]):
        for label, text in zip(row[::2], row[1::2], strict=True):
            kind = SlotKind.LONG if label in tall else SlotKind.LINE
            for name in _names(text):
                yield Slot(name, kind, label, name in needed)


def _document_slots(template: Template) -> Iterator[Slot]:
    optional = template.texts_or("optional")
    if template.text("head") in _MARKED_HEADS:
        yield Slot("title", SlotKind.LINE)
    for name in _names(template.text_or("", "main_recipient")):
        yield Slot(name, SlotKind.LINE, is_needed=True)
    for paragraph in template.texts("paragraphs"):
        for name in _names(paragraph):
            kind = _kind(template, paragraph, name)
            yield Slot(name, kind, is_needed=name not in optional, in_text=True)
    for form in template.table_forms():
        yield Slot(form.name, SlotKind.TABLE, form.title, columns=form.columns)
    for place in ("name", "date"):
        for name in _names(template.text_or("", "signature", place)):
            yield Slot(name, SlotKind.LINE, is_needed=True)
    for name in _names(template.text_or("", "imprint", "copy_to")):
        yield Slot(name, SlotKind.LINE)
    if template.text("head") in _MARKED_HEADS:
        for name in MARKS:
            yield Slot(name, SlotKind.LINE)


def _kind(template: Template, paragraph: str, name: str) -> SlotKind:
    """Tell a list by its level, and a long text by its place at a paragraph's end."""
    if name in cast(Mapping[str, object], template.content.get("levels", {})):
        return SlotKind.LIST
    is_long = paragraph.endswith(f"{{{name}}}") or paragraph == f"{{{name}}}。"
    return SlotKind.LONG if is_long else SlotKind.LINE


def _names(text: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(text) if name]
