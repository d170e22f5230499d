"""A case with all that belongs to it as one compact JSON text, and back.

Cases come by the hundred thousand: what has its default is left out, events are lists cut after
their last value, and the way of writing each field is worked out once for each type.
"""

import dataclasses
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from desktop.domain.approvals import CaseBundle, CaseEvent
from desktop.storage.errors import StorageError, StorageTrouble
from desktop.storage.shapes import dump

Write = Callable[[Any], Any]  # Any: between the values of a case and what JSON can hold
Read = Callable[[Any], Any]


def body_of(bundle: CaseBundle) -> str:
    """Write a case; equal cases give equal texts."""
    return dump(_BUNDLE.write(bundle))


def bundle_of(body: str, name: str) -> CaseBundle:
    """Read a case back.

    Raises:
        StorageError: DAMAGED when the text does not fit; `name` tells which case.
    """
    try:
        bundle: CaseBundle = _BUNDLE.read(json.loads(body))
    except (TypeError, ValueError, KeyError) as error:
        raise StorageError(StorageTrouble.DAMAGED, name, type(error).__name__) from error
    return bundle


class _Codec:
    """Writes values of one type of named fields."""

    def __init__(self, kind: type) -> None:
        self._kind = kind
        hints = get_type_hints(kind)
        names = _names(kind)
        self._defaults = _defaults(kind)
        self._ways = {name: _way(hints[name]) for name in names}

    def write(self, thing: Any) -> dict[str, Any]:
        """Write the fields that don't have their default."""
        told = {}
        for name, (write, _) in self._ways.items():
            value = getattr(thing, name)
            if value is not None and value != self._defaults.get(name, _REQUIRED):
                told[name] = write(value)
        return told

    def read(self, told: Mapping[str, Any]) -> Any:
        """Read them back; a field that this version does not know is passed over."""
        ways = self._ways
        return self._kind(**{name: ways[name][1](told[name]) for name in told if name in ways})


class _EventCodec(_Codec):
    """Writes events by place: a log has half a million of them."""

    def write(self, thing: Any) -> Any:
        """Write the values up to the last that is not its default."""
        last = len(thing)
        while thing[last - 1] == _EVENT_DEFAULTS[last - 1]:
            last -= 1
        return [
            None if value is None else write(value)
            for value, (write, _) in zip(thing[:last], self._ways.values(), strict=False)
        ]

    def read(self, told: Any) -> Any:
        """Read them back."""
        ways = self._ways.values()
        values: list[Any] = [
            None if value is None else read(value)
            for value, (_, read) in zip(told, ways, strict=False)
        ]
        return CaseEvent(*values)


_REQUIRED = object()
_EVENT_DEFAULTS = (_REQUIRED, _REQUIRED, *CaseEvent._field_defaults.values())


def _names(kind: type) -> Sequence[str]:
    if dataclasses.is_dataclass(kind):
        return [each.name for each in dataclasses.fields(kind)]
    names: tuple[str, ...] = kind._fields  # type: ignore[attr-defined]  # a named tuple's
    return names


def _defaults(kind: type) -> Mapping[str, Any]:
    if dataclasses.is_dataclass(kind):
        return {each.name: each.default for each in dataclasses.fields(kind)}
    defaults: dict[str, Any] = kind._field_defaults  # type: ignore[attr-defined]
    return defaults


def _way(hint: Any) -> tuple[Write, Read]:
    """Give how values of a type are written and read."""
    hint = getattr(hint, "__supertype__", hint)
    origin = get_origin(hint)
    if origin in {Union, UnionType}:
        (hint,) = [each for each in get_args(hint) if each is not NoneType]
        return _way(hint)
    if origin is tuple:
        write, read = _way(get_args(hint)[0])
        return (
            lambda values: [write(each) for each in values],
            lambda told: tuple([read(each) for each in told]),
        )
    if isinstance(hint, type) and origin is None:
        return _plain_way(hint)
    return _same, _same


def _plain_way(hint: type) -> tuple[Write, Read]:
    if hint is datetime:
        return _time_text, datetime.fromisoformat
    if hint is date:
        return date.isoformat, date.fromisoformat
    if issubclass(hint, Enum):
        return lambda value: value.value, hint
    if hint is CaseEvent or dataclasses.is_dataclass(hint) or hasattr(hint, "_fields"):
        codec = _EventCodec(hint) if hint is CaseEvent else _Codec(hint)
        return codec.write, codec.read
    return _same, _same


def _same(value: Any) -> Any:
    return value


def _time_text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


_BUNDLE = _Codec(CaseBundle)
