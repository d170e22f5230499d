"""Reviewing a folder of recordings: what is in it, when each file begins, and what came of it."""

import threading
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from enum import IntEnum
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from desktop.assembly.recordings import Reviewed, Reviewing, look_at, review
from desktop.domain.identifiers import CameraId
from desktop.domain.organisation import Camera
from desktop.system.language import said
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.cameras.recorded_files import (
    place_of,
    plan_said,
    redated,
    result_said,
    rows_of,
    titles,
)
from desktop.viewmodels.casework import Gate
from desktop.viewmodels.lines import Lines
from desktop.viewmodels.live.watch import LiveWatch
from desktop.viewmodels.wording import sentence
from desktop.workers.children import ChildEnded
from desktop.workers.errands import Errand, Errands
from video.errors import FootageError
from video.vocabulary.recording import Surveyed, in_a_row, placed
from video.vocabulary.source import RecordingsPlan

LOOK_MS = 250


class Viewer(Reviewing, Protocol):
    """The open program, as far as somebody reviewing recordings needs it."""

    @property
    def door(self) -> Gate:
        """Who is at the desk."""


class Stage(IntEnum):
    """How far it has come."""

    CHOOSE = 0
    LOOKING = 1
    FILES = 2
    RUNNING = 3
    RESULT = 4


class RecordingsDesk(QObject):
    """One review at a time; it goes on while other pages are looked at.

    Attributes:
        files: of the folder, by their beginnings as far as these are known.
        reviewed: what came of the last review.
    """

    changed = Signal()
    progressed = Signal()
    _posted = Signal(object, object)

    def __init__(self, program: Viewer, live: LiveWatch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._program, self._live = program, live
        self._answers = Answers(self)
        self._errands = Errands()
        self._errand: Errand | None = None
        self._looking = threading.Event()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.progressed)
        self._posted.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self.model = Lines(titles, self)
        self.stage = Stage.CHOOSE
        self.folder: Path | None = None
        self.files: list[Surveyed] = []
        self.expected = 0
        self.camera_id: CameraId | None = None
        self.reviewed: Reviewed | None = None
        self.trouble: Exception | None = None

    def close(self) -> None:
        """End what is being done; what was found is kept."""
        self._looking.set()
        self._timer.stop()
        self._answers.close()
        self._errands.close()

    def cameras(self) -> Sequence[Camera]:
        """The cameras whose areas are drawn, retired ones too: recordings outlive them."""
        roll = self._live.roll
        every = (*roll.cameras.values(), *roll.retired.values())
        return [camera for camera in every if camera.zones]

    def choose_camera(self, camera_id: CameraId) -> None:
        """Say which camera took the recordings."""
        self.camera_id = camera_id
        self.changed.emit()

    def choose_folder(self, folder: Path) -> None:
        """Look what is in a folder; takes a moment a file."""
        if self.stage is Stage.RUNNING:
            return
        self._looking.set()
        self._looking = threading.Event()
        self.folder, self.files, self.expected = folder, [], 0
        self.reviewed = self.trouble = None
        self._turn_to(Stage.LOOKING)
        look_at(folder, partial(self._hear, self._looking), self._looking)

    def set_begin(self, key: str, begins: datetime, *, carries: bool) -> None:
        """Correct when a file begins; `carries` moves those after it by as much."""
        self.files = redated(self.files, Path(key), begins, carries=carries)
        self._list()

    @property
    def plan(self) -> RecordingsPlan | None:
        """What would be reviewed; None where nothing can be."""
        recordings, _ = placed(self.files, None)
        return in_a_row(recordings) if recordings else None

    @property
    def obstacle(self) -> str:
        """Why the review cannot begin; "" when it can."""
        if self._program.door.actor is None:
            return said("请先登录。")
        if not self.cameras():
            return said("请先添加摄像机并画好窗口区域，再查看它的录像。")
        if self.camera_id is None:
            return said("请选择这些录像是哪台摄像机拍的。")
        if self.stage in {Stage.CHOOSE, Stage.LOOKING}:
            return said("请选择录像文件夹。")
        timeless = sum(each.begins is None and each.trouble is None for each in self.files)
        if timeless:
            return said("有 {0} 个文件不知道何时开始，请逐个填写开始时间。").format(timeless)
        return "" if self.plan else said("这个文件夹里没有能看的录像。")

    @property
    def told(self) -> str:
        """How things stand, in a sentence or two."""
        if self.stage is Stage.LOOKING:
            return said("正在查看文件 {0}/{1}…").format(len(self.files), self.expected or "…")
        if self.stage is Stage.RUNNING:
            return said("正在判断 {0}%，可以离开这一页。").format(round(self.share * 100))
        if self.trouble is not None:
            return sentence(self.trouble)
        if self.reviewed is not None:
            return result_said(self.reviewed)
        return plan_said(self.plan) if self.plan else ""

    @property
    def share(self) -> float:
        """How much was judged, 0 to 1."""
        return self._errand.share if self._errand else 0.0

    def begin(self) -> None:
        """Review what is listed."""
        actor, plan = self._program.door.actor, self.plan
        camera = next((c for c in self.cameras() if c.id == self.camera_id), None)
        if self.obstacle or self._errand or actor is None or plan is None or camera is None:
            return
        program = self._program

        def job(errand: Errand) -> Reviewed:
            return review(program, actor, camera, plan, errand.tell)

        self._errand, future = self._errands.send(job)
        self.trouble = None
        self._answers.ask(future, self._arrive, self._fail, "review")
        self._timer.start()
        self._turn_to(Stage.RUNNING)

    def cancel(self) -> None:
        """Stop reviewing; what was found so far is kept."""
        if self._errand is not None:
            self._errand.stop()

    def _hear(self, looking: threading.Event, word: object) -> None:
        """Pass on what the child says, on its owner's thread."""
        with suppress(RuntimeError):  # this object is being deleted in its own thread
            self._posted.emit(looking, word)

    @Slot(object, object)
    def _take(self, looking: threading.Event, word: object) -> None:
        if looking is not self._looking:
            return
        match word:
            case int():
                self.expected = word
            case Surveyed():
                self.files.append(word)
            case FootageError():
                self.trouble = word
            case ChildEnded():
                self.files.sort(key=place_of)
                self._turn_to(Stage.FILES)
        self._list()

    def _list(self) -> None:
        self.model.replace(rows_of(self.files))
        self.changed.emit()

    def _arrive(self, reviewed: Reviewed) -> None:
        self.reviewed = reviewed
        self._finish()

    def _fail(self, error: Exception) -> None:
        self.trouble = error
        self._finish()

    def _finish(self) -> None:
        self._errand = None
        self._timer.stop()
        self._turn_to(Stage.RESULT)

    def _turn_to(self, stage: Stage) -> None:
        self.stage = stage
        self.changed.emit()
