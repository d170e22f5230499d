"""A hall sets the parameters of its rules."""

from collections.abc import Collection

from desktop.domain.errors import MissingField
from desktop.domain.identifiers import HallId, new_id
from desktop.domain.rules.catalogue import Catalogue, RuleSet
from desktop.domain.rules.settings import Parameters, RuleSettings, in_force, rules_by
from desktop.usecases.ports import Clock, Reading, UnitOfWork


def settings_of(reading: Reading, hall_id: HallId) -> RuleSettings | None:
    """Give what a hall has set, None where it goes by the catalogue."""
    return in_force(reading.find(RuleSettings, hall_id=hall_id))


def rules_of(reading: Reading, hall_id: HallId, catalogue: Catalogue) -> RuleSet:
    """Give the rules that a hall judges by now."""
    return rules_by(catalogue, settings_of(reading, hall_id))


def note_rules_export(work: UnitOfWork, hall_id: HallId, reason: str) -> None:
    """Write down who takes a hall's parameters out, and why.

    Raises:
        MissingField: no reason.
    """
    if not reason.strip():
        raise MissingField(RuleSettings.ENTITY, "export", "reason")
    work.note("rules.export", f"hall/{hall_id}", reason=reason)


def set_rules(
    work: UnitOfWork,
    hall_id: HallId,
    parameters: Parameters,
    switched_off: Collection[str],
    *,
    reason: str,
    catalogue: Catalogue,
    clock: Clock,
) -> RuleSettings:
    """Let a hall judge by other parameters from now on; what was found stays as it was judged.

    Raises:
        MissingField: no reason.
        BadField: a rule or a parameter that is none, or a value out of its range.
        NotAllowed: the person may not.
    """
    if not reason.strip():
        raise MissingField(RuleSettings.ENTITY, "create", "reason")
    rules = RuleSet(catalogue, parameters, frozenset(switched_off))
    settings = RuleSettings(
        id=new_id(),
        hall_id=hall_id,
        version=rules.version,
        reason=reason.strip(),
        set_by=work.actor.user_id,
        set_at=clock.now(),
        parameters=parameters,
        switched_off=tuple(sorted(switched_off)),
    )
    work.add(settings)
    work.note("rules.set", f"rule_settings/{settings.id}", reason=settings.reason)
    return settings
