"""A camera while it is tried out: what is known of it so far, and its last picture."""

import threading
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from functools import partial

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage

from desktop.assembly.cameras import CameraOffice, Tried
from desktop.domain.organisation import Camera
from desktop.system.language import said
from desktop.system.theme import Tone
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.cameras.words import stream_said, trial_trouble_said
from desktop.viewmodels.live.pictures import decoded
from desktop.viewmodels.wording import sentence
from desktop.workers.children import ChildEnded
from video.messages import CameraStream, CameraTrouble, Preview

ROOM = QSize(960, 540)  # pixels; no dialog shows a picture larger


class Phase(Enum):
    """How far a trial has come."""

    IDLE = "idle"
    CONNECTING = "connecting"
    SHOWING = "showing"
    FAILED = "failed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class _Word:
    """What was heard, and of which trial; a picture is decoded already."""

    number: int
    heard: Tried | QImage


class CameraTesting(QObject):
    """One trial at a time; a new one gives the old one up."""

    changed = Signal()
    _posted = Signal(object)

    def __init__(self, office: CameraOffice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._answers = Answers(self)
        self._number = 0
        self._stopping = threading.Event()
        self._name = ""
        self.phase = Phase.IDLE
        self.picture: QImage | None = None
        self.stream: CameraStream | None = None
        self._words, self._tone = "", Tone.SOFT
        self._posted.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def is_running(self) -> bool:
        """Whether a camera is being tried now."""
        return self.phase in {Phase.CONNECTING, Phase.SHOWING}

    @property
    def told(self) -> tuple[str, Tone]:
        """What is known, in one or two sentences."""
        return self._words, self._tone

    def begin(self, camera: Camera, password: str | None) -> None:
        """Connect as the camera would be kept; `password` None takes the kept one."""
        self.stop()
        self._stopping = threading.Event()
        self._name, self.picture, self.stream = camera.name, None, None
        self._be(Phase.CONNECTING, said("正在连接…"), Tone.SOFT)
        hear = partial(self._hear, self._number)
        future = self._office.try_out(camera, password, hear, self._stopping)
        self._answers.ask(future, self._begun, self._refuse, "trial")

    def stop(self) -> None:
        """Give up what is being tried; harmless when nothing is."""
        self._stopping.set()
        self._number += 1
        if self.is_running:
            self._be(Phase.ENDED, self._words if self.stream else said("已停止。"), self._tone)

    def _hear(self, number: int, heard: Tried) -> None:
        """Pass on what was heard, on the trial's thread; pictures are decoded there."""
        word = decoded(heard.jpeg, ROOM) if isinstance(heard, Preview) else heard
        with suppress(RuntimeError):  # this object is being deleted in its own thread
            self._posted.emit(_Word(number, word))

    @Slot(object)
    def _take(self, word: _Word) -> None:
        if word.number != self._number:
            return
        match word.heard:
            case QImage() as picture if not picture.isNull():
                self.picture = picture
                self._be(Phase.SHOWING, *self.told)
            case CameraStream() as stream:
                self.stream = stream
                self._be(self.phase, *stream_said(stream))
            case CameraTrouble(trouble=trouble, detail=detail):
                told = trial_trouble_said(trouble, self._name, detail)
                self._be(Phase.FAILED, told, Tone.NEAR)
            case ChildEnded(silent):
                self._end(silent=silent)
            case _:
                pass

    def _end(self, *, silent: bool) -> None:
        if not self.is_running:
            return
        if silent or self.picture is None:
            self._be(Phase.FAILED, said("没有得到画面。请检查后再试。"), Tone.NEAR)
        else:
            self._be(Phase.ENDED, *self.told)

    def _begun(self, _: None) -> None:
        """The child is starting; what it tells comes by itself."""

    def _refuse(self, refusal: Exception) -> None:
        self._be(Phase.FAILED, sentence(refusal), Tone.NEAR)

    def _be(self, phase: Phase, words: str, tone: Tone) -> None:
        self.phase, self._words, self._tone = phase, words, tone
        self.changed.emit()
