"""What the watching process reports is written down, in order, also after a full disk."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop import assets
from desktop.domain.errors import NotFound
from desktop.domain.evidence import StateSpan
from desktop.domain.findings import Finding
from desktop.domain.roles import Actor, Role
from desktop.domain.rules.catalogue import Catalogue
from desktop.storage.errors import StorageError, StorageTrouble
from desktop.usecases.organisation import HallPlan, set_up_hall
from desktop.workers.case_desk import CaseDesk
from desktop.workers.watch_keeper import WatchKeeper
from tests.support.profiles import CALENDAR, DAY, SetClock, hall_plan, open_store, person
from video.messages import Alive, EventClosed, EventOpened, Ready, SourceEnded
from video.messages import StateSpan as SeenSpan
from video.vocabulary.event import WindowEvent
from video.vocabulary.state import Overlay, WindowState

ALIVE = Alive(0.0, 0.0, {})


class FullDesk(CaseDesk):
    """A desk whose disk can be full."""

    full = False

    def act(self, actor: Actor, intention):  # type: ignore[no-untyped-def]
        if not self.full:
            return super().act(actor, intention)
        return self._writing.submit(_refuse)


def _refuse() -> None:
    raise StorageError(StorageTrouble.DISK_FULL, "hallwatch.db", retryable=True)


@pytest.fixture
def plan() -> HallPlan:
    return hall_plan()


@pytest.fixture
def desk(tmp_path: Path, plan: HallPlan) -> Iterator[FullDesk]:
    desk = FullDesk(open_store(tmp_path, SetClock()))
    desk.act(person(Role.DATA_MGR), lambda work: set_up_hall(work, plan)).result()
    yield desk
    desk.close()


@pytest.fixture
def keeper(desk: FullDesk, plan: HallPlan) -> WatchKeeper:
    rules = Catalogue(assets.rule_files())
    keeper = WatchKeeper(
        desk,
        plan.hall.id,
        device_id="device",
        catalogue=rules,
        calendar=CALENDAR,
        clock=SetClock(),
    )
    keeper.hear(Ready(1, "MobileNet-SSD 761c86fb"))
    return keeper


def absence(plan: HallPlan, event_id: str = "e") -> WindowEvent:
    return WindowEvent(
        event_id=event_id,
        camera_id=plan.cameras[0].id,
        window_id=plan.windows[0].id,
        state=WindowState.ABSENT,
        start_s=10.0,
        end_s=None,
        start_wall=DAY,
        end_wall=None,
        threshold_s=900.0,
        unknown_share=0.0,
        longest_gap_s=0.0,
        conclusive=True,
        customer_waited=False,
    )


def findings(desk: CaseDesk) -> tuple[Finding, ...]:
    return desk.look(lambda reading: reading.find(Finding)).result()


def test_an_event_becomes_a_finding_and_its_end_completes_it(
    desk: FullDesk, keeper: WatchKeeper, plan: HallPlan
) -> None:
    event = absence(plan)
    keeper.hear(EventOpened(event))
    end = DAY + timedelta(minutes=20)
    keeper.hear(EventClosed(replace(event, end_s=1210.0, end_wall=end)))
    keeper.finish()
    (finding,) = findings(desk)
    assert finding.ended_at == end
    assert finding.facts["detector"] == "MobileNet-SSD 761c86fb"


def test_an_event_of_a_camera_that_is_gone_is_refused_and_the_next_one_kept(
    desk: FullDesk, keeper: WatchKeeper, plan: HallPlan
) -> None:
    keeper.hear(EventOpened(replace(absence(plan, "lost"), camera_id="gone")))
    keeper.hear(EventOpened(absence(plan)))
    keeper.finish()
    assert [f.event_id for f in findings(desk)] == ["e"]
    with pytest.raises(NotFound):
        desk.look(lambda reading: reading.get(Finding, "gone")).result()


def test_what_a_full_disk_refused_is_written_down_when_there_is_room_again(
    desk: FullDesk, keeper: WatchKeeper, plan: HallPlan
) -> None:
    desk.full = True
    keeper.hear(EventOpened(absence(plan, "first")))
    keeper.finish()
    keeper.hear(EventOpened(absence(plan, "second")))
    keeper.finish()
    assert findings(desk) == ()
    desk.full = False
    keeper.hear(ALIVE)
    keeper.finish()
    assert [f.event_id for f in findings(desk)] == ["first", "second"]


def test_the_timeline_is_kept_when_a_source_ends(
    desk: FullDesk, keeper: WatchKeeper, plan: HallPlan
) -> None:
    window = plan.windows[0].id
    end = DAY + timedelta(seconds=60)
    camera, ready = plan.cameras[0].id, WindowState.READY
    keeper.hear(SeenSpan(camera, window, ready, Overlay.NONE, 0.0, 60.0, DAY, end))
    keeper.hear(SourceEnded(plan.cameras[0].id, 60, 60.0))
    keeper.finish()
    (span,) = desk.look(lambda reading: reading.find(StateSpan)).result()
    assert (span.state, span.window_id) == ("READY", window)


def test_the_desk_tells_its_listeners_of_every_change_and_of_nothing_else(
    desk: FullDesk, keeper: WatchKeeper, plan: HallPlan
) -> None:
    told = threading.Semaphore(0)
    desk.subscribe(told.release)
    desk.write(lambda connection: None).result()
    findings(desk)
    assert not told.acquire(blocking=False)
    keeper.hear(EventOpened(absence(plan)))
    assert told.acquire(timeout=10)


def test_the_desk_can_be_closed_by_another_thread_than_the_one_that_opened_it(
    tmp_path: Path,
) -> None:
    desk = CaseDesk(open_store(tmp_path / "other", SetClock()))
    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(desk.close).result()
    open_store(tmp_path / "other", SetClock()).close()
