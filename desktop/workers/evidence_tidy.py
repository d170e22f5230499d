"""Lets evidence go that had its time or has no room, and writes down what went."""

import logging
import threading
from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from desktop.domain.retention import WARN_AT, Disposal, Going, Terms
from desktop.domain.roles import machine
from desktop.settings import Settings
from desktop.storage.vault import SealedVault
from desktop.usecases.ports import Clock
from desktop.usecases.retention import choose_going, disposed_digests, write_disposals
from desktop.workers.case_desk import CaseDesk
from sync.outbox.blobs import verified

log = logging.getLogger(__name__)

EVERY_S = 6 * 3600.0
GB = 1000**3


@dataclass(frozen=True, slots=True)
class Room:
    """How evidence stands on this disk; bytes.

    Attributes:
        quota: 0 for none.
        deleted: how many items went just now; `freed`: what that made free.
        unsent: items whose time is over but that the server does not hold yet: they stay.
    """

    used: int
    quota: int
    items: int
    deleted: int = 0
    freed: int = 0
    unsent: int = 0

    @property
    def is_tight(self) -> bool:
        """Whether the quota is nearly or wholly used up."""
        return bool(self.quota) and self.used >= WARN_AT * self.quota


def terms_of(settings: Settings) -> Terms:
    """Word the user's settings as terms."""
    return Terms(
        clips=timedelta(days=settings.keep_clips_days),
        pictures=timedelta(days=settings.keep_pictures_days),
        quota=settings.evidence_quota_gb * GB,
    )


class EvidenceTidy:
    """Tidies when it begins and then every few hours, on a thread of its own.

    Only bytes that the server has verified go, and their records stay: whoever looks for them
    later finds when and why they went, and may fetch them from the server.
    """

    def __init__(
        self, desk: CaseDesk, vault: SealedVault, terms: Terms, *, device_id: str, clock: Clock
    ) -> None:
        self._desk, self._vault, self.terms = desk, vault, terms
        self._machine, self._clock = machine(device_id), clock
        self._listeners: list[Callable[[Room], None]] = []
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="evidence-tidy")
        self._timer: threading.Timer | None = None
        self._over = False

    def subscribe(self, listener: Callable[[Room], None]) -> None:
        """Hear how things stand after each tidying, on its thread."""
        self._listeners.append(listener)

    def unsubscribe(self, listener: Callable[[Room], None]) -> None:
        """Hear no more; one that never subscribed is no error."""
        if listener in self._listeners:
            self._listeners.remove(listener)

    def begin(self) -> None:
        """Tidy now, and again every few hours until it is closed."""
        if self._over:
            return
        self.tidy().add_done_callback(_told)
        self._timer = threading.Timer(EVERY_S, self.begin)
        self._timer.daemon = True
        self._timer.start()

    def close(self) -> None:
        """End; a tidying that is going on is finished."""
        self._over = True
        if self._timer is not None:
            self._timer.cancel()
        self._thread.shutdown()

    def tidy(self) -> "Future[Room]":
        """Tidy once. The future raises FootageError or StorageError; nothing is deleted then."""
        return self._thread.submit(self._tidy)

    def _tidy(self) -> Room:
        self._finish()
        sizes = self._vault.sizes()
        choose = partial(choose_going, terms=self.terms, sizes=sizes, clock=self._clock)
        chosen = self._desk.look(choose).result()
        safe = self._desk.write(verified).result()
        going = tuple(each for each in chosen if each.item.sha256 in safe)
        freed = self._dispose(going, sizes) if going else 0
        used = sum(sizes.values()) - freed
        unsent = len(chosen) - len(going)
        room = Room(used, self.terms.quota, len(sizes), len(going), freed, unsent)
        for listener in tuple(self._listeners):
            listener(room)
        return room

    def _dispose(self, going: tuple[Going, ...], sizes: dict[str, int]) -> int:
        """First the record, then the bytes: what is gone is never without a word."""
        write = partial(write_disposals, chosen=going, sizes=sizes, clock=self._clock)
        made: tuple[Disposal, ...] = self._desk.act(self._machine, write).result()
        self._drop({each.item.sha256 for each in going})
        log.info("%s items of evidence were deleted", len(going))
        return sum(each.size for each in made)

    def _finish(self) -> None:
        """Delete what was written down before a power cut and could not be deleted any more."""
        asked = partial(disposed_digests, device_id=self._machine.device_id)
        self._drop([d for d in self._desk.look(asked).result() if self._vault.has(d)])

    def _drop(self, digests: Collection[str]) -> None:
        for digest in digests:
            self._vault.drop(digest)


def _told(future: "Future[Room]") -> None:
    if error := future.exception():
        log.warning("evidence was not tidied: %s", type(error).__name__)
