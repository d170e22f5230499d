"""The parameters that a hall holds its rules by, and the set of rules that follows from them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from desktop.domain.identifiers import HallId, UserId
from desktop.domain.rules.catalogue import Catalogue, Parameter, RuleSet

Parameters = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """What a hall has set, whole; it never changes, a later one takes its place.

    Attributes:
        parameters: by rule, those that differ from the catalogue.
        switched_off: rules that this hall does not judge by.
        version: of the set of rules, as findings name it.
    """

    ENTITY: ClassVar = "rule_settings"

    id: str
    hall_id: HallId
    version: str
    reason: str
    set_by: UserId
    set_at: datetime
    parameters: Parameters
    switched_off: tuple[str, ...] = ()


def in_force(settings: Iterable[RuleSettings]) -> RuleSettings | None:
    """Give the newest of a hall's settings, None where it goes by the catalogue."""
    return max(settings, key=lambda each: (each.set_at, each.id), default=None)


def rules_by(catalogue: Catalogue, settings: RuleSettings | None) -> RuleSet:
    """Give the set of rules of a hall.

    A rule or a parameter that a newer catalogue has no longer, or not in this range, goes by its
    default: a hall must not lose all its rules over one of them.
    """
    if settings is None:
        return RuleSet(catalogue)
    known = {rule.id: rule for rule in catalogue.rules()}
    return RuleSet(
        catalogue,
        {
            rule_id: _fitting(known[rule_id].parameters, values)
            for rule_id, values in settings.parameters.items()
            if rule_id in known
        },
        frozenset(settings.switched_off) & frozenset(known),
    )


def _fitting(parameters: Iterable[Parameter], values: Mapping[str, float]) -> dict[str, float]:
    return {
        each.name: values[each.name]
        for each in parameters
        if each.name in values and each.least <= values[each.name] <= each.most
    }
