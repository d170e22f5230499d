"""Obeys the owner of the watching process, and tells it every two seconds that it lives."""

import logging
import os
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import assert_never

import cv2

from video.detectors.choosing import detector_of
from video.errors import FootageError
from video.messages import (
    Alive,
    CameraTrouble,
    Command,
    PlayBack,
    PlayClip,
    Ready,
    Report,
    Shutdown,
    StopClip,
    StopPlayBack,
    Vault,
    Watch,
    WatchPlan,
)
from video.pipeline.overlays import OverlayBook
from video.process.cameras import Cameras, Tools
from video.process.clips import ClipPlayer
from video.process.memory import peak_mb
from video.process.outbox import Outbox
from video.process.playbacks import Playbacks
from video.vocabulary.detection import Detector
from video.vocabulary.model import ModelPlan

log = logging.getLogger(__name__)

BEAT_S = 2.0
FLUSH_S = 2.0
MOST_REQUESTS = 4  # to the model at once


def _loaded(plan: ModelPlan | None) -> Detector:
    return detector_of(plan, requests=min(MOST_REQUESTS, os.cpu_count() or 1))


class Service:
    """The whole process: one pipe, a detector for all cameras, clips to play."""

    def __init__(
        self,
        pipe: "Connection[Report, Command]",
        vault: Vault,
        *,
        load: Callable[[ModelPlan | None], Detector] = _loaded,
    ) -> None:
        self._pipe = pipe
        self._load = load
        self._outbox = Outbox(pipe.send)
        self._vault = vault
        self._clips = ClipPlayer(vault, self._outbox.put)
        self._playbacks = Playbacks(self._outbox.put)
        self._cameras: Cameras | None = None
        self._model: ModelPlan | None = None  # of the cameras
        self._ending = threading.Event()

    def run(self) -> None:
        """Serve until the owner says so, or is gone; what is open is sealed before it returns."""
        cv2.setNumThreads(1)  # cameras share the cores already
        self._outbox.start()
        threading.Thread(target=self._beat, name="heartbeat", daemon=True).start()
        try:
            while self._obeyed(self._pipe.recv()):
                pass
        except (EOFError, OSError):
            log.info("the owner is gone")
        self._ending.set()
        self._clips.stop_all()
        self._playbacks.stop_all()
        if self._cameras is not None:
            self._cameras.stop()
        self._outbox.close(within_s=FLUSH_S)

    def _obeyed(self, command: Command) -> bool:
        match command:
            case Watch(plan):
                self._watch(plan)
            case PlayClip():
                self._clips.play(command)
            case StopClip(request_id):
                self._clips.stop(request_id)
            case PlayBack():
                trial = self._cameras.trial_of(command) if self._cameras is not None else None
                self._playbacks.play(command, trial)
            case StopPlayBack(request_id):
                self._playbacks.stop(request_id)
            case Shutdown():
                return False
            case _:
                assert_never(command)
        return True

    def _watch(self, plan: WatchPlan) -> None:
        """Without its model nothing is watched, but sealed clips still play."""
        try:
            self._cameras_for(plan.model).watch(plan)
        except FootageError as error:
            log.error("the model was refused: %s %s", error.trouble.value, error.detail)
            self._outbox.put(Ready(os.getpid(), ""))
            for camera in plan.cameras:
                self._outbox.put(CameraTrouble(camera.camera_id, error.trouble, error.detail, None))

    def _cameras_for(self, model: ModelPlan | None) -> Cameras:
        """Keep the cameras, or let all begin anew with another model.

        Raises:
            FootageError: the model cannot be used.
        """
        if self._cameras is not None:
            if model == self._model:
                return self._cameras
            self._cameras.stop()
            self._cameras = None
        detector = self._load(model)
        self._outbox.put(Ready(os.getpid(), detector.name, detector.knows_phones))
        self._cameras = Cameras(Tools(detector, self._vault, OverlayBook(), self._outbox.put))
        self._model = model
        return self._cameras

    def _beat(self) -> None:
        while True:
            cameras = self._cameras  # it may change meanwhile
            dropped = cameras.dropped() if cameras is not None else {}
            self._outbox.put(Alive(time.monotonic(), peak_mb(), dropped))
            if self._ending.wait(BEAT_S):
                return
