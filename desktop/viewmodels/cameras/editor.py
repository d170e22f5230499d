"""One camera in a person's hands, with the windows made for it; nothing is kept until saved."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from desktop.assembly.cameras import CameraChange, CameraOffice
from desktop.domain.cameras import address_trouble, main_trouble, taken_apart
from desktop.domain.errors import NotAllowed
from desktop.domain.identifiers import CameraId, HallId, UnitId, WindowId, new_id
from desktop.domain.organisation import Camera, CameraKind, Unit, Window, WindowKind
from desktop.domain.roles import Role
from desktop.system.language import said
from desktop.usecases.ports import Reading
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.cameras.finding import CameraFinder, Offer
from desktop.viewmodels.cameras.trial import CameraTesting
from desktop.viewmodels.cameras.words import address_said
from desktop.viewmodels.live.watch import LiveWatch
from desktop.viewmodels.wording import sentence
from desktop.viewmodels.zones.editor import Watcher


@dataclass(frozen=True, slots=True)
class WindowOption:
    """A window that the camera may watch; one of another camera cannot be chosen."""

    window_id: WindowId
    title: str
    remark: str
    chosen: bool
    free: bool


class CameraEditor(QObject):
    """Holds a draft; made anew for each dialog, on the screens' thread."""

    changed = Signal()
    saved = Signal(object)  # the Camera
    refused = Signal(object)

    def __init__(
        self,
        program: Watcher,
        live: LiveWatch,
        parent: QObject | None = None,
        *,
        office: CameraOffice | None = None,
    ) -> None:
        super().__init__(parent)
        self._program, self._live = program, live
        self._office = office or CameraOffice(program)
        self._answers = Answers(self)
        self.testing = CameraTesting(self._office, self)
        self.finder = CameraFinder(self._office, self)
        self.units: tuple[Unit, ...] = ()
        self.windows: tuple[Window, ...] = ()  # made here
        self.password: str | None = None
        self.is_new = True
        self.is_saving = False
        self.camera = _blank(self._hall_id())
        self._answers.ask(program.desk.look(_units), self._take_units, self._refuse, "units")

    @property
    def hall(self) -> str:
        """The name of the hall that the camera is in."""
        return self._live.roll.hall.name if self._live.roll.hall else ""

    def begin(self, camera: Camera | None = None) -> None:
        """Begin with a camera as it is kept, or with a new one."""
        self.testing.stop()
        self.is_new = camera is None
        self.camera = camera or _blank(self._hall_id())
        self.windows, self.password = (), None
        self.changed.emit()

    def change(self, camera: Camera) -> None:
        """Take what was typed; credentials in a pasted address go where they belong."""
        if camera.kind is not self.camera.kind:
            camera = replace(camera, address="", main_address="")
        if camera.kind is CameraKind.RTSP:
            camera = self._without_secrets(camera)
        self.camera = camera
        self.changed.emit()

    def take_offer(self, offer: Offer, username: str, password: str) -> None:
        """Fill in what a camera answered; a name that was typed stays."""
        self.password = password or self.password
        self.change(
            replace(
                self.camera,
                name=self.camera.name or offer.name,
                address=offer.sub or offer.main,
                main_address=offer.main if offer.sub else "",
                username=username or self.camera.username,
            )
        )

    def type_password(self, password: str) -> None:
        """Take a new password for the keyring."""
        self.password = password

    def options(self) -> tuple[WindowOption, ...]:
        """Give the windows that the camera watches or could watch; its own come first."""
        kept = [post.window for post in self._live.roll.posts.values()]
        told = [self._option(window) for window in (*kept, *self.windows)]
        return tuple(sorted(told, key=lambda option: not option.free))

    def choose(self, window_id: WindowId, *, chosen: bool) -> None:
        """Give the camera a window, or take it away with its area."""
        rest = tuple(w for w in self.camera.windows if w != window_id)
        zones = tuple(z for z in self.camera.zones if chosen or z.window_id != window_id)
        windows = (*rest, window_id) if chosen else rest
        self.camera = replace(self.camera, windows=windows, zones=zones)
        self.changed.emit()

    def make_window(self, number: str, name: str, kind: WindowKind, unit_id: UnitId) -> None:
        """Make a window for this camera; it is kept together with it."""
        title = name.strip() or said("{0}号窗口").format(number.strip())
        made = Window(
            WindowId(new_id()), self._hall_id(), number.strip(), title, unit_id, kind=kind
        )
        self.windows = (*self.windows, made)
        self.choose(made.id, chosen=True)

    def window_obstacle(self, number: str) -> str:
        """Why no window of this number can be made; "" when it can."""
        actor = self._program.door.actor
        roles = self._program.book.rule(Window.ENTITY).create_roles
        if actor is None or not actor.has(*map(Role, roles)):
            return sentence(NotAllowed(Window.ENTITY, "create", roles))
        if not self.units:
            return said("还没有被监察单位，不能新建窗口。请先登记单位。")
        taken = {post.window.number for post in self._live.roll.posts.values()}
        if number.strip() in taken | {window.number for window in self.windows}:
            return said("已经有 {0} 号窗口。").format(number.strip())
        return "" if number.strip() else said("请填写窗口编号。")

    @property
    def address_trouble(self) -> str:
        """What is wrong with the address; "" when nothing is."""
        return address_said(address_trouble(self.camera.kind, self.camera.address))

    @property
    def main_trouble(self) -> str:
        """What is wrong with the address of the main stream; "" when nothing is."""
        return address_said(main_trouble(self.camera.kind, self.camera.main_address))

    @property
    def may_change(self) -> str:
        """Why this person may not keep cameras; "" when he may."""
        actor = self._program.door.actor
        if actor is None:
            return said("请先登录。")
        roles = self._program.book.rule(Camera.ENTITY).edit_roles
        if not actor.has(*map(Role, roles)):
            return sentence(NotAllowed(Camera.ENTITY, "edit", roles))
        return "" if self._live.roll.hall else said("还没有大厅。请先建立大厅。")

    @property
    def obstacle(self) -> str:
        """Why it cannot be saved now; "" when it can."""
        if trouble := self.may_change:
            return trouble
        name = self.camera.name.strip()
        if not name:
            return said("请给摄像机起个名字。")
        others = self._live.roll.cameras.values()
        if any(other.name == name and other.id != self.camera.id for other in others):
            return said("已经有一台叫“{0}”的摄像机。").format(name)
        return self.address_trouble or self.main_trouble

    @property
    def remark(self) -> str:
        """What will still be missing once it is saved; "" when nothing is."""
        drawn = {zone.window_id for zone in self.camera.zones}
        count = len(self.camera.watches - drawn)
        return (
            said("保存后请为 {0} 个窗口画出座席区，画好才开始判断。").format(count) if count else ""
        )

    def try_out(self) -> None:
        """Connect with what stands in the form now."""
        if not self.address_trouble:
            self.testing.begin(self._tidy(), self.password)

    def save(self) -> None:
        """Keep the camera and watch it at once."""
        actor = self._program.door.actor
        if actor is None or self.obstacle or self.is_saving:
            return
        self.testing.stop()
        self.is_saving = True
        made = tuple(w for w in self.windows if w.id in self.camera.windows)
        change = CameraChange(self._tidy(), made, self.is_new, self.password)
        self._answers.ask(self._office.keep(actor, change), self._take, self._refuse)
        self.changed.emit()

    def retire(self, camera: Camera, *, retired: bool) -> None:
        """Let nobody watch a camera any more, or have it watched again."""
        actor = self._program.door.actor
        if actor is not None:
            future = self._office.retire(actor, camera, retired=retired)
            self._answers.ask(future, self._take, self._refuse)

    def _without_secrets(self, camera: Camera) -> Camera:
        first, second = taken_apart(camera.address), taken_apart(camera.main_address)
        self.password = first.password or second.password or self.password
        return replace(
            camera,
            username=first.username or second.username or camera.username,
            address=first.address,
            main_address=second.address,
        )

    def _tidy(self) -> Camera:
        camera = self.camera
        username = camera.username.strip() if camera.kind is CameraKind.RTSP else ""
        return replace(
            camera,
            name=camera.name.strip(),
            address=camera.address.strip(),
            main_address=camera.main_address.strip(),
            username=username,
        )

    def _option(self, window: Window) -> WindowOption:
        watcher = self._live.roll.watcher_of(window.id)
        free = watcher is None or watcher.id == self.camera.id
        drawn = any(zone.window_id == window.id for zone in self.camera.zones)
        chosen = window.id in self.camera.watches
        if watcher is not None and not free:
            remark = said("由 {0} 监看").format(watcher.name)
        elif chosen:
            remark = said("已画区域") if drawn else said("待画区域")
        else:
            remark = said("还没有摄像机")
        return WindowOption(window.id, window.name, remark, chosen, free)

    def _hall_id(self) -> HallId:
        return self._live.roll.hall.id if self._live.roll.hall else HallId("")

    def _take_units(self, units: tuple[Unit, ...]) -> None:
        self.units = units
        self.changed.emit()

    def _take(self, camera: Camera) -> None:
        self.is_saving = False
        self._live.listen()  # the first camera has started the watching
        self.saved.emit(camera)

    def _refuse(self, refusal: Exception) -> None:
        self.is_saving = False
        self.changed.emit()
        self.refused.emit(refusal)


def _blank(hall_id: HallId) -> Camera:
    return Camera(CameraId(new_id()), hall_id, "", CameraKind.RTSP, "", ())


def _units(reading: Reading) -> tuple[Unit, ...]:
    units: Sequence[Unit] = reading.find(Unit)
    return tuple(unit for unit in units if unit.active)
