"""A computer that joins an office watches what it is told of, without another start."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Self, cast

from desktop.assembly.opening import watch_once_told
from desktop.assembly.program import Program
from desktop.domain.identifiers import CameraId, HallId
from desktop.domain.organisation import Camera, CameraKind
from desktop.workers.sync_thread import Listener, SyncPhase, SyncStatus

CAMERAS = tuple(
    Camera(CameraId(f"c{n}"), HallId("hall-1"), f"{n}", CameraKind.FILE, "a.mp4", ())
    for n in range(2)
)


class JoinedProgram:
    """A program as far as beginning to watch needs it: desk, store, reading and rounds in one."""

    def __init__(self, cameras: Sequence[Camera]) -> None:
        self.cameras = tuple(cameras)
        self.keeper: object = None
        self.watched: list[Sequence[Camera]] = []
        self.listeners: list[Listener] = []
        self.desk = self.store = self.sync = self

    @contextmanager
    def look(self) -> Iterator[Self]:
        yield self

    def find(self, _: type[Camera]) -> tuple[Camera, ...]:
        return self.cameras

    def run(self, job: Callable[[], None]) -> None:
        job()

    def subscribe(self, listener: Listener) -> None:
        self.listeners.append(listener)

    def watch_anew(self, cameras: Sequence[Camera]) -> None:
        self.keeper = object()
        self.watched.append(cameras)

    def tell(self, phase: SyncPhase) -> None:
        for listener in self.listeners:
            listener(SyncStatus(phase))


def test_the_round_that_brings_the_first_cameras_begins_the_watching() -> None:
    program = JoinedProgram(())
    watch_once_told(cast(Program, program))
    program.tell(SyncPhase.RESTING)
    assert program.watched == []
    program.cameras = CAMERAS
    program.tell(SyncPhase.RUNNING)
    assert program.watched == []
    program.tell(SyncPhase.RESTING)
    program.tell(SyncPhase.RESTING)
    assert program.watched == [[*CAMERAS]]


def test_who_has_cameras_from_the_start_watches_at_once() -> None:
    program = JoinedProgram(CAMERAS)
    watch_once_told(cast(Program, program))
    assert program.watched == [[*CAMERAS]]
