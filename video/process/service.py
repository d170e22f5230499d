"""Obeys the owner of the watching process, and tells it every two seconds that it lives."""

import logging
import os
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import assert_never

import cv2

from video.detectors.mobilenet import MobileNetSsd
from video.errors import FootageError
from video.messages import (
    Alive,
    CameraTrouble,
    Command,
    PlayClip,
    Ready,
    Report,
    Shutdown,
    StopClip,
    Vault,
    Watch,
    WatchPlan,
)
from video.pipeline.overlays import OverlayBook
from video.process.cameras import Cameras, Tools
from video.process.clips import ClipPlayer
from video.process.memory import peak_mb
from video.process.outbox import Outbox
from video.vocabulary.detection import Detector

log = logging.getLogger(__name__)

BEAT_S = 2.0
FLUSH_S = 2.0
MOST_REQUESTS = 4  # to the model at once


def _requests() -> int:
    return min(MOST_REQUESTS, os.cpu_count() or 1)


class Service:
    """The whole process: one pipe, a detector for all cameras, clips to play."""

    def __init__(
        self,
        pipe: "Connection[Report, Command]",
        vault: Vault,
        *,
        load: Callable[[], Detector] = lambda: MobileNetSsd.installed(requests=_requests()),
    ) -> None:
        self._pipe = pipe
        self._load = load
        self._outbox = Outbox(pipe.send)
        self._vault = vault
        self._clips = ClipPlayer(vault, self._outbox.put)
        self._cameras: Cameras | None = None
        self._refused: FootageError | None = None
        self._ending = threading.Event()

    def run(self) -> None:
        """Serve until the owner says so, or is gone; what is open is sealed before it returns."""
        cv2.setNumThreads(1)  # cameras share the cores already
        self._outbox.start()
        self._outbox.put(Ready(os.getpid(), self._loaded()))
        threading.Thread(target=self._beat, name="heartbeat", daemon=True).start()
        try:
            while self._obeyed(self._pipe.recv()):
                pass
        except (EOFError, OSError):
            log.info("the owner is gone")
        self._ending.set()
        self._clips.stop_all()
        if self._cameras is not None:
            self._cameras.stop()
        self._outbox.close(within_s=FLUSH_S)

    def _loaded(self) -> str:
        """Without a model nothing is watched, but sealed clips still play."""
        try:
            detector = self._load()
        except FootageError as error:
            log.error("the model was refused: %s %s", error.trouble.value, error.detail)
            self._refused = error
            return ""
        self._cameras = Cameras(Tools(detector, self._vault, OverlayBook(), self._outbox.put))
        return detector.name

    def _obeyed(self, command: Command) -> bool:
        match command:
            case Watch(plan):
                self._watch(plan)
            case PlayClip():
                self._clips.play(command)
            case StopClip(request_id):
                self._clips.stop(request_id)
            case Shutdown():
                return False
            case _:
                assert_never(command)
        return True

    def _watch(self, plan: WatchPlan) -> None:
        if self._cameras is not None:
            self._cameras.watch(plan)
        elif self._refused is not None:
            error = self._refused
            for camera in plan.cameras:
                self._outbox.put(CameraTrouble(camera.camera_id, error.trouble, error.detail, None))

    def _beat(self) -> None:
        while True:
            dropped = self._cameras.dropped() if self._cameras is not None else {}
            self._outbox.put(Alive(time.monotonic(), peak_mb(), dropped))
            if self._ending.wait(BEAT_S):
                return
