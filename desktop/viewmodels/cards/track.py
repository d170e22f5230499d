"""Where a card stands on a day: what is open of its appeal and its rectification, what is next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.domain.appeals import Appeal, AppealState, last_day
from desktop.domain.calendar import Deadline, WorkingCalendar
from desktop.domain.cards import Card, CardKind, CardState
from desktop.domain.errors import DomainError
from desktop.domain.rectification import (
    ESCALATES_AFTER_WD,
    Extension,
    RecheckResult,
    Rectification,
    RectificationState,
    must_be_extendable,
)
from desktop.usecases.ports import Record
from desktop.viewmodels.cards.acts import Act

_BEFORE_SERVICE = {
    CardState.DRAFT: Act.SUBMIT,
    CardState.UNDER_CHECK: Act.CHECK,
    CardState.UNDER_APPROVAL: Act.SIGN,
    CardState.SIGNED: Act.ISSUE,
    CardState.ISSUED: Act.SERVE,
}
_OF_APPEAL = {
    AppealState.FILED: Act.ACCEPT,
    AppealState.ACCEPTED: Act.REVIEW,
    AppealState.REVIEWED: Act.DECIDE,
}
_OF_ORDER = {
    RectificationState.ISSUED: Act.REPORT,
    RectificationState.SERVED: Act.PLAN,
    RectificationState.PLAN_FILED: Act.BEGIN,
    RectificationState.IN_PROGRESS: Act.REPORT,
    RectificationState.REOPENED: Act.BEGIN,
    RectificationState.REPORTED: Act.RECHECK,
}
ENDED = {
    CardState.CANCELLED, CardState.REVOKED, CardState.REPLACED, CardState.ESCALATED,
    CardState.CLOSED, CardState.SUPERSEDED,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Track:
    """A card with what followed its service.

    Attributes:
        appeal: the last one, None where nobody appealed.
        order: its rectification, None before service.
        extension: more time that was given for it.
        today: the day in the hall.
        awaits_inquiry: an appeal sent it back to be looked into anew, and nobody has yet.
    """

    card: Card
    appeal: Appeal | None
    order: Rectification | None
    extension: Extension | None
    today: date
    calendar: WorkingCalendar
    awaits_inquiry: bool = False

    @property
    def is_before_service(self) -> bool:
        """Whether it is still on its way to the unit."""
        return self.card.state in _BEFORE_SERVICE

    @property
    def appeal_until(self) -> Deadline | None:
        """The last day of appeal; None before service."""
        return last_day(self.card, self.calendar) if self.card.served_at else None

    @property
    def open_appeal(self) -> Appeal | None:
        """The appeal that waits for somebody."""
        return self.appeal if self.appeal and self.appeal.state.is_open else None

    @property
    def may_take_effect(self) -> bool:
        """Whether its days of appeal have passed unused."""
        until = self.appeal_until
        waits = self.card.state is CardState.SERVED and self.open_appeal is None
        return waits and until is not None and not until.provisional and self.today > until.day

    @property
    def due(self) -> date:
        """The day by which it has to be put right."""
        if self.extension:
            return self.extension.until
        return self.order.due if self.order else self.card.rectify_due

    @property
    def is_open(self) -> bool:
        """Whether its rectification is neither closed nor escalated, nor its card taken back."""
        return bool(self.order and self.order.state.is_open and self.card.state not in ENDED)

    @property
    def overdue_wd(self) -> int:
        """Working days over the due day while the unit still owes its report, otherwise 0."""
        if not self.order or not self.is_open or not self.order.state.waits_for_unit:
            return 0
        return self.order.overdue_wd(self.today, self.calendar, self.extension)

    @property
    def left_wd(self) -> int:
        """Working days that are left until the due day."""
        return self.calendar.count(self.today, self.due)

    @property
    def age_wd(self) -> int:
        """Working days since the order reached the unit."""
        if not self.order:
            return 0
        began = self.order.served_at or self.order.issued_at
        return self.calendar.count(self.calendar.day(began), self.today)

    @property
    def next_act(self) -> Act | None:
        """What comes next, whoever does it; None when all has ended."""
        state = self.card.state
        if state in ENDED:
            return Act.ANEW if self.awaits_inquiry else None
        if state in _BEFORE_SERVICE:
            return _BEFORE_SERVICE[state]
        if self.open_appeal:
            return _OF_APPEAL[self.open_appeal.state]
        if self.order is None:
            return Act.ORDER
        if self.may_take_effect:
            return Act.TAKE_EFFECT
        act = Act.FOLLOW if state is CardState.EFFECTIVE else self._of_order(self.order)
        return act if act and self.fits(act) else None  # a closure waits for the card to stand

    @property
    def waits_for_unit(self) -> bool:
        """Whether the unit acts next, and its days still run."""
        unit_acts = self.next_act in {Act.PLAN, Act.BEGIN, Act.REPORT}
        return unit_acts and not self.overdue_wd

    def record(self, entity: str) -> Record | None:
        """Give the record that an act of this kind changes."""
        records: dict[str, Record | None] = {
            Card.ENTITY: self.card,
            Appeal.ENTITY: self.appeal,
            Rectification.ENTITY: self.order,
        }
        return records.get(entity)

    def fits(self, act: Act) -> bool:
        """Tell whether the case itself allows an act, whoever does it."""
        card, order = self.card.state, self.order
        result = order.recheck_result if order else None
        goes_on = card not in ENDED
        again = order is not None and order.state is RectificationState.REOPENED
        is_back = card is CardState.SUBMITTED
        conditions = {
            Act.TAKE_EFFECT: self.may_take_effect,
            Act.FOLLOW: card is CardState.EFFECTIVE and order is not None,
            Act.ORDER: order is None and goes_on and not self.is_before_service,
            Act.AT_ONCE: order is None and card is CardState.ISSUED,
            Act.ANEW: self.awaits_inquiry,
            Act.APPEAL: self._may_appeal,
            Act.PLAN: goes_on,
            Act.BEGIN: card is CardState.RETURNED if again else goes_on,
            Act.REPORT: goes_on,
            Act.RECHECK: goes_on,
            Act.CLOSE: is_back and result is RecheckResult.PASS,
            Act.SEND_BACK: is_back
            and result is RecheckResult.FAIL
            and order is not None
            and not order.reopened,
            Act.ESCALATE: self._may_escalate,
            Act.EXTEND: self._may_extend,
            Act.SUCCESSOR: self._may_escalate or self._may_be_lowered,
        }
        return conditions.get(act, True)

    @property
    def _may_appeal(self) -> bool:
        until = self.appeal_until
        if self.card.state is not CardState.SERVED or until is None or self.appeal:
            return False
        return self.today <= until.day or until.provisional

    @property
    def _may_escalate(self) -> bool:
        if self.order is None or self.card.state not in {CardState.RECTIFYING, CardState.SUBMITTED}:
            return False
        try:
            self.order.must_be_grave(self.overdue_wd, after_wd=ESCALATES_AFTER_WD)
        except DomainError:
            return False
        return True

    @property
    def _may_be_lowered(self) -> bool:
        return self.card.state is CardState.APPEALED and self.card.kind is CardKind.RED

    @property
    def _may_extend(self) -> bool:
        if self.order is None or self.card.state in ENDED:
            return False
        earlier = (self.extension,) if self.extension else ()
        try:
            later = self.calendar.after(self.order.due, 1).day
            must_be_extendable(self.order, later, self.today, earlier)
        except DomainError:
            return False
        return True

    @staticmethod
    def _of_order(order: Rectification) -> Act | None:
        if order.state is not RectificationState.RECHECK:
            return _OF_ORDER.get(order.state)
        if order.recheck_result is RecheckResult.PASS:
            return Act.CLOSE
        once = order.recheck_result is RecheckResult.FAIL and not order.reopened
        return Act.SEND_BACK if once else Act.ESCALATE


def track_of(
    card: Card,
    appeals: Sequence[Appeal],
    orders: Sequence[Rectification],
    extensions: Sequence[Extension],
    *,
    today: date,
    calendar: WorkingCalendar,
    awaits_inquiry: bool = False,
) -> Track:
    """Put together what belongs to a card; the last appeal and the last order count."""
    own = [appeal for appeal in appeals if appeal.card_id == card.id]
    order = next((order for order in reversed(orders) if order.card_id == card.id), None)
    more = [e for e in extensions if order and e.rectification_id == order.id]
    return Track(
        card=card,
        appeal=own[-1] if own else None,
        order=order,
        extension=more[-1] if more else None,
        today=today,
        calendar=calendar,
        awaits_inquiry=awaits_inquiry,
    )
