"""Keeps copies of the open case file: one a day, each opened and checked, the latest few."""

import logging
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.domain.calendar import HALL_TIME
from desktop.storage.backup import daily_copies, daily_copy, drop_older
from desktop.usecases.ports import Clock
from desktop.workers.case_desk import CaseDesk

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """The daily copies in a folder, the latest first."""

    folder: Path
    files: tuple[Path, ...]

    @property
    def latest(self) -> Path | None:
        """The newest, None where there is none."""
        return self.files[0] if self.files else None

    @property
    def copies(self) -> int:
        """How many there are."""
        return len(self.files)


class BackupKeeper:
    """Makes copies on the desk's reading threads; writers go on meanwhile.

    Attributes:
        keep: how many copies stay.
        last: what came of the latest copying; None before the first.
        glanced: what came of the check at the start; None before it.
    """

    def __init__(self, desk: CaseDesk, folder: Path, *, keep: int, clock: Clock) -> None:
        self._desk = desk
        self._folder = folder
        self.keep = keep
        self._clock = clock
        self.last: Future[Kept] | None = None
        self.glanced: Future[None] | None = None

    def begin(self) -> None:
        """Look whether the case file is whole, and make today's copy where there is none yet.

        The copy is opened and checked in full, page by page.
        """
        self.glanced = self._desk.run(self._desk.store.glance)
        if not daily_copy(self._folder, self._today()).exists():
            self.back_up()

    def back_up(self) -> "Future[Kept]":
        """Make today's copy, in place of an earlier one of today, and let the oldest go.

        The future raises StorageError: DISK_FULL, NOT_WRITABLE, BAD_BACKUP; what was there stays.
        """
        self.last = self._desk.run(self._copy)
        return self.last

    def check(self) -> "Future[int]":
        """Check the open case file and its audit chain; answer how many rows of it are wrong.

        The future raises StorageError: DAMAGED.
        """
        return self._desk.run(self._check)

    def compact(self) -> "Future[int]":
        """Give the room of what was deleted back to the disk; answer how many bytes.

        The future raises StorageError: DISK_FULL, NOT_WRITABLE; nothing is changed then.
        """
        return self._desk.alone(self._desk.store.compact)

    def restore(self, copy: Path) -> "Future[str]":
        """Let a daily copy take the place of the case file at the next start; answer its name.

        The future raises StorageError: BAD_BACKUP, NOT_WRITABLE; nothing is wished for then.
        """

        def wish() -> str:
            self._desk.store.wish_restored(copy)
            return copy.name

        return self._desk.run(wish)

    def look(self) -> "Future[Kept]":
        """Tell which copies there are."""
        return self._desk.run(self._kept)

    def _check(self) -> int:
        self._desk.store.check()
        return len(self._desk.store.chain_faults())

    def _copy(self) -> Kept:
        target = daily_copy(self._folder, self._today())
        self._desk.store.back_up(target)
        drop_older(self._folder, self.keep)
        log.info("the case file was copied to %s", target.name)
        return self._kept()

    def _kept(self) -> Kept:
        return Kept(self._folder, daily_copies(self._folder))

    def _today(self) -> date:
        return self._clock.now().astimezone(HALL_TIME).date()
