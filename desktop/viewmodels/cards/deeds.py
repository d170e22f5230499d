"""What is done with a card: each act of the desk as one transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import cast

from desktop.documents.card_paper import default_requirements
from desktop.domain.appeals import Appeal, Decision
from desktop.domain.cards import TEMPLATES, Card
from desktop.domain.rectification import Recheck, Rectification
from desktop.usecases import appeals, cards, effect, inquiry, rectification, recusal
from desktop.usecases.ports import UnitOfWork
from desktop.viewmodels.cards.acts import Act
from desktop.viewmodels.cards.draft import RECTIFY_WD, text_of
from desktop.viewmodels.cards.file import CardFile
from desktop.viewmodels.casework import Casework
from desktop.viewmodels.paperwork.service import Served
from desktop.viewmodels.times import day_of

Deed = Callable[[UnitOfWork], Card]


@dataclass(frozen=True, slots=True)
class Accepted:
    """An appeal is taken up; whether the rectification waits meanwhile."""

    suspends: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reviewer proposes, or who decides says, and why."""

    decision: Decision
    reason: str


@dataclass(frozen=True, slots=True)
class MoreTime:
    """Until when more time is given, and why."""

    until: date
    reason: str


Answer = str | Served | Accepted | Verdict | Recheck | MoreTime | None


