"""Keeps the last picture of each camera, decoded in the screen's size, off the screen's thread."""

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QBuffer, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QImageReader

from desktop.domain.identifiers import CameraId
from video.messages import Preview
from video.vocabulary.geometry import Box

REMEMBERED = timedelta(minutes=10)
A_SECOND = timedelta(seconds=1)
MOST = 600  # pictures of a camera whose persons are remembered
FAST = 49  # below 50 Qt's reader takes the quick transform; on a moving picture nobody sees it


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded picture: when its camera took it, and when it came here."""

    image: QImage
    taken_at: datetime
    came_at: datetime


class LivePictures(QObject):
    """Takes previews on any thread and gives pictures on its own; newer ones replace older.

    Nothing is decoded for a camera until a size is wanted for it.
    """

    arrived = Signal(object)  # CameraId
    _decoded = Signal(object, object)

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._pictures: dict[CameraId, Picture] = {}
        self._lock = threading.Lock()  # over the next four
        self._persons: dict[CameraId, deque[tuple[datetime, tuple[Box, ...]]]] = {}
        self._wanted: dict[CameraId, QSize] = {}
        self._waiting: dict[CameraId, Preview] = {}
        self._busy: set[CameraId] = set()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="pictures")
        self._decoded.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def hear(self, preview: Preview) -> None:
        """Take a preview; never blocks for long."""
        with self._lock:
            self._waiting[CameraId(preview.camera_id)] = preview
            self._remember(preview)
        self._begin(CameraId(preview.camera_id))

    def want(self, camera_id: CameraId, size: QSize) -> None:
        """Decode this camera's pictures from now on, to fit into a size in device pixels."""
        with self._lock:
            self._wanted[camera_id] = QSize(size)
        self._begin(camera_id)

    def rest(self) -> None:
        """Decode nothing until somebody wants to look again."""
        with self._lock:
            self._wanted.clear()

    def of(self, camera_id: CameraId) -> Picture | None:
        """Give the last picture."""
        return self._pictures.get(camera_id)

    def persons(self, camera_id: CameraId) -> tuple[Box, ...]:
        """Give everybody whom a camera saw in the last minutes, as often as it saw them."""
        edge = self._now() - REMEMBERED
        with self._lock:
            seen = tuple(self._persons.get(camera_id, ()))
        return tuple(box for at, boxes in seen if at >= edge for box in boxes)

    def _remember(self, preview: Preview) -> None:
        """Keep who is on a picture, once a second."""
        kept = self._persons.setdefault(CameraId(preview.camera_id), deque(maxlen=MOST))
        now = self._now()
        if not kept or now - kept[-1][0] >= A_SECOND:
            kept.append((now, preview.persons))

    def close(self) -> None:
        """End the decoding."""
        self.rest()
        self._thread.shutdown(cancel_futures=True)

    def _begin(self, camera_id: CameraId) -> None:
        """Start on a camera's picture unless one is being decoded; it looks again when done."""
        with self._lock:
            ready = camera_id in self._waiting and camera_id in self._wanted
            if not ready or camera_id in self._busy:
                return
            self._busy.add(camera_id)
        with suppress(RuntimeError):  # closed meanwhile
            self._thread.submit(self._decode, camera_id)

    def _decode(self, camera_id: CameraId) -> None:
        with self._lock:
            preview, size = self._waiting.pop(camera_id), self._wanted.get(camera_id)
        image = decoded(preview.jpeg, size) if size else QImage()
        with self._lock:
            self._busy.discard(camera_id)
        if not image.isNull():
            with suppress(RuntimeError):  # this object is being deleted in its own thread
                self._decoded.emit(camera_id, Picture(image, preview.at_wall, self._now()))
        self._begin(camera_id)

    @Slot(object, object)
    def _take(self, camera_id: CameraId, picture: Picture) -> None:
        self._pictures[camera_id] = picture
        self.arrived.emit(camera_id)


def decoded(jpeg: bytes, room: QSize) -> QImage:
    """Decode a JPEG to fit into a room; never larger than it is. A broken one gives a null image.

    The reader scales while it decodes, which costs a fraction of decoding whole.
    """
    buffer = QBuffer()
    buffer.setData(jpeg)
    reader = QImageReader(buffer, b"jpeg")
    if not reader.canRead():
        return QImage()
    reader.setQuality(FAST)
    whole = reader.size()
    fitting = whole.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
    if fitting.width() < whole.width():
        reader.setScaledSize(fitting)
    return reader.read()
