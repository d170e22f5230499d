"""The main job without a window: from a camera to a card on another machine."""

import argparse
import itertools
import json
import os
import time
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from desktop.assembly import office
from desktop.assembly.demonstration import (
    Stagehand,
    cameras_of,
    drawn_plan,
    recorded_plan,
    set_up_demonstration,
)
from desktop.assembly.lookout import Lookout, SeenEvent, WatchingFailed
from desktop.assembly.program import Program
from desktop.assembly.stages import Stage
from desktop.bridges.footage import Footage
from desktop.cli.voice import speaking, tell
from desktop.domain.cards import Card
from desktop.domain.findings import CARD_LEVEL, Finding
from desktop.domain.organisation import Hall
from desktop.domain.roles import Role
from desktop.paths import Paths
from desktop.settings import Settings
from desktop.system.language import said
from desktop.system.secrets import MemorySecrets
from desktop.usecases.organisation import HallPlan
from desktop.viewmodels.opening import STAGES
from video.evaluation.truth_file import read_truth
from video.process.memory import peak_mb
from video.vocabulary.source import Pace
from video.vocabulary.truth import Truth


class NothingFound(Exception):
    """No finding can lead to a card; `seen` is how many there are."""

    def __init__(self, seen: int) -> None:
        super().__init__(seen)
        self.seen = seen


@dataclass(frozen=True, slots=True)
class SecondClient:
    """What another machine sees after its first round."""

    card_number: str
    evidence_verified: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the line achieved, as the last line of output tells it in JSON."""

    events: tuple[SeenEvent, ...]
    findings: int
    card_number: str
    pdfs: tuple[str, ...]
    second_client: SecondClient
    processes: dict[str, int]
    seconds: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Clip:
    """A real recording with the truth about it, of which only the polygons are used."""

    video: Path
    truth: Truth


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "demo", help="不开窗口，走完整条主线 / the main job without a window"
    )
    parser.add_argument("--out", type=Path, required=True, help="图片和文书放在这里 / folder")
    parser.add_argument("--video", type=Path, help="用一段录像代替绘制的大厅 / a recording")
    parser.add_argument("--truth", type=Path, help="录像的区域文件 / its truth file")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Do it and print the outcome as the last line."""
    return speaking(lambda: _run(options))


def _run(options: argparse.Namespace) -> int:
    if (options.video is None) != (options.truth is None):
        tell(said("--video 和 --truth 要一起给出。"), mark="✗")
        return 2
    try:
        clip = Clip(options.video, read_truth(options.truth)) if options.video else None
        outcome = whole_line(options.out.absolute(), clip)
    except NothingFound as nothing:
        tell(said("看到的 {0} 次离岗都不能认定，没有可以办理的。").format(nothing.seen), mark="✗")
        return 1
    except WatchingFailed:
        tell(said("监看进程没有回应，已停止。请查看日志后重试。"), mark="✗")
        return 1
    tell(said("完成。文书和图片在 {0}").format(options.out.absolute()), mark="✓")
    print(json.dumps(asdict(outcome), ensure_ascii=False))
    return 0


def unused(folder: Path) -> Path:
    """Answer a folder beside those of earlier runs: their keys ended with them."""
    numbered = (folder.with_name(f"{folder.name}-{n}") for n in itertools.count(2))
    return next(path for path in itertools.chain([folder], numbered) if not path.exists())


def whole_line(out: Path, clip: Clip | None = None) -> Outcome:
    """Go the whole line below a folder: new profiles, server, papers and pictures land there.

    Raises:
        NothingFound: no window stood empty for long enough, so there is nothing to decide.
        FootageError, StorageError, SyncError, DocumentError: the world said no.
    """
    began = time.monotonic()
    first = Paths(unused(out / "profile"))
    with Program(first, Settings(), MemorySecrets(), tell=_tell_stage) as program:
        plan = recorded_plan(clip.video, clip.truth) if clip else drawn_plan()
        _tell_stage(Stage.DEMONSTRATION)
        hall = set_up_demonstration(program, plan)
        tell(said("观看摄像机"))
        lookout = watched(program, hall, plan, clip)
        card, findings = decided(program, hall)
        tell(said("文书 {0} 已编号用印").format(card.doc_no))
        pdfs = office.exported(program, card, out)
        tell(said("同步到中心服务器"))
        program.sync.round_now().result()
        tell(said("另一台机器登录并取回"))
        second = _second_client(program, Paths(unused(out / "second")), card)
        return Outcome(
            events=lookout.events(),
            findings=findings,
            card_number=card.doc_no,
            pdfs=tuple(str(path) for path in pdfs),
            second_client=second,
            processes={
                "desktop": os.getpid(),
                "video": lookout.pid,
                "server": program.server_pid,
            },
            seconds=round(time.monotonic() - began, 1),
            peak_mb=round(peak_mb() + lookout.peak_mb, 1),
        )


def watched(program: Program, hall: Hall, plan: HallPlan, clip: Clip | None) -> Lookout:
    """Let the cameras play to their end and everything that they show be written down."""
    cameras = cameras_of(program, hall)
    lookout = Lookout(cameras, {window.id: window.number for window in plan.windows})
    length = timedelta(seconds=clip.truth.duration_s if clip else 300)
    footage = Footage(
        start=program.clock.now() - length,
        pace=Pace.UNPACED,
        profile="clip" if clip else "hall",
    )
    program.watch(hall, cameras, footage, lookout.hear)
    for share in lookout.progress():
        tell(said("已看到第 {0} 秒").format(round(share)))
    program.stop_watching()
    return lookout


def decided(program: Program, hall: Hall) -> tuple[Card, int]:
    """Let the office decide on the longest absence that can be decided."""
    everything = program.desk.look(lambda r: r.find(Finding, hall_id=hall.id)).result()
    findings = [finding for finding in everything if finding.level >= CARD_LEVEL]
    now = program.clock.now()
    ready = [f for f in findings if f.conclusive and f.ended_at is not None]
    if not ready:
        raise NothingFound(len(findings))
    return office.carded(program, max(ready, key=lambda f: f.lasted_s(now))), len(findings)


def _second_client(first: Program, paths: Paths, card: Card) -> SecondClient:
    settings = Settings(server_url=first.session.url)
    with Program(paths, settings, MemorySecrets()) as program:
        password = Stagehand(first).password()
        Stagehand(program, password).enter(Role.HEAD)
        program.sync.round_now().result()
        return SecondClient(*office.verified(program, card))


def _tell_stage(stage: Stage) -> None:
    tell(said(STAGES[stage]))
