"""A camera is added, changed and retired: one act each, and one camera a window."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.errors import BadField, NotAllowed, WindowWatched
from desktop.domain.evidence import AuditRow
from desktop.domain.identifiers import CameraId, WindowId, new_id
from desktop.domain.organisation import Camera, CameraKind, Transport, Window, WindowKind, Zone
from desktop.domain.roles import Role
from desktop.storage.store import Store
from desktop.usecases.organisation import (
    HallPlan,
    add_camera,
    change_camera,
    retire_camera,
    set_up_hall,
)
from tests.support.profiles import SetClock, hall_plan, open_store, person

DATA_MGR = person(Role.DATA_MGR)
TRIANGLE = ((0.5, 0.5), (0.9, 0.5), (0.7, 0.9))


@pytest.fixture
def plan() -> HallPlan:
    return hall_plan()


@pytest.fixture
def store(tmp_path: Path, plan: HallPlan) -> Iterator[Store]:
    store = open_store(tmp_path, SetClock())
    with store.act(DATA_MGR) as work:
        set_up_hall(work, plan)
    yield store
    store.close()


def made_for(plan: HallPlan) -> tuple[Camera, Window]:
    """A second camera and a third window, not kept yet."""
    window = Window(
        WindowId(new_id()),
        plan.hall.id,
        "03",
        "03号窗口",
        plan.units[0].id,
        kind=WindowKind.GENERAL,
    )
    window = replace(window, kind=WindowKind.GENERAL)
    address, kind = "rtsp://192.168.1.64:554/live", CameraKind.RTSP
    camera = Camera(CameraId(new_id()), plan.hall.id, "2号机", kind, address, (), "admin")
    return replace(camera, transport=Transport.UDP, windows=(window.id,)), window


def kept(store: Store, camera: Camera) -> Camera:
    with store.look() as reading:
        return reading.get(Camera, camera.id)


def test_a_camera_and_its_new_window_are_one_act(store: Store, plan: HallPlan) -> None:
    camera, window = made_for(plan)
    with store.act(DATA_MGR) as work:
        add_camera(work, camera, (window,))

    assert kept(store, camera) == camera
    with store.look() as reading:
        assert reading.get(Window, window.id) == window
        acts = [row.action for row in reading.find(AuditRow)]
    assert acts == ["hall.set_up", "camera.add"]


def test_a_window_of_another_camera_is_refused_and_nothing_is_kept(
    store: Store, plan: HallPlan
) -> None:
    camera, window = made_for(plan)
    greedy = replace(camera, windows=(window.id, plan.windows[0].id))
    with pytest.raises(WindowWatched) as refused, store.act(DATA_MGR) as work:
        add_camera(work, greedy, (window,))

    assert refused.value.fields == (plan.windows[0].name, "1号机")
    with store.look() as reading:
        assert len(reading.find(Window, hall_id=plan.hall.id)) == 2


def test_a_retired_camera_gives_its_windows_free_and_cannot_take_them_back(
    store: Store, plan: HallPlan
) -> None:
    camera, _ = made_for(plan)
    first = plan.cameras[0]
    with store.act(DATA_MGR) as work:
        retire_camera(work, first.id, retired=True)
    with store.act(DATA_MGR) as work:
        add_camera(work, replace(camera, windows=(plan.windows[0].id,)))
    with pytest.raises(WindowWatched), store.act(DATA_MGR) as work:
        retire_camera(work, first.id, retired=False)

    assert kept(store, first).zones == first.zones
    assert kept(store, first).retired


@pytest.mark.parametrize(
    "wrong",
    [
        {"address": "rtsp://admin:secret@192.168.1.64/live"},
        {"address": ""},
        {"zones": (Zone(WindowId("w"), ((0.1, 0.1), (0.2, 0.2))),)},
    ],
    ids=["a password in the address", "no address", "a polygon of two points"],
)
def test_what_cannot_be_watched_is_not_kept(
    store: Store, plan: HallPlan, wrong: dict[str, object]
) -> None:
    camera, _ = made_for(plan)
    with pytest.raises(BadField), store.act(DATA_MGR) as work:
        change_camera(work, replace(camera, **wrong))  # type: ignore[arg-type]


def test_windows_are_made_by_those_who_may(store: Store, plan: HallPlan) -> None:
    camera, window = made_for(plan)
    with pytest.raises(NotAllowed), store.act(person(Role.VIDEO_SUP)) as work:
        add_camera(work, camera, (window,))
