"""A long day is judged by its alerts: none false, none missing."""

from datetime import UTC, datetime

import pytest

from tests.support.truths import post, said
from video.evaluation.soak import Recall, soaked
from video.evaluation.timeline import Alert, Timeline
from video.messages import Report, SourceEnded, WindowStatus
from video.vocabulary.observation import Answer, Evidence, Health, HealthCause, Observation
from video.vocabulary.state import Overlay, WindowState
from video.vocabulary.truth import TrueZone, Truth

ABSENT, READY = WindowState.ABSENT, WindowState.READY
NOW = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)


def day(zone: TrueZone) -> Truth:
    return Truth("drawn", 1000.0, (zone,), drawn=True)


def alerted(*alerts: tuple[float, float]) -> Timeline:
    return Timeline((), tuple(Alert("post", start_s, at_s, 60.0) for start_s, at_s in alerts))


LONG = post(occupied=[(0, 200), (400, 1000)], empty=[(200, 400)])


def test_an_absence_over_the_threshold_is_found_by_its_alert() -> None:
    told = soaked(day(LONG), alerted((203, 263)), threshold_s=60)

    assert (told.due, told.found, told.alerts, told.false_alerts) == (1, 1, 1, 0)


def test_an_absence_without_an_alert_is_missing() -> None:
    told = soaked(day(LONG), alerted(), threshold_s=60)

    assert (told.due, told.found) == (1, 0)


def test_an_alert_with_somebody_there_is_false_and_finds_nothing() -> None:
    told = soaked(day(LONG), alerted((500, 560), (150, 210)), threshold_s=60)

    assert (told.found, told.false_alerts) == (0, 2)


@pytest.mark.parametrize(
    ("zone", "why"),
    [
        (post(empty=[(200, 280)]), "it hardly reaches the threshold"),
        (post(empty=[(200, 400)], occluded=[(220, 390)]), "nobody could see it"),
    ],
    ids=lambda case: case if isinstance(case, str) else "",
)
def test_an_absence_that_could_not_be_told_is_not_due(zone: TrueZone, why: str) -> None:
    assert soaked(day(zone), alerted(), threshold_s=60).due == 0, why


def test_seconds_in_which_a_clerk_in_sight_was_called_absent_are_counted() -> None:
    zone = post(occupied=[(0, 100)], occluded=[(40, 60)])
    timeline = said((READY, 0, 30), (ABSENT, 30, 70), (READY, 70, 100))

    told = soaked(day(zone), timeline, threshold_s=60)

    assert told.false_empty_s == 20


def status(at_s: float, clerk: Answer) -> WindowStatus:
    seen = Observation("post", at_s, NOW, Health.OK, HealthCause.NONE, Evidence(clerk, 0.9))
    return WindowStatus("camera", "post", READY, Overlay.NONE, 0.0, NOW, seen)


def test_recall_counts_verdicts_on_clerks_in_sight_and_lets_reports_through() -> None:
    zone = post(occupied=[(10, 20), (30, 40)], empty=[(0, 10), (20, 30)], occluded=[(35, 40)])
    reports: list[Report] = [
        status(5, Answer.YES),  # nobody is there
        status(10, Answer.YES),
        status(15, Answer.NO),
        status(20, Answer.YES),  # gone
        status(32, Answer.YES),
        status(34, Answer.UNKNOWN),
        status(37, Answer.YES),  # hidden
        SourceEnded("camera", 7, 37.0),
    ]
    recall = Recall.of(day(zone))

    assert list(recall.counted(reports)) == reports
    assert recall.share == 0.5


def test_recall_without_a_verdict_is_none() -> None:
    assert Recall.of(day(LONG)).share is None
