"""Areas are drawn, taken back, refused with words, and kept so that watching follows."""

from dataclasses import replace

import pytest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.domain.errors import BadField
from desktop.domain.evidence import AuditRow
from desktop.domain.organisation import Camera
from desktop.domain.roles import Role
from desktop.usecases.organisation import change_camera
from desktop.viewmodels.live.watch import LiveWatch
from desktop.viewmodels.zones.editor import ZoneEditor
from desktop.viewmodels.zones.sketch import Area, Part
from tests.support.profiles import person
from tests.support.watching import SEAT, WatchedHall, preview
from video.vocabulary.geometry import Box

TRIANGLE = ((0.1, 0.1), (0.3, 0.1), (0.2, 0.4))
BOW_TIE = ((0.1, 0.1), (0.5, 0.5), (0.5, 0.1), (0.1, 0.5))


@pytest.fixture
def editor(watched: WatchedHall, live: LiveWatch) -> ZoneEditor:
    editor = ZoneEditor(watched, live, live)
    editor.open(watched.plan.cameras[0].id)
    return editor


def draw(editor: ZoneEditor, *corners: tuple[float, float]) -> None:
    for corner in corners:
        editor.add_corner(corner)


def seat(watched: WatchedHall, window: int = 0) -> Area:
    return Area(watched.plan.windows[window].id, Part.SEAT)


def test_it_begins_with_the_areas_that_are_kept(editor: ZoneEditor, watched: WatchedHall) -> None:
    assert editor.area == seat(watched)
    assert not editor.is_changed
    assert len(editor.sketch.areas) == 4


def test_going_back_to_the_first_corner_closes_an_area(
    editor: ZoneEditor, watched: WatchedHall
) -> None:
    draw(editor, *TRIANGLE, (0.105, 0.095))
    assert editor.sketch.corners(seat(watched)) == TRIANGLE
    assert not editor.sketch.drawn


def test_every_step_can_be_taken_back_and_again(editor: ZoneEditor, watched: WatchedHall) -> None:
    before = editor.sketch.corners(seat(watched))
    draw(editor, *TRIANGLE)
    editor.close()
    for _ in range(4):
        editor.undo()
    assert editor.sketch.corners(seat(watched)) == before
    assert not editor.can_undo
    for _ in range(4):
        editor.redo()
    assert editor.sketch.corners(seat(watched)) == TRIANGLE
    assert not editor.can_redo


def test_a_drag_is_one_step(editor: ZoneEditor, watched: WatchedHall) -> None:
    before = editor.sketch.corners(seat(watched))
    for n in range(1, 5):
        editor.move_corner(0, (0.01 * n, 0.01), is_new=n == 1)
    assert editor.sketch.corners(seat(watched))[0] == (0.04, 0.01)
    editor.undo()
    assert editor.sketch.corners(seat(watched)) == before


def test_a_corner_pulled_off_the_picture_stays_at_its_edge(
    editor: ZoneEditor, watched: WatchedHall
) -> None:
    editor.move_corner(0, (-3.0, 7.0))
    assert editor.sketch.corners(seat(watched))[0] == (0.0, 1.0)


def test_edges_that_cross_cannot_be_closed_and_the_reason_is_said(editor: ZoneEditor) -> None:
    draw(editor, *BOW_TIE)
    assert not editor.can_close
    assert editor.hint == "边线互相交叉，分不清里外。请重画。"
    editor.close()
    assert editor.sketch.drawn == BOW_TIE


def test_what_is_not_finished_cannot_be_saved(editor: ZoneEditor) -> None:
    draw(editor, *TRIANGLE)
    assert editor.obstacle


def test_a_seat_takes_the_area_of_its_customers_along(
    editor: ZoneEditor, watched: WatchedHall
) -> None:
    editor.choose(f"{watched.plan.windows[0].id}/CUSTOMER")
    draw(editor, *TRIANGLE)
    editor.close()
    editor.choose(f"{watched.plan.windows[0].id}/SEAT")
    editor.erase()
    assert all(area.window_id != watched.plan.windows[0].id for area in editor.sketch.areas)


def test_customers_without_a_seat_are_refused(editor: ZoneEditor, watched: WatchedHall) -> None:
    editor.choose(f"{watched.plan.windows[7].id}/CUSTOMER")
    draw(editor, *TRIANGLE)
    editor.close()
    assert watched.plan.windows[7].name in editor.obstacle


