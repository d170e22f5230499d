"""Takes windows off their posts and puts them back: what the wall offers, does and undoes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import assert_never

from PySide6.QtCore import QObject, Signal

from desktop.domain.calendar import HALL_TIME
from desktop.domain.duties import (
    Duties,
    Duty,
    Excuse,
    ExcuseKind,
    ExcuseReason,
    PauseReason,
    WindowPause,
)
from desktop.domain.errors import NotAllowed
from desktop.domain.identifiers import WindowId
from desktop.domain.organisation import Hall
from desktop.domain.roles import Role
from desktop.system.language import headed, said
from desktop.usecases.duties import (
    Leave,
    end_duty,
    excuse_window,
    note_sign,
    pause_window,
    read_duties,
    withdraw_duty,
)
from desktop.usecases.ports import Clock, Reading, UnitOfWork
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.changes import StoreChanges
from desktop.viewmodels.duties_said import reason_said, sign_said, who_said
from desktop.viewmodels.live.roll import Post
from desktop.viewmodels.live.watch import LiveWatch
from desktop.viewmodels.times import clock_short
from desktop.viewmodels.today import Office

# Minutes of a leave that is not until closing: a rest is up to ten (section 9.2), and an absence in
# principle up to thirty even when it is registered (6.7).
MINUTES = {ExcuseReason.REST: 10, ExcuseReason.ERRAND: 30}
LATE_MINUTES = 60  # of a leave registered after closing


@dataclass(frozen=True, slots=True)
class Pause:
    """Let a window serve nobody; `leave` as it is said in the question, None for the usual."""

    window_id: WindowId
    reason: PauseReason
    leave: Leave | None = None


@dataclass(frozen=True, slots=True)
class Away:
    """Let the clerk be away, with somebody in his place where `stand_in` names him."""

    window_id: WindowId
    reason: ExcuseReason
    stand_in: str = ""
    leave: Leave | None = None


@dataclass(frozen=True, slots=True)
class End:
    """Put a window back on its post."""

    duty: Duty


@dataclass(frozen=True, slots=True)
class Sign:
    """Say whether the sign of a pause stands."""

    pause: WindowPause
    shown: bool


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask for words, time and who allowed it before `deed` is done with them."""

    deed: Pause | Away
    title: str
    minutes: int
    wants_stand_in: bool = False


Deed = Pause | Away | End | Sign


@dataclass(frozen=True, slots=True)
class Offer:
    """One line of a menu: a deed, a question before it, or more lines."""

    text: str
    does: Deed | Ask | None = None
    more: tuple["Offer", ...] = ()


