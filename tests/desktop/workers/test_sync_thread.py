"""Rounds come one after another, and the status tells the truth about them."""

import threading
from collections.abc import Callable, Iterator

import pytest

from desktop.workers.sync_thread import SyncPhase, SyncStatus, SyncThread
from sync.client.round import RoundReport, Step
from sync.errors import SyncError, SyncTrouble
from tests.support.profiles import SetClock

WHOLE = RoundReport(1, 0, 0, 0, 0, 0.0, agreed=True)
WAIT_S = 10.0


class PlayedRounds:
    """Rounds that do as they are told."""

    def __init__(self) -> None:
        self.next: Exception | None = None
        self.may_end = threading.Event()
        self.may_end.set()
        self.began = threading.Event()

    def run(
        self, progress_to: Callable[[Step, int], None], cancelled: Callable[[], bool]
    ) -> RoundReport:
        self.began.set()
        progress_to(Step.PUSH, 1)
        while not (self.may_end.wait(0.02) or cancelled()):
            pass
        if self.next is not None:
            raise self.next
        return WHOLE


@pytest.fixture
def rounds() -> PlayedRounds:
    return PlayedRounds()


@pytest.fixture
def thread(rounds: PlayedRounds) -> Iterator[SyncThread]:
    thread = SyncThread(rounds, every_s=3600, clock=SetClock())
    thread.start()
    yield thread
    rounds.may_end.set()
    thread.stop()


def test_a_round_that_was_asked_for_answers_with_its_report(thread: SyncThread) -> None:
    assert thread.round_now().result(WAIT_S) == WHOLE
    assert thread.status.phase is SyncPhase.RESTING
    assert thread.status.finished_at == SetClock().moment


def test_listeners_hear_every_step(thread: SyncThread) -> None:
    heard: list[SyncStatus] = []
    thread.subscribe(heard.append)
    thread.round_now().result(WAIT_S)
    assert [(s.phase, s.step) for s in heard] == [
        (SyncPhase.RUNNING, None),
        (SyncPhase.RUNNING, Step.PUSH),
        (SyncPhase.RESTING, None),
    ]


def test_a_refusal_is_told_and_the_last_whole_round_stays_known(
    thread: SyncThread, rounds: PlayedRounds
) -> None:
    thread.round_now().result(WAIT_S)
    rounds.next = SyncError(SyncTrouble.UNREACHABLE, retryable=True)
    with pytest.raises(SyncError):
        thread.round_now().result(WAIT_S)
    assert thread.status.phase is SyncPhase.TROUBLED
    assert thread.status.report == WHOLE


def test_nobody_signed_in_is_a_phase_of_its_own(thread: SyncThread, rounds: PlayedRounds) -> None:
    rounds.next = SyncError(SyncTrouble.SIGNED_OUT)
    with pytest.raises(SyncError):
        thread.round_now().result(WAIT_S)
    assert thread.status.phase is SyncPhase.SIGNED_OUT


def test_a_fault_of_ours_does_not_end_synchronising(
    thread: SyncThread, rounds: PlayedRounds
) -> None:
    rounds.next = ZeroDivisionError()
    with pytest.raises(ZeroDivisionError):
        thread.round_now().result(WAIT_S)
    rounds.next = None
    assert thread.round_now().result(WAIT_S) == WHOLE


def test_a_pause_breaks_off_and_the_end_of_the_pause_goes_on(
    thread: SyncThread, rounds: PlayedRounds
) -> None:
    rounds.may_end.clear()
    asked = thread.round_now()
    assert rounds.began.wait(WAIT_S)
    thread.pause()
    asked.result(WAIT_S)
    assert thread.status.phase is SyncPhase.PAUSED
    rounds.may_end.set()
    asked = thread.round_now()
    thread.go_on()
    assert asked.result(WAIT_S) == WHOLE


def test_stopping_gives_up_what_was_asked_for(rounds: PlayedRounds) -> None:
    thread = SyncThread(rounds, every_s=3600, clock=SetClock())
    asked = thread.round_now()
    thread.stop()
    assert asked.cancelled()
