"""A seat is marked, taught, scored and switched from its page, and the watching follows."""

import os
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.errors import Unproven
from desktop.domain.evidence import AuditRow
from desktop.domain.learning import LessonUse, SeatLesson, Seen
from desktop.domain.roles import Role
from desktop.settings import Theme
from desktop.storage.vault import SealedVault
from desktop.viewmodels.learning.desk import LearningDesk
from desktop.viewmodels.live.watch import LiveWatch
from desktop.views.kit.look import Look
from desktop.views.learning.page import LearningPage
from desktop.workers.errands import Errands
from tests.support.profiles import person
from tests.support.screens import clipped, too_small, unnamed
from tests.support.watching import WatchedHall, preview
from video.errors import FootageError, FootageTrouble
from video.messages import Vault
from video.vocabulary.lesson import Count, Example, HeldOut, Lesson, Taught

WEIGHTS = bytes(4 * 577)
PATIENCE = 60_000  # ms: a child has to start on a busy machine


def learned(pipe: "Connection[Taught, None]", vault: Vault, examples: Sequence[Example]) -> None:
    """A child that has read every picture, and says how well each was judged."""
    for one in examples:
        vault.get(one.sha256)
    held = HeldOut(Count(3, 1, 0), Count(4), groups=4)
    pipe.send(Taught(Lesson(WEIGHTS), held, (1.0, -1.0) * 32))


def too_few(pipe: "Connection[FootageError, None]", vault: Vault, examples: object) -> None:
    pipe.send(FootageError(FootageTrouble.TOO_FEW, "empty", "0/4 0/3"))


Opened = Callable[..., LearningDesk]


@pytest.fixture
def opened(qtbot: QtBot, watched: WatchedHall, live: LiveWatch, tmp_path: Path) -> Iterator[Opened]:
    watched.vault = SealedVault(tmp_path / "vault", bytes(32))  # type: ignore[attr-defined]
    errands = Errands()
    desks: list[LearningDesk] = []

    def open_with(entry: object = learned) -> LearningDesk:
        desk = LearningDesk(watched, live, errands, live, entry=entry)  # type: ignore[arg-type]
        desks.append(desk)
        desk.refresh()
        qtbot.waitUntil(lambda: bool(desk.seats.rows))
        desk.choose(watched.plan.windows[0].id)
        qtbot.waitUntil(lambda: desk.course is not None)
        return desk

    yield open_with
    for desk in desks:
        desk.stop()
    errands.close()


def marked(qtbot: QtBot, desk: LearningDesk, watched: WatchedHall, shown: Seen) -> None:
    watched.say(preview(watched.plan.cameras[0].id))
    qtbot.waitUntil(lambda: desk.view() is not None)
    with qtbot.waitSignal(desk.told):
        desk.mark(shown)
    qtbot.waitUntil(lambda: bool(desk.marks.rows))


def test_only_the_seat_is_kept_of_a_marked_picture_and_deleting_takes_its_bytes(
    qtbot: QtBot, opened: Opened, watched: WatchedHall
) -> None:
    desk = opened()
    marked(qtbot, desk, watched, Seen.CLERK)
    assert desk.course is not None
    (picture,) = desk.course.pictures
    vault: SealedVault = watched.vault  # type: ignore[attr-defined]
    whole = desk.live.pictures.of(watched.plan.cameras[0].id)
    assert whole is not None
    kept = QImage.fromData(vault.get(picture.sha256))
    assert kept.width() < whole.image.width() / 2
    desk.withdraw(picture.id)
    qtbot.waitUntil(lambda: not desk.marks.rows)
    assert not vault.has(picture.sha256)


def test_what_is_learned_raises_doubts_at_once_and_is_switched_off_again(
    qtbot: QtBot, opened: Opened, watched: WatchedHall
) -> None:
    desk = opened()
    marked(qtbot, desk, watched, Seen.EMPTY)
    desk.teach()
    qtbot.waitUntil(lambda: desk.lesson is not None and not desk.is_busy, timeout=PATIENCE)
    assert desk.lesson is not None
    assert desk.lesson.use is LessonUse.DOUBTS
    assert (desk.lesson.score.groups, desk.lesson.score.marked) == (4, 1)
    assert watched.watched_anew
    seat = desk.seat
    assert seat is not None
    assert desk.fits
    moved = tuple((x, y + 0.01) for x, y in seat.corners)
    assert not desk.lesson.fits(seat.camera.id, moved)  # of a changed area it tells nothing
    desk.use(LessonUse.OFF)
    qtbot.waitUntil(
        lambda: desk.lesson is not None and desk.lesson.use is LessonUse.OFF, timeout=PATIENCE
    )
    kept = watched.desk.look(lambda reading: reading.find(SeatLesson)).result()
    acts = [row.action for row in watched.desk.look(lambda r: r.find(AuditRow)).result()]
    assert len(kept) == 2
    assert [act for act in acts if act.startswith("seat.")] == [
        "seat.mark",
        "seat.teach",
        "seat.use",
    ]


def test_too_few_pictures_are_refused_in_words(
    qtbot: QtBot, opened: Opened, watched: WatchedHall
) -> None:
    desk = opened(too_few)
    marked(qtbot, desk, watched, Seen.EMPTY)
    with qtbot.waitSignal(desk.refused, timeout=PATIENCE) as refusal:
        desk.teach()
    assert refusal.args[0].trouble is FootageTrouble.TOO_FEW
    assert desk.lesson is None


def test_the_page_reads_out_and_what_was_tried_on_little_cannot_be_trusted(
    qtbot: QtBot, opened: Opened, watched: WatchedHall
) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    Look(application, Theme.LIGHT)
    desk = opened()
    page = LearningPage(desk)
    qtbot.addWidget(page)
    page.resize(1072, 664)
    page.show()
    page.arrive()
    marked(qtbot, desk, watched, Seen.EMPTY)
    desk.teach()
    qtbot.waitUntil(lambda: desk.lesson is not None and not desk.is_busy, timeout=PATIENCE)
    if folder := os.environ.get("HALLWATCH_PICTURES"):
        page.grab().save(str(Path(folder) / "learning.png"))
    assert unnamed(page) == []
    assert too_small(page) == []
    assert clipped(page) == []
    with qtbot.waitSignal(desk.refused, timeout=PATIENCE) as refusal:
        desk.use(LessonUse.TRUSTED)
    assert isinstance(refusal.args[0], Unproven)


def test_a_reader_may_look_and_teach_nothing(opened: Opened, watched: WatchedHall) -> None:
    desk = opened()
    watched.door.actor = person(Role.HEAD)
    assert desk.obstacle
    assert not desk.may_mark
