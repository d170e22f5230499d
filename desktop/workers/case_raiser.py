"""Seals approval cases and lets what was found in them become findings."""

from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import Future
from typing import Protocol

from desktop.domain.findings import CARD_LEVEL, Finding
from desktop.domain.identifiers import CaseId, Digest, UnitId
from desktop.domain.roles import Actor
from desktop.domain.rules.catalogue import Catalogue
from desktop.domain.rules.judgement import Candidate
from desktop.domain.rules.video import SightedItem
from desktop.exchange.case_extract import MEDIA_TYPE, write_extract
from desktop.usecases.case_findings import EXTRACT, Judged, Raised, raise_findings
from desktop.usecases.checking import Stopped
from desktop.usecases.ports import Clock, UnitOfWork
from desktop.workers.case_book import CaseBook, CaseSheet
from desktop.workers.case_desk import CaseDesk

_AT_ONCE = 50  # cases in one act


class Stored(Protocol):
    """What a vault answers."""

    @property
    def sha256(self) -> str:
        """Digest of the plain bytes."""

    @property
    def size(self) -> int:
        """How many."""


class Vault(Protocol):
    """Where extracts are sealed; a storage.vault.SealedVault."""

    def put(self, data: bytes) -> Stored:
        """Keep bytes."""


class CaseRaiser:
    """Raises from one open case at once, from many piece by piece."""

    def __init__(
        self, desk: CaseDesk, book: CaseBook, vault: Vault, *, catalogue: Catalogue, clock: Clock
    ) -> None:
        self._desk, self._book, self._vault = desk, book, vault
        self._catalogue, self._clock = catalogue, clock

    def raised_of(self, case_id: CaseId) -> "Future[tuple[Finding, ...]]":
        """Give what was raised of a case before."""
        return self._desk.look(lambda reading: reading.find(Finding, case_id=case_id))

    def raise_of(
        self, actor: Actor, sheet: CaseSheet, keys: Collection[str], owner: UnitId | None = None
    ) -> "Future[Raised]":
        """Raise what a person chose of a case, by the keys of the candidates."""
        chosen = [each for each in sheet.findings if each.dedupe_key in keys]
        return self._act(actor, [(sheet, chosen)], owner)

    def raise_many(
        self,
        actor: Actor,
        numbers: Sequence[int],
        tell: Callable[[float], bool],
        owner: UnitId | None = None,
    ) -> Raised:
        """Raise all that could lead to a card of many cases; waits.

        Args:
            tell: told the share that is done; answers False to stop.

        Raises:
            Stopped: `tell` said so; what was raised so far stays.
        """
        sum_of_all = Raised()
        for start in range(0, len(numbers), _AT_ONCE):
            if not tell(start / len(numbers)):
                raise Stopped
            sheets = self._book.sheets(numbers[start : start + _AT_ONCE])
            grave = [(sheet, _grave(sheet.findings)) for sheet in sheets]
            chosen = [each for each in grave if each[1]]
            if chosen:
                sum_of_all = sum_of_all.with_more(self._act(actor, chosen, owner).result())
        return sum_of_all

    def _act(
        self,
        actor: Actor,
        chosen: Sequence[tuple[CaseSheet, Sequence[Candidate]]],
        owner: UnitId | None,
    ) -> "Future[Raised]":
        def act(work: UnitOfWork) -> Raised:
            raised = Raised()
            for sheet, candidates in chosen:
                more = raise_findings(
                    work,
                    self._sealed(sheet, candidates),
                    catalogue=self._catalogue,
                    clock=self._clock,
                    owner=owner,
                )
                raised = raised.with_more(more)
            work.note("finding.raise", f"approval_case/{len(chosen)}")
            return raised

        return self._desk.act(actor, act)

    def _sealed(self, sheet: CaseSheet, candidates: Sequence[Candidate]) -> Judged:
        stored = self._vault.put(write_extract(sheet.bundle))
        item = SightedItem(
            role=EXTRACT,
            sha256=Digest(stored.sha256),
            size=stored.size,
            media_type=MEDIA_TYPE,
            at_s=0.0,
            taken_at=self._clock.now(),
        )
        return Judged(sheet.bundle, candidates, sheet.clocks, sheet.scene.calendar.version, item)


def _grave(candidates: Iterable[Candidate]) -> list[Candidate]:
    return [each for each in candidates if each.level >= CARD_LEVEL]
