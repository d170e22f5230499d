"""Tries areas that are not saved yet on the last minutes of their camera, and plays that back."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from desktop.bridges.footage import zone_plan
from desktop.domain.organisation import Camera, Zone
from desktop.system.language import said
from desktop.viewmodels.live.roll import Roll
from desktop.viewmodels.relay import Hearer, Relay
from desktop.viewmodels.states import look_of
from desktop.viewmodels.timeline.bands import Stretch, joined
from desktop.viewmodels.timeline.day import Row
from desktop.viewmodels.times import clock, lasting
from desktop.workers.video_process import ProcessEnded
from video.errors import FootageTrouble
from video.messages import Command, PlayBack, PlayBackEnd, PlayedBack, StopPlayBack
from video.vocabulary.state import Overlay

STEP_MS = 125  # a picture; key frames come every second or two, so it plays eight times as fast


class Ear(Protocol):
    """The watching process, heard and told; a workers.video_process.VideoProcess."""

    def subscribe(self, listener: Hearer, /) -> None:
        """Hear everything from now on."""

    def unsubscribe(self, listener: Hearer, /) -> None:
        """Hear no more."""

    def send(self, command: Command) -> None:
        """Pass a command on."""


@dataclass(frozen=True, slots=True)
class Tried:
    """The areas that are tried, and where."""

    camera: Camera
    zones: tuple[Zone, ...]


class ZonePlayback(QObject):
    """One trial at a time; nothing of it is kept, and what is watched does not change.

    Attributes:
        at: which picture is shown.
        is_whole: whether all pictures have come.
    """

    changed = Signal()  # pictures came, or it ended
    moved = Signal()  # another picture is shown

    def __init__(self, video: Callable[[], Ear | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._video = video
        self._relay: Relay | None = None
        self._ear: Ear | None = None
        self._request = 0
        self._pictures: list[PlayedBack] = []
        self._timer = QTimer(self, interval=STEP_MS)
        self._timer.timeout.connect(self._step)
        self.tried: Tried | None = None
        self.at = 0
        self.is_whole = False
        self.trouble = ""

    @property
    def count(self) -> int:
        """How many pictures there are."""
        return len(self._pictures)

    @property
    def is_playing(self) -> bool:
        """Whether pictures go on by themselves."""
        return self._timer.isActive()

    def begin(self, camera: Camera, zones: Sequence[Zone]) -> None:
        """Judge the last minutes of a camera by these areas, and play as it comes."""
        self.stop()
        self.tried = Tried(camera, tuple(zones))
        self._pictures, self.at, self.is_whole, self.trouble = [], 0, False, ""
        self._ear = self._video()
        if self._ear is None:
            self._fail(said("现在没有在监看，没有可以试的画面。"))
            return
        self._request += 1
        self._relay = Relay(self._ear, self)
        self._relay.told.connect(self._hear)
        plans = tuple(zone_plan(zone) for zone in zones)
        self._ear.send(PlayBack(self._request, camera.id, plans))
        self._timer.start()
        self.changed.emit()

    def stop(self) -> None:
        """Play and hear no more."""
        self._timer.stop()
        if self._relay is not None and self._ear is not None:
            self._relay.stop()
            if not self.is_whole:
                self._ear.send(StopPlayBack(self._request))
        self._relay = self._ear = None

    def show(self, number: int) -> None:
        """Go to a picture, and stay there."""
        self._timer.stop()
        self.at = max(0, min(number, self.count - 1))
        self.moved.emit()

    def toggle(self) -> None:
        """Play on, or stay; at the end, from the beginning."""
        if self.is_playing:
            self._timer.stop()
        elif self.count:
            self.at = 0 if self.at >= self.count - 1 else self.at
            self._timer.start()
        self.moved.emit()

    def image(self) -> QImage | None:
        """The picture that is shown."""
        return QImage.fromData(self._pictures[self.at].jpeg) if self._pictures else None

    def time_said(self) -> str:
        """When the picture that is shown was taken, and how much there is."""
        if not self._pictures:
            return ""
        start, end = self.span
        length = lasting((end - start).total_seconds())
        return said("{0}，共 {1}").format(clock(self._pictures[self.at].at_wall), length)

    def states_said(self, roll: Roll) -> tuple[str, ...]:
        """What each window is in on the picture that is shown."""
        if not self._pictures:
            return ()
        states = self._pictures[self.at].states
        return tuple(
            f"{roll.posts[zone.window_id].window.name} {look_of(state, Overlay.NONE).word}"
            for zone in (self.tried.zones if self.tried else ())
            if zone.window_id in roll.posts and (state := states.get(zone.window_id)) is not None
        )

    @property
    def span(self) -> tuple[datetime, datetime]:
        """From the first picture to the last; only where there are some."""
        return self._pictures[0].at_wall, self._pictures[-1].at_wall

    def rows(self, roll: Roll) -> tuple[Row, ...]:
        """The states of each window over the pictures that have come."""
        zones = self.tried.zones if self.tried and self.count > 1 else ()
        return tuple(
            Row(roll.posts[zone.window_id], joined(self._stretches(zone)))
            for zone in zones
            if zone.window_id in roll.posts
        )

    def _stretches(self, zone: Zone) -> Iterator[Stretch]:
        """What a window is in holds until the next picture."""
        for one, after in zip(self._pictures, self._pictures[1:], strict=False):
            yield Stretch(one.at_wall, after.at_wall, one.states.get(zone.window_id))

    def _hear(self, heard: object) -> None:
        match heard:
            case PlayedBack(request_id=self._request):
                self._pictures.append(heard)
                self.changed.emit()
            case PlayBackEnd(request_id=self._request, trouble=None):
                self.is_whole = True
                self.changed.emit()
            case PlayBackEnd(request_id=self._request, trouble=FootageTrouble.BAD_ZONE):
                self._fail(said("有的区域太小或重复，不能判断。"))
            case PlayBackEnd(request_id=self._request):
                self._fail(said("这台摄像机还没有录到画面，过一会儿再试。"))
            case ProcessEnded():
                self._fail(said("监看进程中断，请过一会儿再试。"))

    def _fail(self, words: str) -> None:
        self._timer.stop()
        self.is_whole, self.trouble = True, words
        self.changed.emit()

    def _step(self) -> None:
        if self.at + 1 < self.count:
            self.at += 1
            self.moved.emit()
        elif self.is_whole:
            self._timer.stop()
            self.moved.emit()
