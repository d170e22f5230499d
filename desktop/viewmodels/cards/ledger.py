"""What a card's appeal and rectification have come to, in lines and in one sentence."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from desktop.domain.appeals import Appeal, AppealState, Decision
from desktop.domain.cards import CardState
from desktop.domain.entities import Book
from desktop.domain.errors import CalendarUnknown
from desktop.domain.rectification import RecheckResult, RectificationState
from desktop.system.language import headed, joined, said
from desktop.system.theme import Tone
from desktop.viewmodels.cards.acts import Act
from desktop.viewmodels.cards.file import CardFile
from desktop.viewmodels.cards.steps import roles_of
from desktop.viewmodels.cards.track import Track
from desktop.viewmodels.naming import role_names, state_name
from desktop.viewmodels.times import day_of, day_said, stamp
from desktop.viewmodels.wording import sentence


@dataclass(frozen=True, slots=True)
class Line:
    """A label and what the ledger says under it."""

    label: str
    text: str
    tone: Tone = Tone.TEXT


def decision_name(decision: Decision) -> str:
    """Name what can be decided on an appeal."""
    words = {
        Decision.UPHOLD: said("维持"),
        Decision.REVOKE: said("撤销", "decision"),
        Decision.DOWNGRADE: said("变更为较低的牌"),
        Decision.REDO: said("撤销并重新查处"),
    }
    return words[decision]


def decision_effect(decision: Decision) -> str:
    """Say what a decision does."""
    words = {
        Decision.UPHOLD: said("牌生效，计入得分。"),
        Decision.REVOKE: said("牌作废，已扣的分冲回。"),
        Decision.DOWNGRADE: said("由已拟好的较低的牌接替，此牌作废。"),
        Decision.REDO: said("牌作废，问题另行查证后再处理。"),
    }
    return words[decision]


def result_word(result: RecheckResult) -> str:
    """Name what a recheck found."""
    words = {
        RecheckResult.PASS: said("整改到位"),
        RecheckResult.FAIL: said("未整改到位"),
        RecheckResult.FALSE_REPORT: said("虚假整改"),
    }
    return words[result]


def standing(track: Track, book: Book) -> tuple[str, Tone]:
    """Say where a served card stands, until when, and who is next."""
    told, tone = _told(track)
    act = track.next_act
    if act is None or track.waits_for_unit:
        return told, tone
    return joined(told, said("待{0}办理。").format(role_names(roles_of(track, book, act)))), tone


def _told(track: Track) -> tuple[str, Tone]:
    card = track.card
    ends = {
        CardState.REVOKED: said("已撤销：{0}").format(card.revoke_reason),
        CardState.REPLACED: said("已变更，由另一张牌接替。"),
        CardState.ESCALATED: said("已升级，由另一张牌接续。"),
        CardState.SUPERSEDED: said("已由同一问题更高的牌取代。"),
        CardState.CLOSED: said("整改到位，已经销号。"),
    }
    if card.state in ends:
        return ends[card.state], Tone.GOOD if card.state is CardState.CLOSED else Tone.SOFT
    if track.open_appeal:
        return _appeal_told(track, track.open_appeal)
    if card.state is CardState.SERVED:
        return _waiting_told(track)
    return _order_told(track)


def _appeal_told(track: Track, appeal: Appeal) -> tuple[str, Tone]:
    if appeal.decision_due is None:
        received = day_said(day_of(appeal.received_at))
        return said("单位于 {0} 申诉，尚未受理。").format(received), Tone.NEAR
    late = track.today > appeal.decision_due
    words = said("申诉已受理，应在 {0} 前决定。") if not late else said("申诉决定已逾期，限 {0}。")
    return words.format(day_said(appeal.decision_due)), Tone.BAD if late else Tone.ACCENT


def _waiting_told(track: Track) -> tuple[str, Tone]:
    until = track.appeal_until
    if until is None:
        return "", Tone.SOFT
    if until.provisional:
        return sentence(CalendarUnknown(until.day.year)), Tone.NEAR
    if track.today > until.day:
        return said("申诉期已于 {0} 届满，可以登记生效。").format(day_said(until.day)), Tone.ACCENT
    days = track.calendar.count(track.today, until.day)
    words = said("申诉期至 {0}，还剩 {1} 个工作日。届满无人申诉即可生效。")
    return words.format(day_said(until.day), days), Tone.SOFT


def _order_told(track: Track) -> tuple[str, Tone]:
    order = track.order
    if order is None:
        return said("尚未列入整改台账。"), Tone.NEAR
    if track.overdue_wd:
        words = said("整改逾期 {0} 个工作日，期限是 {1}。")
        return words.format(track.overdue_wd, day_said(track.due)), Tone.BAD
    if order.state is RectificationState.REPORTED:
        return said("单位已报送整改报告。"), Tone.ACCENT
    if order.state is RectificationState.RECHECK and order.recheck_result:
        return _recheck_told(track, order.recheck_result)
    words = said("{0}：整改期限 {1}，还剩 {2} 个工作日。")
    state = state_name(order.state.value)
    return words.format(state, day_said(track.due), track.left_wd), Tone.SOFT


def _recheck_told(track: Track, result: RecheckResult) -> tuple[str, Tone]:
    if result is RecheckResult.PASS:
        return said("复查认定整改到位，可以销号。"), Tone.GOOD
    if track.next_act is Act.SEND_BACK:
        return said("复查认定未整改到位，可以退回整改一次。"), Tone.NEAR
    words = said("复查结论：{0}。应当拟好接替的牌，升级处理。")
    return words.format(result_word(result)), Tone.NEAR


def ledger_lines(file: CardFile) -> tuple[Line, ...]:
    """Tell what the ledger knows of a served card, in the order in which it came about."""
    if file.card.served_at is None:
        return ()
    lines = (*_people(file), *_appeal_lines(file), *_effect_lines(file), *_order_lines(file))
    return tuple(replace(line, label=headed(line.label)) for line in lines)


def _people(file: CardFile) -> Iterator[Line]:
    card = file.card
    names = [file.name(who) for who in (card.drafted_by, card.checked_by, card.signed_by)]
    yield Line(said("拟稿、核稿、签发"), said("、", "list").join(names))
    for receipt in file.receipts:
        yield Line(said("签收"), f"{receipt.receiver} {stamp(receipt.received_at)[:16]}")


def _appeal_lines(file: CardFile) -> Iterator[Line]:
    track, appeal = file.track, file.track.appeal
    if until := track.appeal_until:
        yield Line(said("申诉期限"), day_said(until.day))
    if appeal is None:
        return
    yield Line(said("申诉理由"), appeal.reason)
    if appeal.state is AppealState.DECLINED:
        yield Line(said("不予受理"), appeal.decline_reason)
    if appeal.proposal:
        text = _opinion(file.name(appeal.reviewed_by), appeal.proposal, appeal.facts)
        yield Line(said("复核意见"), text)
    if appeal.decision:
        text = _opinion(file.name(appeal.decided_by), appeal.decision, appeal.decision_reason)
        yield Line(said("决定"), text)


def _opinion(name: str, decision: Decision, reason: str) -> str:
    return said("{0}：{1}。{2}").format(name, decision_name(decision), reason)


def _order_lines(file: CardFile) -> Iterator[Line]:
    track, order = file.track, file.track.order
    if order is None:
        return
    late = Tone.BAD if track.overdue_wd else Tone.TEXT
    yield Line(said("整改期限", "column"), day_said(track.due), late)
    if track.extension:
        yield Line(said("准予延期"), track.extension.reason)
    if order.plan:
        yield Line(said("整改方案"), order.plan)
    if order.report and order.reported_at:
        yield Line(said("整改报告"), f"{stamp(order.reported_at)[:10]} {order.report}")
    if order.recheck_result:
        parts = [file.name(order.rechecked_by), order.recheck_way]
        parts += [result_word(order.recheck_result), order.recheck_note]
        text = said("，", "list").join(part for part in parts if part)
        yield Line(said("复查", "step"), text)
    if order.escalate_reason:
        yield Line(said("升级理由"), order.escalate_reason)


def _effect_lines(file: CardFile) -> Iterator[Line]:
    card = file.card
    if card.effective_at:
        yield Line(said("生效", "step"), stamp(card.effective_at)[:16])
    if card.revoke_reason:
        words = said("{0}：{1}").format(file.name(card.revoked_by), card.revoke_reason)
        yield Line(said("撤销理由"), words)
