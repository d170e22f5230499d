"""A recording plays to its end, or says what is wrong with it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.painted import START, film, hall, never_stop
from video.errors import FootageError, FootageTrouble
from video.sources.file import FileSource
from video.vocabulary.source import FilePlan, Pace


def recording(
    path: Path,
    *,
    pace: Pace = Pace.UNPACED,
    wait: Callable[[float], bool] = never_stop,
    clock: Callable[[], float] = lambda: 0.0,
) -> FileSource:
    plan = FilePlan(path, START, pace)
    return FileSource(plan, tick_s=1.0, key_frames_only=False, wait=wait, clock=clock)


def played(source: FileSource, seen: list[float]) -> None:
    source.open()
    try:
        for taken in source.take():
            seen += [frame.at_s for frame in taken.frames]
    finally:
        source.close()


def refused(source: FileSource) -> FootageError:
    with pytest.raises(FootageError) as refusal:
        played(source, [])
    return refusal.value


def test_a_recording_gives_every_packet_and_a_picture_a_second(tmp_path: Path) -> None:
    film(tmp_path / "film.mp4", hall(length_s=6))
    source = recording(tmp_path / "film.mp4")

    shape = source.open()
    taken = list(source.take())
    source.close()

    assert (shape.codec, shape.width, shape.height) == ("h264", 320, 180)
    assert len(taken) == 24
    assert taken[0].packet.key
    assert taken[0].packet.show_s == 0
    assert [frame.at_s for one in taken for frame in one.frames] == [0, 1, 2, 3, 4, 5]


def test_a_file_that_is_not_there_is_missing(tmp_path: Path) -> None:
    error = refused(recording(tmp_path / "none.mp4"))

    assert (error.trouble, error.subject) == (FootageTrouble.MISSING_FILE, "none.mp4")


def test_a_text_is_no_video(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_text("not a film at all, only words " * 40)

    assert refused(recording(tmp_path / "film.mp4")).trouble is FootageTrouble.NOT_A_VIDEO


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_file_that_was_cut_short_says_so(tmp_path: Path, share: float) -> None:
    film(tmp_path / "film.mp4", hall(length_s=6))
    whole = (tmp_path / "film.mp4").read_bytes()
    (tmp_path / "film.mp4").write_bytes(whole[: int(share * len(whole))])

    assert refused(recording(tmp_path / "film.mp4")).trouble is FootageTrouble.TRUNCATED


def test_an_unfinished_recording_is_judged_as_far_as_it_goes(tmp_path: Path) -> None:
    film(tmp_path / "film.mkv", hall(length_s=12))
    whole = (tmp_path / "film.mkv").read_bytes()
    (tmp_path / "film.mkv").write_bytes(whole[: int(0.6 * len(whole))])
    seen: list[float] = []

    with pytest.raises(FootageError) as refusal:
        played(recording(tmp_path / "film.mkv"), seen)

    assert refusal.value.trouble is FootageTrouble.TRUNCATED
    assert 4 <= len(seen) <= 9


def test_a_recording_in_real_time_waits_for_every_packet(tmp_path: Path) -> None:
    film(tmp_path / "film.mp4", hall(length_s=2))
    waits: list[float] = []

    def wait(seconds: float) -> bool:
        waits.append(seconds)
        return False

    source = recording(tmp_path / "film.mp4", pace=Pace.REAL_TIME, wait=wait)
    source.open()
    list(source.take())
    source.close()

    assert waits == pytest.approx([number / 4 for number in range(8)])


def test_a_recording_stops_when_it_is_told_to(tmp_path: Path) -> None:
    film(tmp_path / "film.mp4", hall(length_s=6))
    calls: list[float] = []

    def wait(seconds: float) -> bool:
        calls.append(seconds)
        return len(calls) > 3

    source = recording(tmp_path / "film.mp4", wait=wait)
    source.open()
    taken = list(source.take())
    source.close()

    assert len(taken) == 3


def test_closing_is_harmless_and_taking_without_opening_is_refused(tmp_path: Path) -> None:
    source = recording(tmp_path / "film.mp4")
    source.close()

    with pytest.raises(FootageError) as refusal:
        next(source.take())

    assert refusal.value.trouble is FootageTrouble.STREAM_ENDED
