"""The catalogue of rules, as the rule files give them, and the set that a hall holds by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from hashlib import sha256
from typing import Any, cast

from desktop.domain.errors import BadField


class Board(Enum):
    """The six boards of the first page (section 2.1, F12)."""

    POWER_OPERATION = "POWER_OPERATION"
    FACTOR_MARKET = "FACTOR_MARKET"
    SPECIAL_FUND = "SPECIAL_FUND"
    ONLINE_COMPLAINT = "ONLINE_COMPLAINT"
    ADMIN_EFFICIENCY = "ADMIN_EFFICIENCY"
    INFO_DISCLOSURE = "INFO_DISCLOSURE"


@dataclass(frozen=True, slots=True)
class Wording:
    """What a rule says in one language; the braces are filled from a finding's facts.

    Attributes:
        words: what the coded values among the facts are called.
    """

    name: str
    rule: str
    explanation: str
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that a hall may set within a range.

    Attributes:
        unit: what it counts, as "WORKING_DAY", "MINUTE", "PERCENT".
        source: where the default comes from, as "[S:DZJC-B]" or "[DESIGN]".
    """

    name: str
    default: float
    least: float
    most: float
    unit: str
    source: str
    label: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes:
        level: the highest level that its finding can lead to, 0 to 3.
        group: of the rules of one group only the highest finding of a case stands (section 7.4).
        basis: articles and other sources with their marks.
        first_level: the level of the first in a month at a window, where that is lighter.
        transfer: whether a finding may have to be handed to another organ (问题线索移送).
        measures: papers that are proposed once it is confirmed, by their templates.
    """

    id: str
    version: str
    board: Board
    level: int
    parameters: tuple[Parameter, ...]
    basis: tuple[str, ...]
    wording: Mapping[str, Wording]
    group: str = ""
    transfer: bool = False
    first_level: int | None = None
    measures: tuple[str, ...] = ()

    def level_when(self, *, repeated: bool) -> int:
        """Give the level of a finding; `repeated` when one was confirmed earlier in the month."""
        return self.level if repeated or self.first_level is None else self.first_level


class Catalogue:
    """All rules by id."""

    def __init__(self, files: Mapping[str, Mapping[str, object]]) -> None:
        self._rules = {str(content["id"]): _rule(content) for content in files.values()}

    def rule(self, rule_id: str) -> Rule:
        """Give a rule; a KeyError is our own mistake."""
        return self._rules[rule_id]

    def rules(self) -> tuple[Rule, ...]:
        """Give all rules in the order of their ids."""
        return tuple(self._rules[rule_id] for rule_id in sorted(self._rules))


class RuleSet:
    """The catalogue with what one hall has set; its version names exactly that.

    Raises:
        BadField: a rule or a parameter that is none, or a value out of its range.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        settings: Mapping[str, Mapping[str, float]] | None = None,
        switched_off: frozenset[str] = frozenset(),
    ) -> None:
        settings = settings or {}
        self._rules = {rule.id: rule for rule in catalogue.rules()}
        for rule_id in (*settings, *switched_off):
            if rule_id not in self._rules:
                raise BadField("rule_set", "rule", rule_id)
        self._values = {
            rule.id: _values(rule, settings.get(rule.id, {})) for rule in self._rules.values()
        }
        self._switched_off = switched_off
        self.version = self._digest()

    def rules(self) -> tuple[Rule, ...]:
        """Give the rules that are on."""
        return tuple(rule for rule in self._rules.values() if self.is_on(rule.id))

    def is_on(self, rule_id: str) -> bool:
        """Tell whether this hall judges by a rule."""
        return rule_id not in self._switched_off

    def rule(self, rule_id: str) -> Rule:
        """Give a rule, on or off; a KeyError is our own mistake."""
        return self._rules[rule_id]

    def values(self, rule_id: str) -> Mapping[str, float]:
        """Give the parameters of a rule as this hall has them."""
        return self._values[rule_id]

    def _digest(self) -> str:
        stand = [
            (rule.id, rule.version, rule.id in self._switched_off, sorted(values.items()))
            for rule, values in ((self._rules[each], self._values[each]) for each in self._rules)
        ]
        return sha256(repr(stand).encode()).hexdigest()[:16]


def _values(rule: Rule, given: Mapping[str, float]) -> Mapping[str, float]:
    known = {parameter.name: parameter for parameter in rule.parameters}
    for name, value in given.items():
        if name not in known or not known[name].least <= value <= known[name].most:
            raise BadField(rule.id, name, value)
    return {name: given.get(name, parameter.default) for name, parameter in known.items()}


def _rule(content: Mapping[str, object]) -> Rule:
    level = cast(int, content["level"])
    if not 0 <= level <= 3:
        raise BadField(str(content["id"]), "level", level)
    rows = cast(Sequence[Mapping[str, object]], content.get("parameter", ()))
    return Rule(
        id=str(content["id"]),
        version=str(content["version"]),
        board=Board(content["board"]),
        level=level,
        parameters=tuple(map(_parameter, rows)),
        basis=tuple(cast(Sequence[str], content["basis"])),
        wording={
            language: Wording(**cast(dict[str, Any], content[language]))
            for language in ("zh", "en")
        },
        group=str(content.get("group", "")),
        transfer=bool(content.get("transfer", False)),
        first_level=cast("int | None", content.get("first_level")),
        measures=tuple(cast(Sequence[str], content.get("measures", ()))),
    )


def _parameter(row: Mapping[str, object]) -> Parameter:
    least, most = cast(Sequence[float], row["range"])
    default = float(cast(float, row["default"]))
    if not least <= default <= most:
        raise BadField(str(row["name"]), "default", default)
    return Parameter(
        name=str(row["name"]),
        default=default,
        least=float(least),
        most=float(most),
        unit=str(row["unit"]),
        source=str(row["source"]),
        label={language: str(row[language]) for language in ("zh", "en")},
    )
