"""What may be written in the clear: facts about the program, nothing about people or cases."""

import re
import traceback
from enum import Enum
from types import TracebackType

_SECRETS = (
    (re.compile(r"(\w+://)[^/\s@]*@"), r"\1***@"),  # user and password of an address
    (re.compile(r"(?i)\b(bearer|basic) +[\w.~+/=-]+"), r"\1 ***"),
    (
        re.compile(
            r"(?i)\b([\w-]*(?:password|passwd|token|secret|[_-]key)|pin|key)\b[\"']? *[=:] *\S+"
        ),
        r"\1=***",
    ),
    (re.compile(r"\bx'[0-9a-fA-F]+'"), "x'***'"),
    (re.compile(r"\beyJ[\w-]+\.[\w-]+\.[\w-]*"), "***"),  # a JSON web token
)


def redacted(text: str) -> str:
    """Cut credentials out of a line of text."""
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


def describe(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> str:
    """Tell an exception by its types and places only.

    The messages of exceptions quote what was worked on (a name, a body, an address), so none is
    written; of our own errors the named reason is, because it is one of a closed set.
    """
    lines: list[str] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        lines[:0] = [*_places(error.__traceback__ or trace), _name(error)]
        error, trace = error.__cause__ or error.__context__, None
    return "\n".join(lines or [kind.__qualname__])


def _places(trace: TracebackType | None) -> list[str]:
    return [
        f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}'
        for frame in traceback.extract_tb(trace, limit=60)
    ]


def _name(error: BaseException) -> str:
    trouble = getattr(error, "trouble", None)
    reason = f" {trouble.name}" if isinstance(trouble, Enum) else ""
    return f"{type(error).__module__}.{type(error).__qualname__}{reason}"
