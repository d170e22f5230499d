"""The seals of the organs: the picture that their papers carry over name and date."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop.documents.errors import DocumentError, DocumentTrouble
from desktop.documents.seal import seal_of
from desktop.domain.identifiers import Digest, OrganId
from desktop.domain.organisation import Organ
from desktop.usecases.organisation import change_seal, remove_seal
from desktop.usecases.ports import Reading, UnitOfWork
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.casework import Casework
from desktop.viewmodels.changes import StoreChanges

_LARGEST = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SealRow:
    """One organ and its seal; without a picture the seal is pressed by hand."""

    organ_id: OrganId
    name: str
    picture: QImage | None


class Seals(QObject):
    """Shows every organ's seal and takes another picture; lives as long as the program is open."""

    changed = Signal()
    refused = Signal(object)

    def __init__(self, casework: Casework, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._casework = casework
        self._answers = Answers(self)
        self._changes = StoreChanges(casework.desk, self)
        self._changes.changed.connect(self.refresh)
        self.rows: tuple[SealRow, ...] = ()

    @property
    def may_change(self) -> bool:
        """Whether this person keeps the organs' data."""
        actor = self._casework.door.actor
        roles = self._casework.book.rule(Organ.ENTITY).edit_roles
        return actor is not None and any(role.value in roles for role in actor.roles)

    def stop(self) -> None:
        """Hear no more."""
        self._changes.close()
        self._answers.close()

    def refresh(self) -> None:
        """Fetch the organs as they now are."""
        vault = self._casework.vault

        def ask(reading: Reading) -> tuple[SealRow, ...]:
            return tuple(
                SealRow(o.id, o.name, QImage.fromData(vault.get(o.seal)) if o.seal else None)
                for o in reading.find(Organ)
            )

        self._answers.ask(self._casework.desk.look(ask), self._show, self._refuse, "organs")

    def choose(self, organ_id: OrganId, path: Path) -> None:
        """Let an organ's papers carry the seal of this picture."""
        actor, press = self._casework.door.actor, self._casework.press
        if actor is None:
            return

        def change(work: UnitOfWork) -> Organ:
            stored = press.keep(seal_of(_read(path)))
            return change_seal(work, organ_id, Digest(stored.sha256), stored.size)

        self._answers.ask(self._casework.desk.act(actor, change), self._done, self._refuse)

    def remove(self, organ_id: OrganId) -> None:
        """Leave the place for a seal that is pressed by hand."""
        actor = self._casework.door.actor
        if actor is not None:
            remove = partial(remove_seal, organ_id=organ_id)
            self._answers.ask(self._casework.desk.act(actor, remove), self._done, self._refuse)

    def _show(self, rows: tuple[SealRow, ...]) -> None:
        self.rows = rows
        self.changed.emit()

    def _done(self, _: Organ) -> None:
        self.refresh()

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)


def _read(path: Path) -> bytes:
    """Read a picture of a sensible size."""
    try:
        if path.stat().st_size <= _LARGEST:
            return path.read_bytes()
    except OSError as error:
        raise DocumentError(DocumentTrouble.BAD_PICTURE, path.name) from error
    raise DocumentError(DocumentTrouble.BAD_PICTURE, path.name)
