"""The beginning of a recording is read from its name, as recorders of many makes write it."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from video.sources.named_time import named_time

HALL = timezone(timedelta(hours=8))
NAMES = [
    ("D01_20261107081500.mp4", "08:15:00", "the first time after a channel"),
    ("192.168.1.64_01_20261107081500123_20261107091500456.mp4", "08:15:00.123", "begin and end"),
    ("NVR_ch1_main_20261107081500_20261107091500.dav", "08:15:00", "a recorder's export"),
    ("2026-11-07 08-15-00.mkv", "08:15:00", "with dashes"),
    ("2026-11-07T08.15.00.avi", "08:15:00", "with dots"),
    ("2026年11月07日08时15分00秒.mp4", "08:15:00", "in words"),
    ("2026_11_07_08_15_00_ch3.ts", "08:15:00", "with the channel behind"),
    ("nvr/2026-11-07/001/dav/08/08.15.00-09.00.00[R][0@0][0].dav", "08:15:00", "day in a folder"),
]


@pytest.mark.parametrize(("name", "clock", "_reason"), NAMES)
def test_a_beginning_is_read(name: str, clock: str, _reason: str) -> None:
    expected = datetime.fromisoformat(f"2026-11-07T{clock}+08:00")
    assert named_time(PurePosixPath(name), HALL) == expected


@pytest.mark.parametrize(
    "name",
    ["lobby.mp4", "camera 3.avi", "20261342081500.mp4", "20260231081500.mp4", "0815.mp4"],
    ids=["no number", "a short one", "month 13", "the 31st of February", "a time without a day"],
)
def test_a_name_that_does_not_tell_is_not_guessed_at(name: str) -> None:
    assert named_time(PurePosixPath(name), HALL) is None


def test_a_clock_that_was_never_set_is_read_as_it_stands() -> None:
    read = named_time(PurePosixPath("19700101000312.jpg"), HALL)
    assert read is not None
    assert read.year == 1970


@given(st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)))  # noqa: DTZ001
def test_any_moment_comes_out_as_it_was_written(moment: datetime) -> None:
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    assert named_time(PurePosixPath(f"ch01_{moment:%Y%m%d%H%M%S}.mp4"), UTC) == moment
