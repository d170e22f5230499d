"""JSON of which equal content makes equal bytes, so that a digest means something."""

import hashlib
import json
import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def canonical(content: object) -> bytes:
    """Write with sorted keys and without spaces; an endless number is null."""
    return json.dumps(
        _finite(content), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode()


def digest_of(value: "DataclassInstance") -> str:
    """SHA-256 (hex) of a value's fields."""
    return hashlib.sha256(canonical(asdict(value))).hexdigest()


def _finite(content: Any) -> object:
    match content:
        case dict():
            return {key: _finite(value) for key, value in content.items()}
        case list() | tuple():
            return [_finite(value) for value in content]
        case float() if not math.isfinite(content):
            return None
    return content
