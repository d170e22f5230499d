"""What an effective card is charged for: the rules of its findings, each dimension once."""

from collections.abc import Sequence

from desktop.domain.calendar import HALL_TIME
from desktop.domain.cards import Card
from desktop.domain.findings import Finding
from desktop.domain.periods import month_of
from desktop.domain.scoring.entries import Charge
from desktop.domain.scoring.profile import Profile


def charges_of(profile: Profile, card: Card, findings: Sequence[Finding]) -> tuple[Charge, ...]:
    """Give one charge for each set of dimensions that the card's findings touch.

    They count in the month in which the first of them began. That a card follows another, or from
    cards added up, raises the level of the fault; beside the fault itself it is no second one.
    """
    began = min(finding.started_at for finding in findings)
    month = month_of(began.astimezone(HALL_TIME).date())
    faults = [finding for finding in findings if not finding.is_record] or findings
    by_dimensions = {profile.dimensions_of(f.rule_id): f.rule_id for f in reversed(faults)}
    return tuple(
        Charge(
            id=f"{card.id}/{rule_id}",
            hall_id=card.hall_id,
            unit_id=card.unit_id,
            month=month,
            rule_id=rule_id,
            source=f"card/{card.id}",
            level=card.kind.level,
            carded=True,
        )
        for rule_id in by_dimensions.values()
    )
