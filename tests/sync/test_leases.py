"""One device at a time takes care of a camera; who falls silent loses it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.errors import SyncError, SyncTrouble
from sync.protocol.answers import Account
from sync.server.accounts import Caller
from sync.server.database import Database
from sync.server.leases import LASTS_S, hold
from tests.support.sync_client import memory_engine
from tests.support.sync_office import Office, code_of

HALL, CAMERAS = "hall-1", ("camera-1", "camera-2")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.close()


def caller(number: int) -> Caller:
    return Caller(Account(f"u{number}", f"u{number}", f"user {number}", (), (HALL,)), f"d{number}")


def test_the_first_who_asks_holds_and_the_second_learns_who_does(office: Office) -> None:
    first, second = office.client("VIDEO_SUP"), office.client("VIDEO_SUP")
    assert first.session.hold(HALL, CAMERAS).held == set(CAMERAS)
    refused = second.session.hold(HALL, CAMERAS)
    assert not refused.held
    assert set(refused.elsewhere) == set(CAMERAS)
    assert "video_sup" in refused.elsewhere["camera-1"]


def test_who_lets_go_of_a_camera_gives_it_to_the_next(office: Office) -> None:
    first, second = office.client("VIDEO_SUP"), office.client("VIDEO_SUP")
    first.session.hold(HALL, CAMERAS)
    first.session.hold(HALL, ["camera-1"])
    assert second.session.hold(HALL, CAMERAS).held == {"camera-2"}
    first.session.hold(HALL, [])
    assert second.session.hold(HALL, CAMERAS).held == set(CAMERAS)


def test_a_hall_that_one_may_not_see_cannot_be_watched(office: Office) -> None:
    stranger = office.client("VIDEO_SUP", scopes=("hall-2",))
    with pytest.raises(SyncError) as refused:
        stranger.session.hold(HALL, CAMERAS)
    assert refused.value.trouble is SyncTrouble.NOT_ALLOWED


def test_words_that_are_none_are_refused_and_nobody_else_gets_in(office: Office) -> None:
    video = office.client("VIDEO_SUP")
    for said in ({"scope": HALL}, {"scope": HALL, "names": [1]}, {"scope": "\0", "names": []}):
        assert office.ask("POST", "/v1/leases", video, json=said).status_code == 422
    answer = office.ask("POST", "/v1/leases", json={"scope": HALL, "names": []})
    assert (answer.status_code, code_of(answer)) == (401, "signed_out")


def test_silence_of_a_minute_gives_a_camera_away_and_not_a_moment_less() -> None:
    database = Database(memory_engine())
    with database.write() as connection:
        hold(connection, caller(1), HALL, CAMERAS, 1000.0)
        assert set(hold(connection, caller(2), HALL, CAMERAS, 1000.0 + LASTS_S - 0.1)) == {*CAMERAS}
        assert not hold(connection, caller(2), HALL, CAMERAS, 1000.0 + LASTS_S)
        assert set(hold(connection, caller(1), HALL, CAMERAS, 1001.0 + LASTS_S)) == {*CAMERAS}
    database.close()


ASKS = st.lists(
    st.tuples(
        st.integers(1, 3),
        st.sets(st.sampled_from(["a", "b", "c"])),
        st.floats(0, 90, allow_nan=False),
    ),
    max_size=20,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asks=ASKS)
def test_whatever_is_asked_no_camera_has_two_holders(
    asks: list[tuple[int, set[str], float]],
) -> None:
    database, now = Database(memory_engine()), 1000.0
    held: dict[str, tuple[int, float]] = {}  # by camera: who, and until when
    for device, names, later_s in asks:
        now += later_s
        with database.write() as connection:
            others = hold(connection, caller(device), HALL, sorted(names), now)
        held = {n: h for n, h in held.items() if h[0] != device or n in names}
        for name in names:
            owner, until = held.get(name, (device, 0.0))
            if owner == device or until <= now:
                held[name] = (device, now + LASTS_S)
                assert name not in others
            else:
                assert name in others
    database.close()
