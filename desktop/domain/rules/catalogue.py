"""The catalogue of rules, as the rule files give them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast


@dataclass(frozen=True, slots=True)
class Wording:
    """What a rule says in one language; the braces are filled by the screens."""

    name: str
    rule: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes:
        level: the highest level that its finding can lead to, 0 to 3.
        parameter: the hall's setting that it compares with.
    """

    id: str
    version: str
    level: int
    parameter: str
    default: float
    wording: Mapping[str, Wording]


class Catalogue:
    """All rules by id."""

    def __init__(self, files: Mapping[str, Mapping[str, object]]) -> None:
        self._rules = {str(content["id"]): _rule(content) for content in files.values()}

    def rule(self, rule_id: str) -> Rule:
        """Give a rule; a KeyError is our own mistake."""
        return self._rules[rule_id]


def _rule(content: Mapping[str, object]) -> Rule:
    return Rule(
        id=str(content["id"]),
        version=str(content["version"]),
        level=cast(int, content["level"]),
        parameter=str(content["parameter"]),
        default=float(cast(float, content["default"])),
        wording={
            language: Wording(**cast(dict[str, str], content[language]))
            for language in ("zh", "en")
        },
    )
