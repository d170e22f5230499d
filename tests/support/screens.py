"""Stand-ins for the workers behind the frame, and a look at what accessibility demands."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from desktop.domain.identifiers import UserId
from desktop.domain.roles import Actor, Role
from desktop.settings import Settings
from desktop.usecases.conflicts import Redo
from desktop.viewmodels.preferences import Preferences
from desktop.viewmodels.sign_in import SignIn
from desktop.viewmodels.sync_centre import SyncCentre
from desktop.viewmodels.watch_health import WatchHealth
from desktop.views.main_window import Desk
from desktop.workers.sync_thread import SyncStatus
from desktop.workers.waiting_room import Waiting
from sync.client.parcels import Answered, Standing, Written
from sync.client.round import RoundReport
from sync.errors import SyncError, SyncTrouble
from sync.outbox.queue import Refused
from sync.protocol.answers import CodeShown, DeviceAsking, DeviceSeen

T = TypeVar("T")

LIN = Actor(UserId("user-1"), "林敏", frozenset({Role.SUPERVISOR}), "device-1")
ROUND = RoundReport(3, 0, 2, 7, 1, skew_s=0.4, agreed=True)
REFUSED = Refused(
    "op-1",
    "group-1",
    "card",
    "0198a3c2-0000-7000-8000-000000000000",
    {"doc_no": "某效监黄〔2026〕12号", "state": "UNDER_CHECK", "requirements": "恢复窗口服务"},
    {"doc_no": "某效监黄〔2026〕12号", "state": "SIGNED", "requirements": "立即恢复窗口服务"},
    {
        "doc_no": "某效监黄〔2026〕12号",
        "state": "UNDER_CHECK",
        "requirements": "限期恢复窗口服务",
    },
    "u-lin",
    "2026-11-23T01:20:00+00:00",
    {
        "code": "changed_meanwhile",
        "fields": ["doc_no", "state", "requirements"],
        "by": "u-wang",
        "at": "2026-11-23T01:15:00+00:00",
    },
)
PEOPLE = {"u-lin": "林敏", "u-wang": "王芳"}


def done(value: T) -> "Future[T]":
    """A future that is done."""
    future: Future[T] = Future()
    future.set_result(value)
    return future


def failed(error: Exception) -> "Future[Any]":
    """A future that was refused."""
    future: Future[Any] = Future()
    future.set_exception(error)
    return future


class FakeSource:
    """Tells its listeners what a test says."""

    def __init__(self) -> None:
        self.listeners: list[Callable[[Any], None]] = []

    def subscribe(self, listener: Callable[[Any], None]) -> None:
        self.listeners.append(listener)

    def unsubscribe(self, listener: Callable[[Any], None]) -> None:
        self.listeners.remove(listener)

    def tell(self, word: object) -> None:
        for listener in tuple(self.listeners):
            listener(word)


class FakeLine(FakeSource):
    """A sync thread that does what a test says."""

    def __init__(self, status: SyncStatus | None = None) -> None:
        super().__init__()
        at = datetime(2026, 11, 23, 1, 41, tzinfo=UTC)
        self.status = status or SyncStatus(report=ROUND, finished_at=at)
        self.asked: list[str] = []

    def round_now(self) -> "Future[RoundReport]":
        self.asked.append("round")
        return done(ROUND)

    def pause(self) -> None:
        self.asked.append("pause")

    def go_on(self) -> None:
        self.asked.append("go_on")

    def be(self, status: SyncStatus) -> None:
        self.status = status
        self.tell(status)


class FakePost:
    """A post whose second parcel was written and not answered."""

    def __init__(self) -> None:
        self.now = Standing(2, 1)
        self.told: list[object] = []
        self.answer: Future[Any] = done(Answered(2, 3, 1, 0, 5))

    def standing(self) -> "Future[Standing]":
        return done(self.now)

    def write_out(
        self, _actor: Actor, target: Path, reason: str, *, seq: int = 0
    ) -> "Future[Written]":
        self.told.append((target.name, reason, seq))
        return done(Written(seq, 4, 1, b""))

    def take_in(self, _actor: Actor, source: Path) -> "Future[Answered]":
        self.told.append(source.name)
        return self.answer


class FakeOutbox:
    """A waiting room that holds what a test puts there."""

    def __init__(self, waiting: Waiting | None = None) -> None:
        self.waiting = waiting or Waiting()
        self.accepted: list[str] = []
        self.redone: list[Redo] = []
        self.answer: Callable[[], Future[None]] = lambda: done(None)

    def look(self) -> "Future[Waiting]":
        return done(self.waiting)

    def accept(self, op_id: str) -> "Future[None]":
        self.accepted.append(op_id)
        self._settle(op_id)
        return done(None)

    def redo(self, parts: Sequence[Redo]) -> "Future[None]":
        answer = self.answer()
        if answer.exception() is None:
            self.redone += parts
            for part in parts:
                self._settle(part.op_id)
        return answer

    def _settle(self, op_id: str) -> None:
        rest = tuple(each for each in self.waiting.refused if each.op_id != op_id)
        counts = {**self.waiting.counts, "inbox": len(rest)}
        self.waiting = Waiting(counts, rest, self.waiting.people)


CODE = CodeShown("secret", "BCDFGHJK", 0.01)


class FakeDoor:
    """A door with this device and another one behind it."""

    device_id = "device-1"

    def __init__(self) -> None:
        self.revoked: list[str] = []
        self.confirmed: list[str] = []
        self.trouble: Exception | None = None

    def devices(self) -> "Future[tuple[DeviceSeen, ...]]":
        if self.trouble:
            return failed(self.trouble)
        at = "2026-11-23T01:20:00+00:00"
        return done(
            tuple(
                DeviceSeen(name, ("linmin",), at, 2, name in self.revoked)
                for name in ("device-1", "device-2")
            )
        )

    def revoke(self, device_id: str) -> "Future[None]":
        self.revoked.append(device_id)
        return done(None)

    def who_asks(self, user_code: str) -> "Future[DeviceAsking]":
        if user_code != CODE.user_code:
            return failed(SyncError(SyncTrouble.REFUSED, "not_found"))
        return done(DeviceAsking("device-3", "10.0.0.3", 12))

    def confirm(self, user_code: str) -> "Future[None]":
        self.confirmed.append(user_code)
        return done(None)


class FakeEntrance:
    """A door that lets in whom a test knows."""

    def __init__(self, actor: Actor | None = None) -> None:
        self.actor = actor
        self.answer: Callable[[str, str], Future[Actor]] = lambda _name, _password: done(LIN)
        self.tried: list[tuple[str, str]] = []
        self.confirmed: Callable[[], Future[Actor | None]] = lambda: done(None)

    def ask_code(self) -> "Future[CodeShown]":
        return done(CODE)

    def try_code(self, shown: CodeShown) -> "Future[Actor | None]":
        return self.confirmed()

    def known(self) -> "Future[tuple[str, ...]]":
        return done(("linmin", "zhaomin"))

    def sign_in(self, username: str, password: str) -> "Future[Actor]":
        self.tried.append((username, password))
        future = self.answer(username, password)
        if future.exception() is None:
            self.actor = future.result()
        return future

    def sign_out(self) -> "Future[None]":
        self.actor = None
        return done(None)

    def lock(self) -> None:
        self.actor = None


class FakeBackground:
    """Does slow things at once."""

    def run(self, job: Callable[[], T]) -> "Future[T]":
        try:
            return done(job())
        except Exception as error:  # noqa: BLE001  (as a thread pool does)
            return failed(error)


def desk_with(
    folder: Path,
    *,
    actor: Actor | None = LIN,
    line: FakeLine | None = None,
    outbox: FakeOutbox | None = None,
    settings: Settings | None = None,
) -> Desk:
    """The view-models of a window over stand-ins."""
    file = folder / "settings.toml"
    return Desk(
        sign_in=SignIn(FakeEntrance(actor)),
        sync=SyncCentre(line or FakeLine(), outbox or FakeOutbox()),
        preferences=Preferences(settings or Settings(), file, FakeBackground()),
        health=WatchHealth(),
    )


def unnamed(root: QWidget) -> list[str]:
    """Name the visible widgets that the keyboard reaches and a screen reader could not name."""
    return [
        f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
        for widget in reachable(root)
        if not (widget.accessibleName() or _own_words(widget))
    ]


def too_small(root: QWidget, least: int = 24) -> list[str]:
    """Name the visible things to press that are smaller than WCAG 2.2 asks for, in pixels.

    The marks within a line of text are left out: the line is the target, and keys do the same.
    """
    return [
        f"{type(button).__name__} {button.width()}x{button.height()}"
        for button in root.findChildren(QAbstractButton)
        if button.isVisible()
        and min(button.width(), button.height()) < least
        and not isinstance(button.parentWidget(), QLineEdit)
    ]


def clipped(root: QWidget) -> list[str]:
    """Name the visible labels, buttons and choices that are smaller than their words."""
    labels = [
        label.text()
        for label in root.findChildren(QLabel)
        if label.isVisible() and label.text() and _is_clipped(label)
    ]
    pressed: list[QPushButton | QComboBox] = root.findChildren(QPushButton)
    pressed += root.findChildren(QComboBox)
    return labels + [
        button.currentText() if isinstance(button, QComboBox) else button.text()
        for button in pressed
        if button.isVisible() and button.width() < button.sizeHint().width()
    ]


def walked(root: QWidget, start: QWidget, steps: int = 200) -> Sequence[QWidget]:
    """Press Tab from a widget until it comes round, and give what had the focus."""
    start.setFocus(Qt.FocusReason.TabFocusReason)
    seen: list[QWidget] = []
    for _ in range(steps):
        focused = QApplication.focusWidget()
        if focused is None or focused in seen:
            break
        seen.append(focused)
        root.window().focusNextPrevChild(True)
    return seen


def reachable(root: QWidget) -> Iterator[QWidget]:
    """All visible, enabled widgets that take the focus by Tab."""
    for widget in root.findChildren(QWidget):
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes and widget.isVisible() and widget.isEnabled() and not widget.focusProxy():
            yield widget


def _own_words(widget: QWidget) -> str:
    if isinstance(widget, QAbstractButton):
        return widget.text()
    if isinstance(widget, QLineEdit):
        return widget.placeholderText()
    return ""


def _is_clipped(label: QLabel) -> bool:
    if label.wordWrap():
        return label.height() < label.heightForWidth(label.width())
    return label.width() < label.sizeHint().width() or label.height() < label.sizeHint().height()


def ringless(root: QWidget, elsewhere: QWidget) -> list[str]:
    """Name what the keyboard reaches without looking any different while it is there."""
    told = []
    for widget in list(reachable(root)):
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if not widget.hasFocus():
            continue
        with_focus = widget.grab().toImage()
        elsewhere.setFocus(Qt.FocusReason.TabFocusReason)
        if widget.grab().toImage() == with_focus:
            told.append(f"{type(widget).__name__} {widget.accessibleName()}")
    return told