def test_somebody_without_the_role_is_told_who_may(
    editor: ZoneEditor, watched: WatchedHall
) -> None:
    watched.door.actor = person(Role.LEGAL_CHECK)
    editor.erase()
    assert "视频监察员" in editor.obstacle
    editor.save()
    assert not watched.watched_anew


def test_saving_keeps_the_areas_writes_it_down_and_watches_by_them(
    qtbot: QtBot, editor: ZoneEditor, watched: WatchedHall
) -> None:
    draw(editor, *TRIANGLE)
    editor.close()
    with qtbot.waitSignal(editor.saved):
        editor.save()
    camera_id = watched.plan.cameras[0].id
    kept = watched.desk.look(lambda reading: reading.get(Camera, camera_id)).result()
    rows = watched.desk.look(lambda reading: reading.find(AuditRow)).result()
    assert kept.zones[0].seat == TRIANGLE
    assert rows[-1].action == "camera.change"
    assert kept in watched.watched_anew[-1]
    assert not editor.is_changed


def test_the_use_case_refuses_a_bad_area_too(watched: WatchedHall) -> None:
    camera = watched.plan.cameras[0]
    bad = Camera(
        camera.id, camera.hall_id, camera.name, camera.kind, camera.address,
        tuple(type(z)(z.window_id, SEAT[:2]) for z in camera.zones),
    )  # fmt: skip
    answer = watched.desk.act(person(Role.VIDEO_SUP), lambda work: change_camera(work, bad))
    with pytest.raises(BadField):
        answer.result()


def test_the_list_can_be_read(qtmodeltester: ModelTester, editor: ZoneEditor) -> None:
    qtmodeltester.check(editor.model)
    assert [row.detail for row in editor.model.rows[:2]] == ["4 个角", "未画"]
    assert editor.model.rows[-1].detail == "由 2号机 监看"


def test_an_area_is_copied_to_another_window_and_camera(
    editor: ZoneEditor, watched: WatchedHall
) -> None:
    draw(editor, *TRIANGLE)
    editor.close()
    assert not editor.can_paste
    editor.copy()
    editor.open(watched.plan.cameras[1].id)
    assert editor.can_paste
    editor.paste()
    assert editor.sketch.corners(seat(watched, 4)) == TRIANGLE
    assert not editor.can_paste
    editor.undo()
    assert editor.sketch.corners(seat(watched, 4)) != TRIANGLE


def test_a_seat_is_fitted_to_who_was_seen_there_and_taken_back(
    qtbot: QtBot, editor: ZoneEditor, watched: WatchedHall
) -> None:
    camera = watched.plan.cameras[0].id
    before = editor.sketch.corners(seat(watched))
    with qtbot.waitSignal(editor.told):
        editor.snap()
    for second in range(10):
        watched.clock.pass_time(seconds=1)
        beside = Box(0.02, 0.3 + second / 1000, 0.12, 0.7)
        watched.say(replace(preview(camera), persons=(beside, Box(0.7, 0.3, 0.8, 0.7))))
    editor.snap()
    (left, top), _, (right, bottom), _ = editor.sketch.corners(seat(watched))
    assert (left, right) == pytest.approx((0.02, 0.12))
    assert 0.3 <= top < 0.31
    assert 0.5 < bottom < 0.6
    editor.undo()
    assert editor.sketch.corners(seat(watched)) == before


def test_who_was_seen_long_ago_moves_no_area(editor: ZoneEditor, watched: WatchedHall) -> None:
    camera = watched.plan.cameras[0].id
    for _ in range(10):
        watched.clock.pass_time(seconds=1)
        watched.say(replace(preview(camera), persons=(Box(0.02, 0.3, 0.12, 0.7),)))
    watched.clock.pass_time(minutes=11)
    assert not editor.live.pictures.persons(camera)


def test_saving_areas_keeps_what_was_changed_of_the_camera_meanwhile(
    qtbot: QtBot, editor: ZoneEditor, watched: WatchedHall
) -> None:
    draw(editor, *TRIANGLE)
    editor.close()
    renamed = replace(watched.plan.cameras[0], name="东区1号机")
    watched.desk.act(person(Role.VIDEO_SUP), lambda work: change_camera(work, renamed)).result()
    with qtbot.waitSignal(editor.saved):
        editor.save()
    kept = watched.desk.look(lambda reading: reading.get(Camera, renamed.id)).result()
    assert kept.name == "东区1号机"
    assert TRIANGLE in {zone.seat for zone in kept.zones}
