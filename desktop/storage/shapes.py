"""Between a domain value and the JSON body that is kept of it."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, TypeVar

from cattrs import Converter
from cattrs.errors import BaseValidationError

from desktop.storage.errors import StorageError, StorageTrouble

T = TypeVar("T")
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
Body = dict[str, Json]


def make_converter() -> Converter:
    """Make the converter: enums by value, aware UTC times and dates as ISO 8601 text.

    A field that this version does not know is passed over, so a newer client's records open.
    """
    sets: dict[type, Callable[[Any], Any]] = {
        frozenset: sorted
    }  # JSON has none; one order, so that equal bodies are equal
    converter = Converter(detailed_validation=False, unstruct_collection_overrides=sets)
    converter.register_unstructure_hook(datetime, _time_to_text)
    converter.register_structure_hook(datetime, _text_to_time)
    # A datetime is a date for isinstance: the hooks must tell them apart by exact type.
    converter.register_unstructure_hook_func(lambda kind: kind is date, date.isoformat)
    converter.register_structure_hook_func(lambda kind: kind is date, _text_to_date)
    converter.register_unstructure_hook(Decimal, str)
    converter.register_structure_hook(Decimal, lambda text, _: Decimal(text))
    converter.register_unstructure_hook(time, time.isoformat)
    converter.register_structure_hook(time, _text_to_clock)
    # A value of any kind (the inputs of a rule, the content of a paper) stays as JSON gives it.
    converter.register_structure_hook_func(lambda kind: kind is object, lambda value, _: value)
    return converter


def body_of(converter: Converter, thing: object) -> Body:
    """Answer the JSON body of a domain value, in the shape in which it will be read back."""
    body: Body = json.loads(dump(converter.unstructure(thing)))
    return body


def thing_of(converter: Converter, kind: type[T], body: Mapping[str, Json], name: str) -> T:
    """Make the domain value of a body.

    Raises:
        StorageError: DAMAGED when the body does not fit; `name` tells which record.
    """
    try:
        return converter.structure(body, kind)
    except (TypeError, ValueError, KeyError, AttributeError, BaseValidationError) as error:
        raise StorageError(StorageTrouble.DAMAGED, name, type(error).__name__) from error


def plain(converter: Converter, value: object) -> Json:
    """Answer one field's value as it stands in a body."""
    result: Json = json.loads(dump(converter.unstructure(value)))
    return result


def dump(value: Any) -> str:  # Any: whatever JSON can hold
    """Write JSON the one way in which bodies are kept: sorted, compact, no NaN."""
    return json.dumps(
        value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )


def time_text(moment: datetime) -> str:
    """Write an aware time as ISO 8601 in UTC."""
    return _time_to_text(moment)


def _time_to_text(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("a time without a zone cannot be kept")
    return moment.astimezone(UTC).isoformat()


def _text_to_time(text: str, _kind: Callable[..., datetime]) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time without a zone was kept")
    return moment.astimezone(UTC)


def _text_to_date(text: str, _kind: Callable[..., date]) -> date:
    return date.fromisoformat(text)


def _text_to_clock(text: str, _kind: Callable[..., time]) -> time:
    return time.fromisoformat(text)
