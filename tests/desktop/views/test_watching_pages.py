"""The pages that watch: what they show, how they are driven by keys, and how they are read out."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop import assets
from desktop.domain.evidence import Custody
from desktop.domain.roles import machine
from desktop.domain.rules.catalogue import Catalogue
from desktop.settings import Theme
from desktop.usecases.findings import propose_finding
from desktop.viewmodels.live.board import Watching as State
from desktop.viewmodels.watching import Watching
from desktop.views.cameras.page import CamerasPage
from desktop.views.kit.look import Look
from desktop.views.kit.rows import WorkRow
from desktop.views.kit.tiles import StatTile
from desktop.views.page import Notice, Page, PageEntry
from desktop.views.timeline.bands import TimelineBands
from desktop.views.timeline.page import TimelinePage
from desktop.views.today.cells import WindowGrid
from desktop.views.today.page import TodayPage
from desktop.views.wall.board import WallBoard
from desktop.views.wall.measure import ROOMY, best_grid, plan_tile, tile_places
from desktop.views.wall.page import WallPage, WallScreen
from desktop.views.watching import watching_pages
from tests.support.profiles import CALENDAR, DAY, sighting
from tests.support.screens import clipped, too_small, unnamed
from tests.support.watching import WatchedHall, preview, status
from video.errors import FootageTrouble
from video.messages import CameraTrouble, Ready
from video.vocabulary.state import WindowState

SERVING, ABSENT = WindowState.SERVING, WindowState.ABSENT


@pytest.fixture
def watching(qtbot: QtBot, watched: WatchedHall) -> Iterator[Watching]:
    """At 09:30; window 3 stands empty for two minutes, the rest serve."""
    watched.clock.pass_time(minutes=30)
    made = Watching(watched)
    qtbot.waitUntil(lambda: bool(made.live.roll.posts))
    at = watched.clock.now()
    reports = [status(watched.plan, n, SERVING, lasted_s=600, at=at) for n in range(8)]
    with qtbot.waitSignal(made.live.changed):
        watched.say(
            Ready(1, "test"), *reports, status(watched.plan, 2, ABSENT, lasted_s=120, at=at)
        )
    yield made
    made.close()
    delete(made)


@pytest.fixture
def look(qtbot: QtBot) -> Look:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return Look(application, Theme.LIGHT)


def shown(qtbot: QtBot, page: Page, size: QSize | None = None) -> Page:
    qtbot.addWidget(page)
    page.resize(size or QSize(1072, 664))
    page.show()
    page.arrive()
    return page


def wall_of(qtbot: QtBot, watching: Watching) -> tuple[WallPage, WallBoard]:
    page = WallPage(watching.live, watching.duties, watching.alerts)
    shown(qtbot, page)
    return page, page.findChildren(WallBoard)[0]


@pytest.mark.parametrize("number", range(4))
def test_every_page_can_be_read_out_and_nothing_is_clipped(
    qtbot: QtBot, look: Look, watching: Watching, number: int
) -> None:
    entry: PageEntry = watching_pages(watching)[number]
    page = shown(qtbot, entry.build())
    qtbot.waitUntil(lambda: watching.day.is_read or entry.page_id != "today")
    assert entry.title()
    assert not unnamed(page)
    assert not too_small(page)
    assert not clipped(page)


@pytest.mark.parametrize("cameras", range(1, 65))
def test_up_to_64_cameras_fit_without_overlap(cameras: int) -> None:
    room = QSize(1072, 580)
    places = tile_places(cameras, room, windows=4)
    assert len(places) == cameras
    assert all(QRect(QPoint(0, 0), room).contains(place) for place in places)
    assert not any(
        one.intersects(other) for n, one in enumerate(places) for other in places[n + 1 :]
    )


def test_two_cameras_stand_side_by_side_where_there_is_width() -> None:
    assert best_grid(2, QSize(1072, 580), 4).columns == 2
    assert best_grid(2, QSize(400, 900), 4).columns == 1


def test_a_small_tile_gives_its_room_to_the_picture() -> None:
    small = plan_tile(QSize(ROOMY.width() - 1, 300), 4)
    assert small.head.isEmpty()
    assert small.strip.isEmpty()


def test_a_camera_is_read_out_with_its_windows(qtbot: QtBot, watching: Watching) -> None:
    _, board = wall_of(qtbot, watching)
    camera = next(iter(watching.live.roll.cameras))
    tile = board.tile(camera)
    assert tile.accessibleName() == "1号机"
    assert "03号窗口 离岗 住建 王芳" in tile.accessibleDescription()


def test_arrows_go_from_camera_to_camera_and_enter_shows_one_alone(
    qtbot: QtBot, watching: Watching
) -> None:
    page, board = wall_of(qtbot, watching)
    first, second = watching.live.roll.cameras
    board.tile(first).setFocus()
    titles: list[str] = []
    page.title_changed.connect(titles.append)
    qtbot.keyClick(board.tile(first), Qt.Key.Key_Right)
    qtbot.keyClick(board.tile(second), Qt.Key.Key_Return)
    assert board.alone == second
    assert not board.tile(first).isVisible()
    qtbot.keyClick(board.tile(second), Qt.Key.Key_Escape)
    assert board.alone is None
    assert titles == ["2号机", ""]


def test_pictures_are_decoded_only_while_the_wall_is_looked_at(
    qtbot: QtBot, watching: Watching, watched: WatchedHall
) -> None:
    page, board = wall_of(qtbot, watching)
    camera = next(iter(watching.live.roll.cameras))
    with qtbot.waitSignal(watching.live.pictures.arrived):
        watched.say(preview(camera))
    assert not board.tile(camera).grab().isNull()
    page.leave()
    watched.say(preview(camera, colour="#FF0000"))
    picture = watching.live.pictures.of(camera)
    assert picture is not None
    assert picture.image.pixelColor(5, 5).red() < 200


def test_an_old_picture_is_said_to_be_old(
    qtbot: QtBot, watching: Watching, watched: WatchedHall
) -> None:
    _, board = wall_of(qtbot, watching)
    camera = next(iter(watching.live.roll.cameras))
    with qtbot.waitSignal(watching.live.pictures.arrived):
        watched.say(preview(camera))
    watched.clock.pass_time(seconds=6)
    watching.live.ticked.emit()
    assert board.tile(camera).accessibleDescription().startswith("画面停在 6秒前")


def test_trouble_is_said_in_words(qtbot: QtBot, watching: Watching, watched: WatchedHall) -> None:
    _, board = wall_of(qtbot, watching)
    camera = next(iter(watching.live.roll.cameras))
    with qtbot.waitSignal(watching.live.changed):
        watched.say(CameraTrouble(camera, FootageTrouble.UNREACHABLE, "", 8.0))
    told = board.tile(camera).accessibleDescription()
    assert "连不上摄像机“1号机”" in told
    assert "8 秒后重试" in told


def test_the_whole_screen_gives_the_wall_back(qtbot: QtBot, watching: Watching) -> None:
    page, board = wall_of(qtbot, watching)
    page.actions()[1].trigger()
    screen = board.window()
    assert isinstance(screen, WallScreen)
    assert all(board.tile(camera).isVisible() for camera in watching.live.roll.cameras)
    qtbot.keyClick(screen, Qt.Key.Key_F11)
    assert board.window() is page
    assert board.isVisible()


def test_a_patrol_ends_when_a_key_is_pressed(qtbot: QtBot, watching: Watching) -> None:
    page, board = wall_of(qtbot, watching)
    page.actions()[0].trigger()
    first = board.alone
    assert first is not None
    qtbot.keyClick(board.tile(first), Qt.Key.Key_Escape)
    assert board.alone is None
    page.leave()


def test_a_window_leads_to_its_camera(qtbot: QtBot, watching: Watching) -> None:
    page, board = wall_of(qtbot, watching)
    page.open_subject(list(watching.live.roll.posts)[5])
    assert board.alone == list(watching.live.roll.cameras)[1]


def test_today_counts_windows_and_leads_to_them(qtbot: QtBot, watching: Watching) -> None:
    page = shown(qtbot, TodayPage(watching))
    grid = page.findChildren(WindowGrid)[0]
    window = list(watching.live.roll.posts)[2]
    assert grid.cell(window).accessibleName() == "03号窗口 离岗 住建 王芳"
    with qtbot.waitSignal(page.goes_to) as went:
        qtbot.keyClick(grid.cell(window), Qt.Key.Key_Return)
    assert went.args == ["wall", window]


def test_every_number_of_today_leads_to_what_is_behind_it(
    qtbot: QtBot, watching: Watching, watched: WatchedHall
) -> None:
    page = shown(qtbot, TodayPage(watching))
    camera = next(iter(watching.live.roll.cameras))
    with qtbot.waitSignal(watching.live.changed):
        watched.say(CameraTrouble(camera, FootageTrouble.UNREACHABLE, "", 8.0))
    tiles = [tile for tile in page.findChildren(StatTile) if tile.isVisible()]
    ill = next(tile for tile in tiles if "摄像机" in tile.accessibleName())
    assert "连不上" in ill.accessibleName()
    for tile in tiles:
        if tile.accessibleName().startswith("待我处理"):
            continue  # nothing waits
        with qtbot.waitSignal(page.goes_to):
            qtbot.keyClick(tile, Qt.Key.Key_Return)


def test_today_lists_what_waits_and_opens_it(
    qtbot: QtBot, watching: Watching, watched: WatchedHall
) -> None:
    rules = Catalogue(assets.rule_files())
    propose = partial(
        propose_finding,
        sighting=sighting(watched.plan, ended_at=DAY + timedelta(minutes=16)),
        catalogue=rules,
        calendar=CALENDAR,
        clock=watched.clock,
    )
    finding = watched.desk.act(machine("device"), propose).result()
    assert finding is not None
    page = TodayPage(watching)
    with qtbot.waitSignal(watching.today.changed):
        shown(qtbot, page)
    row = page.findChildren(WorkRow)[0]
    with qtbot.waitSignal(page.goes_to) as went:
        row.findChildren(type(row._button))[0].click()
    assert went.args == ["review", finding.id]


def test_today_turns_the_page_at_midnight(
    qtbot: QtBot, watching: Watching, watched: WatchedHall
) -> None:
    page = TodayPage(watching)
    shown(qtbot, page)
    before = watching.day.day
    watched.clock.pass_time(hours=16)
    with qtbot.waitSignal(page.context_changed) as told:
        watching.live.ticked.emit()
    assert watching.day.day == before + timedelta(days=1)
    assert "11月25日" in told.args[0]


def test_the_grid_of_today_is_walked_with_the_arrows(qtbot: QtBot, watching: Watching) -> None:
    page = shown(qtbot, TodayPage(watching))
    grid = page.findChildren(WindowGrid)[0]
    windows = list(watching.live.roll.posts)
    grid.cell(windows[0]).setFocus()
    qtbot.keyClick(grid.cell(windows[0]), Qt.Key.Key_Right)
    assert grid.focusWidget() is grid.cell(windows[1])


def timeline_of(qtbot: QtBot, watching: Watching) -> tuple[Page, TimelineBands]:
    page = shown(qtbot, TimelinePage(watching.program, watching.live))
    bands = page.findChildren(TimelineBands)[0]
    qtbot.waitUntil(lambda: bands.sizeHint().height() > 100)
    return page, bands


def test_a_timeline_is_walked_with_the_arrows_and_read_out(
    qtbot: QtBot, watching: Watching
) -> None:
    _, bands = timeline_of(qtbot, watching)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(bands, key)
    assert bands.accessibleDescription() == "03号窗口 离岗 09:28:00–09:30:00 · 2分钟"


def test_a_timeline_is_looked_at_closer_and_whole(qtbot: QtBot, watching: Watching) -> None:
    _, bands = timeline_of(qtbot, watching)
    before = bands.span
    qtbot.keyClick(bands, Qt.Key.Key_Plus)
    assert bands.span[1] - bands.span[0] < before[1] - before[0]
    bands.see_all()
    assert bands.span == (DAY, DAY + timedelta(minutes=30))
    assert not bands.is_zoomed


def test_a_timeline_is_copied_as_a_table(qtbot: QtBot, watching: Watching) -> None:
    page, _ = timeline_of(qtbot, watching)
    with qtbot.waitSignal(page.noticed):
        page._copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[0] == "窗口"
    assert len(lines) == 9


def test_an_export_is_written_down_before_there_is_a_file(
    qtbot: QtBot, watching: Watching, watched: WatchedHall, tmp_path: Path
) -> None:
    page, _ = timeline_of(qtbot, watching)
    target = tmp_path / "day.csv"
    page._reason = "月度通报"
    with qtbot.waitSignal(page.noticed) as told:
        page._write(str(target))
    links = watched.desk.look(lambda reading: reading.find(Custody)).result()
    assert links[-1].reason == "月度通报"
    assert "day.csv" in told.args[0].text
    assert target.read_bytes().startswith("\ufeff窗口".encode())


def test_an_export_that_fails_leaves_no_file_and_says_so(
    qtbot: QtBot, watching: Watching, watched: WatchedHall, tmp_path: Path
) -> None:
    page, _ = timeline_of(qtbot, watching)
    page._reason = "月度通报"
    with qtbot.waitSignal(page.noticed) as told:
        page._write(str(tmp_path / "nowhere" / "day.csv"))
    notice = told.args[0]
    assert isinstance(notice, Notice)
    assert "day.csv" in notice.text
    assert not watched.desk.look(lambda reading: reading.find(Custody)).result()


def test_an_area_is_drawn_with_keys_alone(qtbot: QtBot, watching: Watching) -> None:
    page = shown(qtbot, CamerasPage(watching.zones, watching.cameras, watching.recordings))
    canvas = page._canvas
    key = Qt.Key
    for each in (key.Key_Space, key.Key_Right, key.Key_Space, key.Key_Down, key.Key_Space):
        modifier = Qt.KeyboardModifier.ShiftModifier
        qtbot.keyClick(canvas, each, modifier)
    qtbot.keyClick(canvas, key.Key_Return)
    area = watching.zones.area
    assert area is not None
    assert watching.zones.sketch.corners(area) == ((0.5, 0.5), (0.55, 0.5), (0.55, 0.55))
    assert page._save.isEnabled()


def test_without_a_hall_every_page_says_what_to_do(
    qtbot: QtBot, tmp_path: Path, watched: WatchedHall
) -> None:
    watched.video = None
    empty = Watching(watched)
    assert empty.live.board.watching is State.OFF
    page = shown(qtbot, WallPage(empty.live, empty.duties, empty.alerts))
    assert page._staged.placeholder.sentence() == "还没有大厅。请先建立大厅和摄像机。"
    empty.close()
    delete(empty)
