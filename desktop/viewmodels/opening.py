"""Opens and closes a profile away from the screen's thread, and says how far it is."""

from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from desktop.assembly.opening import Tell, open_demonstration, open_profile
from desktop.assembly.program import Program
from desktop.paths import Paths
from desktop.settings import Settings
from desktop.system.errors import SecretsError, SecretsTrouble
from desktop.viewmodels.answers import Answers


@dataclass(frozen=True, slots=True, eq=False)
class PinQuestion:
    """Waits for a PIN; the screen fulfils `answer`, or cancels it to give up."""

    new: bool
    answer: "Future[str]" = field(default_factory=Future)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be opened."""

    paths: Paths
    settings: Settings
    demonstration: bool = False


class Opener(QObject):
    """Owns the thread on which a profile opens, and later closes."""

    reached = Signal(object)  # desktop.assembly.program.Stage
    pin_asked = Signal(object)  # PinQuestion
    opened = Signal(object)  # Program
    refused = Signal(object)  # the refusal
    closed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="opener")
        self._answers = Answers(self)
        self._program: Program | None = None

    def open(self, wish: Wish) -> None:
        """Begin; `opened` or `refused` follows."""
        self._answers.ask(
            self._thread.submit(_open, wish, self._ask_pin, self.reached.emit),
            self._opened,
            self._refused,
        )

    def close(self) -> None:
        """End everything; `closed` follows, after seconds."""
        program, self._program = self._program, None
        self._answers.ask(self._thread.submit(_close, program), self._closed, self._closed)

    def _opened(self, program: Program) -> None:
        self._program = program
        self.opened.emit(program)

    def _refused(self, error: Exception) -> None:
        self.refused.emit(error)

    def _closed(self, _: object) -> None:
        self._thread.shutdown()
        self.closed.emit()

    def _ask_pin(self, *, new: bool) -> str:
        """Ask the screen, on the opener's thread."""
        question = PinQuestion(new)
        self.pin_asked.emit(question)
        try:
            return question.answer.result()
        except CancelledError as error:
            raise SecretsError(SecretsTrouble.NO_PIN, retryable=True) from error


def _open(wish: Wish, ask_pin: "Callable[..., str]", tell: Tell) -> Program:
    if wish.demonstration:
        return open_demonstration(wish.paths, wish.settings, tell)
    return open_profile(wish.paths, wish.settings, ask_pin, tell)


def _close(program: Program | None) -> None:
    if program is not None:
        program.close()
