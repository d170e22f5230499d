"""The sample data of the demonstration: whether some is kept here, and removing it at once."""

from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop.domain.roles import Actor
from desktop.system.language import said
from desktop.usecases.demonstration import remove_samples
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.wording import sentence
from desktop.workers.case_desk import CaseDesk


class Kept(Protocol):
    """Where sample data is kept."""

    def exists(self) -> bool:
        """Tell whether there is some."""

    def remove(self) -> None:
        """Delete it. Raises StorageError."""


class Gate(Protocol):
    """Who acts."""

    actor: Actor | None


class Samples(QObject):
    """Says what is kept and removes it in one act."""

    changed = Signal()

    def __init__(
        self, kept: Kept, desk: CaseDesk, gate: Gate, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._kept, self._desk, self._gate = kept, desk, gate
        self._answers = Answers(self)
        self.can_remove = kept.exists()
        self._trouble = ""

    @property
    def told(self) -> str:
        """How things stand."""
        if self._trouble:
            return self._trouble
        if self.can_remove:
            return said("本机留有演示大厅的示范数据，与真实数据分开存放。")
        return said("本机没有示范数据。")

    def remove(self) -> None:
        """Delete all of it; it is written down who did."""
        actor = self._gate.actor
        if actor is not None:
            act = partial(remove_samples, remove=self._kept.remove)
            self._answers.ask(self._desk.act(actor, act), self._removed, self._refuse)

    def stop(self) -> None:
        """Hear no more."""
        self._answers.close()

    def _removed(self, _: None) -> None:
        self.can_remove, self._trouble = False, ""
        self.changed.emit()

    def _refuse(self, error: Exception) -> None:
        self._trouble = sentence(error)
        self.changed.emit()
