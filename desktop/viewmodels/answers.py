"""Brings what another thread found back to the thread that asked."""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar
from weakref import WeakMethod

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from desktop.documents.errors import DocumentError
from desktop.domain.errors import DomainError
from desktop.exchange.errors import ExchangeError
from desktop.settings import SettingsError
from desktop.storage.errors import StorageError
from desktop.system.errors import SecretsError
from sync.errors import SyncError
from video.errors import FootageError

log = logging.getLogger(__name__)
T = TypeVar("T")

REFUSALS = (
    DomainError, StorageError, FootageError, SyncError, SecretsError, SettingsError, DocumentError,
    ExchangeError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Question:
    on_result: WeakMethod[Callable[[Any], None]]
    on_refusal: WeakMethod[Callable[[Exception], None]]
    topic: str
    number: int


class _Bell(QObject):
    """What a worker rings; whoever may ring it keeps it alive, so it never dies while it rings."""

    rung = Signal(object, object)


class Answers(QObject):
    """The letter box of one view-model; lives in the thread that made it.

    Answers that arrive after the receiver or the box is gone are dropped, and so is the answer to
    a question of a topic that was asked again meanwhile.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bell = _Bell()
        self._asked: dict[str, int] = {}
        self._open = 0
        self._is_closed = False
        self._bell.rung.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_waiting(self) -> bool:
        """Whether an answer has yet to come."""
        return self._open > 0

    def ask(
        self,
        future: "Future[T]",
        on_result: Callable[[T], None],
        on_refusal: Callable[[Exception], None],
        topic: str = "",
    ) -> None:
        """Call one of two bound methods in this box's thread when the future is done.

        Args:
            on_refusal: gets the refusals of every room; for an error of ours too, which is then
                raised again so that a crash report is written.
            topic: the answer to an earlier question of the same topic no longer matters.
        """
        number = self._asked.get(topic, 0) + 1 if topic else 0
        if topic:
            self._asked[topic] = number
        question = _Question(WeakMethod(on_result), WeakMethod(on_refusal), topic, number)
        self._open += 1
        future.add_done_callback(_Postman(self._bell, question))

    def close(self) -> None:
        """Deliver nothing any more."""
        self._is_closed = True

    @Slot(object, object)
    def _deliver(self, question: _Question, future: "Future[Any]") -> None:
        self._open -= 1
        if self._is_closed:
            return
        if question.topic and self._asked[question.topic] != question.number:
            return
        if future.cancelled():
            return
        error = future.exception()
        if error is None:
            _call(question.on_result, future.result())
        elif isinstance(error, Exception):
            _call(question.on_refusal, error)
        if error is not None and not isinstance(error, REFUSALS):
            raise error


class _Postman:
    """Runs in the worker's thread and does nothing there but post."""

    def __init__(self, bell: _Bell, question: _Question) -> None:
        self._bell = bell
        self._question = question

    def __call__(self, future: "Future[Any]") -> None:
        # When the program ends, Qt takes its objects with it and raises RuntimeError.
        with suppress(RuntimeError):
            self._bell.rung.emit(self._question, future)


def _call(method: "WeakMethod[Callable[[Any], None]]", value: object) -> None:
    receiver = method()
    if receiver is None:
        log.debug("an answer came after its receiver had gone")
        return
    owner = getattr(receiver, "__self__", None)
    if not isinstance(owner, QObject) or isValid(owner):
        receiver(value)
