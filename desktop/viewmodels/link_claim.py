"""Whether the code on a paper opens this program, and the way to let it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.storage.errors import StorageError, StorageTrouble
from desktop.system.language import said
from desktop.system.link_scheme import LinkScheme
from desktop.system.theme import Tone
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.casework import Casework
from desktop.viewmodels.wording import sentence


class LinkClaim(QObject):
    """Asks the system and tells it, off the GUI thread.

    Attributes:
        is_ours: whether links come here; None while that is not known.
    """

    changed = Signal()

    def __init__(
        self, casework: Casework, scheme: LinkScheme, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._scheme = casework.desk, scheme
        self._answers = Answers(self)
        self._trouble: Exception | None = None
        self.is_ours: bool | None = None
        self._ask(_nothing)

    def stop(self) -> None:
        """Hear no more."""
        self._answers.close()

    def claim(self) -> None:
        """Let links come here."""
        self._ask(self._scheme.claim)

    def release(self) -> None:
        """Let them come here no more."""
        self._ask(self._scheme.release)

    def stand(self) -> tuple[str, Tone]:
        """Say how things stand, and how grave that is."""
        if self._trouble is not None:
            return sentence(self._trouble), Tone.NEAR
        if self.is_ours:
            return said("文书二维码和 hallwatch 链接会在本程序中打开相应记录。"), Tone.GOOD
        if self.is_ours is None:
            return "", Tone.SOFT
        return said("本机还没有把 hallwatch 链接交给本程序打开。"), Tone.SOFT

    def _ask(self, deed: Callable[[], None]) -> None:
        scheme = self._scheme

        def ask() -> bool:
            try:
                deed()
                return scheme.is_ours()
            except OSError as error:
                raise StorageError(StorageTrouble.NOT_WRITABLE, error.filename or "") from error

        self._answers.ask(self._desk.run(ask), self._take, self._refuse, "scheme")

    def _take(self, is_ours: bool) -> None:
        self.is_ours, self._trouble = is_ours, None
        self.changed.emit()

    def _refuse(self, error: Exception) -> None:
        self._trouble = error
        self.changed.emit()


def _nothing() -> None:
    """Only look."""
