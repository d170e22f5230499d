"""The tiles of the wall: all cameras in a grid that fits, or one alone."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from desktop.domain.identifiers import CameraId, WindowId
from desktop.viewmodels.live.glance import glance_at
from desktop.viewmodels.live.hour import hour_said
from desktop.viewmodels.live.watch import LiveWatch
from desktop.views.wall.measure import best_grid, tile_places
from desktop.views.wall.tile import CameraTile

_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class WallBoard(QWidget):
    """Shows the hall's cameras and follows them while it is seen."""

    turned = Signal(object)  # the CameraId that is shown alone, None for all
    asked = Signal(object, object, object)  # CameraId, WindowId or None, QPoint on the screen
    touched = Signal()  # a person did something: a patrol should end

    def __init__(self, live: LiveWatch) -> None:
        super().__init__()
        self._live = live
        self._tiles: dict[CameraId, CameraTile] = {}
        self._alone: CameraId | None = None
        self._awake = False
        live.roll_changed.connect(self._build)
        live.changed.connect(self._glance)
        live.ticked.connect(self._glance)
        live.pictures.arrived.connect(self._show_picture)
        self._build()

    @property
    def alone(self) -> CameraId | None:
        """The camera that is shown alone."""
        return self._alone

    def tile(self, camera_id: CameraId) -> CameraTile:
        """The tile of a camera."""
        return self._tiles[camera_id]

    @property
    def focused(self) -> CameraId | None:
        """The camera that the keyboard is on, or the first."""
        on = (camera for camera, tile in self._tiles.items() if tile is self.focusWidget())
        return next(on, self._alone or next(iter(self._tiles), None))

    def wake(self) -> None:
        """Begin to decode pictures."""
        self._awake = True
        self._place()
        self._glance()

    def sleep(self) -> None:
        """Decode nothing: nobody looks."""
        self._awake = False
        self._live.pictures.rest()

    def show_alone(self, camera_id: CameraId | None) -> None:
        """Show one camera alone, or all."""
        before = self._alone
        self._alone = camera_id if camera_id in self._tiles else None
        self._place()
        if shown := self._alone or before:
            self._tiles[shown].setFocus(Qt.FocusReason.OtherFocusReason)
        self.turned.emit(self._alone)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from camera to camera; Escape goes back to all."""
        self.touched.emit()
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._alone is not None:
            self.show_alone(None)
        elif key in _STEPS and self._tiles:
            self._step(*_STEPS[key])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the grid that fits."""
        self._place()

    def _build(self) -> None:
        for tile in self._tiles.values():
            tile.hide()
            tile.deleteLater()
        self._tiles = {}
        for camera in self._live.roll.cameras.values():
            tile = CameraTile(camera, glance_at(self._live, camera.id))
            tile.setParent(self)
            tile.opened.connect(self._toggle)
            tile.asked.connect(self.asked)
            tile.pointed.connect(self._tell_hour)
            tile.resized.connect(self._want)
            self._tiles[camera.id] = tile
            if picture := self._live.pictures.of(camera.id):
                tile.show_picture(picture)
        if self._alone not in self._tiles:
            self._alone = None
        self._place()

    def _tell_hour(self, window_id: WindowId, at: QPoint) -> None:
        """Show the shares of the running hour beside the pointer."""
        QToolTip.showText(at, hour_said(self._live, window_id), self)

    def _place(self) -> None:
        shown = self._shown()
        windows = max((len(self._live.roll.seen_by(camera)) for camera in shown), default=0)
        places = tile_places(len(shown), self.size(), windows) if shown else []
        for camera, tile in self._tiles.items():
            tile.setVisible(camera in shown)
        for camera, place in zip(shown, places, strict=True):
            self._tiles[camera].setGeometry(place)
        if self._awake:
            self._live.pictures.rest()
            for camera in shown:
                self._want(camera)

    def _shown(self) -> list[CameraId]:
        return [self._alone] if self._alone else list(self._tiles)

    def _want(self, camera_id: CameraId) -> None:
        room = self._tiles[camera_id].picture_room
        if self._awake and camera_id in self._shown() and not room.isEmpty():
            self._live.pictures.want(camera_id, room)

    def _glance(self) -> None:
        if not self._awake:
            return
        for camera in self._shown():
            self._tiles[camera].show_glance(glance_at(self._live, camera))

    def _show_picture(self, camera_id: CameraId) -> None:
        picture = self._live.pictures.of(camera_id)
        if camera_id in self._tiles and picture is not None:
            self._tiles[camera_id].show_picture(picture)

    def _toggle(self, camera_id: CameraId) -> None:
        self.touched.emit()
        self.show_alone(None if self._alone == camera_id else camera_id)

    def _step(self, across: int, down: int) -> None:
        cameras = list(self._tiles)
        at = cameras.index(self.focused or cameras[0])
        if self._alone is not None:
            self.show_alone(cameras[(cameras.index(self._alone) + across + down) % len(cameras)])
            return
        windows = max(len(self._live.roll.seen_by(camera)) for camera in cameras)
        wide = best_grid(len(cameras), self.size(), windows).columns
        target = at + across + down * wide
        if 0 <= target < len(cameras):
            self._tiles[cameras[target]].setFocus(Qt.FocusReason.OtherFocusReason)
