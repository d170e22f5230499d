"""Taking windows off their posts: who may, for how long, and what is left in the record."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.domain.duties import DutyState, Excuse, ExcuseKind, ExcuseReason, PauseReason
from desktop.domain.duties import WindowPause as Pause
from desktop.domain.errors import AlreadyOff, BadField, MissingField, NotAllowed, WrongState
from desktop.domain.evidence import AuditRow
from desktop.domain.roles import Actor, Role
from desktop.storage.store import Store
from desktop.usecases.duties import (
    Leave,
    end_duty,
    excuse_window,
    note_sign,
    pause_window,
    read_duties,
    withdraw_duty,
)
from desktop.usecases.organisation import HallPlan, set_up_hall
from tests.support.profiles import DAY, SetClock, hall_plan, open_store, person

HALF_HOUR = Leave(timedelta(minutes=30))
FAULT = PauseReason.SYSTEM_FAULT


class Desk:
    """A hall and somebody who watches it."""

    def __init__(self, store: Store, clock: SetClock, plan: HallPlan) -> None:
        self.store, self.clock, self.plan = store, clock, plan
        self.watcher = person(Role.VIDEO_SUP, "林敏")
        with store.act(person(Role.DATA_MGR)) as work:
            set_up_hall(work, plan)

    def pause(
        self, reason: PauseReason = FAULT, leave: Leave = HALF_HOUR, actor: Actor | None = None
    ) -> Pause:
        with self.store.act(actor or self.watcher) as work:
            return pause_window(work, self.window, reason, leave, clock=self.clock)

    def excuse(self, reason: ExcuseReason, *, stand_in: str = "") -> Excuse:
        with self.store.act(self.watcher) as work:
            return excuse_window(
                work, self.window, reason, HALF_HOUR, stand_in=stand_in, clock=self.clock
            )

    @property
    def window(self):  # type: ignore[no-untyped-def]
        return self.plan.windows[0].id

    def held(self, minutes: float = 0.0):  # type: ignore[no-untyped-def]
        at = DAY + timedelta(minutes=minutes)
        with self.store.look() as reading:
            duties = read_duties(reading, self.plan.hall.id, DAY, DAY + timedelta(hours=8))
        return duties.at(self.window, at)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    clock = SetClock()
    with open_store(tmp_path, clock) as store:
        yield Desk(store, clock, hall_plan())


def test_a_pause_holds_for_its_time_and_names_who_allowed_it(desk: Desk) -> None:
    pause = desk.pause()
    assert (pause.approver, pause.sign_shown) == ("林敏", None)
    assert desk.held(29.9) == (pause,)
    assert desk.held(30.0) == ()


def test_a_window_that_is_paused_cannot_be_paused_again(desk: Desk) -> None:
    desk.pause()
    with pytest.raises(AlreadyOff):
        desk.pause()
    assert desk.excuse(ExcuseReason.REST).kind is ExcuseKind.LEAVE


def test_a_pause_that_is_over_lets_the_next_one_begin(desk: Desk) -> None:
    desk.pause()
    desk.clock.pass_time(minutes=31)
    assert desk.pause().started_at == DAY + timedelta(minutes=31)


def test_ending_a_pause_early_shortens_it_and_never_lengthens_it(desk: Desk) -> None:
    pause = desk.pause()
    desk.clock.pass_time(minutes=10)
    with desk.store.act(desk.watcher) as work:
        ended = end_duty(work, pause, clock=desk.clock)
    assert (ended.state, ended.ended_at) == (DutyState.ENDED, DAY + timedelta(minutes=10))
    assert desk.held(11.0) == ()
    with pytest.raises(WrongState), desk.store.act(desk.watcher) as work:
        end_duty(work, pause, clock=desk.clock)


def test_what_is_withdrawn_never_held(desk: Desk) -> None:
    excuse = desk.excuse(ExcuseReason.SICK)
    with desk.store.act(desk.watcher) as work:
        withdraw_duty(work, excuse)
    assert desk.held(5.0) == ()


def test_a_stand_in_is_known_by_name(desk: Desk) -> None:
    excuse = desk.excuse(ExcuseReason.ERRAND, stand_in="李明")
    assert (excuse.kind, excuse.stand_in) == (ExcuseKind.STAND_IN, "李明")


def test_another_reason_needs_a_word_and_every_pause_needs_time(desk: Desk) -> None:
    with pytest.raises(MissingField):
        desk.pause(PauseReason.OTHER)
    with pytest.raises(BadField):
        desk.pause(leave=Leave(timedelta()))
    assert desk.pause(PauseReason.OTHER, Leave(timedelta(minutes=5), "更换打印机")).note


def test_only_supervision_takes_a_window_off_its_post(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        desk.pause(actor=person(Role.SEAL_CLERK))


def test_the_sign_is_noted_and_everything_is_in_the_audit_record(desk: Desk) -> None:
    pause = desk.pause()
    with desk.store.act(desk.watcher) as work:
        assert note_sign(work, pause.id, shown=False).sign_shown is False
    with desk.store.look() as reading:
        acts = [row.action for row in reading.find(AuditRow)]
    assert acts[-2:] == ["window.pause", "window_pause.sign"]
