"""Lets the evidence of the open finding stay, whatever its time, and lets its time run again."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.domain.findings import Finding
from desktop.domain.retention import EvidenceHold
from desktop.usecases.ports import UnitOfWork
from desktop.usecases.retention import hold_evidence, release_evidence, standing_hold
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.casework import Casework


class EvidenceHolding(QObject):
    """Follows one finding at a time; `hold` binds its evidence, None where nothing does."""

    changed = Signal()
    refused = Signal(object)

    def __init__(self, casework: Casework, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._casework = casework
        self._answers = Answers(self)
        self._finding: Finding | None = None
        self.hold: EvidenceHold | None = None

    @property
    def has_evidence(self) -> bool:
        """Whether there is anything to keep."""
        return self._finding is not None

    @property
    def may_change(self) -> bool:
        """Whether this person may hold and release."""
        actor = self._casework.door.actor
        roles = self._casework.book.rule(EvidenceHold.ENTITY).create_roles
        return actor is not None and any(role.value in roles for role in actor.roles)

    def stop(self) -> None:
        """Hear no more."""
        self._answers.close()

    def follow(self, finding: Finding | None) -> None:
        """Turn to a finding."""
        self._finding, self.hold = finding, None
        if finding is not None:
            ask = partial(standing_hold, finding_id=finding.id)
            self._answers.ask(self._casework.desk.look(ask), self._take, self._refuse, "hold")
        self.changed.emit()

    def keep(self, reason: str) -> None:
        """Let the evidence stay."""
        if self._finding is not None:
            finding_id, clock = self._finding.id, self._casework.clock
            self._do(partial(hold_evidence, finding_id=finding_id, reason=reason, clock=clock))

    def release(self) -> None:
        """Let its time run again."""
        if self._finding is not None:
            self._do(partial(release_evidence, finding_id=self._finding.id))

    def _do(self, act: Callable[[UnitOfWork], object]) -> None:
        actor = self._casework.door.actor
        if actor is None:
            return

        def done(work: UnitOfWork) -> EvidenceHold | None:
            act(work)
            assert self._finding is not None  # a finding is open while its buttons are pressed
            return standing_hold(work, self._finding.id)

        self._answers.ask(self._casework.desk.act(actor, done), self._take, self._refuse, "hold")

    def _take(self, hold: EvidenceHold | None) -> None:
        self.hold = hold
        self.changed.emit()

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)
