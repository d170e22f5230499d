"""Fetches a day's timeline, and carries today's on to this moment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QObject, Signal

from desktop.domain.calendar import HALL_TIME
from desktop.domain.evidence import StateSpan
from desktop.domain.identifiers import WindowId
from desktop.domain.organisation import Hall
from desktop.usecases.ports import Reading
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.live.board import Standing
from desktop.viewmodels.live.roll import Post
from desktop.viewmodels.live.watch import LiveWatch, Watched
from desktop.viewmodels.timeline.bands import Stretch, joined, laid
from video.vocabulary.state import Overlay, WindowState

REFRESH_S = 2.0  # a timeline of hours does not change faster
REREAD_S = 300.0  # what was heard is held for hours, so this is often enough
WHOLE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Row:
    """One window's day."""

    post: Post
    stretches: tuple[Stretch, ...]


class DayTimeline(QObject):
    """The rows of one day; `changed` comes when there is something new to show.

    Attributes:
        start, end: the hours that the rows span; today ends now.
        watched_from: the first moment that anything watched, None where nothing did.
    """

    changed = Signal()
    refused = Signal(object)

    def __init__(self, program: Watched, live: LiveWatch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._live = program.desk, live
        self._answers = Answers(self)
        self._kept: Mapping[WindowId, Sequence[Stretch]] | None = None
        self.day = live.now().astimezone(HALL_TIME).date()
        self.start = self.end = live.now()
        self.watched_from: datetime | None = None
        self.rows: tuple[Row, ...] = ()
        self._shown_at: datetime | None = None
        self._read_at: datetime | None = None
        self._rests = False
        live.roll_changed.connect(self.refresh)
        live.ticked.connect(self._tick)

    @property
    def is_read(self) -> bool:
        """Whether the day has been fetched."""
        return self._kept is not None

    @property
    def is_today(self) -> bool:
        """Whether the day is going on."""
        return self.day == self.today()

    def today(self) -> date:
        """The day in the hall."""
        return self._live.now().astimezone(HALL_TIME).date()

    def rest(self) -> None:
        """Carry nothing on until a day is shown again: nobody looks."""
        self._rests = True

    def show_day(self, day: date) -> None:
        """Turn to a day; the future has nothing to show."""
        self.day = min(day, self.today())
        self._kept, self._rests = None, False
        self.refresh()

    def refresh(self) -> None:
        """Fetch the day anew."""
        question = _Question(*opening_hours(self._live.roll.hall, self.day))
        self._answers.ask(self._desk.look(question), self._take, self._refuse, "spans")

    def _take(self, kept: Mapping[WindowId, Sequence[Stretch]]) -> None:
        self._kept, self._read_at = kept, self._live.now()
        self._lay()

    def _refuse(self, refusal: Exception) -> None:
        self.refused.emit(refusal)

    def _tick(self) -> None:
        """Carry today on; a day that ended stays as it is."""
        if self._rests or self._kept is None or not self.is_today:
            return
        now = self._live.now()
        if self._read_at is None or (now - self._read_at).total_seconds() >= REREAD_S:
            self._read_at = now
            self.refresh()
        elif self._shown_at is None or (now - self._shown_at).total_seconds() >= REFRESH_S:
            self._lay()

    def _lay(self) -> None:
        now = self._shown_at = self._live.now()
        self.start, self.end = opening_hours(self._live.roll.hall, self.day)
        self.end = max(self.start, min(self.end, now)) if self.is_today else self.end
        heard = self._heard()
        self.rows = tuple(
            Row(post, self._whole(window, heard.get(window, ()), now))
            for window, post in self._live.roll.posts.items()
        )
        self.watched_from = _first_watched(self.rows)
        self.changed.emit()

    def _heard(self) -> Mapping[WindowId, Sequence[Stretch]]:
        """What was heard by window; most of it is written down by now."""
        heard: dict[WindowId, list[Stretch]] = {}
        for seen in self._live.spans:
            stretch = Stretch(seen.start_wall, seen.end_wall, seen.state, seen.overlay)
            heard.setdefault(WindowId(seen.window_id), []).append(stretch)
        return heard

    def _whole(
        self, window: WindowId, heard: Sequence[Stretch], now: datetime
    ) -> tuple[Stretch, ...]:
        """Put what was heard since, and what goes on, behind what is kept: that is laid already."""
        kept = (self._kept or {}).get(window, ())
        done = kept[-1].end if kept else self.start
        going = going_on(self._live.standing(window), now) if self.is_today else ()
        return joined((*kept, *laid((*heard, *going), done, self.end)))


@dataclass(frozen=True, slots=True)
class _Question:
    """Reads a day's stretches of state by window and lays them up to the last that is kept."""

    start: datetime
    end: datetime

    def __call__(self, reading: Reading) -> Mapping[WindowId, Sequence[Stretch]]:
        found: dict[WindowId, list[Stretch]] = {}
        for span in reading.lasting(StateSpan, self.start, self.end):
            found.setdefault(span.window_id, []).append(of_kept(span))
        return {
            window: laid(known, self.start, min(self.end, max(s.end for s in known)))
            for window, known in found.items()
        }


def of_kept(span: StateSpan) -> Stretch:
    """Read a kept stretch; a state that only a newer version knows is not judged here."""
    known = {state.value for state in WindowState}
    state = WindowState(span.state) if span.state in known else WindowState.UNKNOWN
    overlays = {overlay.value for overlay in Overlay}
    overlay = Overlay(span.overlay) if span.overlay in overlays else Overlay.NONE
    return Stretch(span.started_at, span.ended_at, state, overlay)


def opening_hours(hall: Hall | None, day: date) -> tuple[datetime, datetime]:
    """From the first opening to the last closing of a hall on a day; the whole day without one."""
    midnight = datetime.combine(day, time(), HALL_TIME)
    if hall is None or not hall.sessions:
        return midnight, midnight + WHOLE_DAY
    first = min(session.start for session in hall.sessions)
    last = max(session.end for session in hall.sessions)
    return datetime.combine(day, first, HALL_TIME), datetime.combine(day, last, HALL_TIME)


def _first_watched(rows: Sequence[Row]) -> datetime | None:
    known = (stretch for row in rows for stretch in row.stretches)
    return min((stretch.start for stretch in known if stretch.state is not None), default=None)


def going_on(standing: Standing, now: datetime) -> Iterable[Stretch]:
    """What goes on now has no end yet and is not written down."""
    if standing.watched and standing.since is not None and standing.since < now:
        yield Stretch(standing.since, now, standing.state, standing.overlay)
