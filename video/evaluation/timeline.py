"""What a machine said of a clip: stretches of states, alerts, and the absences in them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from video.messages import EventOpened, Report, StateSpan, WindowStatus
from video.vocabulary.event import WindowEvent
from video.vocabulary.spans import Spans, united
from video.vocabulary.state import WindowState
from video.vocabulary.truth import Interval

EMPTY = frozenset(state for state in WindowState if state.is_empty)
OCCUPIED = frozenset(
    {
        WindowState.SERVING,
        WindowState.READY,
        WindowState.IDLE_STILL,
        WindowState.IDLE_WINDOW,
        WindowState.PHONE,
    }
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One state of one window; `is_open` when the clip ended before the state did."""

    window_id: str
    state: WindowState
    span: Interval
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Alert:
    """When somebody was told of an absence, and since when the machine holds that it lasts."""

    window_id: str
    start_s: float
    at_s: float
    threshold_s: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """All that was said of a clip."""

    stretches: tuple[Stretch, ...]
    alerts: tuple[Alert, ...]

    def of_window(self, window_id: str) -> "Timeline":
        """What was said of one window, in order of time."""
        own = [stretch for stretch in self.stretches if stretch.window_id == window_id]
        own.sort(key=lambda stretch: stretch.span.start_s)
        alerts = tuple(alert for alert in self.alerts if alert.window_id == window_id)
        return Timeline(tuple(own), alerts)

    def in_states(self, states: Iterable[WindowState]) -> Spans:
        """The time spent in any of some states."""
        wanted = set(states)
        return united(stretch.span for stretch in self.stretches if stretch.state in wanted)


def absences(timeline: Timeline) -> Iterator[Interval]:
    """The absences of one window.

    One goes on while nothing can be seen: unknown time pauses it, only somebody who is seen ends
    it. Unknown time before and after does not belong to it.
    """
    start_s = end_s = None
    for stretch in timeline.stretches:
        if stretch.state.is_empty:
            start_s = stretch.span.start_s if start_s is None else start_s
            end_s = stretch.span.end_s
        elif stretch.state is not WindowState.UNKNOWN:
            if start_s is not None and end_s is not None:
                yield Interval(start_s, end_s)
            start_s = end_s = None
    if start_s is not None and end_s is not None:
        yield Interval(start_s, end_s)


def timeline_of(reports: Iterable[Report]) -> Timeline:
    """Collect what a camera's line reported from beginning to end."""
    stretches: list[Stretch] = []
    alerts: list[Alert] = []
    due: dict[str, WindowEvent] = {}
    for report in reports:
        match report:
            case StateSpan(window_id=window, state=state, start_s=start_s, end_s=end_s):
                stretches.append(Stretch(window, state, Interval(start_s, end_s)))
            case EventOpened(event):
                due[event.window_id] = event
            case WindowStatus(window_id=window, observation=seen) if window in due:
                event = due.pop(window)  # told in the tick that this status ends
                alerts.append(Alert(window, event.start_s, seen.at_s, event.threshold_s))
            case _:
                pass
    return Timeline(_left_open(stretches), tuple(alerts))


def _left_open(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Mark the last stretch of every window: the footage ended, not the state."""
    last = {stretch.window_id: index for index, stretch in enumerate(stretches)}
    return tuple(
        replace(stretch, is_open=last[stretch.window_id] == index)
        for index, stretch in enumerate(stretches)
    )
