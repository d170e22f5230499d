"""What a reviewer can say, and what keeps him from saying it: told before he presses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.entities import Book
from desktop.domain.errors import DomainError, Inconclusive, MissingField, SamePerson
from desktop.domain.findings import Dismissal, Finding, FindingState, ReviewResult, Verification
from desktop.domain.roles import Actor
from desktop.system.language import marked, said
from desktop.viewmodels.casework import bar_to
from desktop.viewmodels.review.pack import Pack
from desktop.viewmodels.times import stamp


@dataclass(frozen=True, slots=True)
class Verdict:
    """One possible decision and what it means."""

    result: ReviewResult
    title: str
    detail: str


def verdicts() -> tuple[Verdict, ...]:
    """The four decisions, in the order of their keys."""
    return (
        Verdict(ReviewResult.TRUE, said(marked("属实")), said(marked("窗口无人，无正当理由"))),
        Verdict(
            ReviewResult.FALSE_ALARM, said(marked("误报")), said(marked("有人在岗，机器看错了"))
        ),
        Verdict(
            ReviewResult.JUSTIFIED,
            said(marked("有正当理由")),
            said(marked("请假、公务、顶岗、紧急情况")),
        ),
        Verdict(
            ReviewResult.UNDECIDABLE, said(marked("无法认定")), said(marked("画面不足以判断"))
        ),
    )


RESULT_WORDS: Mapping[ReviewResult, str] = {
    ReviewResult.TRUE: marked("属实"),
    ReviewResult.FALSE_ALARM: marked("误报"),
    ReviewResult.DATA_ERROR: marked("数据有误"),
    ReviewResult.JUSTIFIED: marked("有正当理由"),
    ReviewResult.UNDECIDABLE: marked("无法认定"),
}

DISMISSAL_WORDS: Mapping[Dismissal, str] = {
    each: RESULT_WORDS[ReviewResult[each.name]] for each in Dismissal
}


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
            " · ".join((pack.name(each.verified_by), said(RESULT_WORDS[each.result]))),
            note=" ".join(part for part in (stamp(each.at), each.note) if part),
        )
        for each in sorted(pack.verifications, key=lambda each: each.turn)
    ]
    match pack.finding.state:
        case FindingState.DETECTED | FindingState.ASSIGNED:
            still = (
                ReviewerLine(_turn(1), said(marked("待核实")), waits=True),
                ReviewerLine(_turn(2), said(marked("待核实（不能是第一人）")), waits=True),
            )
        case FindingState.VERIFYING:
            same = actor is not None and isinstance(
                bar_to(book, pack.finding, "confirm", actor), SamePerson
            )
            text = marked("须由另一人复核，你是第一人") if same else marked("待复核（不能是第一人）")
            still = (ReviewerLine(_turn(2), said(text), waits=True),)
        case _:
            still = ()
    return (*done, *still)


def _turn(number: int) -> str:
    words: Sequence[str] = (marked("第一人"), marked("第二人"))
    return said(words[number - 1]) if number <= len(words) else str(number)
