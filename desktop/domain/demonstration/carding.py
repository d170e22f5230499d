"""The eight cards of the demonstration and what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import cast

from desktop.domain.appeals import Appeal, AppealState, Decision
from desktop.domain.calendar import HALL_TIME
from desktop.domain.cards import Card, CardKind, CardState, series_of
from desktop.domain.demonstration.stage import Stage
from desktop.domain.identifiers import (
    AppealId,
    CardId,
    FindingId,
    RectificationId,
    UnitId,
    UserId,
    WindowId,
)
from desktop.domain.rectification import (
    LIMIT_WD,
    RecheckResult,
    Rectification,
    RectificationState,
)
from desktop.domain.report.facts import CardLine
from desktop.domain.signed_papers import document_number

_PROBLEMS = {
    "R-TIM-02": "办件超过承诺时限",
    "R-TIM-03": "办件严重超过承诺时限",
    "R-CASE-03": "不予许可未说明理由",
    "R-STP-01": "无依据暂停计时",
    "R-FEE-02": "超标准收费",
    "R-VID-03": "窗口无人值守且有群众等候",
    "R-CMP-05": "投诉逾期未答复",
}
_BASIS = "《某市行政效能监察办法》第二十一条"
_FIRST_NUMBER = {CardKind.YELLOW: 8, CardKind.RED: 3}
_REVOKED_RULE = "R-STP-01"
_STUCK_RULE = "R-TIM-03"  # still at work on the last day, and overdue
_DRAFTER, _CHECKER, _DEPUTY, _HEAD, _CLERK = (
    UserId(f"office-{name}") for name in ("drafter", "checker", "deputy", "head", "clerk")
)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a card rests on."""

    rule_id: str
    unit_id: UnitId
    window_id: WindowId
    on: date
    level: int
    finding_id: FindingId
    case_no: str = ""


def make_cards(stage: Stage, grounds: Sequence[Ground]) -> tuple[CardLine, ...]:
    """Make a card for each ground, in the order of days, as far as it came by the last day."""
    given = dict(_FIRST_NUMBER)
    lines = []
    for ground in grounds:
        kind = CardKind.RED if ground.level == 3 else CardKind.YELLOW
        lines.append(_line(stage, ground, kind, given[kind]))
        given[kind] += 1
    return tuple(lines)


def _line(stage: Stage, ground: Ground, kind: CardKind, number: int) -> CardLine:
    card = _issued(stage, ground, kind, number)
    person = stage.clerk(ground.window_id).name
    line = CardLine(card, _PROBLEMS[ground.rule_id], _BASIS, person, ground.case_no)
    if ground.rule_id == _REVOKED_RULE:
        appeal = _appeal(stage, card)
        card = replace(
            card,
            state=CardState.REVOKED,
            appeal_id=appeal.id,
            revoked_by=_HEAD,
            revoked_at=appeal.decided_at,
            revoke_reason="暂停事由在清单之内，告知在先",
        )
        return replace(line, card=card, appeal=appeal)
    order = _order(stage, card, stuck=ground.rule_id == _STUCK_RULE)
    return replace(line, card=_followed(stage, card, order), rectification=order)


def _issued(stage: Stage, ground: Ground, kind: CardKind, number: int) -> Card:
    issued = _after(stage, ground.on, 3)
    served = _after(stage, ground.on, 4)
    series = series_of(stage.organ, kind)
    return Card(
        id=CardId(f"card-{kind.value.lower()}-{number}"),
        hall_id=stage.hall.id,
        kind=kind,
        unit_id=ground.unit_id,
        window_id=ground.window_id,
        finding_ids=(ground.finding_id,),
        organ_id=stage.organ.id,
        rectify_due=_after(stage, ground.on, 4 + LIMIT_WD[kind]).date(),
        drafted_by=_DRAFTER,
        drafted_at=_after(stage, ground.on, 1),
        facts_text=_PROBLEMS[ground.rule_id],
        requirements=("查明原因", "限期整改"),
        state=CardState.SERVED,
        checked_by=_CHECKER,
        signed_by=_HEAD if kind is CardKind.RED else _DEPUTY,
        signed_at=issued,
        sealed_by=_CLERK,
        issued_at=issued,
        series=series,
        year=issued.year,
        number=number,
        doc_no=document_number(series, issued.year, number),
        served_by=_CLERK,
        served_at=served,
    )


def _appeal(stage: Stage, card: Card) -> Appeal:
    served = _served_on(card)
    return Appeal(
        id=AppealId(f"appeal-{card.number}"),
        hall_id=card.hall_id,
        card_id=card.id,
        unit_id=card.unit_id,
        card_signer=_DEPUTY,
        reason="已按特殊环节清单启动并书面告知，系统升级后才同步",
        received_at=_after(stage, served, 3),
        recorded_by=_DRAFTER,
        state=AppealState.DECIDED,
        decision=Decision.REVOKE,
        decision_reason="暂停事由在清单之内，告知在先",
        decided_by=_HEAD,
        decided_at=_after(stage, served, 7),
    )


def _order(stage: Stage, card: Card, *, stuck: bool) -> Rectification:
    """Make the rectification as it stood on the last day."""
    served, last = _served_on(card), stage.days[-1]
    order = Rectification(
        id=RectificationId(f"rectification-{card.kind.value.lower()}-{card.number}"),
        hall_id=card.hall_id,
        card_id=card.id,
        unit_id=card.unit_id,
        doc_no=card.doc_no,
        problems=(card.facts_text,),
        due=card.rectify_due,
        issued_by=_DRAFTER,
        issued_at=_after(stage, served, 0),
        state=RectificationState.IN_PROGRESS,
        served_at=_after(stage, served, 0),
    )
    reported = _after(stage, served, LIMIT_WD[card.kind] - 1)
    closed = _after(stage, reported.date(), 4)
    if stuck or reported.date() > last:
        return order
    order = replace(order, state=RectificationState.REPORTED, report="已完成", reported_at=reported)
    if closed.date() > last:
        return order
    return replace(
        order,
        state=RectificationState.CLOSED,
        recheck_result=RecheckResult.PASS,
        rechecked_by=_CHECKER,
        closed_by=_DEPUTY,
        closed_at=closed,
    )


def _followed(stage: Stage, card: Card, order: Rectification) -> Card:
    """Bring the card to where its rectification stands, once its days of appeal have passed."""
    effective = _after(stage, _served_on(card), card.appeal_days + 1)
    if effective.date() > stage.days[-1]:
        return card
    state = {
        RectificationState.CLOSED: CardState.CLOSED,
        RectificationState.REPORTED: CardState.SUBMITTED,
    }.get(order.state, CardState.RECTIFYING)
    return replace(
        card,
        state=state,
        effective_at=effective,
        rectification_id=order.id,
        closed_by=order.closed_by,
        closed_at=order.closed_at,
    )


def _served_on(card: Card) -> date:
    return cast(datetime, card.served_at).date()


def _after(stage: Stage, day: date, working_days: int) -> datetime:
    later = stage.calendar.after(day, working_days).day if working_days else day
    return datetime(later.year, later.month, later.day, 10, 30, tzinfo=HALL_TIME)
