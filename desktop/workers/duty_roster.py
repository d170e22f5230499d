"""Keeps the watching process told when windows are not expected to be on post."""

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import date, datetime, time, timedelta

from desktop.bridges.footage import overlay_spans
from desktop.domain.duties import Duties
from desktop.domain.identifiers import HallId, WindowId
from desktop.domain.sessions import OpeningHours
from desktop.usecases.duties import read_duties
from desktop.usecases.ports import Clock, Reading
from desktop.workers.case_desk import CaseDesk
from desktop.workers.video_process import Heard
from video.messages import Alive, OverlaySpan

log = logging.getLogger(__name__)

_DAY = timedelta(days=1)


class DutyRoster:
    """Lays the schedule, pauses and excuses of today and tomorrow over the windows of one hall.

    Renewed when the case file changes (here or by sync) and at midnight; `tell` is called from
    whatever thread brought the news, and only when something is different.
    """

    def __init__(
        self,
        desk: CaseDesk,
        hall_id: HallId,
        hours: OpeningHours,
        *,
        clock: Clock,
        since: datetime,
        tell: Callable[[tuple[OverlaySpan, ...]], None],
    ) -> None:
        """Begin with the hall's hours; what was registered follows at once.

        Args:
            since: wall time of the first picture; a recording may be older than today.
        """
        self._desk = desk
        self._hall_id = hall_id
        self._hours = hours
        self._clock = clock
        self._since = since
        self._tell = tell
        self._lock = threading.Lock()  # over what follows
        self._windows: tuple[WindowId, ...] = ()
        self._duties = Duties()
        self._asked = self._laid = 0
        self._today = hours.calendar.day(clock.now())

    def begin(self, windows: Sequence[WindowId], since: datetime) -> tuple[OverlaySpan, ...]:
        """Follow these windows from now on; answers what is known of them."""
        with self._lock:
            self._windows, self._since = tuple(windows), since
            return self._spans()

    def hear(self, heard: Heard) -> None:
        """Turn the page at midnight; on the thread of the watching process's owner."""
        if isinstance(heard, Alive) and self._hours.calendar.day(self._clock.now()) != self._today:
            self.renew()

    def renew(self) -> None:
        """Look what is registered now; returns at once."""
        with self._lock:
            self._asked += 1
            number = self._asked

        def take(answer: "Future[Duties]") -> None:
            self._take(number, answer)

        self._desk.look(self._read).add_done_callback(take)

    def _read(self, reading: Reading) -> Duties:
        days = self._days()
        midnight = datetime.combine(days[0], time(), self._hours.calendar.zone)
        return read_duties(reading, self._hall_id, midnight, midnight + (len(days)) * _DAY)

    def _take(self, number: int, answer: "Future[Duties]") -> None:
        if answer.exception() is not None:
            log.warning("duties could not be read: %s", type(answer.exception()).__name__)
            return
        duties, today = answer.result(), self._hours.calendar.day(self._clock.now())
        with self._lock:
            # Two readers answer in any order: a later question's answer stands.
            same = duties == self._duties and today == self._today
            if number < self._laid or same:
                return
            self._laid, self._duties, self._today = number, duties, today
            spans = self._spans()
        self._tell(spans)

    def _spans(self) -> tuple[OverlaySpan, ...]:
        return overlay_spans(self._windows, self._hours, self._duties, self._days())

    def _days(self) -> tuple[date, ...]:
        """The first day of what is watched and the next, and the same of today."""
        first, today = (self._hours.calendar.day(at) for at in (self._since, self._clock.now()))
        return tuple(sorted({first, first + _DAY, today, today + _DAY}))
