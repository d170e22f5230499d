"""Writes down what a review of recordings finds: findings with their evidence, the timeline."""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime

from desktop.bridges.footage import sighting_of, span_of
from desktop.domain.calendar import WorkingCalendar
from desktop.domain.errors import DomainError
from desktop.domain.evidence import StateSpan
from desktop.domain.findings import Finding
from desktop.domain.identifiers import HallId
from desktop.domain.roles import machine
from desktop.domain.rules.catalogue import Catalogue
from desktop.usecases.ports import Clock, UnitOfWork
from desktop.usecases.recordings import keep_recorded, keep_recorded_spans
from desktop.workers.case_desk import CaseDesk
from desktop.workers.video_process import Heard
from video.messages import EventClosed, Ready, WindowStatus
from video.messages import StateSpan as SeenSpan
from video.vocabulary.event import WindowEvent
from video.vocabulary.source import Recording, RecordingsPlan

log = logging.getLogger(__name__)

SPANS_AT_ONCE = 50


class ReviewKeeper:
    """A listener of the process that reviews; acts in the name of the device.

    Nothing is told before it is over: a reminder of what is long past helps nobody.
    """

    def __init__(
        self,
        desk: CaseDesk,
        hall_id: HallId,
        plan: RecordingsPlan,
        *,
        device_id: str,
        catalogue: Catalogue,
        calendar: WorkingCalendar,
        clock: Clock,
    ) -> None:
        self._desk, self._hall_id, self._plan = desk, hall_id, plan
        self._machine = machine(device_id)
        self._catalogue, self._calendar, self._clock = catalogue, calendar, clock
        self._detector = ""
        self._spans: list[StateSpan] = []
        self._seen: dict[str, datetime] = {}
        self._deeds: list[Future[object]] = []
        self.events = 0

    def hear(self, heard: Heard) -> None:
        """Take one report, on the thread of the process's owner; never blocks."""
        match heard:
            case Ready(detector=detector):
                self._detector = detector
            case WindowStatus(window_id=window_id, observation=observation):
                self._seen[window_id] = observation.at_wall
            case EventClosed(event=event):
                self.events += 1
                self._do(self._found(event))
            case SeenSpan():
                self._spans.append(span_of(heard, self._hall_id))
                if len(self._spans) >= SPANS_AT_ONCE:
                    self._flush()
            case _:
                pass

    def finish(self) -> tuple[Finding, ...]:
        """Wait until all is written down; gives the findings, each once. Not on the desk.

        Raises:
            StorageError: something could not be kept.
        """
        self._flush()
        found: dict[str, Finding] = {}
        for deed in self._deeds:
            try:
                answer = deed.result()
            except DomainError as refusal:
                log.warning("a recorded event was refused: %s", type(refusal).__name__)
                continue
            if isinstance(answer, Finding):
                found[answer.id] = answer
        return tuple(found.values())

    def _found(self, event: WindowEvent) -> Callable[[UnitOfWork], object]:
        recording = _holding(self._plan, event.start_wall)
        sighting = sighting_of(event, self._detector, recording=recording)
        until = self._seen.get(event.window_id, event.start_wall)

        def keep(work: UnitOfWork) -> object:
            return keep_recorded(
                work,
                sighting,
                until=until,
                catalogue=self._catalogue,
                calendar=self._calendar,
                clock=self._clock,
            )

        return keep

    def _flush(self) -> None:
        spans, self._spans = self._spans, []
        if spans:
            self._do(lambda work: keep_recorded_spans(work, spans))

    def _do(self, deed: Callable[[UnitOfWork], object]) -> None:
        self._deeds.append(self._desk.act(self._machine, deed))


def _holding(plan: RecordingsPlan, at: datetime) -> Recording:
    begun = [recording for recording in plan.recordings if recording.start_wall <= at]
    return begun[-1] if begun else plan.recordings[0]
