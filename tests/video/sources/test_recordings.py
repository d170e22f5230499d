"""A recorder's exports are found, dated and played in a row; what is broken is named."""

import os
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import av
import cv2
import pytest

from desktop.domain.calendar import HALL_TIME
from tests.support.footage import FPS, SIZE, picture
from tests.support.recorded import START, export
from video.errors import FootageError, FootageTrouble
from video.messages import CameraPlan
from video.pipeline.choosing import played
from video.settings import HALL
from video.sources.base import Taken
from video.sources.feed import Arrival, Broken, Connected
from video.sources.recordings import fingerprint_of, planned, recordings_below, surveyed
from video.vocabulary.recording import BeginsBy, Surveyed, in_a_row, placed
from video.vocabulary.source import RecordingsPlan


def play(plan: RecordingsPlan) -> list[Arrival]:
    return list(played(CameraPlan("camera-1", plan, ()), HALL, wait=lambda _: False))


def frames(arrivals: Sequence[Arrival]) -> list[float]:
    return [f.at_s for a in arrivals if isinstance(a, Taken) for f in a.frames]


def plan_of(folder: Path) -> RecordingsPlan:
    plan, refused = planned(folder, HALL_TIME, None)
    assert not refused
    return plan


@pytest.mark.parametrize("container", ["mp4", "mkv", "avi", "ts", "flv"])
def test_exports_of_any_common_kind_are_dated_and_measured(tmp_path: Path, container: str) -> None:
    path = tmp_path / f"ch02_20261124100000.{container}"
    with av.open(str(path), "w") as export_file:
        stream = export_file.add_stream("libx264", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        stream.codec_context.gop_size = FPS
        for number in range(4 * FPS):
            frame = av.VideoFrame.from_ndarray(picture(number), format="bgr24")
            export_file.mux(stream.encode(frame))
        export_file.mux(stream.encode(None))
    found = surveyed(path, HALL_TIME)
    assert found.trouble is None
    assert (found.begins, found.begins_by) == (START, BeginsBy.NAME)
    assert found.length_s == pytest.approx(4.0, abs=0.3)
    assert (found.codec, found.width, found.height) == ("h264", 160, 96)
    recording, refused = placed([found], None)
    assert not refused
    assert len(frames(play(in_a_row(recording)))) >= 3


def test_a_file_that_tells_no_time_is_dated_by_when_it_was_written(tmp_path: Path) -> None:
    (path,) = export(tmp_path, (0, 4), name="lobby.mp4")
    end = (START + timedelta(seconds=4)).timestamp()
    os.utime(path, (end, end))
    found = surveyed(path, HALL_TIME)
    assert found.begins_by is BeginsBy.FILE_TIME
    assert found.begins is not None
    assert abs((found.begins - START).total_seconds()) < 1.0


def test_a_recorder_whose_clock_was_never_set_is_not_believed(tmp_path: Path) -> None:
    (path,) = export(tmp_path, (0, 4), name="D01_19700101000500.mp4")
    assert surveyed(path, HALL_TIME).begins is None
    _, refused = placed([surveyed(path, HALL_TIME)], None)
    assert [error.trouble for error in refused] == [FootageTrouble.NO_TIME]


def test_a_beginning_that_is_given_dates_the_files_after_it_too(tmp_path: Path) -> None:
    bare = [Surveyed(tmp_path / f"{n}.mp4", 60.0, str(n)) for n in range(2)]
    recordings, refused = placed(bare, START)
    assert not refused
    assert [each.start_wall for each in recordings] == [START, START + timedelta(seconds=60)]


def test_files_are_one_stream_at_the_time_of_the_hall(tmp_path: Path) -> None:
    export(tmp_path, (4, 8), (0, 4))
    arrivals = play(plan_of(tmp_path))
    assert sum(isinstance(each, Connected) for each in arrivals) == 2
    assert frames(arrivals) == pytest.approx([0, 1, 2, 3, 4, 5, 6, 7], abs=0.1)
    walls = [f.at_wall for a in arrivals if isinstance(a, Taken) for f in a.frames]
    assert walls[0] == START
    assert walls[-1] == START + timedelta(seconds=7)


def test_a_gap_between_files_is_a_gap(tmp_path: Path) -> None:
    export(tmp_path, (0, 3), (20, 23))
    assert frames(play(plan_of(tmp_path))) == pytest.approx([0, 1, 2, 20, 21, 22], abs=0.1)


def test_what_two_files_both_show_is_seen_once(tmp_path: Path) -> None:
    export(tmp_path, (0, 6), (3, 9))
    times = frames(play(plan_of(tmp_path)))
    assert times == sorted(times)
    assert times == pytest.approx(range(9), abs=0.1)


def test_the_same_file_twice_is_one_recording(tmp_path: Path) -> None:
    (path,) = export(tmp_path, (0, 4))
    (tmp_path / "copy").mkdir()
    shutil.copy(path, tmp_path / "copy" / path.name)
    assert len(plan_of(tmp_path).recordings) == 1
    assert fingerprint_of(path) == fingerprint_of(tmp_path / "copy" / path.name)


def test_broken_files_are_named_and_the_others_go_on(tmp_path: Path) -> None:
    first, second = export(tmp_path, (0, 10), (20, 24))
    first.write_bytes(first.read_bytes()[: first.stat().st_size // 2])
    (tmp_path / "D01_20261124110000.mp4").write_text("no video")
    (tmp_path / "notes.txt").write_text("no recording")
    plan, refused = planned(tmp_path, HALL_TIME, None)
    assert {error.subject for error in refused} == {"D01_20261124110000.mp4"}
    arrivals = play(plan)
    (broken,) = [each for each in arrivals if isinstance(each, Broken)]
    assert broken.error.subject == first.name
    assert broken.error.trouble is FootageTrouble.TRUNCATED
    assert frames(arrivals)[-1] == pytest.approx(23.0, abs=0.1)
    assert second.name in {recording.path.name for recording in plan.recordings}


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_a_folder_without_recordings_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(FootageError) as refused:
        recordings_below(tmp_path / name)
    assert refused.value.trouble is FootageTrouble.MISSING_FILE


def test_a_time_in_another_zone_is_the_same_moment(tmp_path: Path) -> None:
    (path,) = export(tmp_path, (0, 2), name="20261124020000.mp4")
    assert surveyed(path, UTC).begins == datetime(2026, 11, 24, 2, tzinfo=UTC) == START


def test_a_folder_of_pictures_is_a_recording_too(tmp_path: Path) -> None:
    folder = tmp_path / "snapshots"
    folder.mkdir()
    for second in range(0, 6, 2):
        cv2.imwrite(str(folder / f"cam_2026112410000{second}.jpg"), picture(second))
    plan = plan_of(tmp_path)
    (recording,) = plan.recordings
    assert (recording.start_wall, recording.length_s) == (START, 4.0)
    assert frames(play(plan)) == [0.0, 2.0, 4.0]


def test_pictures_of_a_clock_that_was_never_set_are_dated_by_hand(tmp_path: Path) -> None:
    for second in range(3):
        cv2.imwrite(str(tmp_path / f"1970010100000{second}.jpg"), picture(second))
    _, refused = placed([surveyed(tmp_path, HALL_TIME)], None)
    assert [error.trouble for error in refused] == [FootageTrouble.NO_TIME]
    plan, _ = planned(tmp_path, HALL_TIME, START)
    walls = [f.at_wall for a in play(plan) if isinstance(a, Taken) for f in a.frames]
    assert walls == [START + timedelta(seconds=n) for n in range(3)]
