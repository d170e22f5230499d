"""One approval case as it stood, written out whole: the evidence of a finding about it."""

import dataclasses
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import NamedTuple

from desktop.domain.approvals import CaseBundle
from desktop.exchange.errors import ExchangeError, ExchangeTrouble

MEDIA_TYPE = "application/json"
_FORMAT = "hallwatch-case-1"

Told = Mapping[str, object]


class Extract(NamedTuple):
    """A case read back: its fields and what happened to it, each by the names of the domain."""

    case: Told
    events: Sequence[Told]
    stops: Sequence[Told]


def write_extract(bundle: CaseBundle) -> bytes:
    """Write a case; the same case gives the same bytes."""
    told = {
        "format": _FORMAT,
        "case": _told(bundle.case),
        **{
            part: [_told(each) for each in getattr(bundle, part)]
            for part in ("events", "stops", "extensions", "fees")
        },
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1, default=_plain).encode()


def read_extract(data: bytes) -> Extract:
    """Read a case back.

    Raises:
        ExchangeError: DAMAGED when it is no extract of ours.
    """
    try:
        told = json.loads(data)
        if told["format"] != _FORMAT:
            raise ValueError(told["format"])
        return Extract(told["case"], told["events"], told["stops"])
    except (ValueError, KeyError, TypeError) as error:
        raise ExchangeError(ExchangeTrouble.DAMAGED, _FORMAT) from error


def _told(thing: object) -> dict[str, object]:
    """Give what is told of a named tuple or a dataclass."""
    if dataclasses.is_dataclass(thing):
        values = {each.name: getattr(thing, each.name) for each in dataclasses.fields(thing)}
    else:
        values = thing._asdict()  # type: ignore[attr-defined]  # a named tuple's
    return {name: value for name, value in values.items() if value not in (None, "", {}, ())}


def _plain(value: object) -> object:
    """Write what JSON does not know: moments, days, words of the domain, amounts with a unit."""
    match value:
        case datetime() | date():
            return value.isoformat()
        case Enum():
            return value.value
        case _:
            return _told(value)