class DutyDesk(QObject):
    """What is registered for the windows now, and who may change it.

    Attributes:
        duties: of today, as the case file has them.
    """

    changed = Signal()
    registered = Signal(object)  # the Duty; it can be undone
    done = Signal(object)  # the Duty that ended, was withdrawn or whose sign was noted
    refused = Signal(object)

    def __init__(self, office: Office, live: LiveWatch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office, self._live = office, live
        self._answers = Answers(self)
        self._changes = StoreChanges(office.desk, self)
        self._changes.changed.connect(self.refresh)
        live.roll_changed.connect(self.refresh)
        self.duties = Duties()
        self._last: Duty | None = None

    @property
    def can_undo(self) -> bool:
        """Whether something was registered here that still stands."""
        return self._last is not None

    @property
    def person(self) -> str:
        """The name of who is at the desk."""
        return self._office.door.actor.name if self._office.door.actor else ""

    def close(self) -> None:
        """Follow nothing any more."""
        self._changes.close()
        self._answers.close()

    def refresh(self) -> None:
        """Fetch what holds now."""
        hall = self._live.roll.hall
        if hall is None:
            return
        now = self._live.now()

        def ask(reading: Reading) -> Duties:
            return read_duties(reading, hall.id, now, now + timedelta(days=1))

        self._answers.ask(self._office.desk.look(ask), self._take, self._refuse, "duties")

    def offers(self, window_id: WindowId) -> tuple[Offer, ...]:
        """Give what can be done with a window now."""
        post, held = self._live.roll.posts[window_id], self.duties.at(window_id, self._live.now())
        ends = tuple(offer for duty in held for offer in _ends(duty))
        taken = {duty.kind if isinstance(duty, Excuse) else None for duty in held}
        begins = (
            (None, self._pauses(window_id)),
            (ExcuseKind.LEAVE, self._leaves(window_id)),
            (ExcuseKind.STAND_IN, self._stand_ins(post)),
        )
        return (*ends, *(offer for kind, offer in begins if kind not in taken))

    def do(self, deed: Deed) -> None:
        """Do it in the name of the person at the desk."""
        actor = self._office.door.actor
        if actor is None:
            self._refuse(NotAllowed(WindowPause.ENTITY, "create", [Role.VIDEO_SUP.value]))
            return
        act = partial(_done, deed=deed, usual=self._usual(deed), clock=self._office.clock)
        take = self._register if isinstance(deed, Pause | Away) else self._finish
        self._answers.ask(self._office.desk.act(actor, act), take, self._refuse)

    def undo(self) -> None:
        """Withdraw what was registered here last."""
        duty, self._last = self._last, None
        actor = self._office.door.actor
        if duty is None or actor is None:
            return
        act = partial(withdraw_duty, duty=duty)
        self._answers.ask(self._office.desk.act(actor, act), self._finish, self._refuse)

    def _pauses(self, window_id: WindowId) -> Offer:
        minutes = round(self._hall().rules.pause_s / 60)
        other = Ask(Pause(window_id, PauseReason.OTHER), said("暂停服务"), minutes)
        listed = tuple(
            Offer(reason_said(reason), Pause(window_id, reason))
            for reason in PauseReason
            if reason is not PauseReason.OTHER
        )
        return Offer(
            said("暂停服务（{0} 分钟）").format(minutes),
            more=(*listed, Offer(said("其他…"), other)),
        )

    def _leaves(self, window_id: WindowId) -> Offer:
        other = Ask(Away(window_id, ExcuseReason.OTHER), said("请假"), 30)
        listed = tuple(
            Offer(self._leave_said(reason), Away(window_id, reason))
            for reason in ExcuseReason
            if reason is not ExcuseReason.OTHER
        )
        return Offer(said("请假"), more=(*listed, Offer(said("其他…"), other)))

    def _leave_said(self, reason: ExcuseReason) -> str:
        if minutes := MINUTES.get(reason):
            return said("{0}（{1} 分钟）").format(reason_said(reason), minutes)
        until = clock_short(self._live.now() + _until_closing(self._hall(), self._live.now()))
        return said("{0}（至 {1}）").format(reason_said(reason), until)

    def _stand_ins(self, post: Post) -> Offer:
        """Offer the clerks of the unit's other windows, and anybody else by name."""
        unit = post.window.unit_id
        names = dict.fromkeys(
            other.window.clerk
            for other in self._live.roll.posts.values()
            if other.window.unit_id == unit and other.window.clerk not in {"", post.window.clerk}
        )
        away = ExcuseReason.OTHER
        listed = tuple(Offer(name, Away(post.window.id, away, name)) for name in names)
        other = Ask(Away(post.window.id, away), said("顶岗"), 60, wants_stand_in=True)
        return Offer(said("顶岗"), more=(*listed, Offer(said("其他人…"), other)))

    def _usual(self, deed: Deed) -> Leave:
        hall = self._hall()
        if isinstance(deed, Pause):
            return Leave(timedelta(seconds=hall.rules.pause_s))
        if isinstance(deed, Away) and (minutes := MINUTES.get(deed.reason)):
            return Leave(timedelta(minutes=minutes))
        return Leave(_until_closing(hall, self._live.now()))

    def _hall(self) -> Hall:
        hall = self._live.roll.hall
        assert hall is not None  # a window is of a hall
        return hall

    def _take(self, duties: Duties) -> None:
        if duties != self.duties:
            self.duties = duties
            self.changed.emit()

    def _register(self, duty: Duty) -> None:
        self._last = duty
        self.registered.emit(duty)

    def _finish(self, duty: Duty) -> None:
        self._last = None if self._last and self._last.id == duty.id else self._last
        self.done.emit(duty)

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)


def duty_done_said(duty: Duty, window: str) -> str:
    """Say what was just registered: 05号窗口 顶岗 李明，至 11:30."""
    return said("{0} {1}，至 {2}").format(window, who_said(duty), clock_short(duty.ended_at))


def _ends(duty: Duty) -> Sequence[Offer]:
    until = clock_short(duty.ended_at)
    end = Offer(said("结束{0}（至 {1}）").format(who_said(duty), until), End(duty))
    if not isinstance(duty, WindowPause):
        return (end,)
    signs = tuple(
        Offer(headed(said("公示牌已摆放") if shown else said("没有公示牌")), Sign(duty, shown))
        for shown in (True, False)
        if duty.sign_shown is not shown
    )
    return (end, Offer(headed(sign_said(duty)), more=signs))


def _until_closing(hall: Hall, now: datetime) -> timedelta:
    local = now.astimezone(HALL_TIME)
    last = max(session.end for session in hall.sessions)
    closes = datetime.combine(local.date(), last, HALL_TIME)
    return closes - local if closes > local else timedelta(minutes=LATE_MINUTES)


def _done(work: UnitOfWork, *, deed: Deed, usual: Leave, clock: Clock) -> Duty:
    match deed:
        case Pause(window_id, reason, leave):
            return pause_window(work, window_id, reason, leave or usual, clock=clock)
        case Away(window_id, reason, stand_in, leave):
            return excuse_window(
                work, window_id, reason, leave or usual, stand_in=stand_in, clock=clock
            )
        case End(duty):
            return end_duty(work, duty, clock=clock)
        case Sign(pause, shown):
            return note_sign(work, pause.id, shown=shown)
    assert_never(deed)
