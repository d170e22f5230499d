"""Taking in a file of cases, joined: its reader, the case desk, the act that settles it."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.assembly.checks import inspect_file
from desktop.assembly.mappings import own_profiles
from desktop.domain.approvals import CaseBundle
from desktop.domain.identifiers import Digest, HallId
from desktop.domain.imports import Complaint, ImportBatch
from desktop.domain.items import ServiceItem
from desktop.domain.roles import Actor
from desktop.exchange.profiles import Profile
from desktop.storage import cases
from desktop.usecases.importing import (
    Origin,
    Waiting,
    earlier_import,
    gather_import,
    settle_import,
)
from desktop.usecases.ports import Clock
from desktop.usecases.registers import items_in
from desktop.workers.case_desk import CaseDesk


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import; `again` when the same file had been taken in before."""

    batch: ImportBatch
    again: bool


def import_file(
    desk: CaseDesk,
    path: Path,
    *,
    hall_id: HallId,
    actor: Actor,
    clock: Clock,
    profile: str | Profile = "",
    tell: Callable[[float], bool] = lambda _: True,
) -> Imported:
    """Take in a file; for a thread that may wait, never the desk's own or the screen's.

    Args:
        tell: told the share of the file that was read, from 0 to 1; answers False to stop.

    Raises:
        ExchangeError: the file as a whole is refused.
        Stopped: `tell` said so. In either case nothing of the file is kept.
        NotAllowed: the person may not import.
    """
    inspection = inspect_file(
        path,
        profile=profile,
        now=clock.now(),
        secret=desk.store.secret_for("applicants"),
        own=desk.look(lambda reading: own_profiles(reading, hall_id)).result(),
    )
    way = inspection.profile
    origin = Origin(hall_id, path.name, digest_of(path), way.id, way.version)
    earlier = desk.look(lambda reading: earlier_import(reading, origin)).result()
    if earlier:
        return Imported(earlier, again=True)
    waiting, source = DeskWaiting(desk, desk.look(items_in).result()), inspection.source
    batch = gather_import(
        inspection.cases(),
        origin,
        waiting,
        by=actor.user_id,
        clock=clock,
        go_on=lambda _: tell(source.read.share),
    )
    return Imported(_settled(desk, actor, batch, waiting), again=False)


def _settled(desk: CaseDesk, actor: Actor, batch: ImportBatch, waiting: Waiting) -> ImportBatch:
    try:
        return desk.act(actor, lambda work: settle_import(work, batch)).result()
    except BaseException:
        waiting.discard(batch.id)
        raise


def digest_of(path: Path) -> Digest:
    """Give the SHA-256 of a file."""
    with path.open("rb") as file:
        return Digest(hashlib.file_digest(file, "sha256").hexdigest())


class DeskWaiting:
    """Where pieces of an import wait, by way of the case desk; a usecases.importing.Waiting.

    Other work of the desk comes between two pieces.
    """

    def __init__(self, desk: CaseDesk, items: Mapping[str, ServiceItem]) -> None:
        self._desk, self._items = desk, items

    def stage(self, batch_id: str, hall_id: HallId, bundles: Sequence[CaseBundle]) -> None:
        """Let cases wait."""
        arrival = cases.Arrival(hall_id, batch_id, self._items)
        self._desk.write(lambda connection: cases.stage(connection, arrival, bundles)).result()

    def complain(self, batch_id: str, first: int, complaints: Sequence[Complaint]) -> None:
        """Keep what was complained of."""
        self._desk.write(
            lambda connection: cases.keep_complaints(connection, batch_id, first, complaints)
        ).result()

    def discard(self, batch_id: str) -> None:
        """Forget all of an import."""
        self._desk.write(lambda connection: cases.discard(connection, batch_id)).result()
