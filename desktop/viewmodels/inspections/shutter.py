"""A camera of this machine that one photographs with: what it sees, and the moment one keeps."""

import threading
from contextlib import suppress
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage

from desktop.assembly.cameras import CameraOffice, Tried
from desktop.domain.identifiers import CameraId, HallId
from desktop.domain.organisation import Camera, CameraKind
from desktop.system.language import said
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.inspections.photos import PhotoIntake
from desktop.viewmodels.wording import sentence
from desktop.workers.children import ChildEnded
from video.messages import CameraTrouble, Preview

DEVICES = 4  # cameras of one machine that can be chosen


class Shutter(QObject):
    """One camera at a time, in a process of its own that ends with the dialog.

    Attributes:
        picture: what it sees; null before the first.
        words: what is said while there is none.
    """

    changed = Signal()
    _posted = Signal(int, object)

    def __init__(
        self, office: CameraOffice, photos: PhotoIntake, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._office, self._photos = office, photos
        self._answers = Answers(self)
        self._stopping = threading.Event()
        self._number = 0
        self._jpeg = b""
        self.picture, self.words = QImage(), ""
        self._posted.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def begin(self, device: int) -> None:
        """Look through a camera of this machine, by its number from 0."""
        self.stop()
        self._stopping = threading.Event()
        camera = Camera(
            CameraId(f"shutter-{device}"), HallId(""), "", CameraKind.USB, str(device), zones=()
        )
        self._say(said("正在打开摄像头…"))
        hear = partial(self._hear, self._number)
        begun = self._office.try_out(camera, "", hear, self._stopping)
        self._answers.ask(begun, self._begun, self._refuse, "shutter")

    def stop(self) -> None:
        """Let go of the camera."""
        self._stopping.set()
        self._number += 1
        self._jpeg, self.picture = b"", QImage()

    def close(self) -> None:
        """Hear no more."""
        self.stop()
        self._answers.close()

    def keep(self) -> None:
        """Keep what is seen now as a photograph of the item one stands at."""
        if self._jpeg:
            self._photos.add_shot(self._jpeg)

    def _hear(self, number: int, heard: Tried) -> None:
        """Pass on what was heard, on the child's thread."""
        with suppress(RuntimeError):  # this object is being deleted in its own thread
            self._posted.emit(number, heard)

    @Slot(int, object)
    def _take(self, number: int, heard: Tried) -> None:
        if number != self._number:
            return
        match heard:
            case Preview(jpeg=jpeg):
                self._jpeg, self.picture = jpeg, QImage.fromData(jpeg)
                self.changed.emit()
            case CameraTrouble() | ChildEnded() if self.picture.isNull():
                self._say(said("没有得到画面。请检查摄像头是否接好、是否被其他程序占用。"))
            case _:
                pass

    def _say(self, words: str) -> None:
        self.words = words
        self.changed.emit()

    def _begun(self, _nothing: None) -> None:
        """The child tells the rest."""

    def _refuse(self, error: Exception) -> None:
        self._say(sentence(error))
