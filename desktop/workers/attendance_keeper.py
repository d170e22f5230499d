"""Asks every few minutes what the windows' day amounts to, and settles what watching left open."""

import logging
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from datetime import datetime, timedelta
from typing import TypeVar

from desktop.bridges.footage import running_span, span_of
from desktop.domain.calendar import WorkingCalendar
from desktop.domain.evidence import StateSpan
from desktop.domain.identifiers import CameraId, WindowId
from desktop.domain.organisation import Hall
from desktop.domain.rules.attendance import WindowHit
from desktop.domain.rules.catalogue import Catalogue
from desktop.domain.sessions import hours_of
from desktop.usecases.attendance import (
    HallHit,
    expire_notices,
    judge_hall,
    keep_hits,
    left_open,
    raise_long,
    settle_unwatched,
)
from desktop.usecases.ports import Clock, Reading, UnitOfWork
from desktop.workers.case_desk import CaseDesk
from desktop.workers.video_process import Heard, ProcessEnded
from desktop.workers.watch_keeper import Deed
from video.messages import (
    AbsenceReminder,
    Alive,
    CameraHealth,
    EventClosed,
    EventOpened,
    ReminderEnded,
    WindowStatus,
)
from video.messages import StateSpan as SeenSpan
from video.vocabulary.observation import Health

log = logging.getLogger(__name__)

EVERY = timedelta(minutes=5)
HELD = 2000  # spans that may not be written down yet
T = TypeVar("T")


