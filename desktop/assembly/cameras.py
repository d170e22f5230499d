"""Keeps cameras with their passwords, has them watched at once, and tries them out before."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from desktop import assets
from desktop.bridges.footage import Footage, camera_plan
from desktop.domain.identifiers import CameraId, HallId
from desktop.domain.organisation import Camera, Window
from desktop.domain.roles import Actor
from desktop.system.secrets import Secrets
from desktop.usecases.organisation import add_camera, change_camera, retire_camera
from desktop.usecases.ports import Clock, UnitOfWork
from desktop.workers.case_desk import CaseDesk
from desktop.workers.children import Child, ChildEnded, Entry, begin
from video.errors import FootageError
from video.messages import Report
from video.process.camera_trial import try_out
from video.process.finding import find as find_cameras
from video.process.finding import inquire
from video.vocabulary.onvif import DeviceTold, FoundDevice

Tried = Report | ChildEnded
Found = FoundDevice | ChildEnded
Inquired = DeviceTold | FootageError | ChildEnded


class Holder(Protocol):
    """The open program, as far as keeping cameras needs it."""

    @property
    def desk(self) -> CaseDesk:
        """The case file."""

    @property
    def secrets(self) -> Secrets:
        """Where passwords are."""

    @property
    def clock(self) -> Clock:
        """The time."""

    def watch_anew(self, cameras: Sequence[Camera]) -> None:
        """Watch the hall's cameras as they now are."""


@dataclass(frozen=True, slots=True)
class CameraChange:
    """A camera as it is to be kept, with windows made for it.

    Attributes:
        password: a new one for the keyring; None leaves the one that is there.
    """

    camera: Camera
    windows: tuple[Window, ...]
    is_new: bool
    password: str | None = None


def camera_password(secrets: Secrets, camera_id: CameraId) -> str:
    """Answer the password of a camera, empty where none is kept.

    Raises:
        SecretsError: the keyring refused.
    """
    kept = secrets.load(_name(camera_id))
    return kept.decode() if kept else ""


def drawn_script(name: str) -> str:
    """Give the script of a drawn camera, empty where this version has none of that name."""
    return assets.hall_script(name) if name in assets.hall_scripts() else ""


class CameraOffice:
    """Answers with futures; each change is one act, and watching follows it."""

    def __init__(
        self, holder: Holder, *, entry: Entry = try_out, finder: Entry = find_cameras
    ) -> None:
        """Prepare; `entry` is what a trial's child does, `finder` who asks the network."""
        self._holder = holder
        self._entry, self._finder = entry, finder

    def keep(self, actor: Actor, change: CameraChange) -> "Future[Camera]":
        """Keep a camera, its password first: without it the camera could not be had."""
        return self._holder.desk.run(partial(self._keep, actor, change))

    def retire(self, actor: Actor, camera: Camera, *, retired: bool) -> "Future[Camera]":
        """Let nobody watch a camera any more, or have it watched again."""

        def retire(work: UnitOfWork) -> Camera:
            return retire_camera(work, camera.id, retired=retired)

        return self._holder.desk.run(partial(self._act, actor, retire))

    def try_out(
        self,
        camera: Camera,
        password: str | None,
        tell: Callable[[Tried], None],
        stopping: threading.Event,
    ) -> "Future[None]":
        """Begin to try a camera out as it would be kept; the keyring may have to be asked."""

        def try_it() -> None:
            kept = camera_password(self._holder.secrets, camera.id) if password is None else ""
            plan = camera_plan(
                camera,
                Footage(self._holder.clock.now()),
                password=lambda _: kept if password is None else password,
                script=drawn_script,
            )
            begin(Child(self._entry, (plan,), tell, stopping))

        return self._holder.desk.run(try_it)

    def find(self, tell: Callable[[Found], None], stopping: threading.Event) -> None:
        """Ask the local network which cameras there are."""
        begin(Child(self._finder, (), tell, stopping))

    def inquire(
        self,
        device: FoundDevice,
        credentials: tuple[str, str],
        tell: Callable[[Inquired], None],
        stopping: threading.Event,
    ) -> None:
        """Ask a camera for its streams; user and password prove themselves and are not sent."""
        begin(Child(inquire, (device.service, *credentials), tell, stopping))

    def _keep(self, actor: Actor, change: CameraChange) -> Camera:
        secrets, name = self._holder.secrets, _name(change.camera.id)
        before = secrets.load(name) if change.password is not None else None
        if change.password is not None:
            secrets.save(name, change.password.encode())
        act = add_camera if change.is_new else change_camera
        try:
            return self._act(actor, lambda work: act(work, change.camera, change.windows))
        except BaseException:
            if change.password is not None:  # what was not kept leaves no secret behind
                secrets.save(name, before) if before is not None else secrets.forget(name)
            raise

    def _act(self, actor: Actor, act: Callable[[UnitOfWork], Camera]) -> Camera:
        camera = self._holder.desk.act(actor, act).result()
        self._watch(camera.hall_id)
        return camera

    def _watch(self, hall_id: HallId) -> None:
        with self._holder.desk.store.look() as reading:
            cameras = reading.find(Camera, hall_id=hall_id)
        self._holder.watch_anew(cameras)


def _name(camera_id: CameraId) -> str:
    return f"camera-{camera_id}"
