"""Edits one camera's areas: draw, move, undo, and save so that watching follows at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal

from desktop.domain.errors import NotAllowed
from desktop.domain.identifiers import CameraId
from desktop.domain.organisation import Camera, Corners
from desktop.domain.roles import Role
from desktop.system.language import said
from desktop.system.secrets import Secrets
from desktop.usecases.organisation import change_camera
from desktop.usecases.ports import UnitOfWork
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.keyed_rows import Index, KeyedRows
from desktop.viewmodels.live.roll import Post
from desktop.viewmodels.live.watch import Ear, LiveWatch
from desktop.viewmodels.row_roles import RowRole
from desktop.viewmodels.today import Office
from desktop.viewmodels.wording import sentence
from desktop.viewmodels.zones.playback import Ear as Teller
from desktop.viewmodels.zones.playback import ZonePlayback
from desktop.viewmodels.zones.sketch import Area, Part, Point, Sketch, sketch_of, trouble_said
from desktop.viewmodels.zones.snapping import snapped

CLOSE_BY = 0.02  # of the picture: a click so near to the first corner closes the area


class Listened(Ear, Teller, Protocol):
    """The watching process: heard by the screens, and asked to play back."""


class Watcher(Office, Protocol):
    """The open program, as far as changing what is watched needs it."""

    @property
    def video(self) -> Listened | None:
        """The watching process, where one runs."""

    @property
    def secrets(self) -> Secrets:
        """Where the passwords of cameras are."""

    def watch_anew(self, cameras: Sequence[Camera]) -> None:
        """Watch the hall's cameras as they now are."""


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area in the list."""

    key: str
    area: Area
    title: str
    detail: str


class AreasModel(KeyedRows[AreaRow]):
    """The areas that a camera has or could have."""

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
            case _:
                return None


class ZoneEditor(QObject):
    """One camera's areas in a person's hands; nothing is kept until it is saved."""

    changed = Signal()
    saved = Signal()
    refused = Signal(object)
    told = Signal(str)

    def __init__(self, program: Watcher, live: LiveWatch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._program, self.live = program, live
        self._answers = Answers(self)
        self.playback = ZonePlayback(lambda: program.video, self)
        self.model = AreasModel(self)
        self.camera: Camera | None = None
        self.area: Area | None = None
        self.sketch = Sketch({})
        self._copied: Corners = ()  # of any camera's area, until another is copied
        self._past: list[Sketch] = []
        self._undone: list[Sketch] = []

    def open(self, camera_id: CameraId) -> None:
        """Begin with a camera as it is kept."""
        self.camera = self.live.roll.cameras.get(camera_id)
        self.sketch = sketch_of(self.camera.zones if self.camera else ())
        self._past, self._undone = [], []
        rows = self._rows()
        self.area = rows[0].area if rows else None
        self._tell()

    def choose(self, key: str) -> None:
        """Turn to an area; what was drawn and not closed is given up."""
        area = next((row.area for row in self.model.rows if row.key == key), None)
        if area is not None and area != self.area:
            self.area = area
            self.sketch = replace(self.sketch, drawn=())
            self._tell()

    @property
    def is_changed(self) -> bool:
        """Whether there is something to save."""
        return self.camera is not None and self.sketch.zones() != self.camera.zones

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to take again."""
        return bool(self._undone)

    @property
    def can_close(self) -> bool:
        """Whether what is being drawn would make an area."""
        return self.area is not None and not trouble_said(self.sketch.drawn)

    @property
    def obstacle(self) -> str:
        """Why it cannot be saved now; "" when it can."""
        actor = self._program.door.actor
        if actor is None or self.camera is None:
            return said("请先登录。")
        roles = self._program.book.rule(Camera.ENTITY).edit_roles
        if not actor.has(*map(Role, roles)):
            return sentence(NotAllowed(Camera.ENTITY, "edit", roles))
        return self._flaw

    @property
    def _flaw(self) -> str:
        """What is wrong with the areas; "" when nothing is."""
        if self.sketch.drawn:
            return said("有一个区域还没有画完：回到第一个点或按 Enter 完成。")
        if homeless := self._customers_without_seat():
            return said("{0} 只画了顾客区，还缺座席。").format(homeless)
        return next((t for c in self.sketch.areas.values() if (t := trouble_said(c))), "")

    @property
    def hint(self) -> str:
        """What to do next."""
        if self.area is None:
            return said("请选择一个窗口。")
        if self.sketch.drawn:
            return trouble_said(self.sketch.drawn) or said("回到第一个点或按 Enter 完成。")
        if self.sketch.corners(self.area):
            return said("拖动角点可以调整；在空白处点击开始重画。")
        return said("在画面上依次点出{0}的各个角。").format(self.area.part.word)

    def add_corner(self, point: Point) -> None:
        """Draw on to a point; back at the first, the area is closed."""
        if self.area is None:
            return
        drawn = self.sketch.drawn
        if len(drawn) >= 3 and _near(drawn[0], point):
            self.close()
        else:
            self._do(self.sketch.with_corner(point))

    def close(self) -> None:
        """Make what was drawn the area, if it can be one."""
        if self.area is not None and self.can_close:
            self._do(self.sketch.closed(self.area))

    def drop_corner(self) -> None:
        """Take the last drawn corner back."""
        if self.sketch.drawn:
            self._do(self.sketch.without_last())

    def move_corner(self, number: int, point: Point, *, is_new: bool = True) -> None:
        """Put a corner elsewhere; a drag is one step however far it goes."""
        if self.area is None:
            return
        moved = self.sketch.moved(self.area, number, point)
        if is_new:
            self._do(moved)
        else:
            self.sketch = moved
            self._tell()

    def erase(self) -> None:
        """Remove the area."""
        if self.area is not None and self.sketch.corners(self.area):
            self._do(self.sketch.without(self.area))

    @property
    def can_paste(self) -> bool:
        """Whether an area was copied that this one does not have yet."""
        return (
            self.area is not None
            and bool(self._copied)
            and (self.sketch.corners(self.area) != self._copied)
        )

    def copy(self) -> None:
        """Take the area's corners along, to another window or camera."""
        if self.area is not None and self.sketch.corners(self.area):
            self._copied = self.sketch.corners(self.area)
            self.changed.emit()

    def paste(self) -> None:
        """Let the area have the corners that were copied, at the same place of the picture."""
        if self.area is not None and self.can_paste:
            self._do(replace(self.sketch, drawn=self._copied).closed(self.area))

    @property
    def can_snap(self) -> bool:
        """Whether a seat was drawn that can be fitted to who sits there."""
        area = self.area
        return area is not None and area.part is Part.SEAT and bool(self.sketch.corners(area))

    def snap(self) -> None:
        """Fit the seat to the persons whom the camera saw there lately."""
        if self.camera is None or self.area is None or not self.can_snap:
            return
        seen = self.live.pictures.persons(self.camera.id)
        corners = snapped(seen, self.sketch.corners(self.area))
        if corners:
            self._do(replace(self.sketch, drawn=corners).closed(self.area))
        else:
            self.told.emit(said("最近十分钟在这个座席见到的人太少，先监看一会儿再试。"))

    @property
    def can_try(self) -> bool:
        """Whether the areas as they are drawn now could be judged."""
        areas = self.sketch.areas
        return self.camera is not None and bool(areas) and not self._flaw

    def try_out(self) -> None:
        """Judge the camera's last minutes by the areas as they are drawn now."""
        if self.camera is not None and self.can_try:
            self.playback.begin(self.camera, self.sketch.zones())

    def undo(self) -> None:
        """Take a step back."""
        if self._past:
            self._undone.append(self.sketch)
            self.sketch = self._past.pop()
            self._tell()

    def redo(self) -> None:
        """Take the step again."""
        if self._undone:
            self._past.append(self.sketch)
            self.sketch = self._undone.pop()
            self._tell()

    def save(self) -> None:
        """Keep the camera and watch by its new areas."""
        actor = self._program.door.actor
        if actor is None or self.camera is None or self.obstacle:
            return
        camera_id, hall_id = self.camera.id, self.camera.hall_id
        zones = self.sketch.zones()

        def save(work: UnitOfWork) -> tuple[Camera, ...]:
            # Its name or address may have been changed since its areas were opened.
            change_camera(work, replace(work.get(Camera, camera_id), zones=zones))
            return work.find(Camera, hall_id=hall_id)

        self._answers.ask(self._program.desk.act(actor, save), self._take, self._refuse)

    def _take(self, cameras: tuple[Camera, ...]) -> None:
        self.camera = next(c for c in cameras if self.camera and c.id == self.camera.id)
        self._past, self._undone = [], []
        self._tell()
        watching = self._program.desk.run(partial(self._program.watch_anew, cameras))
        self._answers.ask(watching, self._tell_saved, self._refuse)

    def _tell_saved(self, _: None) -> None:
        self.saved.emit()

    def _refuse(self, refusal: Exception) -> None:
        self.refused.emit(refusal)

    def _do(self, sketch: Sketch) -> None:
        self._past.append(self.sketch)
        self._undone.clear()
        self.sketch = sketch
        self._tell()

    def _tell(self) -> None:
        self.model.replace(self._rows())
        self.changed.emit()

    def _rows(self) -> list[AreaRow]:
        if self.camera is None:
            return []
        return [
            AreaRow(
                f"{post.window.id}/{part.name}",
                Area(post.window.id, part),
                f"{post.window.name} · {part.word}",
                self._detail(Area(post.window.id, part)),
            )
            for post in sorted(self.live.roll.posts.values(), key=self._is_elsewhere)
            for part in Part
        ]

    def _is_elsewhere(self, post: Post) -> bool:
        """Whether a window belongs to another camera; those come last."""
        watcher = self.live.roll.watcher_of(post.window.id)
        return watcher is not None and self.camera is not None and watcher.id != self.camera.id

    def _detail(self, area: Area) -> str:
        if corners := self.sketch.corners(area):
            return trouble_said(corners) or said("{0} 个角").format(len(corners))
        other = self.live.roll.watcher_of(area.window_id)
        if other is not None and self.camera is not None and other.id != self.camera.id:
            return said("由 {0} 监看").format(other.name)
        return said("未画")

    def _customers_without_seat(self) -> str:
        for area in self.sketch.areas:
            seat = Area(area.window_id, Part.SEAT)
            if area.part is Part.CUSTOMER and not self.sketch.corners(seat):
                return self.live.roll.posts[area.window_id].window.name
        return ""


def _near(one: Point, other: Point) -> bool:
    return abs(one[0] - other[0]) <= CLOSE_BY and abs(one[1] - other[1]) <= CLOSE_BY