class AttendanceKeeper:
    """A listener of the watching process; acts in the name of the device.

    What was heard is judged every five minutes of the clock, on a reading thread; what follows is
    done in order with what the watch keeper writes down.
    """

    def __init__(
        self,
        desk: CaseDesk,
        hall: Hall,
        *,
        device_id: str,
        do: Callable[[Deed], None],
        catalogue: Catalogue,
        calendar: WorkingCalendar,
        clock: Clock,
    ) -> None:
        """Begin; `do` is the watch keeper's."""
        self._desk = desk
        self._hall = hall
        self._device_id = device_id
        self._do = do
        self._catalogue = catalogue
        self._calendar = calendar
        self._clock = clock
        self._hours = hours_of(hall, calendar)
        self._status: dict[str, WindowStatus] = {}
        self._spans: deque[StateSpan] = deque(maxlen=HELD)
        self._open: dict[str, str] = {}  # event id, window id
        self._blind: dict[str, CameraHealth] = {}
        self._recovered: list[tuple[CameraHealth, datetime]] = []
        self._lock = threading.Condition()
        self._looking = 0
        self._due = clock.now() + EVERY

    def settle_the_past(self) -> None:
        """Settle what this device left open when it last ended; before it watches again."""

        def look(reading: Reading) -> Mapping[str, datetime]:
            return left_open(reading, self._hall.id, self._device_id)

        self._ask(look, self._settle)

    def hear(self, heard: Heard) -> None:
        """Take one report, on the thread of the process's owner; never blocks."""
        match heard:
            case WindowStatus(window_id=window_id):
                self._status[window_id] = heard
            case SeenSpan():
                self._spans.append(span_of(heard, self._hall.id))
            case EventOpened(event=event):
                self._open[event.event_id] = event.window_id
            case AbsenceReminder(event_id=event_id, window_id=window_id):
                self._open[event_id] = window_id
            case EventClosed(event=event):
                self._close(event.event_id, event.end_wall)
            case ReminderEnded(event_id=event_id, end_wall=end_wall):
                self._close(event_id, end_wall)
            case CameraHealth():
                self._see(heard)
            case ProcessEnded():
                self._lose()
            case Alive() if self._clock.now() >= self._due:
                self.judge()
            case _:
                pass

    def judge(self) -> None:
        """Ask the rules now; returns at once."""
        now = self._clock.now()
        self._due = now + EVERY
        statuses = tuple(self._status.values())
        running = (*self._spans, *(running_span(each, self._hall.id) for each in statuses))
        troubles = self._troubles(now)
        long = [e for e, window in self._open.items() if self._is_empty(window)]

        def look(reading: Reading) -> tuple[HallHit, ...]:
            found = judge_hall(
                reading, self._hall.id, calendar=self._calendar, now=now, running=running
            )
            return (*found, *troubles)

        self._ask(look, self._keep)
        if long:
            self._do(_Raise(long, self._catalogue, self._clock))

    def finish(self) -> None:
        """Wait until everything that was asked is answered; for when nothing more is heard."""
        with self._lock:
            self._lock.wait_for(lambda: not self._looking)

    def _see(self, heard: CameraHealth) -> None:
        if heard.health is Health.BLIND:
            self._blind.setdefault(heard.camera_id, heard)
        elif (before := self._blind.pop(heard.camera_id, None)) is not None:
            self._recovered.append((before, heard.at_wall))

    def _troubles(self, now: datetime) -> tuple[HallHit, ...]:
        """R-VID-11: cameras that could not be judged for long while the hall was open."""
        over, self._recovered = self._recovered, []
        spells = [*over, *((heard, None) for heard in self._blind.values())]
        limit_s = self._hall.rules.trouble_s
        return tuple(
            _trouble_hit(window_id, heard, end, limit_s)
            for heard, end in spells
            if ((end or now) - heard.at_wall).total_seconds() >= limit_s
            and self._hours.is_open(heard.at_wall)
            for window_id, status in self._status.items()
            if status.camera_id == heard.camera_id
        )

    def _close(self, event_id: str, end_wall: datetime | None) -> None:
        window = self._open.pop(event_id, None)
        if end_wall is None and window is not None:
            self._settle({event_id: self._last_seen(window)})

    def _lose(self) -> None:
        """The process died: nobody sees the end of what was open."""
        lost = {event_id: self._last_seen(window) for event_id, window in self._open.items()}
        self._open.clear()
        self._blind.clear()
        self._status.clear()
        self._settle(lost)

    def _last_seen(self, window_id: str) -> datetime:
        status = self._status.get(window_id)
        return status.observation.at_wall if status else self._clock.now()

    def _settle(self, lost: Mapping[str, datetime]) -> None:
        if lost:
            self._do(lambda work: settle_unwatched(work, lost))

    def _is_empty(self, window_id: str) -> bool:
        status = self._status.get(window_id)
        return status is not None and status.state.is_empty

    def _keep(self, hits: tuple[HallHit, ...]) -> None:
        def keep(work: UnitOfWork) -> None:
            keep_hits(work, hits, catalogue=self._catalogue, clock=self._clock)
            expire_notices(work, self._hall.id, clock=self._clock)
            work.note("window.judge", f"hall/{self._hall.id}")

        self._do(keep)

    def _ask(self, look: Callable[[Reading], T], take: Callable[[T], None]) -> None:
        def answered(future: "Future[T]") -> None:
            if error := future.exception():
                log.warning("the day could not be judged: %s", type(error).__name__)
            else:
                take(future.result())
            with self._lock:
                self._looking -= 1
                self._lock.notify_all()

        with self._lock:
            self._looking += 1
        self._desk.look(look).add_done_callback(answered)


class _Raise:
    """Lets absences that are still going on become long ones."""

    def __init__(self, event_ids: Sequence[str], catalogue: Catalogue, clock: Clock) -> None:
        self._event_ids, self._catalogue, self._clock = event_ids, catalogue, clock

    def __call__(self, work: UnitOfWork) -> None:
        raise_long(work, self._event_ids, catalogue=self._catalogue, clock=self._clock)


def _trouble_hit(
    window_id: str, heard: CameraHealth, end: datetime | None, limit_s: float
) -> HallHit:
    facts: dict[str, object] = {"cause": heard.cause.value}
    if heard.clock_off_s is not None:
        facts["clock_off_s"] = round(heard.clock_off_s, 1)
    since = heard.at_wall
    hit = WindowHit("R-VID-11", since.isoformat(), since, end, limit_s, facts)
    return HallHit(WindowId(window_id), CameraId(heard.camera_id), hit)
