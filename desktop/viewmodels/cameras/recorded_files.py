"""A folder of recordings as it is shown, and the correction of their beginnings."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from desktop.assembly.recordings import Ending, Reviewed
from desktop.domain.calendar import HALL_TIME
from desktop.system.language import joined, said
from desktop.viewmodels.lines import Row
from desktop.viewmodels.times import lasting, stamp
from desktop.viewmodels.wording import sentence
from video.errors import FootageError
from video.vocabulary.recording import BeginsBy, Surveyed
from video.vocabulary.source import Recording, RecordingsPlan

GAP_S = 5.0  # between two files; less is how recorders cut


def redated(
    files: Sequence[Surveyed], path: Path, begins: datetime, *, carries: bool
) -> list[Surveyed]:
    """Correct when a file begins.

    Args:
        carries: move the files after it by as much; where it had no beginning, let the others
            without one follow on it.
    """
    at = next(n for n, each in enumerate(files) if each.path == path)
    moved = list(files)
    moved[at] = replace(files[at], begins=begins, begins_by=BeginsBy.PERSON)
    if not carries:
        return moved
    before, end = files[at].begins, begins + timedelta(seconds=files[at].length_s)
    for n, each in enumerate(files[at + 1 :], at + 1):
        if before is not None and each.begins is not None:
            by = begins - before
            moved[n] = replace(each, begins=each.begins + by, begins_by=BeginsBy.PERSON)
        elif before is None and each.begins is None and each.trouble is None:
            moved[n] = replace(each, begins=end, begins_by=BeginsBy.PERSON)
            end += timedelta(seconds=each.length_s)
    return moved


def titles() -> Sequence[str]:
    """The columns."""
    return (said("文件"), said("开始时间"), said("时长"), said("画面"), said("说明"))


def place_of(file: Surveyed) -> tuple[bool, float, str]:
    """Sort by beginning; those without one come last."""
    at = file.begins.timestamp() if file.begins else 0.0
    return file.begins is None, at, str(file.path)


def rows_of(files: Sequence[Surveyed]) -> list[Row]:
    """What is shown of each."""
    gaps = dict(_gaps(files))
    return [
        Row(
            str(each.path),
            (
                each.path.name,
                stamp(each.begins) if each.begins else "—",
                lasting(each.length_s) if each.length_s else "—",
                f"{each.width}×{each.height}" if each.width else "—",
                _remark(each, gaps.get(str(each.path), 0.0)),
            ),
        )
        for each in files
    ]


def _gaps(files: Sequence[Surveyed]) -> Sequence[tuple[str, float]]:
    """Seconds without a recording before each file."""
    known = sorted((f for f in files if f.begins and not f.trouble), key=place_of)
    return [
        (str(after.path), (after.begins - before.begins).total_seconds() - before.length_s)
        for before, after in pairwise(known)
        if before.begins and after.begins
    ]


def _remark(file: Surveyed, gap_s: float) -> str:
    if file.trouble is not None:
        return sentence(FootageError(file.trouble, file.path.name, file.detail))
    if file.begins is None:
        return said("请填写开始时间")
    guessed = said("按文件时间推算，请核对") if file.begins_by is BeginsBy.FILE_TIME else ""
    gap = said("之前 {0}没有录像，记为未监测").format(lasting(gap_s)) if gap_s > GAP_S else ""
    return "；".join(part for part in (guessed, gap) if part)


def plan_said(plan: RecordingsPlan) -> str:
    """What would be reviewed."""
    first, last = plan.recordings[0], max(plan.recordings, key=_end)
    whole = said("共 {0} 个录像，{1} 至 {2}，合计 {3}。").format(
        len(plan.recordings),
        f"{first.start_wall.astimezone(HALL_TIME):%Y-%m-%d %H:%M}",
        f"{last.end_wall.astimezone(HALL_TIME):%Y-%m-%d %H:%M}",
        lasting(sum(recording.length_s for recording in plan.recordings)),
    )
    return joined(whole, said("按录像自己的时间判断，已经看过的不会重复提出。"))


def _end(recording: Recording) -> datetime:
    return recording.end_wall


def result_said(reviewed: Reviewed) -> str:
    """What came of a review."""
    parts = []
    match reviewed.ending:
        case Ending.STOPPED:
            parts.append(said("已停止，此前看到的都保留。"))
        case Ending.GAVE_UP:
            parts.append(said("判断进程多次退出，没有看完。此前看到的都保留。"))
        case Ending.DONE:
            pass
    times = reviewed.watched_s / reviewed.took_s if reviewed.took_s else 0.0
    parts.append(
        said("看了 {0} 的录像，用时 {1}（{2} 倍速）。").format(
            lasting(reviewed.watched_s), lasting(reviewed.took_s), round(times)
        )
    )
    found = said("看到 {0} 次需要核实的情况，新提出 {1} 个疑似问题。")
    parts.append(found.format(reviewed.events, len(reviewed.findings)))
    parts += [sentence(error) for error in reviewed.broken]
    return joined(*parts)
