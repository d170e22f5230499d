"""Opening a profile: stages, the PIN, and trouble with what can be done about it."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from enum import Enum
from queue import SimpleQueue

from PySide6.QtCore import QObject, Qt, Signal

from desktop.assembly.program import Program
from desktop.assembly.stages import Stage
from desktop.storage.errors import StorageError, StorageTrouble
from desktop.system.errors import SecretsError, SecretsTrouble
from desktop.system.language import marked, said
from desktop.system.secrets import PinPrompt
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.wording import sentence

log = logging.getLogger(__name__)

STAGES = {
    Stage.KEYS: marked("正在取密钥"),
    Stage.CASE_FILE: marked("正在打开案卷库"),
    Stage.SERVER: marked("正在启动本机服务器"),
    Stage.PAPERS: marked("正在准备文书字体"),
    Stage.DEMONSTRATION: marked("正在布置演示大厅"),
    Stage.FOUNDING: marked("正在建立大厅"),
    Stage.JOINING: marked("正在登录服务器"),
}

_LASTING = {StorageTrouble.NEWER_VERSION, StorageTrouble.DAMAGED, StorageTrouble.WRONG_KEY}
_ASK_AGAIN = {SecretsTrouble.WRONG_PIN, SecretsTrouble.WEAK_PIN}
_WITHOUT_KEY: frozenset[Enum] = frozenset(
    {SecretsTrouble.KEY_MISSING, SecretsTrouble.NO_PIN, StorageTrouble.WRONG_KEY}
)

Opener = Callable[[PinPrompt, Callable[[Stage], None]], Program]
Restorer = Callable[[str, PinPrompt], None]


class OpeningPhase(Enum):
    """What the opening screen shows."""

    WORKING = "working"
    PIN = "pin"
    NEW_PIN = "new_pin"
    CODE = "code"
    TROUBLE = "trouble"
    OPENED = "opened"


class Opening(QObject):
    """Opens the program away from the screen and asks for what is needed.

    `opened` carries the Program. `changed` says that phase, stage or trouble are new.
    """

    changed = Signal()
    opened = Signal(object)
    _staged = Signal(object)
    _asked = Signal(bool)

    def __init__(
        self,
        opener: Opener,
        parent: QObject | None = None,
        *,
        restorer: Restorer | None = None,
    ) -> None:
        """Make ready.

        Args:
            restorer: keeps the key of a recovery code; runs in the opening thread.
        """
        super().__init__(parent)
        self._opener, self._restorer = opener, restorer
        self._answers = Answers(self)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="opening")
        self._pins: SimpleQueue[str | None] = SimpleQueue()
        self._staged.connect(self._show_stage, Qt.ConnectionType.QueuedConnection)
        self._asked.connect(self._show_prompt, Qt.ConnectionType.QueuedConnection)
        self._stage: Stage | None = None
        self.error: Exception | None = None
        self.phase = OpeningPhase.WORKING

    @property
    def stage(self) -> str:
        """What is being done."""
        return said(STAGES[self._stage]) if self._stage else said("正在打开")

    @property
    def trouble(self) -> str:
        """What went wrong; beside a prompt, why it is asked again."""
        return sentence(self.error) if self.error else ""

    @property
    def can_retry(self) -> bool:
        """Whether trying again may help: always but for what a person must mend first."""
        return not (isinstance(self.error, StorageError) and self.error.trouble in _LASTING)

    @property
    def can_restore(self) -> bool:
        """Whether a recovery code may help."""
        trouble = getattr(self.error, "trouble", None)
        return self._restorer is not None and trouble in _WITHOUT_KEY

    def begin(self, opener: Opener | None = None) -> None:
        """Open, or try again; another opener takes the place of the first."""
        self._opener = opener or self._opener
        self.error = None
        self._go_to(OpeningPhase.WORKING)
        self._work()

    def give_pin(self, pin: str) -> None:
        """Answer the prompt."""
        self._go_to(OpeningPhase.WORKING)
        self._pins.put(pin)

    def ask_code(self) -> None:
        """Let the recovery code be typed."""
        self._go_to(OpeningPhase.CODE)

    def give_code(self, code: str) -> None:
        """Take a recovery code, then open."""
        if self._restorer is not None:
            self._go_to(OpeningPhase.WORKING)
            future = self._thread.submit(self._restorer, code, self.ask_pin)
            self._answers.ask(future, self._restored, self._refuse_code)

    def give_up(self) -> None:
        """Close the prompt; opening ends."""
        if self.phase in {OpeningPhase.PIN, OpeningPhase.NEW_PIN}:
            self._pins.put(None)

    def close(self) -> None:
        """End the thread; what is being opened is finished first."""
        self._pins.put(None)  # also for a prompt that is asked this very moment
        self._thread.shutdown()

    def ask_pin(self, *, new: bool) -> str:
        """Ask on the screen and wait; called in the opening thread."""
        self._asked.emit(new)
        pin = self._pins.get()
        if pin is None:
            raise SecretsError(SecretsTrouble.NO_PIN)
        return pin

    def _tell(self, stage: Stage) -> None:
        self._staged.emit(stage)

    def _show_stage(self, stage: Stage) -> None:
        self._stage = stage
        self.changed.emit()

    def _show_prompt(self, new: bool) -> None:
        self._go_to(OpeningPhase.NEW_PIN if new else OpeningPhase.PIN)

    def _work(self) -> None:
        future = self._thread.submit(self._opener, self.ask_pin, self._tell)
        self._answers.ask(future, self._done, self._refuse)

    def _restored(self, _: None) -> None:
        self.begin()

    def _refuse_code(self, error: Exception) -> None:
        self.error = error
        self._go_to(OpeningPhase.CODE)

    def _done(self, program: Program) -> None:
        self._go_to(OpeningPhase.OPENED)
        self.opened.emit(program)

    def _refuse(self, error: Exception) -> None:
        log.info("opening was refused: %s", type(error).__name__)
        self.error = error
        if isinstance(error, SecretsError) and error.trouble in _ASK_AGAIN:
            self._work()
            return
        self._go_to(OpeningPhase.TROUBLE)

    def _go_to(self, phase: OpeningPhase) -> None:
        self.phase = phase
        self.changed.emit()
