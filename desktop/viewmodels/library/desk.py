"""The library desk: articles with their days, and what each organ issues or only transfers."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.domain.identifiers import BasisId, new_id
from desktop.domain.organisation import BasisPurpose, LegalBasis, Organ
from desktop.exchange.bases import BasesFile, read_bases
from desktop.usecases.library import BasesTaken, change_organ, keep_basis, take_bases
from desktop.usecases.ports import Reading, UnitOfWork
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.casework import Casework
from desktop.viewmodels.changes import StoreChanges
from desktop.viewmodels.library.rows import (
    BasesModel,
    BasesSearch,
    BasisRow,
    Force,
    columns,
)
from desktop.viewmodels.lines import count_piles
from desktop.viewmodels.times import day_of


class LibraryDesk(QObject):
    """What the library page shows; lives as long as the program is open.

    Attributes:
        organs: those that issue papers here.
        counts: how many articles hold, will hold, held.
        complaints: what was wrong with the rows of the last file.
    """

    listed = Signal()
    kept = Signal()
    imported = Signal(object, object)  # BasesTaken, the BasesFile
    refused = Signal(object)

    def __init__(self, casework: Casework, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._casework = casework
        self._answers = Answers(self)
        self._changes = StoreChanges(casework.desk, self)
        self._changes.changed.connect(self.refresh)
        self.model = BasesModel(columns, self)
        self.search = BasesSearch(self.model, Force.NOW)
        self.counts: Mapping[Force, int] = dict.fromkeys(Force, 0)
        self.organs: tuple[Organ, ...] = ()
        self.is_listed = False

    @property
    def may_keep_bases(self) -> bool:
        """Whether this person enters and changes articles."""
        return self._holds(self._casework.book.rule(LegalBasis.ENTITY).edit_roles)

    @property
    def may_add_bases(self) -> bool:
        """Whether this person enters new articles."""
        return self._holds(self._casework.book.rule(LegalBasis.ENTITY).create_roles)

    @property
    def may_change_organs(self) -> bool:
        """Whether this person keeps the organs' profiles."""
        return self._holds(self._casework.book.rule(Organ.ENTITY).edit_roles)

    def stop(self) -> None:
        """Hear no more."""
        self._changes.close()
        self._answers.close()

    def refresh(self) -> None:
        """Fetch articles and organs as they now are."""
        today = day_of(self._casework.clock.now())

        def ask(reading: Reading) -> tuple[tuple[BasisRow, ...], tuple[Organ, ...]]:
            bases = sorted(reading.find(LegalBasis), key=lambda b: (b.title, b.article))
            return tuple(BasisRow(basis, today) for basis in bases), reading.find(Organ)

        self._answers.ask(self._casework.desk.look(ask), self._list, self._refuse, "list")

    def blank(self) -> LegalBasis:
        """Begin a new article, in force from today."""
        today = day_of(self._casework.clock.now())
        region = self.organs[0].region_id
        return LegalBasis(BasisId(new_id()), region, BasisPurpose.CARD, "", "", today)

    def basis(self, key: str) -> LegalBasis | None:
        """Give an article of the list."""
        at = self.model.row_of(key)
        return self.model.rows[at].basis if at >= 0 else None

    def keep(self, basis: LegalBasis) -> None:
        """Enter an article, or change it."""
        actor = self._casework.door.actor
        if actor is not None:
            act = self._casework.desk.act(actor, partial(keep_basis, basis=basis))
            self._answers.ask(act, self._was_kept, self._refuse)

    def change(self, organ: Organ) -> None:
        """Keep an organ's profile."""
        actor = self._casework.door.actor
        if actor is not None:
            act = self._casework.desk.act(actor, partial(change_organ, organ=organ))
            self._answers.ask(act, self._was_kept, self._refuse)

    def switch(self, organ: Organ, paper: str, *, on: bool) -> None:
        """Let an organ issue a paper of its kind, or leave it to another."""
        left = [each for each in organ.papers_off if each != paper]
        self.change(replace(organ, papers_off=tuple(sorted(left if on else [*left, paper]))))

    def take_in(self, path: Path) -> None:
        """Enter the articles of a table; rows that are wrong are told and left out."""
        actor = self._casework.door.actor
        if actor is None or not self.organs:
            return
        region = self.organs[0].region_id

        def take(work: UnitOfWork) -> tuple[BasesTaken, BasesFile]:
            file = read_bases(path)
            return take_bases(work, region, file.bases), file

        self._answers.ask(self._casework.desk.act(actor, take), self._was_taken, self._refuse)

    def _holds(self, roles: tuple[str, ...]) -> bool:
        actor = self._casework.door.actor
        return actor is not None and any(role.value in roles for role in actor.roles)

    def _list(self, found: tuple[tuple[BasisRow, ...], tuple[Organ, ...]]) -> None:
        rows, self.organs = found
        self.counts = count_piles(rows, Force)
        self.model.replace(rows)
        self.is_listed = True
        self.listed.emit()

    def _was_kept(self, _: object) -> None:
        self.kept.emit()
        self.refresh()

    def _was_taken(self, taken: tuple[BasesTaken, BasesFile]) -> None:
        self.imported.emit(*taken)
        self.refresh()

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)
