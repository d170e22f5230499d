"""A mapping profile as a file: what one office made, another can take in."""

import json
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from desktop.exchange.profiles import Profile, read_profile

_MAX_BYTES = 1024 * 1024


def write_profile(profile: Profile) -> str:
    """Write a profile as TOML; `read_profile_text` gives it back."""
    return "\n".join((*_head(profile), *_tables(profile), ""))


def read_profile_text(name: str, text: str) -> Profile:
    """Read a profile back.

    Raises:
        ExchangeError: BAD_PROFILE with the field.
    """
    try:
        content = tomllib.loads(text)
    except ValueError as error:
        detail = str(error)[:80]
        raise ExchangeError(ExchangeTrouble.BAD_PROFILE, name, detail=detail) from error
    return read_profile(name, content)


def read_profile_file(path: Path) -> Profile:
    """Read the profile of a file.

    Raises:
        ExchangeError: MISSING_FILE, NOT_READABLE, BAD_PROFILE.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES)
        text = data.decode("utf-8")
    except FileNotFoundError as error:
        raise ExchangeError(ExchangeTrouble.MISSING_FILE, path.name) from error
    except (OSError, ValueError) as error:
        raise ExchangeError(ExchangeTrouble.NOT_READABLE, path.name) from error
    return read_profile_text(path.name, text)


def named(profile: Profile, name: str) -> Profile:
    """Give a profile under a name of one's own, as `--mapping` takes it."""
    return replace(profile, id=name, title={"zh": name, "en": name})


def _head(profile: Profile) -> Iterator[str]:
    yield f"id = {_text(profile.id)}"
    yield f"version = {_text(profile.version)}"
    for language in ("zh", "en"):
        yield f"{language} = {_text(profile.title[language])}"
    yield f"zone = {_text(str(profile.zone))}"
    yield f"calendar = {_text('national' if profile.national_calendar else 'none')}"
    yield f"flow = {_text(profile.flow)}"
    yield f"deadline = {_text(profile.deadline.value)}"
    if profile.limit_unit:
        yield f"limit_unit = {_text(profile.limit_unit.value)}"
    yield f"closing = {_list(sorted(profile.closing))}"
    yield f"nothing = {_list(sorted(profile.nothing))}"
    case, event = (sorted(each) for each in (profile.marks.case, profile.marks.event))
    yield f"marks = {{ case = {_list(case)}, event = {_list(event)} }}"


def _tables(profile: Profile) -> Iterator[str]:
    for table, fields in (("case", profile.case), ("event", profile.event)):
        yield ""
        yield f"[{table}]"
        yield from (f"{field} = {_list(names)}" for field, names in fields.items())
    for field, codes in profile.codes.items():
        yield ""
        yield f"[codes.{field}]"
        yield from (f"{_text(code)} = {_text(meaning)}" for code, meaning in codes.items())


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_text, texts))}]"


def _text(text: str) -> str:
    """Write a string of TOML: JSON's escapes are its own, but for one character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
