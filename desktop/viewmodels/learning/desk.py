"""Teaches one window's seat at a time: marks pictures, learns, shows the score, switches."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from PySide6.QtCore import QBuffer, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage

from desktop.assembly.learning import Holder, SeatSchool
from desktop.domain.entities import Book
from desktop.domain.errors import NotAllowed
from desktop.domain.identifiers import CameraId, WindowId
from desktop.domain.learning import LessonUse, SeatLesson, SeatPicture, Seen, newest
from desktop.domain.organisation import Corners
from desktop.domain.roles import Role
from desktop.system.language import said
from desktop.usecases.learning import Course, Seat
from desktop.usecases.ports import Reading
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.casework import Gate
from desktop.viewmodels.keyed_rows import Index, KeyedRows
from desktop.viewmodels.learning.words import SHOWN, USES
from desktop.viewmodels.live.watch import LiveWatch
from desktop.viewmodels.row_roles import RowRole
from desktop.viewmodels.times import stamp
from desktop.viewmodels.wording import sentence
from desktop.workers.children import Entry
from desktop.workers.errands import Errands
from video.process.lesson import teach

FRESH = timedelta(seconds=10)  # an older picture shows what was, not what is
THUMB = 64  # pixels, the longer side of a marked picture in the list
LOOK = QSize(1280, 720)  # pixels in which the seat is cut out


class Teaching(Holder, Protocol):
    """The open program, as far as this page needs it."""

    @property
    def door(self) -> Gate:
        """Who is at the desk."""

    @property
    def book(self) -> Book:
        """The rules of all records."""


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One window in the list."""

    key: str
    title: str
    detail: str


class SeatsModel(KeyedRows[SeatRow]):
    """The windows that a camera sees."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer what a row shows."""
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case RowRole.KEY:
                return row.key
            case RowRole.DETAIL:
                return row.detail
        return None


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One marked picture."""

    key: str
    title: str
    image: QImage


class MarksModel(KeyedRows[MarkRow]):
    """The marked pictures of a seat."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer what a picture is called and shows."""
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return row.title
            case Qt.ItemDataRole.DecorationRole:
                return row.image
            case RowRole.KEY:
                return row.key
        return None


