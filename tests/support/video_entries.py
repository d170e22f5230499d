"""Entry points that stand for a watching process with one trait each."""

import os
import time
from multiprocessing.connection import Connection

from video.messages import (
    Alive,
    CameraPlan,
    CameraStream,
    Command,
    Ready,
    Report,
    Shutdown,
    Vault,
    Watch,
)
from video.process.trial import Outcome


def polite(pipe: "Connection[Report, Command]", vault: Vault) -> None:
    """Answers a plan with a heartbeat and ends when asked."""
    pipe.send(Ready(os.getpid(), "none"))
    while not isinstance(command := pipe.recv(), Shutdown):
        if isinstance(command, Watch):
            pipe.send(Alive(time.monotonic(), float(len(command.plan.cameras)), {}))


def dying(pipe: "Connection[Report, Command]", vault: Vault) -> None:
    """Dies as soon as it has a plan."""
    pipe.send(Ready(os.getpid(), "none"))
    pipe.recv()
    os._exit(9)


def silent(pipe: "Connection[Report, Command]", vault: Vault) -> None:
    """Says hello and then nothing, for ever."""
    pipe.send(Ready(os.getpid(), "none"))
    while True:
        time.sleep(60)


def lasting_trial(pipe: "Connection[Report, None]", camera: CameraPlan) -> None:
    """Tells what it tries out and then shows nothing, for ever."""
    pipe.send(CameraStream(camera.camera_id, "h264", 640, 360, 2.0, keys_alone=True))
    while True:
        time.sleep(60)


def broken_by(pipe: "Connection[Outcome, None]", *model: object) -> None:
    """Dies of a model that it tries."""
    os._exit(11)
