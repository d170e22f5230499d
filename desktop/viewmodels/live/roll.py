"""The hall as the screens name it: its windows in order, their units, clerks and cameras."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.domain.identifiers import CameraId, WindowId
from desktop.domain.organisation import Camera, Hall, Unit, Window
from desktop.usecases.ports import Reading


@dataclass(frozen=True, slots=True)
class Post:
    """A window with the names of whom it belongs to."""

    window: Window
    unit: str

    @property
    def who(self) -> str:
        """Unit and clerk: 住建 王芳."""
        return f"{self.unit} {self.window.clerk}".strip()


@dataclass(frozen=True, slots=True)
class Roll:
    """A hall's windows by number and its cameras by name; empty where there is no hall.

    Attributes:
        cameras: those that are in use.
        retired: those that nobody watches any more.
    """

    hall: Hall | None = None
    posts: Mapping[WindowId, Post] = field(default_factory=dict)
    cameras: Mapping[CameraId, Camera] = field(default_factory=dict)
    retired: Mapping[CameraId, Camera] = field(default_factory=dict)

    def seen_by(self, camera_id: CameraId) -> tuple[Post, ...]:
        """The windows on a camera's picture, from left to right."""
        zones = sorted(self.cameras[camera_id].zones, key=lambda zone: min(x for x, _ in zone.seat))
        return tuple(self.posts[z.window_id] for z in zones if z.window_id in self.posts)

    def camera_of(self, window_id: WindowId) -> Camera | None:
        """The camera that watches a window, if one does."""
        for camera in self.cameras.values():
            if any(zone.window_id == window_id for zone in camera.zones):
                return camera
        return None

    def watcher_of(self, window_id: WindowId) -> Camera | None:
        """The camera that a window is given to, if one is, also before its area is drawn."""
        return next((c for c in self.cameras.values() if window_id in c.watches), None)


def read_roll(reading: Reading) -> Roll:
    """Read the first hall of the case file."""
    halls = reading.find(Hall)
    if not halls:
        return Roll()
    hall = halls[0]
    units = {unit.id: unit.short_name for unit in reading.find(Unit)}
    windows = sorted(
        reading.find(Window, hall_id=hall.id), key=lambda w: (_counted(w.number), w.id)
    )
    cameras = sorted(reading.find(Camera, hall_id=hall.id), key=lambda c: (_counted(c.name), c.id))
    return Roll(
        hall,
        {window.id: Post(window, units.get(window.unit_id, "")) for window in windows},
        {camera.id: camera for camera in cameras if not camera.retired},
        {camera.id: camera for camera in cameras if camera.retired},
    )


def _counted(name: str) -> list[tuple[int, str]]:
    """Sort numbers within names as numbers: 2号机 before 10号机."""
    parts = re.findall(r"\d+|\D+", name)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]
