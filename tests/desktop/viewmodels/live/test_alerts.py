from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.domain.evidence import AuditRow
from desktop.domain.roles import Role
from desktop.viewmodels.live.alerts import Alert, Alerts
from desktop.viewmodels.live.watch import LiveWatch
from tests.support.profiles import person
from tests.support.watching import WatchedHall, status
from video.messages import Ready
from video.vocabulary.state import WindowState


@pytest.fixture
def alerts(qtbot: QtBot, watched: WatchedHall, live: LiveWatch) -> Iterator[Alerts]:
    watched.door.actor = person(Role.VIDEO_SUP)
    made = Alerts(watched, live)
    yield made
    made.close()
    delete(made)


def stands_empty(qtbot: QtBot, watched: WatchedHall, live: LiveWatch, lasted_s: float) -> None:
    at = watched.clock.now()
    with qtbot.waitSignal(live.changed):
        watched.say(
            Ready(1, "test"),
            status(watched.plan, 2, WindowState.ABSENT, lasted_s=lasted_s, at=at),
        )


def test_an_absence_is_told_once_and_only_past_the_reminder(
    qtbot: QtBot, watched: WatchedHall, live: LiveWatch, alerts: Alerts
) -> None:
    told: list[Alert] = []
    alerts.raised.connect(told.append)
    stands_empty(qtbot, watched, live, lasted_s=100)
    assert told == []
    stands_empty(qtbot, watched, live, lasted_s=400)
    stands_empty(qtbot, watched, live, lasted_s=401)
    assert len(told) == 1
    assert "03号窗口" in told[0].words


def test_a_snoozed_window_is_silent_for_its_time_and_the_reason_is_kept(
    qtbot: QtBot, watched: WatchedHall, live: LiveWatch, alerts: Alerts
) -> None:
    stands_empty(qtbot, watched, live, lasted_s=400)
    window = next(iter(alerts.alerts))
    with qtbot.waitSignal(alerts.changed):
        alerts.snooze(window, 15, "领导谈话，已知悉")
    assert not alerts.alerts
    watched.clock.pass_time(minutes=14)
    stands_empty(qtbot, watched, live, lasted_s=1240)
    assert not alerts.alerts
    watched.clock.pass_time(minutes=2)
    stands_empty(qtbot, watched, live, lasted_s=1360)
    assert list(alerts.alerts) == [window]

    watched.desk.remember("after it", "").result()  # what writes keeps its order
    rows = watched.desk.look(lambda reading: reading.find(AuditRow)).result()
    kept = [row for row in rows if row.action == "alert.snooze"]
    assert [row.reason for row in kept] == ["15 min: 领导谈话，已知悉"]


def test_a_snooze_without_a_reason_is_refused(
    qtbot: QtBot, watched: WatchedHall, live: LiveWatch, alerts: Alerts
) -> None:
    stands_empty(qtbot, watched, live, lasted_s=400)
    with qtbot.waitSignal(alerts.refused):
        alerts.snooze(next(iter(alerts.alerts)), 5, "  ")
