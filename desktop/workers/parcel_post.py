"""Exchange on a stick: writes what waits into a file, and takes the server's receipt in."""

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path

from desktop.domain.roles import Actor
from desktop.storage.durable import write_durably
from desktop.storage.errors import StorageError, StorageTrouble
from desktop.usecases.auditing import note_parcel, note_receipt
from desktop.usecases.ports import Clock
from desktop.workers.case_desk import CaseDesk
from sync.client.parcels import Answered, Parcels, Standing, Written
from sync.protocol.parcel import ParcelError, ParcelFault


class ParcelPost:
    """Answers with futures; each parcel and each receipt is a row of the audit chain."""

    def __init__(
        self, desk: CaseDesk, parcels: Parcels, clock: Clock, calendar_ver: Callable[[], str]
    ) -> None:
        self._desk, self._parcels = desk, parcels
        self._clock, self._calendar_ver = clock, calendar_ver

    def standing(self) -> "Future[Standing]":
        """Tell how far the exchange has come."""
        return self._desk.run(self._parcels.standing)

    def write_out(
        self, actor: Actor, target: Path, reason: str, *, seq: int = 0
    ) -> "Future[Written]":
        """Write a parcel of all that waits; see `Parcels.write`.

        The future raises MissingField without a reason, ParcelError, StorageError NOT_WRITABLE.
        """
        noted = self._desk.act(actor, partial(note_parcel, reason=reason))

        def write() -> Written:
            noted.result()  # refused: nothing is written
            written = self._parcels.write(
                actor.user_id, now=self._clock.now(), calendar_ver=self._calendar_ver(), seq=seq
            )
            try:
                write_durably(target, (written.raw,))
            except OSError as error:
                raise StorageError(StorageTrouble.NOT_WRITABLE, target.name) from error
            return written

        return self._desk.run(write)

    def take_in(self, actor: Actor, source: Path) -> "Future[Answered]":
        """Take a receipt in; see `Parcels.take`.

        The future raises ParcelError.
        """

        def take() -> Answered:
            try:
                raw = source.read_bytes()
            except OSError as error:
                raise ParcelError(ParcelFault.UNREADABLE) from error
            answered = self._parcels.take(raw)
            self._desk.act(actor, partial(note_receipt, seq=answered.seq)).result()
            return answered

        return self._desk.run(take)
