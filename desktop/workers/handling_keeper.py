"""Asks every hour how cards are handled and what they add up to, and voids last year's numbers."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from functools import partial

from desktop.domain.identifiers import HallId
from desktop.domain.organisation import Hall
from desktop.domain.roles import machine
from desktop.domain.rules.judgement import Candidate
from desktop.storage.errors import StorageError
from desktop.usecases.handling import judge_handling, propose_handling
from desktop.usecases.numbering import void_past_numbers
from desktop.usecases.ports import Reading, UnitOfWork
from desktop.usecases.record_findings import Bench
from desktop.workers.case_desk import CaseDesk

log = logging.getLogger(__name__)

_EVERY_S = 3600.0


class HandlingKeeper:
    """Judges on a reading thread, proposes in the name of the device; a thread of its own waits."""

    def __init__(
        self,
        desk: CaseDesk,
        bench: Callable[[], Bench],
        *,
        device_id: str,
        every_s: float = _EVERY_S,
    ) -> None:
        """Take what to judge by, asked for anew each time."""
        self._desk, self._bench = desk, bench
        self._actor = machine(device_id)
        self._every_s = every_s
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="handling")

    def start(self) -> None:
        """Judge now, and then every hour."""
        self._thread.start()

    def stop(self) -> None:
        """Ask no more; waits for what is being asked."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()

    def judge(self) -> int:
        """Judge all halls once; waits, and answers how many findings came of it."""
        halls = self._desk.look(lambda reading: reading.find(Hall)).result()
        for hall in halls[:1]:  # numbers are the organ's, whatever its halls
            void = partial(void_past_numbers, hall_id=hall.id, clock=self._bench().clock)
            self._desk.act(self._actor, void).result()
        return sum(self._judge(hall.id).result() for hall in halls)

    def _judge(self, hall_id: HallId) -> "Future[int]":
        bench = self._bench()

        def look(reading: Reading) -> tuple[Candidate, ...]:
            return judge_handling(reading, hall_id, bench)

        candidates = self._desk.look(look).result()

        def propose(work: UnitOfWork) -> int:
            return len(propose_handling(work, hall_id, candidates, bench))

        return self._desk.act(self._actor, propose)

    def _run(self) -> None:
        while not self._ended.is_set():
            with suppress(CancelledError):
                self._try()
            self._ended.wait(self._every_s)

    def _try(self) -> None:
        try:
            raised = self.judge()
        except StorageError as error:
            log.warning("the handling of cards could not be judged: %s", error.trouble.value)
        else:
            log.info("the handling of cards was judged, %d findings came of it", raised)
