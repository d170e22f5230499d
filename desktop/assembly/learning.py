"""Teaches what people judged about a seat, keeps it, and lets the watching follow."""

import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from queue import Empty, SimpleQueue
from typing import Protocol

from desktop.bridges.footage import Lessons
from desktop.bridges.lessons import examples_of, score_of, weights_text
from desktop.domain.identifiers import Digest, HallId
from desktop.domain.learning import LessonUse, SeatLesson, SeatPicture, Seen, newest
from desktop.domain.organisation import Camera
from desktop.domain.roles import Actor
from desktop.storage.vault import SealedVault
from desktop.usecases.learning import (
    Course,
    Seat,
    course_of,
    keep_lesson,
    mark_picture,
    use_lesson,
    withdraw_picture,
)
from desktop.usecases.ports import Clock, UnitOfWork
from desktop.workers.case_desk import CaseDesk
from desktop.workers.children import Child, ChildEnded, Entry, begin
from desktop.workers.errands import Errand, Errands
from video.errors import FootageError, FootageTrouble
from video.process.lesson import teach
from video.vocabulary.lesson import Taught

PATIENCE_S = 300.0  # hundreds of pictures on a busy machine
POLL_S = 0.2  # how soon closing is noticed


class Holder(Protocol):
    """The open program, as far as teaching needs it."""

    @property
    def desk(self) -> CaseDesk:
        """The case file."""

    @property
    def vault(self) -> SealedVault:
        """Where pictures are."""

    @property
    def clock(self) -> Clock:
        """The time."""

    def watch_anew(self, cameras: Sequence[Camera]) -> None:
        """Watch the hall's cameras as they now are."""


def lessons_of(desk: CaseDesk, hall_id: HallId) -> Lessons:
    """Give what counts for each window of a hall; waits for the case file."""
    with desk.store.look() as reading:
        return newest(reading.find(SeatLesson, hall_id=hall_id))


class SeatSchool:
    """All that is done about what is learned of seats; every act is somebody's, and is noted."""

    def __init__(self, holder: Holder, errands: Errands, *, entry: Entry = teach) -> None:
        self._holder, self._errands, self._entry = holder, errands, entry

    def course(self, seat: Seat) -> "Future[tuple[Course, Mapping[str, bytes]]]":
        """Fetch what there is to learn from, and the bytes of the marked pictures by id."""

        def look() -> tuple[Course, Mapping[str, bytes]]:
            with self._holder.desk.store.look() as reading:
                course = course_of(reading, seat)
            vault = self._holder.vault
            here = (one for one in course.pictures if vault.has(one.sha256))
            return course, {one.id: vault.get(one.sha256) for one in here}

        return self._holder.desk.run(look)

    def mark(self, actor: Actor, seat: Seat, shown: Seen, png: bytes) -> "Future[SeatPicture]":
        """Seal a picture of a seat alone, and keep what it shows."""

        def keep(work: UnitOfWork) -> SeatPicture:
            digest = Digest(self._holder.vault.put(png).sha256)
            return mark_picture(work, seat, shown, digest, clock=self._holder.clock)

        return self._holder.desk.act(actor, keep)

    def withdraw(self, actor: Actor, picture: SeatPicture) -> "Future[SeatPicture]":
        """Delete a marked picture: first the record, then the bytes."""

        def take_back(_: Errand) -> SeatPicture:
            change = partial(withdraw_picture, picture=picture)
            gone = self._holder.desk.act(actor, change).result()
            self._holder.vault.drop(picture.sha256)
            return gone

        return self._errands.send(take_back)[1]

    def teach(self, actor: Actor, seat: Seat, course: Course) -> "Future[SeatLesson]":
        """Learn in a child, keep what came of it, and watch by it."""

        def learn(errand: Errand) -> SeatLesson:
            told = self._learned(errand, seat, course)
            keep = partial(
                keep_lesson,
                seat=seat,
                weights=weights_text(told.lesson),
                score=score_of(told.held_out, course),
                heat=tuple(told.heat),
                clock=self._holder.clock,
            )
            return self._followed(self._holder.desk.act(actor, keep).result())

        return self._errands.send(learn)[1]

    def use(self, actor: Actor, lesson: SeatLesson, use: LessonUse) -> "Future[SeatLesson]":
        """Switch what was learned off, on again, or let it be trusted."""

        def switch(_: Errand) -> SeatLesson:
            change = partial(use_lesson, lesson=lesson, use=use, clock=self._holder.clock)
            return self._followed(self._holder.desk.act(actor, change).result())

        return self._errands.send(switch)[1]

    def _learned(self, errand: Errand, seat: Seat, course: Course) -> Taught:
        told: SimpleQueue[Taught | FootageError | ChildEnded] = SimpleQueue()
        stopping = threading.Event()
        args = (self._holder.vault, examples_of(course.leads, seat))
        begin(Child(self._entry, args, told.put, stopping, PATIENCE_S))
        word: Taught | FootageError | ChildEnded | None = None
        while word is None and errand.tell(0.0):
            with suppress(Empty):
                word = told.get(timeout=POLL_S)
        stopping.set()
        match word:
            case Taught():
                return word
            case FootageError():
                raise word
        raise FootageError(FootageTrouble.BAD_MODEL, "lesson", "the child ended")

    def _followed(self, lesson: SeatLesson) -> SeatLesson:
        with self._holder.desk.store.look() as reading:
            cameras = reading.find(Camera, hall_id=lesson.hall_id)
        self._holder.watch_anew(cameras)
        return lesson
