"""What is being written is on the disk at once, in its last form, and survives being killed."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from desktop.workers.case_desk import CaseDesk
from desktop.workers.scratch_pad import ScratchPad
from tests.support.inspection_kills import run_kills
from tests.support.profiles import SetClock, open_store


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[CaseDesk]:
    desk = CaseDesk(open_store(tmp_path, SetClock()))
    yield desk
    desk.close()


def test_the_last_words_of_each_place_are_kept(desk: CaseDesk) -> None:
    pad = ScratchPad(desk)
    for words in ("在", "在岗", "在岗两人"):
        pad.write("inspection/1/staffed", words)
    pad.write("inspection/1/@", "staffed")
    pad.write("inspection/2/@", "opened")
    assert pad.read("inspection/1/").result() == {
        "inspection/1/staffed": "在岗两人",
        "inspection/1/@": "staffed",
    }


def test_while_the_disk_is_busy_only_the_latest_waits(desk: CaseDesk) -> None:
    pad, busy, free = ScratchPad(desk), Event(), Event()

    def hold(_: object) -> None:
        busy.set()
        free.wait(10)

    held = desk.write(hold)
    busy.wait(10)
    for length in range(1, 200):
        pad.write("note", "字" * length)
    waiting = desk._writing._work_queue.qsize()
    free.set()
    held.result()
    assert waiting == 1
    assert pad.read("note").result() == {"note": "字" * 199}


def test_strokes_are_nobodys_act_and_wake_no_screen(desk: CaseDesk) -> None:
    told: list[None] = []
    desk.subscribe(lambda: told.append(None))
    pad = ScratchPad(desk)
    pad.write("note", "在岗")
    pad.forget("note").result()
    assert (pad.read("note").result(), told) == ({}, [])
    assert desk.store.chain_head().n == 0


def test_nothing_that_the_disk_had_is_lost_when_the_inspector_is_killed(tmp_path: Path) -> None:
    left = run_kills(tmp_path, kills=2, seed=3)
    assert (left.kills, left.lost, left.damaged) == (2, 0, 0)
    assert left.answers + left.strokes > 0