class CardDeeds:
    """Makes the deeds of one open program."""

    def __init__(self, casework: Casework) -> None:
        self._casework = casework
        self._deeds: Mapping[Act, Callable[[UnitOfWork, CardFile, Answer], object]] = {
            Act.SUBMIT: self._submit,
            Act.CHECK: self._check,
            Act.RETURN: self._return,
            Act.RETURN_APPROVAL: self._return,
            Act.SIGN: self._sign,
            Act.ISSUE: self._issue,
            Act.SERVE: self._serve,
            Act.CANCEL: self._cancel,
            Act.TAKE_EFFECT: self._take_effect,
            Act.FOLLOW: self._follow,
            Act.ORDER: self._order,
            Act.AT_ONCE: self._at_once,
            Act.ANEW: self._anew,
            Act.APPEAL: self._appeal,
            Act.ACCEPT: self._accept,
            Act.DECLINE: self._decline,
            Act.WITHDRAW: self._withdraw,
            Act.REVIEW: self._review,
            Act.DECIDE: self._decide,
            Act.PLAN: self._plan,
            Act.BEGIN: self._begin,
            Act.REPORT: self._report,
            Act.RECHECK: self._recheck,
            Act.CLOSE: self._close,
            Act.SEND_BACK: self._send_back,
            Act.ESCALATE: self._escalate,
            Act.EXTEND: self._extend,
            Act.RECUSE: self._recuse,
            Act.ANNUL: self._annul,
        }

    def deed(self, act: Act, file: CardFile, answer: Answer) -> Deed:
        """Give an act on a card, to be done in one transaction.

        It answers the card as it is, or the successor that was begun.
        """
        if act is Act.SUCCESSOR:
            return partial(self._begin_successor, file=file)
        do = self._deeds[act]

        def whole(work: UnitOfWork) -> Card:
            do(work, file, answer)
            return work.get(Card, file.card.id)

        return whole

    def _begin_successor(self, work: UnitOfWork, file: CardFile) -> Card:
        """Begin the card that is to stand in this one's place, with its text to go on from."""
        clock, calendar = self._casework.clock, self._casework.calendar
        kind = file.wanted_successor or file.card.kind  # the act is offered where one is wanted
        template = self._casework.press.template(TEMPLATES[kind])
        text = replace(
            text_of(file.card),
            requirements=default_requirements(template, file.findings[0]),
            rectify_due=calendar.after(day_of(clock.now()), RECTIFY_WD).day,
        )
        return cards.draft_successor(work, file.card.id, kind, text, clock=clock)

    def _submit(self, work: UnitOfWork, file: CardFile, _answer: Answer) -> None:
        cards.submit_card(work, file.card.id, clock=self._casework.clock)

    def _check(self, work: UnitOfWork, file: CardFile, answer: Answer) -> None:
        cards.check_card(work, file.card.id, cast(str, answer), clock=self._casework.clock)

    def _return(self, work: UnitOfWork, file: CardFile, answer: Answer) -> None:
        cards.return_card(work, file.card.id, cast(str, answer))

    def _sign(self, work: UnitOfWork, file: CardFile, _answer: Answer) -> None:
        press, clock = self._casework.press, self._casework.clock
        cards.sign_card(work, file.card.id, press=press, clock=clock)

    def _issue(self, work: UnitOfWork, file: CardFile, _answer: Answer) -> None:
        press, clock = self._casework.press, self._casework.clock
        cards.issue_card(work, file.card.id, press=press, clock=clock)

    def _serve(self, work: UnitOfWork, file: CardFile, answer: Answer) -> None:
        press, clock = self._casework.press, self._casework.clock
        service = cast(Served, answer).with_photo_in(press)
        rectification.serve_with_order(work, file.card.id, service, press=press, clock=clock)

    def _cancel(self, work: UnitOfWork, file: CardFile, answer: Answer) -> None:
        cards.cancel_card(work, file.card.id, cast(str, answer))

    def _take_effect(self, work: UnitOfWork, file: CardFile, _answer: Answer) -> None:
        rectification.let_stand(
            work,
            _order_of(file).id,
            profile=self._casework.profile,
            calendar=self._casework.calendar,
            clock=self._casework.clock,
        )

    def _follow(self, work: UnitOfWork, file: CardFile, _answer: Answer) -> None:
        rectification.follow_card(work, _order_of(file).id)

    def _order(self, work: UnitOfWork, file: CardFile, _answer: Answer) -> None:
        rectification.open_rectification(work, file.card.id, clock=self._casework.clock)

    def _at_once(self, work: UnitOfWork, file: CardFile, answer: Answer) -> None:
        clock = self._casework.clock
        rectification.put_right_at_once(work, file.card.id, cast(str, answer), clock=clock)

    def _anew(self, work: UnitOfWork, file: CardFile, _answer: Answer) -> None:
        inquiry.look_into_anew(work, file.card.id, clock=self._casework.clock)

    def _appeal(self, work: UnitOfWork, file: CardFile, answer: Answer) -> None:
        appeals.file_appeal(
            work,
            file.card.id,
            cast(str, answer),
            calendar=self._casework.calendar,
            clock=self._casework.clock,
        )

    def _accept(self, work: UnitOfWork, file: CardFile, answer: Answer) -> None:
        appeals.accept_appeal(
            work,
            _appeal_of(file).id,
            calendar=self._casework.calendar,
            clock=self._casework.clock,
            suspends=cast(Accepted, answer).suspends,
        )

    def _decline(self, work: UnitOfWork, file: CardFile, answer: Answer) -> None:
        appeals.decline_appeal(work, _appeal_of(file).id, cast(str, answer))

    def _withdraw(self, work: UnitOfWork, file: CardFile, _answer: Answer) -> None:
        appeals.withdraw_appeal(work, _appeal_of(file).id)

    def _review(self, work: UnitOfWork, file: CardFile, answer: Answer) -> None:
        said = cast(Verdict, answer)
        appeals.review_appeal(
            work, _appeal_of(file).id, said.reason, said.decision, clock=self._casework.clock
        )

    def _decide(self, work: UnitOfWork, file: CardFile, answer: Answer) -> None:
        said = cast(Verdict, answer)
        lower = file.lower if said.decision is Decision.DOWNGRADE else None
        appeals.decide_appeal(
            work,
            _appeal_of(file).id,
            said.decision,
            said.reason,
            profile=self._casework.profile,
            clock=self._casework.clock,
            successor_id=lower.id if lower else None,
        )

    def _plan(self, work: UnitOfWork, file: CardFile, answer: Answer) -> None:
        clock = self._casework.clock
        rectification.file_plan(work, _order_of(file).id, cast(str, answer), clock=clock)

    def _begin(self, work: UnitOfWork, file: CardFile, _answer: Answer) -> None:
        rectification.begin_work(work, _order_of(file).id)

    def _report(self, work: UnitOfWork, file: CardFile, answer: Answer) -> None:
        clock = self._casework.clock
        rectification.report_done(work, _order_of(file).id, cast(str, answer), clock=clock)

    def _recheck(self, work: UnitOfWork, file: CardFile, answer: Answer) -> None:
        clock = self._casework.clock
        rectification.recheck(work, _order_of(file).id, cast(Recheck, answer), clock=clock)

    def _close(self, work: UnitOfWork, file: CardFile, _answer: Answer) -> None:
        rectification.close(work, _order_of(file).id, clock=self._casework.clock)

    def _send_back(self, work: UnitOfWork, file: CardFile, _answer: Answer) -> None:
        rectification.send_back(work, _order_of(file).id)

    def _escalate(self, work: UnitOfWork, file: CardFile, answer: Answer) -> None:
        successor = file.higher or file.card  # without a draft the use case refuses
        rectification.escalate(
            work,
            _order_of(file).id,
            cast(str, answer),
            successor.id,
            calendar=self._casework.calendar,
            clock=self._casework.clock,
        )

    def _extend(self, work: UnitOfWork, file: CardFile, answer: Answer) -> None:
        more = cast(MoreTime, answer)
        rectification.extend(
            work, _order_of(file).id, more.until, more.reason, clock=self._casework.clock
        )

    def _recuse(self, work: UnitOfWork, file: CardFile, answer: Answer) -> None:
        clock = self._casework.clock
        recusal.stand_aside(work, file.card.id, cast(str, answer), clock=clock)

    def _annul(self, work: UnitOfWork, file: CardFile, answer: Answer) -> None:
        effect.annul_card(work, file.card.id, cast(str, answer), clock=self._casework.clock)


def _order_of(file: CardFile) -> Rectification:
    return cast(Rectification, file.track.order)  # an act on an order is offered where there is one


def _appeal_of(file: CardFile) -> Appeal:
    return cast(Appeal, file.track.appeal)
