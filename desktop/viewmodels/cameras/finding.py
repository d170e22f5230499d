"""Looking for cameras on the local network, and asking one for its streams."""

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot

from desktop.assembly.cameras import CameraOffice, Found, Inquired
from desktop.system.language import joined, said
from desktop.viewmodels.cameras.words import trial_trouble_said
from desktop.viewmodels.lines import Lines, Row
from desktop.viewmodels.live.words import cause_said
from desktop.workers.children import ChildEnded
from video.errors import FootageError
from video.vocabulary.observation import HealthCause
from video.vocabulary.onvif import DeviceTold, FoundDevice, OfferedStream, main_and_sub

CLOCK_S = 60.0  # off by more, a camera is not judged


class Search(Enum):
    """How far it has come."""

    LOOKING = "looking"
    FOUND = "found"
    ASKING = "asking"
    ANSWERED = "answered"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Offer:
    """What a form can be filled in with; `sub` is empty where there is one stream only."""

    name: str
    main: str
    sub: str


class CameraFinder(QObject):
    """One search at a time; nothing here waits for the network."""

    changed = Signal()
    _posted = Signal(object, object)

    def __init__(self, office: CameraOffice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._stopping = threading.Event()
        self._asked: FoundDevice | None = None
        self._told: DeviceTold | None = None
        self._trouble: Exception | None = None
        self.model = Lines(_titles, self)
        self.devices: list[FoundDevice] = []
        self.search = Search.FOUND
        self._posted.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def look(self) -> None:
        """Ask the network anew."""
        self.devices, self._told, self._trouble = [], None, None
        self.model.replace([])
        self._be(Search.LOOKING)
        self._office.find(self._ear(), self._stopping)

    def ask(self, key: str, username: str, password: str) -> None:
        """Ask a camera for its streams."""
        device = next((each for each in self.devices if each.service == key), None)
        if device is None:
            return
        self._asked, self._told, self._trouble = device, None, None
        self._be(Search.ASKING)
        self._office.inquire(device, (username.strip(), password), self._ear(), self._stopping)

    def stop(self) -> None:
        """Give up what is being asked."""
        self._stopping.set()
        if self.search in {Search.LOOKING, Search.ASKING}:
            self._be(Search.FOUND)

    @property
    def offer(self) -> Offer | None:
        """What was answered, ready for the form; None while nothing was."""
        if self._told is None or not self._told.streams or self._asked is None:
            return None
        main, sub = main_and_sub(self._told.streams)
        name = self._asked.name or self._asked.host
        return Offer(name, main.address, sub.address if sub else "")

    @property
    def told(self) -> str:
        """How it stands, in a sentence or two."""
        match self.search:
            case Search.LOOKING:
                return said("正在查找，约需 5 秒…")
            case Search.ASKING:
                return said("正在询问摄像机…")
            case Search.REFUSED if isinstance(self._trouble, FootageError):
                host = self._asked.host if self._asked else ""
                trouble = self._trouble.trouble
                return trial_trouble_said(trouble, host, self._trouble.detail)
            case Search.ANSWERED if self._told is not None:
                return _answer_said(self._told)
        if not self.devices:
            return said(
                "没有找到。请确认摄像机和电脑在同一网段，并开启了 ONVIF；也可以直接填写地址。"
            )
        return said("找到 {0} 台。选择一台，填写它的用户名和密码，再取地址。").format(
            len(self.devices)
        )

    def _ear(self) -> Callable[[Found | Inquired], None]:
        self._stopping.set()
        self._stopping = threading.Event()
        return partial(self._hear, self._stopping)

    def _hear(self, stopping: threading.Event, word: Found | Inquired) -> None:
        """Pass on what the child says, on its owner's thread."""
        with suppress(RuntimeError):  # this object is being deleted in its own thread
            self._posted.emit(stopping, word)

    @Slot(object, object)
    def _take(self, stopping: threading.Event, word: Found | Inquired) -> None:
        if stopping is not self._stopping:
            return
        match word:
            case FoundDevice():
                self.devices.append(word)
                self.model.replace([_row(each) for each in self.devices])
                self.changed.emit()
            case DeviceTold():
                self._told = word
                self._be(Search.ANSWERED)
            case FootageError():
                self._trouble = word
                self._be(Search.REFUSED)
            case ChildEnded() if self.search in {Search.LOOKING, Search.ASKING}:
                self._be(Search.FOUND)
            case _:
                pass

    def _be(self, search: Search) -> None:
        self.search = search
        self.changed.emit()


def _titles() -> Sequence[str]:
    return (said("名称"), said("地址", "camera"))


def _row(device: FoundDevice) -> Row:
    return Row(device.service, (device.name or said("未命名"), device.host))


def _answer_said(told: DeviceTold) -> str:
    if not told.streams:
        return said("这台设备没有给出画面地址。")
    main, sub = main_and_sub(told.streams)
    parts = [said("主码流 {0}。").format(_stream_said(main))]
    if sub is not None:
        parts.append(said("子码流 {0}。").format(_stream_said(sub)))
    if told.clock_off_s is not None and abs(told.clock_off_s) > CLOCK_S:
        off = cause_said(HealthCause.CLOCK_OFF, told.clock_off_s)
        parts.append(said("{0}，请先校时，否则不判断。").format(off))
    return joined(*parts)


def _stream_said(stream: OfferedStream) -> str:
    size = f"{stream.width}×{stream.height}"
    spacing_s = stream.key_spacing_s
    if spacing_s is None:
        return size
    return said("{0}，关键帧每 {1} 秒").format(size, f"{spacing_s:.1f}".removesuffix(".0"))
