"""Signing in by a code that its owner confirms on another of his devices."""

from concurrent.futures import Future
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.roles import Actor
from desktop.system.language import said
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.wording import sentence
from sync.errors import SyncError
from sync.protocol.answers import CodeShown

_GROUP = 4  # letters that are read at once


class CodeEntrance(Protocol):
    """The door, as far as it lets in by codes."""

    def ask_code(self) -> "Future[CodeShown]":
        """Ask the server for a code."""

    def try_code(self, shown: CodeShown) -> "Future[Actor | None]":
        """Come in if somebody confirmed the code; None while nobody did."""


class CodeSignIn(QObject):
    """Shows a code and asks now and then whether it was confirmed.

    `entered` carries the actor.
    """

    changed = Signal()
    entered = Signal(object)

    def __init__(self, entrance: CodeEntrance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entrance = entrance
        self._answers = Answers(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._try)
        self._shown: CodeShown | None = None
        self.busy = False
        self.trouble = ""

    @property
    def code(self) -> str:
        """What to type on the other device, in groups; empty while there is none."""
        letters = self._shown.user_code if self._shown else ""
        return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))

    def begin(self) -> None:
        """Ask for a code."""
        self.busy, self.trouble = True, ""
        self.changed.emit()
        self._answers.ask(self._entrance.ask_code(), self._show, self._refuse, "code")

    def cancel(self) -> None:
        """Go back to names and passwords; what comes in late is dropped."""
        self._end("")

    def _show(self, shown: CodeShown) -> None:
        self.busy, self._shown = False, shown
        self.changed.emit()
        self._wait()

    def _wait(self) -> None:
        if self._shown:
            self._timer.start(round(self._shown.every_s * 1000))

    def _try(self) -> None:
        if self._shown:
            future = self._entrance.try_code(self._shown)
            self._answers.ask(future, self._tried, self._refuse, "code")

    def _tried(self, actor: Actor | None) -> None:
        if self._shown is None:
            return
        if actor is None:
            self._wait()
            return
        self._end("")
        self.entered.emit(actor)

    def _refuse(self, error: Exception) -> None:
        if self._shown and getattr(error, "retryable", False):
            self._wait()  # the line is gone for a moment; the code still stands
            return
        over = isinstance(error, SyncError) and error.detail == "expired_token"
        self._end(said("这个码没有及时得到批准。请重新取码。") if over else sentence(error))

    def _end(self, trouble: str) -> None:
        self._timer.stop()
        self._shown, self.busy, self.trouble = None, False, trouble
        self.changed.emit()
