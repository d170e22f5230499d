"""Signing in: who was here before, what is wrong, and how long to wait."""

from concurrent.futures import Future
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.errors import WrongPassword
from desktop.domain.roles import Actor
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.naming import role_name
from desktop.viewmodels.sign_in_code import CodeEntrance, CodeSignIn
from desktop.viewmodels.wording import sentence


class Entrance(CodeEntrance, Protocol):
    """The door: signs people in and out."""

    actor: Actor | None

    def known(self) -> "Future[tuple[str, ...]]":
        """Name those who have signed in on this device, latest first."""

    def sign_in(self, username: str, password: str) -> "Future[Actor]":
        """Let somebody in."""

    def sign_out(self) -> "Future[None]":
        """Let nobody act until the next sign-in."""

    def lock(self) -> None:
        """Let nobody act, but go on synchronising."""


class SignIn(QObject):
    """Who is at the desk.

    `entered` carries the actor; `left` the sign-in name to offer next ("" for another person).
    """

    changed = Signal()
    entered = Signal(object)
    left = Signal(str)

    def __init__(self, entrance: Entrance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entrance = entrance
        self._answers = Answers(self)
        self.by_code = CodeSignIn(entrance, self)
        self.by_code.entered.connect(self._enter)
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self._tick)
        self.known: tuple[str, ...] = ()
        self.busy = False
        self.wait_s = 0
        self._error: Exception | None = None
        self._username = ""

    @property
    def actor(self) -> Actor | None:
        """Who acts now."""
        return self._entrance.actor

    @property
    def can_try(self) -> bool:
        """Whether a try would be heard."""
        return not self.busy and self.wait_s == 0

    @property
    def trouble(self) -> str:
        """What is wrong, with the seconds that are left to wait."""
        if self._error is None:
            return ""
        if self.wait_s:
            return sentence(WrongPassword(self.wait_s))
        return sentence(WrongPassword() if self._is_wrong() else self._error)

    def refresh(self) -> None:
        """Ask who has signed in here before."""
        self._answers.ask(self._entrance.known(), self._take_known, self._refuse, "known")

    def try_in(self, username: str, password: str) -> None:
        """Try a name and a password; nothing is sent while one must wait."""
        if not self.can_try:
            return
        self.busy, self._error, self._username = True, None, username.strip()
        self.changed.emit()
        future = self._entrance.sign_in(self._username, password)
        self._answers.ask(future, self._enter, self._refuse)

    def lock(self) -> None:
        """Leave the desk for a moment; work goes on when the same person is back."""
        if self.actor is not None:
            self._entrance.lock()
            self.left.emit(self._username)

    def switch(self) -> None:
        """Let another person come to the desk."""
        self._entrance.lock()
        self.left.emit("")

    def sign_out(self) -> None:
        """Leave for good: the server forgets this sign-in too."""
        self._answers.ask(self._entrance.sign_out(), self._gone, self._gone)
        self.left.emit("")

    def _take_known(self, names: tuple[str, ...]) -> None:
        self.known = names
        self.changed.emit()

    def _enter(self, actor: Actor) -> None:
        self.busy = False
        self.changed.emit()
        self.entered.emit(actor)

    def _gone(self, _: object) -> None:
        """Nothing hangs on the server's answer: without it the sign-in simply runs out."""

    def _refuse(self, error: Exception) -> None:
        self.busy, self._error = False, error
        if isinstance(error, WrongPassword) and error.wait_s > 0:
            self.wait_s = round(error.wait_s)
            self._timer.start()
        self.changed.emit()

    def _tick(self) -> None:
        self.wait_s = max(0, self.wait_s - 1)
        if not self.wait_s:
            self._timer.stop()
        self.changed.emit()

    def _is_wrong(self) -> bool:
        return isinstance(self._error, WrongPassword)


def person_line(actor: Actor) -> str:
    """Name and first role of a person, as in 林敏 · 监察员."""
    roles = sorted(actor.roles, key=lambda role: role.value)
    return f"{actor.name} · {role_name(roles[0])}" if roles else actor.name