class LearningDesk(QObject):
    """What can be taught; `changed` comes when there is something new to show."""

    changed = Signal()
    pictured = Signal()
    told = Signal(str)
    refused = Signal(object)

    def __init__(
        self,
        program: Teaching,
        live: LiveWatch,
        errands: Errands,
        parent: QObject | None = None,
        *,
        entry: Entry = teach,
    ) -> None:
        super().__init__(parent)
        self._program, self.live = program, live
        self._school = SeatSchool(program, errands, entry=entry)
        self._answers = Answers(self)
        self._lessons: Mapping[WindowId, SeatLesson] = {}
        self.seats, self.marks = SeatsModel(self), MarksModel(self)
        self.seat: Seat | None = None
        self.course: Course | None = None
        self.is_busy = False
        live.pictures.arrived.connect(self._see)

    @property
    def lesson(self) -> SeatLesson | None:
        """What was last learned of the seat."""
        return self.course.lesson if self.course else None

    @property
    def obstacle(self) -> str:
        """Why this person may not teach; "" when he may."""
        actor = self._program.door.actor
        if actor is None:
            return said("请先登录。")
        roles = self._program.book.rule(SeatLesson.ENTITY).create_roles
        if not actor.has(*map(Role, roles)):
            return sentence(NotAllowed(SeatLesson.ENTITY, "create", roles))
        return ""

    @property
    def may_mark(self) -> bool:
        """Whether this person may say what the picture of this moment shows."""
        actor = self._program.door.actor
        roles = self._program.book.rule(SeatPicture.ENTITY).create_roles
        return actor is not None and actor.has(*map(Role, roles)) and self.view() is not None

    @property
    def fits(self) -> bool:
        """Whether what was learned is of the seat as it is drawn now."""
        seat, lesson = self.seat, self.lesson
        return bool(seat and lesson and lesson.fits(seat.camera.id, seat.corners))

    def refresh(self) -> None:
        """Fetch the windows and what was learned of each."""
        self._answers.ask(self._program.desk.look(_lessons), self._list, self._refuse, "lessons")

    def choose(self, window_id: str) -> None:
        """Turn to a window."""
        seat = self._seat_of(WindowId(window_id))
        if seat is None or seat == self.seat:
            return
        self.seat, self.course = seat, None
        self.marks.replace([])
        self.look()
        self._fetch()
        self.changed.emit()

    def look(self) -> None:
        """Let the camera's pictures come."""
        if self.seat is not None:
            self.live.pictures.rest()
            self.live.pictures.want(self.seat.camera.id, LOOK)

    def rest(self) -> None:
        """Look away."""
        self.live.pictures.rest()

    def view(self) -> QImage | None:
        """The seat as its camera shows it now; None where no picture came just now."""
        seat = self.seat
        picture = self.live.pictures.of(seat.camera.id) if seat else None
        if seat is None or picture is None or self.live.now() - picture.came_at > FRESH:
            return None
        return picture.image.copy(_bounds(seat.corners, picture.image.size()))

    def mark(self, shown: Seen) -> None:
        """Keep what the seat looks like now, and what that shows."""
        actor, seat, image = self._program.door.actor, self.seat, self.view()
        if actor is not None and seat is not None and image is not None and not self.is_busy:
            future = self._school.mark(actor, seat, shown, _png(image))
            self._answers.ask(future, self._marked, self._refuse)

    def withdraw(self, picture_id: str) -> None:
        """Delete a marked picture."""
        actor = self._program.door.actor
        pictures = self.course.pictures if self.course else ()
        picture = next((each for each in pictures if each.id == picture_id), None)
        if actor is not None and picture is not None:
            self._answers.ask(self._school.withdraw(actor, picture), self._withdrawn, self._refuse)

    def teach(self) -> None:
        """Learn from all there is; takes seconds."""
        actor, seat, course = self._program.door.actor, self.seat, self.course
        if actor is None or seat is None or course is None or self.is_busy or self.obstacle:
            return
        if not course.leads:
            return
        self.is_busy = True
        self._answers.ask(self._school.teach(actor, seat, course), self._taught, self._refuse)
        self.changed.emit()

    def use(self, use: LessonUse) -> None:
        """Switch what was learned off, on again, or let it be trusted."""
        actor, lesson = self._program.door.actor, self.lesson
        if actor is None or lesson is None or lesson.use is use or self.is_busy:
            return
        self.is_busy = True
        self._answers.ask(self._school.use(actor, lesson, use), self._taught, self._refuse)
        self.changed.emit()

    def stop(self) -> None:
        """Hear no more."""
        self._answers.close()

    def _seat_of(self, window_id: WindowId) -> Seat | None:
        camera = self.live.roll.camera_of(window_id)
        if camera is None:
            return None
        zone = next(zone for zone in camera.zones if zone.window_id == window_id)
        return Seat(window_id, camera, zone.seat)

    def _fetch(self) -> None:
        if self.seat is not None:
            course = self._school.course(self.seat)
            self._answers.ask(course, self._take, self._refuse, "course")

    def _list(self, lessons: Mapping[WindowId, SeatLesson]) -> None:
        self._lessons = lessons
        self.seats.replace(
            [
                SeatRow(post.window.id, post.window.name, self._detail(post.window.id))
                for post in self.live.roll.posts.values()
                if self._seat_of(post.window.id) is not None
            ]
        )
        seat = self._seat_of(self.seat.window_id) if self.seat else None
        if seat != self.seat:  # its area was drawn anew meanwhile
            self.seat, self.course = seat, None
        self._fetch()
        self.changed.emit()

    def _detail(self, window_id: WindowId) -> str:
        seat, lesson = self._seat_of(window_id), self._lessons.get(window_id)
        if lesson is None or seat is None:
            return said("未学习")
        if not lesson.fits(seat.camera.id, seat.corners):
            return said("须重新学习")
        return said(USES[lesson.use])

    def _take(self, told: tuple[Course, Mapping[str, bytes]]) -> None:
        self.course, data = told
        self.marks.replace(
            [
                MarkRow(one.id, _title(one), _small(data[one.id]))
                for one in reversed(self.course.pictures)
                if one.id in data
            ]
        )
        self.changed.emit()

    def _marked(self, picture: SeatPicture) -> None:
        self.told.emit(said("已保存一张“{0}”的参考图。").format(said(SHOWN[picture.shown])))
        self._fetch()

    def _withdrawn(self, _: SeatPicture) -> None:
        self.told.emit(said("参考图已删除。下次学习时不再使用。"))
        self._fetch()

    def _taught(self, _: SeatLesson) -> None:
        self.is_busy = False
        self.refresh()

    def _refuse(self, error: Exception) -> None:
        self.is_busy = False
        self.refused.emit(error)
        self.changed.emit()

    def _see(self, camera_id: CameraId) -> None:
        if self.seat is not None and self.seat.camera.id == camera_id:
            self.pictured.emit()


def _lessons(reading: Reading) -> Mapping[WindowId, SeatLesson]:
    return newest(reading.find(SeatLesson))


def _title(picture: SeatPicture) -> str:
    return f"{said(SHOWN[picture.shown])} {stamp(picture.taken_at)}"


def _small(png: bytes) -> QImage:
    image = QImage.fromData(png)
    return image.scaled(THUMB, THUMB, Qt.AspectRatioMode.KeepAspectRatio)


def _bounds(corners: Corners, size: QSize) -> QRect:
    """The pixels around a seat: no more of the picture is kept."""
    across, down = [x for x, _ in corners], [y for _, y in corners]
    left, top = round(min(across) * size.width()), round(min(down) * size.height())
    right, bottom = round(max(across) * size.width()), round(max(down) * size.height())
    return QRect(left, top, max(1, right - left), max(1, bottom - top))


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # stubs want bytes
    return bytes(buffer.data().data())
