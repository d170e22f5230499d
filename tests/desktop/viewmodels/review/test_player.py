from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.evidence import Custody, Evidence
from desktop.domain.roles import Role
from desktop.viewmodels.review.desk import ReviewDesk
from desktop.viewmodels.review.player import ClipPlayer, Playing
from desktop.workers.video_process import ProcessEnded
from tests.support.casework import FakeOffice, FakeScreen, picture
from video.errors import FootageTrouble
from video.messages import ClipEnd, PlayClip, StopClip

FRAMES = [picture(str(n), size=(64, 36)) for n in range(10)]


@pytest.fixture
def clip(office: FakeOffice) -> Evidence:
    office.enter(Role.VIDEO_SUP)
    finding = office.propose()
    found = office.desk.look(lambda r: r.find(Evidence, finding_id=finding.id)).result()
    return next(item for item in found if item.role == "clip")


@pytest.fixture
def player(office: FakeOffice, clip: Evidence, qtbot: QtBot) -> Iterator[ClipPlayer]:
    made = ClipPlayer(office)
    made.load(clip)
    yield made
    made.stop()


def screen(office: FakeOffice) -> FakeScreen:
    assert office.video is not None
    return office.video


def test_a_clip_plays_to_its_end_and_again(
    qtbot: QtBot, office: FakeOffice, player: ClipPlayer, clip: Evidence
) -> None:
    player.toggle()
    assert player.playing is Playing.LOADING
    assert screen(office).commands == [PlayClip(1, clip.sha256)]

    screen(office).play(FRAMES, per_second=50.0)
    qtbot.waitUntil(lambda: player.playing is Playing.PAUSED)
    assert player.at_s == player.length_s == pytest.approx(0.18)

    player.toggle()
    assert player.playing is Playing.PLAYING
    assert player.at_s == 0.0


def test_it_is_stepped_and_sought(qtbot: QtBot, office: FakeOffice, player: ClipPlayer) -> None:
    player.toggle()
    screen(office).play(FRAMES)
    qtbot.waitUntil(lambda: player.length_s == pytest.approx(1.8))

    player.step(99)
    assert (player.playing, player.at_s) == (Playing.PAUSED, pytest.approx(1.8))
    player.step(-1)
    assert player.at_s == pytest.approx(1.6)
    player.seek(0.5)
    assert player.at_s == pytest.approx(0.4)
    assert not player.frame.isNull()


def test_stopping_tells_the_process_and_hears_no_more(
    qtbot: QtBot, office: FakeOffice, player: ClipPlayer
) -> None:
    player.toggle()
    player.stop()
    assert screen(office).commands[-1] == StopClip(1)
    assert screen(office).listeners == []
    assert player.playing is Playing.IDLE


def test_answers_to_an_earlier_request_are_not_shown(
    qtbot: QtBot, office: FakeOffice, player: ClipPlayer
) -> None:
    player.toggle()
    player.stop()
    player.toggle()
    for listener in screen(office).listeners:
        listener(ClipEnd(1, FootageTrouble.DAMAGED))
    with qtbot.assertNotEmitted(player.frame_changed, wait=50):
        pass
    assert player.playing is Playing.LOADING


def test_a_clip_that_cannot_be_played_says_so(
    qtbot: QtBot, office: FakeOffice, player: ClipPlayer
) -> None:
    player.toggle()
    for listener in tuple(screen(office).listeners):
        listener(ClipEnd(1, FootageTrouble.DAMAGED))
    qtbot.waitUntil(lambda: player.playing is Playing.TROUBLE)
    assert player.trouble is FootageTrouble.DAMAGED


def test_the_death_of_the_process_is_survived(
    qtbot: QtBot, office: FakeOffice, player: ClipPlayer
) -> None:
    player.toggle()
    for listener in tuple(screen(office).listeners):
        listener(ProcessEnded(-9, 1.0))
    qtbot.waitUntil(lambda: player.playing is Playing.TROUBLE)
    player.toggle()
    assert player.playing is Playing.LOADING


def test_without_a_watching_process_nothing_is_played(
    office: FakeOffice, player: ClipPlayer
) -> None:
    office.video = None
    player.toggle()
    assert player.playing is Playing.NO_PROCESS


def test_playing_is_written_down_once_and_counts_as_seen(qtbot: QtBot, office: FakeOffice) -> None:
    office.enter(Role.VIDEO_SUP)
    finding = office.propose()
    desk = ReviewDesk(office)
    with qtbot.waitSignals([desk.opened, desk.exhibits.picture_changed]):
        desk.open(finding.id)
    for _ in range(2):
        desk.player.toggle()
        desk.player.stop()
    assert desk.player.clip is not None
    clip = desk.player.clip
    links = office.desk.act(
        office.people[Role.SUPERVISOR], lambda work: work.find(Custody, subject_id=clip.id)
    ).result()
    assert len(links) == 1
    assert clip.sha256 in desk.exhibits.seen
    desk.stop()
