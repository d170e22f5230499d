"""Reports of a camera's line become a timeline."""

from datetime import UTC, datetime

from tests.support.truths import said, spans
from video.evaluation.timeline import Alert, absences, timeline_of
from video.messages import EventOpened, Report, SourceEnded, StateSpan, WindowStatus
from video.vocabulary.event import WindowEvent
from video.vocabulary.observation import UNSEEN, Health, HealthCause, Observation
from video.vocabulary.state import Overlay, WindowState

NOW = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
ABSENT, READY, UNKNOWN = WindowState.ABSENT, WindowState.READY, WindowState.UNKNOWN


def span(window: str, state: WindowState, start_s: float, end_s: float) -> StateSpan:
    return StateSpan("camera", window, state, Overlay.NONE, start_s, end_s, NOW, NOW)


def opened(window: str, start_s: float) -> EventOpened:
    event = WindowEvent(
        "event", "camera", window, ABSENT, start_s, None, NOW, None, 60.0, 0.0, 0.0, True, False
    )
    return EventOpened(event)


def status(window: str, at_s: float) -> WindowStatus:
    seen = Observation(window, at_s, NOW, Health.OK, HealthCause.NONE, UNSEEN)
    return WindowStatus("camera", window, ABSENT, Overlay.NONE, 0.0, NOW, seen)


def test_an_alert_is_timed_by_the_tick_in_which_it_came() -> None:
    reports: list[Report] = [status("b", 69.0), opened("a", 10.0), status("b", 70.0)]
    reports += [status("a", 70.0), status("a", 71.0)]

    assert timeline_of(reports).alerts == (Alert("a", 10.0, 70.0, 60.0),)


def test_the_last_stretch_of_every_window_is_left_open() -> None:
    reports: list[Report] = [span("a", READY, 0, 5), span("b", READY, 0, 9)]
    reports += [span("a", ABSENT, 5, 9), SourceEnded("camera", 9, 9.0)]

    timeline = timeline_of(reports)

    assert [stretch.is_open for stretch in timeline.stretches] == [False, True, True]
    assert [s.state for s in timeline.of_window("a").stretches] == [READY, ABSENT]


def test_unknown_time_beside_an_absence_does_not_belong_to_it() -> None:
    timeline = said((UNKNOWN, 0, 3), (ABSENT, 3, 9), (UNKNOWN, 9, 12), (READY, 12, 20))

    assert tuple(absences(timeline)) == spans([(3, 9)])


def test_somebody_who_is_seen_ends_an_absence() -> None:
    timeline = said((ABSENT, 0, 9), (READY, 9, 10), (ABSENT, 10, 20), (UNKNOWN, 20, 22))

    assert tuple(absences(timeline)) == spans([(0, 9), (10, 20)])
