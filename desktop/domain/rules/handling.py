"""How cards and papers are handled: what stays undone (R-RCT, AG-7), and our own process limits.

What keeps the office itself waiting is a reminder (level 0) and never charged to a unit.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from desktop.domain.appeals import Appeal
from desktop.domain.calendar import HALL_TIME, WorkingCalendar
from desktop.domain.cards import Card, CardKind, CardState
from desktop.domain.findings import Finding
from desktop.domain.official_documents import OfficialDocument
from desktop.domain.rectification import (
    Extension,
    RecheckResult,
    Rectification,
    RectificationState,
)
from desktop.domain.replies import UnitReply
from desktop.domain.rules.judgement import NONE, Hit, Hits, Values

_OVER = {
    CardState.CANCELLED, CardState.REVOKED, CardState.REPLACED, CardState.SUPERSEDED,
    CardState.ESCALATED, CardState.CLOSED,
}  # fmt: skip


class CardLife(NamedTuple):
    """A card with its last appeal, its order and the time that was added, on a day.

    Attributes:
        sent_at: when its package went out to the unit.
    """

    card: Card
    appeal: Appeal | None
    order: Rectification | None
    extension: Extension | None
    today: date
    calendar: WorkingCalendar
    sent_at: datetime | None = None

    @property
    def overdue_wd(self) -> int:
        """Working days over the due day while the unit still owes its report."""
        order = self.order
        if order is None or not order.state.waits_for_unit or self.card.state in _OVER:
            return 0
        return order.overdue_wd(self.today, self.calendar, self.extension)

    def since(self, moment: datetime | None) -> int:
        """Count working days since a moment; none before it came."""
        return self.calendar.count(self.calendar.day(moment), self.today) if moment else 0


class LifeRule(NamedTuple):
    """A rule over one card's life."""

    rule_id: str
    judge: Callable[[CardLife, Values], Hits]


def overdue(life: CardLife, values: Values) -> Hits:
    """R-RCT-01: due, and nothing was reported."""
    return _overdue(life, values, level=None)


def escalated(life: CardLife, values: Values) -> Hits:
    """AG-7: overdue for so long that the level rises by one."""
    return _overdue(life, values, level=min(CardKind.RED.level, life.card.kind.level + 1))


def falsely_reported(life: CardLife, _: Values) -> Hits:
    """R-RCT-02: reported as done, and the recheck shows it to be false."""
    order = life.order
    if order is None or order.recheck_result is not RecheckResult.FALSE_REPORT:
        return NONE
    facts = {"reported": order.reported_at, "note": order.recheck_note, **_named(life)}
    return [Hit(facts, unit=life.card.unit_id)]


def unsigned(life: CardLife, values: Values) -> Hits:
    """R-LIM-02: checked, and nobody signed."""
    waits = life.card.state is CardState.UNDER_APPROVAL
    return _late(life, values, life.card.checked_at if waits else None)


def unserved(life: CardLife, values: Values) -> Hits:
    """R-LIM-03: issued, and not served."""
    waits = life.card.state is CardState.ISSUED
    return _late(life, values, life.card.issued_at if waits else None)


def undecided(life: CardLife, values: Values) -> Hits:
    """R-LIM-04: appealed against, and not decided; a later day that was set holds instead."""
    appeal = life.appeal
    if appeal is None or not appeal.state.is_open:
        return NONE
    if appeal.decision_due and life.today <= appeal.decision_due:
        return NONE
    return _late(life, values, appeal.received_at)


def unchecked(life: CardLife, values: Values) -> Hits:
    """R-LIM-05: reported, and not rechecked."""
    waits = life.order is not None and life.order.state is RectificationState.REPORTED
    return _late(life, values, life.order.reported_at if waits and life.order else None)


def unclosed(life: CardLife, values: Values) -> Hits:
    """R-LIM-06: put right, and not struck off."""
    order = life.order
    passed = order is not None and order.recheck_result is RecheckResult.PASS
    waits = passed and order is not None and order.state is RectificationState.RECHECK
    return _late(life, values, order.rechecked_at if waits and order else None)


def unacknowledged(life: CardLife, values: Values) -> Hits:
    """R-LIM-07: its package went out, and nobody signed for it."""
    waits = life.card.state is CardState.ISSUED
    return _late(life, values, life.sent_at if waits else None)


LIFE_RULES = (
    LifeRule("R-RCT-01", overdue),
    LifeRule("AG-7", escalated),
    LifeRule("R-RCT-02", falsely_reported),
    LifeRule("R-LIM-02", unsigned),
    LifeRule("R-LIM-03", unserved),
    LifeRule("R-LIM-04", undecided),
    LifeRule("R-LIM-05", unchecked),
    LifeRule("R-LIM-06", unclosed),
    LifeRule("R-LIM-07", unacknowledged),
)
WAITING_RULE = "R-LIM-01"
PROPOSAL_RULE = "R-RCT-03"


def unverified(finding: Finding, values: Values, today: date, calendar: WorkingCalendar) -> Hits:
    """R-LIM-01: found, and nobody decided; what only reminds need not be decided."""
    over = calendar.count(calendar.day(finding.detected_at), today)
    if not finding.state.is_open or finding.level == 0 or over <= values["limit_wd"]:
        return NONE
    facts = {"over": over, "limit": int(values["limit_wd"]), "finding_id": finding.id}
    return [Hit(facts, unit=finding.unit_id)]


def unanswered(
    paper: OfficialDocument, replies: Sequence[UnitReply], today: date, values: Values
) -> Hits:
    """R-RCT-03: a proposal of supervision was served, and neither accepted nor refused by reasons.

    A form that only says that it was received is no answer.
    """
    if paper.served_at is None or paper.unit_id is None or any(each.answers for each in replies):
        return NONE
    said = str(paper.said.get("reply_days", ""))
    days = int(said) if said.isdigit() else int(values["reply_days"])
    due = paper.served_at.astimezone(HALL_TIME).date() + timedelta(days=days)
    if today <= due:
        return NONE
    facts = {"number": paper.doc_no, "due": due, "document_id": paper.id}
    return [Hit(facts, unit=paper.unit_id)]


def _overdue(life: CardLife, values: Values, *, level: int | None) -> Hits:
    late = life.overdue_wd
    if not late or late < values["overdue_wd"]:
        return NONE
    due = life.extension.until if life.extension else life.order.due if life.order else life.today
    return [Hit({"due": due, "overdue": late, **_named(life)}, level, unit=life.card.unit_id)]


def _late(life: CardLife, values: Values, since: datetime | None) -> Hits:
    over = life.since(since)
    if life.card.state in _OVER or over <= values["limit_wd"]:
        return NONE
    facts = {"over": over, "limit": int(values["limit_wd"]), **_named(life)}
    return [Hit(facts, unit=life.card.unit_id)]


def _named(life: CardLife) -> dict[str, object]:
    return {"number": life.card.doc_no, "card_id": life.card.id}
