"""What a reviewer can say, and what keeps him from saying it: told before he presses."""

from dataclasses import dataclass, replace

from desktop.domain.cards import CardKind, card_kind
from desktop.domain.entities import Book
from desktop.domain.errors import DomainError, Inconclusive, MissingField, SamePerson
from desktop.domain.findings import (
    CARD_LEVEL,
    Dismissal,
    Finding,
    FindingState,
    ReviewResult,
    Verification,
)
from desktop.domain.roles import Actor
from desktop.domain.rules.video import PHONE_RULE
from desktop.system.language import said
from desktop.viewmodels.casework import bar_to
from desktop.viewmodels.review.pack import Pack
from desktop.viewmodels.times import stamp


@dataclass(frozen=True, slots=True)
class Verdict:
    """One possible decision and what it means."""

    result: ReviewResult
    title: str
    detail: str


def verdicts(finding: Finding | None = None) -> tuple[Verdict, ...]:
    """The four decisions on a finding, in the order of their keys."""
    if finding and finding.case:
        return _case_verdicts()
    if finding and finding.inspection_id:
        return _site_verdicts()
    if finding and finding.rule_id == PHONE_RULE:
        return _phone_verdicts()
    details = (
        (ReviewResult.TRUE, said("窗口无人，没有正当理由")),
        (ReviewResult.FALSE_ALARM, said("有人在岗，是机器看错了")),
        (ReviewResult.JUSTIFIED, said("请假、公务、顶岗、紧急情况")),
        (ReviewResult.UNDECIDABLE, said("画面不足以判断")),
    )
    return tuple(Verdict(result, result_name(result), detail) for result, detail in details)


def _case_verdicts() -> tuple[Verdict, ...]:
    details = (
        (ReviewResult.TRUE, said("核对原始材料，情况属实")),
        (ReviewResult.FALSE_ALARM, said("规则不适用于这件办件")),
        (ReviewResult.DATA_ERROR, said("部门报来的数据有误，应更正")),
        (ReviewResult.JUSTIFIED, said("系统故障、灾害、上级书面要求暂停")),
    )
    return tuple(Verdict(result, result_name(result), detail) for result, detail in details)


def _site_verdicts() -> tuple[Verdict, ...]:
    details = (
        (ReviewResult.TRUE, said("巡查记录和照片证实")),
        (ReviewResult.FALSE_ALARM, said("巡查人员判断有误")),
        (ReviewResult.JUSTIFIED, said("有正当理由，当时不应扣分")),
        (ReviewResult.UNDECIDABLE, said("记录不足以认定")),
    )
    return tuple(Verdict(result, result_name(result), detail) for result, detail in details)


def _phone_verdicts() -> tuple[Verdict, ...]:
    details = (
        (ReviewResult.TRUE, said("在用手机，与工作无关")),
        (ReviewResult.FALSE_ALARM, said("没有用手机，是机器看错了")),
        (ReviewResult.JUSTIFIED, said("因工作使用手机")),
        (ReviewResult.UNDECIDABLE, said("画面不足以判断")),
    )
    return tuple(Verdict(result, result_name(result), detail) for result, detail in details)


def result_name(result: ReviewResult | Dismissal) -> str:
    """Name what a reviewer found."""
    words = {
        "TRUE": said("属实", "verdict"),
        "FALSE_ALARM": said("误报"),
        "DATA_ERROR": said("数据有误"),
        "JUSTIFIED": said("有正当理由"),
        "UNDECIDABLE": said("无法认定"),
    }
    return words[result.value]


def act_for(finding: Finding, result: ReviewResult) -> str:
    """Name the transition that a decision asks for."""
    if result is not ReviewResult.TRUE:
        return "dismiss"
    return "confirm" if finding.state is FindingState.VERIFYING else "first_review"


def obstacle(
    book: Book, finding: Finding, result: ReviewResult | None, note: str, actor: Actor
) -> DomainError | None:
    """Give the refusal that the decision would meet now; None lets it go."""
    if result is None:
        return MissingField(Verification.ENTITY, "create", "result")
    if bar := bar_to(book, finding, act_for(finding, result), actor):
        return bar
    if result is ReviewResult.TRUE:
        return None if finding.conclusive else Inconclusive(finding.id)
    return None if note.strip() else MissingField(Finding.ENTITY, "dismiss", "dismissal_note")


def may_review(book: Book, finding: Finding, actor: Actor | None) -> bool:
    """Tell whether this person has anything to decide here."""
    if actor is None:
        return False
    acts = ("first_review", "confirm", "dismiss")
    return any(bar_to(book, finding, act, actor) is None for act in acts)


def waits_for(book: Book, finding: Finding, actor: Actor | None) -> bool:
    """Tell whether it waits for this person; what was given to another does not."""
    if actor is None or not may_review(book, finding, actor):
        return False
    return finding.state is not FindingState.ASSIGNED or finding.assigned_to == actor.user_id


def may_assign(book: Book, finding: Finding, actor: Actor | None) -> bool:
    """Tell whether this person may give it to somebody."""
    return actor is not None and bar_to(book, finding, "assign", actor) is None


def leads_to_card(finding: Finding) -> bool:
    """Tell whether a card can be drafted on it."""
    is_grave = finding.level >= CARD_LEVEL and not finding.is_provisional
    return finding.state is FindingState.CONFIRMED and is_grave


def drafting_said(finding: Finding) -> str:
    """Name the card that would be drafted."""
    return said("拟制红牌") if card_kind(finding) is CardKind.RED else said("拟制黄牌")


@dataclass(frozen=True, slots=True)
class ReviewerLine:
    """One reviewer: who it was and what he said, or whom it waits for."""

    title: str
    text: str
    waits: bool = False
    note: str = ""


def reviewers(pack: Pack, book: Book, actor: Actor | None) -> tuple[ReviewerLine, ...]:
    """Tell who reviewed and whom it waits for."""
    done = [
        ReviewerLine(
            _turn(each.turn),
            " · ".join((pack.name(each.verified_by), result_name(each.result))),
            note=" ".join(part for part in (stamp(each.at), each.note) if part),
        )
        for each in sorted(pack.verifications, key=lambda each: each.turn)
    ]
    return (*done, *_waited_for(pack, book, actor))


def _waited_for(pack: Pack, book: Book, actor: Actor | None) -> tuple[ReviewerLine, ...]:
    second = ReviewerLine(_turn(2), said("待复核（不能是第一人）"), waits=True)
    match pack.finding.state:
        case FindingState.ASSIGNED:
            told = said("已指派 {0}").format(pack.name(pack.finding.assigned_to))
            return ReviewerLine(_turn(1), told, waits=True), second
        case FindingState.DETECTED:
            return ReviewerLine(_turn(1), said("待核实", "turn"), waits=True), second
        case FindingState.VERIFYING:
            bar = bar_to(book, pack.finding, "confirm", actor) if actor else None
            same = isinstance(bar, SamePerson)
            return (replace(second, text=said("您是第一人，须由另一人复核")) if same else second,)
    return ()


def _turn(number: int) -> str:
    words = (said("第一人"), said("第二人"))
    return words[number - 1] if number <= len(words) else str(number)
