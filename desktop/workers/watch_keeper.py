"""Writes down what the watching process reports: findings, their evidence, the timeline."""

import logging
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime

from desktop.bridges.footage import reminder_of, sighting_of, span_of
from desktop.domain.calendar import WorkingCalendar
from desktop.domain.errors import DomainError
from desktop.domain.evidence import StateSpan
from desktop.domain.identifiers import HallId
from desktop.domain.roles import machine
from desktop.domain.rules.catalogue import Catalogue
from desktop.domain.rules.video import Sighting
from desktop.storage.errors import StorageError
from desktop.usecases.findings import complete_finding, end_reminder, propose_finding
from desktop.usecases.organisation import keep_spans
from desktop.usecases.ports import Clock, UnitOfWork
from desktop.workers.case_desk import CaseDesk
from desktop.workers.video_process import Heard, ProcessEnded
from video.messages import (
    AbsenceReminder,
    Alive,
    EventClosed,
    EventOpened,
    Ready,
    ReminderEnded,
    SourceEnded,
)
from video.messages import StateSpan as SeenSpan
from video.vocabulary.event import WindowEvent

log = logging.getLogger(__name__)

SPANS_AT_ONCE = 50
Deed = Callable[[UnitOfWork], object]


class WatchKeeper:
    """A listener of the watching process; acts in the name of the device.

    What the disk refuses for now is tried again at the next heartbeat, in order: an event that was
    seen is not lost to a full disk.
    """

    def __init__(
        self,
        desk: CaseDesk,
        hall_id: HallId,
        *,
        device_id: str,
        catalogue: Catalogue,
        calendar: WorkingCalendar,
        clock: Clock,
    ) -> None:
        self._desk = desk
        self.hall_id = hall_id
        self._machine = machine(device_id)
        self._catalogue = catalogue
        self._calendar = calendar
        self._clock = clock
        self._detector = ""
        self._spans: list[StateSpan] = []
        self._waiting: deque[Deed] = deque()
        self._lock = threading.Condition()
        self._busy = False

    def hear(self, heard: Heard) -> None:
        """Take one report, on the thread of the process's owner; never blocks."""
        match heard:
            case Ready(detector=detector):
                self._detector = detector
            case AbsenceReminder():
                self.do(self._proposal(reminder_of(heard, self._detector)))
            case ReminderEnded(end_wall=datetime()):
                self.do(self._reminder_end(heard))
            case EventOpened(event=event):
                self.do(self._proposal(sighting_of(event, self._detector)))
            case EventClosed(event=event):
                self.do(self._completion(event))
            case SeenSpan():
                self._spans.append(span_of(heard, self.hall_id))
                if len(self._spans) >= SPANS_AT_ONCE:
                    self.flush()
            case SourceEnded() | ProcessEnded():
                self.flush()
            case Alive():
                self._go_on()
            case _:
                pass

    def flush(self) -> None:
        """Keep the stretches of state that were collected so far."""
        spans, self._spans = self._spans, []
        if spans:
            self.do(_Spans(spans))

    def finish(self) -> None:
        """Wait until all that was heard is written down, or the disk refuses it; not on the desk.

        For when nothing more will be heard.
        """
        self.flush()
        with self._lock:
            self._lock.wait_for(lambda: not self._busy)

    def _proposal(self, sighting: Sighting) -> Deed:
        def propose(work: UnitOfWork) -> object:
            return propose_finding(
                work,
                sighting,
                catalogue=self._catalogue,
                calendar=self._calendar,
                clock=self._clock,
            )

        return propose

    def _completion(self, event: WindowEvent) -> Deed:
        sighting = sighting_of(event, self._detector)

        def complete(work: UnitOfWork) -> object:
            return complete_finding(work, sighting, catalogue=self._catalogue, clock=self._clock)

        return complete

    def _reminder_end(self, ended: ReminderEnded) -> Deed:
        def end(work: UnitOfWork) -> object:
            return end_reminder(work, ended.event_id, ended.end_wall or self._clock.now())

        return end

    def do(self, deed: Deed) -> None:
        """Do this after all that was heard before, also once a full disk has room again."""
        with self._lock:
            self._waiting.append(deed)
        self._go_on()

    def _go_on(self) -> None:
        """Hand the oldest deed to the desk, unless one is there already."""
        with self._lock:
            if self._busy or not self._waiting:
                return
            self._busy = True
            deed = self._waiting[0]
        self._hand_over(deed)

    def _hand_over(self, deed: Deed) -> None:
        self._desk.act(self._machine, deed).add_done_callback(self._done)

    def _done(self, future: "Future[object]") -> None:
        error = future.exception()
        again = isinstance(error, StorageError) and error.retryable
        with self._lock:
            if not again:
                self._waiting.popleft()
            self._busy = bool(self._waiting) and not again
            deed = self._waiting[0] if self._busy else None
            self._lock.notify_all()
        if isinstance(error, DomainError | StorageError):
            name = type(error).__name__
            log.warning("a report was %s: %s", "put off" if again else "refused", name)
        elif error is not None:
            log.error("a report could not be written down", exc_info=error)
        if deed is not None:
            self._hand_over(deed)


class _Spans:
    def __init__(self, spans: list[StateSpan]) -> None:
        self._spans = spans

    def __call__(self, work: UnitOfWork) -> None:
        keep_spans(work, self._spans)
