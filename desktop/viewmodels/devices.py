"""The devices on which one has signed in: what the server knows of each, and ending one."""

from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop.system.language import joined, said
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.times import stamp
from desktop.viewmodels.wording import sentence
from sync.errors import SyncError
from sync.protocol.answers import DeviceAsking, DeviceSeen


class DeviceDesk(Protocol):
    """The door, as far as it knows devices."""

    device_id: str

    def devices(self) -> "Future[tuple[DeviceSeen, ...]]":
        """Ask the server for this user's devices."""

    def revoke(self, device_id: str) -> "Future[None]":
        """Take a device's rights."""

    def who_asks(self, user_code: str) -> "Future[DeviceAsking]":
        """Ask which device shows a code."""

    def confirm(self, user_code: str) -> "Future[None]":
        """Let that device in, as oneself."""


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A device as it is shown; this one and those that were ended cannot be ended."""

    device_id: str
    title: str
    told: str
    may_end: bool


class Devices(QObject):
    """Asks when the page is opened; `changed` when there is something new."""

    changed = Signal()
    refused = Signal(str)
    found = Signal(str, str)  # a code, and what is known of the device that shows it
    let_in = Signal()

    def __init__(self, desk: DeviceDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._answers = Answers(self)
        self._seen: tuple[DeviceSeen, ...] = ()
        self._wanted = ""
        self.trouble = ""

    def refresh(self) -> None:
        """Ask the server anew; while it is not reached, the last answer stays."""
        self._answers.ask(self._desk.devices(), self._take, self._miss, "devices")

    def revoke(self, device_id: str) -> None:
        """End a device: what it still sends is only put aside for a person to look at."""
        self._answers.ask(self._desk.revoke(device_id), self._revoked, self._refuse)

    def find(self, user_code: str) -> None:
        """Look which device shows a code; answered by `found` or `refused`."""
        self._wanted = user_code
        future = self._desk.who_asks(user_code)
        self._answers.ask(future, self._take_asking, self._refuse_code, "code")

    def confirm(self, user_code: str) -> None:
        """Let the device that shows a code in, as oneself; answered by `let_in` or `refused`."""
        self._answers.ask(self._desk.confirm(user_code), self._confirmed, self._refuse_code)

    def lines(self) -> tuple[DeviceLine, ...]:
        """The devices, last seen first."""
        return tuple(self._line(each) for each in self._seen)

    def _line(self, seen: DeviceSeen) -> DeviceLine:
        is_here = seen.device_id == self._desk.device_id
        title = said("这台设备") if is_here else said("设备 {0}").format(seen.device_id[-8:])
        told = said("登录过的人：{0}。").format(", ".join(seen.usernames))
        if seen.last_seen:
            at = stamp(datetime.fromisoformat(seen.last_seen))
            told = joined(
                told, said("最近一次连接 {0}，当时未上报 {1} 项。").format(at, seen.unsent)
            )
        if seen.revoked:
            told = joined(told, said("已停用。"))
        return DeviceLine(seen.device_id, title, told, not (is_here or seen.revoked))

    def _take(self, seen: tuple[DeviceSeen, ...]) -> None:
        self._seen, self.trouble = seen, ""
        self.changed.emit()

    def _miss(self, error: Exception) -> None:
        self.trouble = sentence(error)
        self.changed.emit()

    def _revoked(self, _: object) -> None:
        self.refresh()

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(sentence(error))

    def _take_asking(self, asking: DeviceAsking) -> None:
        self.found.emit(self._wanted, _told_of(asking))

    def _confirmed(self, _: object) -> None:
        self.let_in.emit()
        self.refresh()

    def _refuse_code(self, error: Exception) -> None:
        unknown = isinstance(error, SyncError) and error.detail == "not_found"
        words = said("没有设备正在显示这个码。请核对，或在那台设备上重新取码。")
        self.refused.emit(words if unknown else sentence(error))


def _told_of(asking: DeviceAsking) -> str:
    told = said("设备 {0}，从 {1} 连接，{2} 秒前取的码。")
    return told.format(asking.device_id[-8:], asking.address, asking.age_s)
