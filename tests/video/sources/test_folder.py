"""Single pictures are played by their own times, or followed as a camera uploads them."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import cv2
import pytest

from tests.support.footage import SIZE, picture
from video.errors import FootageError, FootageTrouble
from video.sources.base import Taken
from video.sources.folder import TRIES, FolderSource, FollowedFolder
from video.vocabulary.source import StillsPlan

HALL = timezone(timedelta(hours=8))


def write(folder: Path, name: str, number: int = 0) -> Path:
    path = folder / name
    assert cv2.imwrite(str(path), picture(number))
    return path


def played(folder: Path) -> list[Taken]:
    source = FolderSource(StillsPlan(folder, HALL), wait=lambda _: False)
    shape = source.open()
    assert (shape.codec, shape.width, shape.height) == ("h264", *SIZE)
    taken = list(source.take())
    source.close()
    return taken


def test_pictures_are_played_by_the_times_in_their_names(tmp_path: Path) -> None:
    for second in (4, 0, 2):
        write(tmp_path, f"cam_2026110708150{second}.jpg", second)
    taken = played(tmp_path)
    assert [t.frames[0].at_s for t in taken] == [0.0, 2.0, 4.0]
    assert taken[0].frames[0].at_wall == datetime(2026, 11, 7, 0, 15, tzinfo=UTC)
    assert all(t.packet.key and t.packet.show_s == t.frames[0].at_s for t in taken)


def test_without_a_time_in_the_name_that_of_the_file_counts(tmp_path: Path) -> None:
    for number, name in enumerate(("b.png", "a.png")):
        at = datetime(2026, 11, 7, 1, 0, number, tzinfo=UTC).timestamp()
        os.utime(write(tmp_path, name), (at, at))
    assert [t.frames[0].at_s for t in played(tmp_path)] == [0.0, 1.0]


def test_a_picture_that_is_none_leaves_a_gap(tmp_path: Path) -> None:
    write(tmp_path, "20261107081500.jpg")
    (tmp_path / "20261107081501.jpg").write_bytes(b"\xff\xd8 cut off")
    write(tmp_path, "20261107081502.jpg")
    assert [(len(t.frames), t.broken) for t in played(tmp_path)] == [
        (1, False),
        (0, True),
        (1, False),
    ]


@pytest.mark.parametrize(
    ("name", "trouble"),
    [("19700101000000.jpg", FootageTrouble.NO_TIME), ("notes.txt", FootageTrouble.MISSING_FILE)],
    ids=["a clock that was never set", "no picture at all"],
)
def test_what_cannot_be_dated_or_seen_is_refused(
    tmp_path: Path, name: str, trouble: FootageTrouble
) -> None:
    if name.endswith(".jpg"):
        write(tmp_path, name)
    with pytest.raises(FootageError) as refused:
        FolderSource(StillsPlan(tmp_path, HALL), wait=lambda _: False).open()
    assert refused.value.trouble is trouble


class Uploads:
    """A camera that uploads when the source waits for it; ends when it has no more."""

    def __init__(self, deeds: Iterator[Callable[[], object]]) -> None:
        self._deeds = deeds
        self.now = datetime(2026, 11, 7, 0, 15, tzinfo=UTC)
        self.seconds = 0.0

    def wait(self, seconds: float) -> bool:
        self.seconds += seconds
        deed = next(self._deeds, None)
        if deed is not None:
            deed()
        return deed is None

    def source(self, folder: Path) -> FollowedFolder:
        return FollowedFolder(
            StillsPlan(folder, HALL, follows=True),
            wait=self.wait,
            clock=lambda: self.seconds,
            now=lambda: self.now + timedelta(seconds=self.seconds),
        )


def test_only_pictures_that_come_later_are_followed(tmp_path: Path) -> None:
    write(tmp_path, "20261107081400.jpg")
    uploads = Uploads(
        iter([lambda: write(tmp_path, "20261107081501.jpg"), lambda: write(tmp_path, "x.jpg")])
    )
    source = uploads.source(tmp_path)
    source.open()
    first, second = source.take()
    assert (first.frames[0].at_s, second.frames[0].at_s) == (0.5, 1.0)
    assert first.clock_off_s == pytest.approx(0.5)
    assert second.clock_off_s is None


def test_a_camera_whose_clock_was_never_set_tells_how_far_it_is_off(tmp_path: Path) -> None:
    uploads = Uploads(iter([lambda: write(tmp_path, "19700101000001.jpg")]))
    source = uploads.source(tmp_path)
    source.open()
    (taken,) = source.take()
    assert taken.clock_off_s is not None
    assert taken.clock_off_s < -1e9


def test_a_picture_is_waited_for_until_it_is_whole_or_given_up(tmp_path: Path) -> None:
    half, never = tmp_path / "half.jpg", tmp_path / "never.jpg"

    def begin() -> None:
        half.write_bytes(b"\xff\xd8")
        never.write_bytes(b"\xff\xd8")

    rest = [lambda: None] * TRIES
    uploads = Uploads(iter([begin, lambda: write(tmp_path, "half.jpg"), *rest]))
    source = uploads.source(tmp_path)
    source.open()
    assert [(len(t.frames), t.broken) for t in source.take()] == [(1, False), (0, True)]
