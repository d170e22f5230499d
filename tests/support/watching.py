"""A hall that is watched in tests: reports are given by hand."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage

from desktop import assets
from desktop.domain.calendar import read_calendar
from desktop.domain.entities import Book
from desktop.domain.identifiers import WindowId, new_id
from desktop.domain.organisation import Camera, Window, Zone
from desktop.domain.roles import Actor, Role
from desktop.system.secrets import MemorySecrets
from desktop.usecases.organisation import HallPlan
from desktop.workers.case_desk import CaseDesk
from desktop.workers.video_process import Heard
from tests.support.profiles import DAY, SetClock, hall_plan, person
from video.messages import Command, Preview, Ready, WindowStatus
from video.messages import StateSpan as SeenSpan
from video.vocabulary.observation import Answer, Evidence, Health, HealthCause, Observation
from video.vocabulary.state import Overlay, WindowState

SEAT = ((0.1, 0.2), (0.4, 0.2), (0.4, 0.7), (0.1, 0.7))


class SpokenEar:
    """A watching process whose words a test chooses."""

    def __init__(self) -> None:
        self.listeners: list[Callable[[Heard], None]] = []
        self.ready: Ready | None = None
        self.sent: list[Command] = []

    def subscribe(self, listener: Callable[[Heard], None]) -> None:
        self.listeners.append(listener)

    def unsubscribe(self, listener: Callable[[Heard], None]) -> None:
        self.listeners.remove(listener)

    def send(self, command: Command) -> None:
        self.sent.append(command)

    def say(self, *heard: Heard) -> None:
        for each in heard:
            self.ready = each if isinstance(each, Ready) else self.ready
            for listener in tuple(self.listeners):
                listener(each)


class Gate:
    """A door at which one person stands."""

    def __init__(self, actor: Actor | None) -> None:
        self.actor = actor


class WatchedHall:
    """An open program with a hall in its case file, as far as watching screens need one."""

    def __init__(self, desk: CaseDesk, clock: SetClock, plan: HallPlan) -> None:
        self.desk, self.clock, self.plan = desk, clock, plan
        self.video: SpokenEar | None = SpokenEar()
        self.door = Gate(person(Role.VIDEO_SUP, "林敏"))
        self.book = Book(assets.entity_files())
        self.calendar = read_calendar(assets.calendar_files())
        self.secrets = MemorySecrets()
        self.watched_anew: list[Sequence[Camera]] = []

    def watch_anew(self, cameras: Sequence[Camera]) -> None:
        self.watched_anew.append(cameras)

    def say(self, *heard: Heard) -> None:
        assert self.video is not None
        self.video.say(*heard)


def wide_plan(windows: int) -> HallPlan:
    """A hall of many windows, four to a camera."""
    plan = hall_plan()
    posts = tuple(
        Window(
            WindowId(new_id()), plan.hall.id, f"{n:02}", f"{n:02}号窗口", plan.units[0].id, "王芳"
        )
        for n in range(1, windows + 1)
    )
    cameras = tuple(
        replace(
            plan.cameras[0],
            id=new_id(),
            name=f"{n // 4 + 1}号机",
            zones=tuple(
                Zone(post.id, tuple((x / 4 + place / 4, y) for x, y in SEAT))
                for place, post in enumerate(posts[n : n + 4])
            ),
        )
        for n in range(0, windows, 4)
    )
    return replace(plan, windows=posts, cameras=cameras)


def status(
    plan: HallPlan,
    window: int,
    state: WindowState,
    *,
    lasted_s: float = 0.0,
    overlay: Overlay = Overlay.NONE,
    at: datetime = DAY,
    cause: HealthCause = HealthCause.NONE,
) -> WindowStatus:
    post = plan.windows[window].id
    camera = next(c for c in plan.cameras if any(z.window_id == post for z in c.zones))
    health = Health.OK if cause is HealthCause.NONE else Health.BLIND
    clerk = Evidence(Answer.NO if state.is_empty else Answer.YES, 1.0)
    observation = Observation(post, 1000.0, at, health, cause, clerk)
    since = datetime.fromtimestamp(at.timestamp() - lasted_s, at.tzinfo)
    return WindowStatus(camera.id, post, state, overlay, 1000.0 - lasted_s, since, observation)


def seen_span(
    plan: HallPlan, window: int, state: WindowState, start: datetime, end: datetime
) -> SeenSpan:
    post = plan.windows[window].id
    lasted_s = (end - start).total_seconds()
    return SeenSpan(
        plan.cameras[0].id, post, state, Overlay.NONE, 0.0, lasted_s, start, end
    )  # fmt: skip


def preview(camera_id: str, *, colour: str = "#335577", at: datetime = DAY) -> Preview:
    return Preview(camera_id, at, jpeg(colour), 640, 360)


def jpeg(colour: str = "#335577", width: int = 640, height: int = 360) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG")
    return bytes(buffer.data().data())


def noisy_jpeg(seed: int, width: int = 960, height: int = 540) -> bytes:
    """A picture as hard to decode as a camera's: shades and the noise of a sensor."""
    rng = np.random.default_rng(seed)
    ramp = np.linspace(60, 190, width)[None, :] + np.linspace(0, 40, height)[:, None]
    noisy = np.clip(ramp + rng.normal(0, 6, (height, width)), 0, 255).astype(np.uint8)
    image = QImage(noisy.tobytes(), width, height, width, QImage.Format.Format_Grayscale8)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.convertToFormat(QImage.Format.Format_RGB32).save(buffer, "JPEG", 80)
    return bytes(buffer.data().data())
