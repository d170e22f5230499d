"""What the frame and the sync centre say about synchronising; never more than is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from desktop.system.language import marked, said
from desktop.system.theme import Tone
from desktop.viewmodels.times import clock_short
from desktop.viewmodels.wording import sentence
from desktop.workers.sync_thread import SyncPhase, SyncStatus
from sync.client.round import Step
from sync.errors import SyncError, SyncTrouble

Counts = Mapping[str, int]

STEPS: Mapping[Step, str] = {
    Step.PUSH: marked("正在上报更改"),
    Step.UPLOAD: marked("正在上传证据"),
    Step.PULL: marked("正在接收更改"),
    Step.FETCH: marked("正在下载证据"),
    Step.VERIFY: marked("正在核对两端"),
}


class Mark(Enum):
    """The shape beside the sentence, so that it is known without colour."""

    DONE = "done"
    WAITING = "waiting"
    RUNNING = "running"
    OFFLINE = "offline"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class SyncTruth:
    """One short line, its tone and mark, and the whole sentence behind it."""

    line: str
    tone: Tone
    mark: Mark
    sentence: str = ""


def truth_of(status: SyncStatus, counts: Counts) -> SyncTruth:
    """Say how things stand between this device and the server."""
    match status.phase:
        case SyncPhase.RUNNING:
            return _running(status)
        case SyncPhase.PAUSED:
            return SyncTruth(said("同步已暂停"), Tone.NEAR, Mark.STOPPED, _waits(counts))
        case SyncPhase.SIGNED_OUT:
            told = said("登录已失效。请重新登录。")
            return SyncTruth(said("需要重新登录"), Tone.NEAR, Mark.STOPPED, told)
        case SyncPhase.TROUBLED:
            return _troubled(status, counts)
        case SyncPhase.RESTING:
            return _resting(status, counts)


def waiting(counts: Counts) -> int:
    """Count what has not reached the server: changes and files."""
    return counts.get("pending", 0) + counts.get("blobs_waiting", 0)


def _running(status: SyncStatus) -> SyncTruth:
    told = said(STEPS[status.step]) if status.step else ""
    return SyncTruth(said("正在同步"), Tone.ACCENT, Mark.RUNNING, told)


def _resting(status: SyncStatus, counts: Counts) -> SyncTruth:
    if refused := counts.get("inbox", 0):
        line = said("{0} 项被服务器拒绝", n=refused).format(refused)
        return SyncTruth(
            line, Tone.NEAR, Mark.STOPPED, said("两边的内容都保留着，请决定采用哪一个。")
        )
    if count := waiting(counts):
        line = said("{0} 项待同步", n=count).format(count)
        return SyncTruth(line, Tone.SOFT, Mark.WAITING, said("下一轮同步时上报。"))
    if status.finished_at is None:
        return SyncTruth(said("尚未同步"), Tone.SOFT, Mark.WAITING)
    line = said("已同步 {0}").format(clock_short(status.finished_at))
    return SyncTruth(line, Tone.GOOD, Mark.DONE, said("本机与服务器一致。"))


def _troubled(status: SyncStatus, counts: Counts) -> SyncTruth:
    error = status.refusal
    told = sentence(error) if error else ""
    if isinstance(error, SyncError) and error.trouble is SyncTrouble.UNREACHABLE:
        count = waiting(counts)
        line = said("离线 · {0} 项待同步", n=count).format(count) if count else said("离线")
        return SyncTruth(line, Tone.SOFT, Mark.OFFLINE, told)
    return SyncTruth(said("同步受阻"), Tone.NEAR, Mark.STOPPED, told)


def _waits(counts: Counts) -> str:
    count = waiting(counts)
    return said("{0} 项待同步", n=count).format(count) if count else ""
