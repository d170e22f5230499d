"""Judges a large log in two processes, a stretch of whole cases at a time.

Only where each case is judged by itself: rules that look at many cases need them in one place.
"""

import gc
import logging
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path
from typing import NamedTuple

from desktop.assembly.checks import Inspection, inspect_file
from desktop.domain.imports import Complaint, Taken
from desktop.domain.rules.catalogue import RuleSet
from desktop.exchange.profiles import Profile
from desktop.exchange.raw import RawCase
from desktop.exchange.xes import XesSource, numbered
from desktop.exchange.xes_scanner import Stretch, StretchReader
from desktop.usecases.checking import Verdict, check_cases, joined
from video.process.memory import peak_mb

log = logging.getLogger(__name__)

WORTH_IT = 1 << 20  # bytes of a log, packed or not; another process takes half a second to come
_AHEAD = 2  # stretches that wait for the other process, of a megabyte each


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked, so that another process can ask it too."""

    path: Path
    profile: Profile
    rules: RuleSet
    now: datetime

    @property
    def is_large(self) -> bool:
        """Whether a second process is worth its start, on this machine."""
        return (cpu_count() or 1) > 1 and self.path.stat().st_size >= WORTH_IT


class Judged(NamedTuple):
    """What came of a stretch, or of all of them.

    Attributes:
        helper_mb: the peak of the other process's memory, in MiB.
    """

    verdict: Verdict
    complaints: list[Complaint]
    helper_mb: float = 0.0


def judge_shared(inspection: Inspection, order: Order) -> Judged | None:
    """Judge a whole log; None when it cannot be shared and must be judged case by case.

    Raises:
        ExchangeError: the file as a whole is refused.
    """
    source = inspection.source
    if not isinstance(source, XesSource) or inspection.checker.compares_cases:
        return None
    try:
        return _judge_with_helper(inspection, source, order)
    except BrokenProcessPool:
        log.warning("the helping process ended; one judges alone")
        return None


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Look for cycles seldom while a stream is judged: cases leave none, in millions."""
    before = gc.get_threshold()
    _collect_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _collect_seldom() -> None:
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def _judge_with_helper(inspection: Inspection, source: XesSource, order: Order) -> Judged | None:
    own = _Share(inspection)
    parts: deque[Judged | Future[Judged | None] | None] = deque()
    last: list[RawCase] = []
    spawn = get_context("spawn")
    with (
        ProcessPoolExecutor(1, spawn, initializer=_begin, initargs=(order,)) as helper,
        closing(source.stretches()) as pieces,
    ):
        for piece in pieces:
            if isinstance(piece, RawCase):
                if not parts:
                    return None
                last.append(piece)
            elif _waiting(parts) < _AHEAD:
                parts.append(helper.submit(_judged, piece))
            else:
                parts.append(own.judge(piece))
                if parts[-1] is None:
                    helper.shutdown(cancel_futures=True)
                    return None
        parts.append(own.judge_cases(last))
        return _put_together(part.result() if isinstance(part, Future) else part for part in parts)


def _waiting(parts: Iterable[object]) -> int:
    return sum(isinstance(part, Future) and not part.done() for part in parts)


class _Share:
    """What one of the processes judges with."""

    def __init__(self, inspection: Inspection) -> None:
        self._inspection = inspection
        self._reader = StretchReader(inspection.maker.apart)

    def judge(self, stretch: Stretch) -> Judged | None:
        """Judge a stretch; None when it does not have the layout."""
        cases = self._reader.cases(stretch)
        return None if cases is None else self.judge_cases(cases)

    def judge_cases(self, cases: Iterable[RawCase]) -> Judged:
        """Judge cases that were read."""
        complaints: list[Complaint] = []
        verdict = check_cases(
            self._taken(cases),
            self._inspection.checker,
            by_law=self._inspection.by_law,
            on_complaint=complaints.append,
        )
        return Judged(verdict, complaints)

    def _taken(self, cases: Iterable[RawCase]) -> Iterator[Taken]:
        maker = self._inspection.maker
        for raw in numbered(cases, self._inspection.case_no):
            yield Taken(None, (raw,)) if isinstance(raw, Complaint) else maker.taken(raw)


_shares: list[_Share] = []  # of the helper alone: one file, one share


def _begin(order: Order) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asked ends it
    inspection = inspect_file(order.path, profile=order.profile, rules=order.rules, now=order.now)
    _shares.append(_Share(inspection))
    _collect_seldom()


def _judged(stretch: Stretch) -> Judged | None:
    part = _shares[0].judge(stretch)
    return part and part._replace(helper_mb=peak_mb())


def _put_together(parts: Iterable[Judged | None]) -> Judged | None:
    verdicts: list[Verdict] = []
    complaints: list[Complaint] = []
    most_mb = 0.0
    for part in parts:
        if part is None:
            return None
        verdicts.append(part.verdict)
        complaints += part.complaints
        most_mb = max(most_mb, part.helper_mb)
    return Judged(joined(verdicts), complaints, most_mb)
