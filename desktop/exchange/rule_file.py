"""A hall's parameters as a file: what `check --rules FILE` reads, and other halls can take in."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, cast

from desktop.domain.errors import BadField
from desktop.domain.rules.settings import Parameters

_OFF = "off"


class RuleFile(NamedTuple):
    """Parameters by rule, and the rules that are off."""

    parameters: Parameters
    switched_off: frozenset[str]


def write_rule_file(parameters: Parameters, switched_off: frozenset[str]) -> bytes:
    """Write a hall's parameters as TOML, in the order of the rules."""
    return "\n".join(_lines(parameters, switched_off)).encode()


def read_rule_file(path: Path) -> RuleFile:
    """Read them back; whether the rules know them shows when they are set.

    Raises:
        BadField: it is no such file.
    """
    try:
        content = tomllib.loads(path.read_text("utf-8"))
        off = frozenset(map(str, cast(list[str], content.pop(_OFF, []))))
        tables = cast(Mapping[str, Mapping[str, float]], content)
        parameters = {rule: dict(values.items()) for rule, values in tables.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise BadField("rule_set", "rule", path.name) from error
    if bad := [rule for rule, values in parameters.items() if not _are_numbers(values)]:
        raise BadField("rule_set", "rule", bad[0])
    return RuleFile(parameters, off)


def _are_numbers(values: Mapping[str, object]) -> bool:
    return all(isinstance(value, int | float) for value in values.values())


def _lines(parameters: Parameters, switched_off: frozenset[str]) -> Iterator[str]:
    off = ", ".join(f'"{rule}"' for rule in sorted(switched_off))
    yield f"{_OFF} = [{off}]"
    for rule, values in sorted(parameters.items()):
        yield ""
        yield f"[{rule}]"
        yield from (f"{name} = {value:g}" for name, value in sorted(values.items()))
    yield ""
