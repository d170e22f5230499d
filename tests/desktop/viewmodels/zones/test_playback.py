"""Areas are tried on the last minutes before they are saved, and played back with their states."""

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from desktop.viewmodels.live.watch import LiveWatch
from desktop.viewmodels.zones.editor import ZoneEditor
from desktop.views.cameras.playback import PlaybackDialog
from tests.support.profiles import DAY
from tests.support.screens import unnamed
from tests.support.watching import WatchedHall, preview
from video.errors import FootageTrouble
from video.messages import PlayBack, PlayBackEnd, PlayedBack, StopPlayBack
from video.vocabulary.state import WindowState

UNKNOWN, READY, ABSENT = WindowState.UNKNOWN, WindowState.READY, WindowState.ABSENT


@pytest.fixture
def editor(qtbot: QtBot, watched: WatchedHall, live: LiveWatch) -> ZoneEditor:
    qtbot.waitUntil(lambda: bool(live.roll.posts))
    editor = ZoneEditor(watched, live, live)
    editor.open(watched.plan.cameras[0].id)
    return editor


def picture(watched: WatchedHall, request: int, at_s: int, *states: WindowState) -> PlayedBack:
    windows = [zone.window_id for zone in watched.plan.cameras[0].zones]
    jpeg = preview(watched.plan.cameras[0].id).jpeg
    told = dict(zip(windows, states, strict=False))
    return PlayedBack(request, DAY + timedelta(seconds=at_s), jpeg, told)


def test_the_areas_as_drawn_are_tried_and_their_states_come_with_the_pictures(
    qtbot: QtBot, editor: ZoneEditor, watched: WatchedHall
) -> None:
    assert watched.video is not None
    editor.move_corner(0, (0.02, 0.01))
    editor.try_out()
    (asked,) = watched.video.sent
    assert isinstance(asked, PlayBack)
    assert (0.02, 0.01) in asked.zones[0].seat.points
    watched.say(
        picture(watched, 1, 0, UNKNOWN),
        picture(watched, 99, 1, READY),  # of an earlier trial
        picture(watched, 1, 10, ABSENT),
        picture(watched, 1, 30, ABSENT),
        PlayBackEnd(1),
    )
    playback = editor.playback
    qtbot.waitUntil(lambda: playback.is_whole)
    assert playback.count == 3
    first = playback.rows(editor.live.roll)[0]
    assert [(each.state, each.seconds) for each in first.stretches] == [(UNKNOWN, 10), (ABSENT, 20)]
    playback.show(2)
    assert playback.states_said(editor.live.roll)[0] == "01号窗口 离岗"
    assert editor.is_changed  # nothing was saved by trying


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (FootageTrouble.STREAM_ENDED, "这台摄像机还没有录到画面，过一会儿再试。"),
        (FootageTrouble.BAD_ZONE, "有的区域太小或重复，不能判断。"),
    ],
)
def test_why_nothing_can_be_tried_is_said(
    qtbot: QtBot,
    editor: ZoneEditor,
    watched: WatchedHall,
    trouble: FootageTrouble,
    words: str,
) -> None:
    editor.try_out()
    watched.say(PlayBackEnd(1, trouble))
    qtbot.waitUntil(lambda: editor.playback.trouble == words)


def test_without_a_watching_process_there_is_nothing_to_try(
    editor: ZoneEditor, watched: WatchedHall
) -> None:
    watched.video = None
    editor.try_out()
    assert editor.playback.trouble == "现在没有在监看，没有可以试的画面。"


def test_closing_ends_what_is_still_being_judged(
    qtbot: QtBot, editor: ZoneEditor, watched: WatchedHall
) -> None:
    assert watched.video is not None
    editor.try_out()
    editor.playback.stop()
    assert watched.video.sent[-1] == StopPlayBack(1)
    assert not editor.playback.is_playing


def test_the_dialog_shows_picture_states_and_bands_and_can_be_read_out(
    qtbot: QtBot, editor: ZoneEditor, watched: WatchedHall
) -> None:
    editor.try_out()
    dialog = PlaybackDialog(None, editor.playback, editor.live.roll)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    dialog.show()
    times = range(0, 60, 2)
    states = (UNKNOWN,) * 5 + (READY,) * 15 + (ABSENT,) * 10
    watched.say(
        *(picture(watched, 1, at, one, READY) for at, one in zip(times, states, strict=True)),
        PlayBackEnd(1),
    )
    qtbot.waitUntil(lambda: editor.playback.is_whole)
    editor.playback.show(29)
    assert unnamed(dialog) == []
    dialog.accept()
