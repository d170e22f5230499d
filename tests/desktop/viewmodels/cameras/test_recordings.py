"""A folder of recordings is looked at, its times are corrected, and its review is told."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop.assembly.recordings import Ending, Reviewed
from desktop.viewmodels.cameras.recorded_files import redated, result_said, rows_of
from desktop.viewmodels.cameras.recordings import RecordingsDesk, Stage
from desktop.viewmodels.live.watch import LiveWatch
from tests.support.recorded import START, export
from tests.support.watching import WatchedHall
from video.errors import FootageError, FootageTrouble
from video.vocabulary.recording import BeginsBy, Surveyed


@pytest.fixture
def desk(qtbot: QtBot, watched: WatchedHall, live: LiveWatch) -> Iterator[RecordingsDesk]:
    desk = RecordingsDesk(watched, live)
    yield desk
    desk.close()
    delete(desk)


def file(name: str, minutes: float | None, *, by: BeginsBy = BeginsBy.NAME) -> Surveyed:
    begins = None if minutes is None else START + timedelta(minutes=minutes)
    return Surveyed(Path(name), 600.0, name, begins, by, "h264", 1280, 720)


def starts(files: list[Surveyed]) -> list[float | None]:
    return [None if f.begins is None else (f.begins - START).total_seconds() / 60 for f in files]


def test_a_folder_is_looked_at_and_what_is_broken_is_named(
    qtbot: QtBot, desk: RecordingsDesk, tmp_path: Path
) -> None:
    export(tmp_path / "export", (0, 4), (10, 14))
    (tmp_path / "export" / "D01_20261124110000.mp4").write_text("no video")
    assert desk.obstacle == "请选择这些录像是哪台摄像机拍的。"
    desk.choose_camera(desk.cameras()[0].id)
    assert desk.obstacle == "请选择录像文件夹。"

    desk.choose_folder(tmp_path / "export")
    assert desk.stage is Stage.LOOKING
    qtbot.waitUntil(lambda: desk.stage is Stage.FILES, timeout=30_000)

    assert desk.obstacle == ""
    assert [row.cells[1] for row in desk.model.rows] == [
        "2026-11-24 10:00:00", "2026-11-24 10:00:10", "—",
    ]  # fmt: skip
    assert "不是视频文件" in desk.model.rows[2].cells[4]
    assert desk.told.startswith("共 2 个录像，2026-11-24 10:00 至 2026-11-24 10:00")


def test_a_folder_that_holds_none_is_said_to(
    qtbot: QtBot, desk: RecordingsDesk, tmp_path: Path
) -> None:
    desk.choose_camera(desk.cameras()[0].id)
    desk.choose_folder(tmp_path)
    qtbot.waitUntil(lambda: desk.stage is Stage.FILES, timeout=30_000)
    assert desk.trouble is not None
    assert desk.obstacle == "这个文件夹里没有能看的录像。"


def test_a_wrong_clock_is_corrected_for_all_files_after_it() -> None:
    files = [file("a", 0), file("b", 10), file("c", 20)]
    moved = redated(files, Path("b"), START + timedelta(minutes=70), carries=True)
    assert starts(moved) == [0, 70, 80]
    alone = redated(files, Path("b"), START + timedelta(minutes=70), carries=False)
    assert starts(alone) == [0, 70, 20]


def test_files_without_a_time_follow_on_the_one_that_is_given_one() -> None:
    files = [file("a", None), file("b", None), Surveyed(Path("c"), trouble=FootageTrouble.DAMAGED)]
    assert starts(redated(files, Path("a"), START, carries=True)) == [0, 10, None]


def test_gaps_and_guesses_are_said_beside_the_file() -> None:
    rows = rows_of([file("a", 0), file("b", 10), file("c", 25, by=BeginsBy.FILE_TIME)])
    assert [row.cells[4] for row in rows] == [
        "",
        "",
        "按文件时间推算，请核对；之前 5分钟没有录像，记为未监测",
    ]


def test_what_came_of_it_is_said_with_what_broke() -> None:
    broken = (FootageError(FootageTrouble.TRUNCATED, "a.mp4", "ends early"),)
    told = result_said(Reviewed(Ending.STOPPED, 3, (), broken, 3600.0, 60.0))
    assert told == (
        "已停止，此前看到的都保留。看了 1小时0分 的录像，用时 1分钟（60 倍速）。"
        "看到 3 次需要核实的情况，新提出 0 个疑似问题。视频“a.mp4”不完整，只能使用前面的部分。"
    )


def test_times_are_of_the_hall() -> None:
    (row,) = rows_of([file("a", 0)])
    assert datetime.fromisoformat(row.cells[1]).hour == START.hour
