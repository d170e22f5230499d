"""Writes cases as an event log by IEEE 1849 (XES), for whoever has other tools."""

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import TextIO
from xml.sax.saxutils import quoteattr

from desktop.domain.approvals import ApprovalCase, CaseBundle, CaseEvent
from desktop.exchange.errors import ExchangeError, ExchangeTrouble

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2023" xes.features="">
\t<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
\t<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
\t<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
\t<classifier name="Activity" keys="concept:name"/>
"""
_STANDARD = {
    "step": "concept:name",
    "at": "time:timestamp",
    "by": "org:resource",
    "role": "org:role",
}
# Ids of this machine and signs of its applicants say nothing elsewhere.
_OURS = frozenset({"id", "hall_id", "applicant_hash", "source_batch", "case_no"})
# A character that XML cannot hold, not even by reference.
_UNWRITABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF), " ")


@contextmanager
def xes_log(path: Path) -> Iterator[Callable[[CaseBundle], None]]:
    """Open a log to which cases are added one by one; packed when its name ends with .gz.

    Raises:
        ExchangeError: NOT_WRITABLE.
    """
    try:
        with _text(path) as out:
            out.write(_HEAD)
            yield lambda bundle: out.writelines(_trace(bundle))
            out.write("</log>\n")
    except OSError as error:
        detail = type(error).__name__
        raise ExchangeError(ExchangeTrouble.NOT_WRITABLE, path.name, detail=detail) from error


@contextmanager
def _text(path: Path) -> Iterator[TextIO]:
    if path.suffix == ".gz":
        with gzip.open(path, "wt", encoding="utf-8", newline="\n") as packed:
            yield packed
    else:
        with path.open("w", encoding="utf-8", newline="\n") as plain:
            yield plain


def _trace(bundle: CaseBundle) -> Iterator[str]:
    yield "\t<trace>\n"
    yield _attribute(2, "concept:name", bundle.case.case_no)
    for name, value in zip(ApprovalCase._fields, bundle.case, strict=True):
        if name not in _OURS and value != ApprovalCase._field_defaults.get(name):
            yield _attribute(2, name, value)
    for event in bundle.events:
        yield "\t\t<event>\n"
        for name, told in zip(CaseEvent._fields, event, strict=True):
            if name == "detail":
                yield from (_attribute(3, key, each) for key, each in event.detail.items())
            elif told not in {None, ""}:
                yield _attribute(3, _STANDARD.get(name, name), told)
        yield "\t\t</event>\n"
    yield "\t</trace>\n"


def _attribute(depth: int, key: str, value: object) -> str:
    match value:
        case bool():
            kind, text = "boolean", str(value).lower()
        case int():
            kind, text = "int", str(value)
        case datetime():
            kind, text = "date", value.isoformat()
        case date():
            kind, text = "string", value.isoformat()
        case Enum():
            kind, text = "string", str(value.value)
        case _:
            kind, text = "string", _plain(value)
    told = quoteattr(text.translate(_UNWRITABLE), {"\n": "&#10;", "\t": "&#9;", "\r": "&#13;"})
    indent = "\t" * depth
    return f"{indent}<{kind} key={quoteattr(key)} value={told}/>\n"


def _plain(value: object) -> str:
    amount, unit = getattr(value, "amount", None), getattr(value, "unit", None)
    return str(value) if unit is None else f"{amount} {unit.value}"
