"""Reviewing a folder of recordings, and keeping what is found: `review FOLDER`."""

import argparse
import json
import os
import time
from collections.abc import Callable
from datetime import datetime
from getpass import getpass
from pathlib import Path

from desktop.assembly.program import Program
from desktop.assembly.recordings import Ending, Reviewed, review
from desktop.cli.importing import hall_named
from desktop.cli.voice import ask_pin, speaking, tell
from desktop.domain.calendar import HALL_TIME
from desktop.domain.errors import NotFound
from desktop.domain.organisation import Camera
from desktop.paths import standard_paths
from desktop.settings import load_settings
from desktop.system.language import said
from desktop.system.secrets import open_secrets
from desktop.viewmodels.cameras.recorded_files import plan_said, result_said
from desktop.viewmodels.wording import sentence

TELL_EVERY_S = 2.0


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "review", help="查看录像文件夹，提出疑似问题 / find absences in recordings and keep them"
    )
    parser.add_argument("folder", type=Path, help="录像机导出的文件夹 / a recorder's exports")
    parser.add_argument("--user", required=True, help="用户名 / who has them reviewed")
    parser.add_argument("--camera", required=True, help="摄像机名称 / name of the camera")
    parser.add_argument("--hall", default="", help="大厅名称，只有一个时可省略 / name of the hall")
    parser.add_argument(
        "--start",
        type=datetime.fromisoformat,
        help="文件名看不出时间时的开始时间 / where no name tells a time: 2026-11-24T08:30",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Review them and print what came of it as the last line, in JSON."""
    return speaking(lambda: _run(options))


def _run(options: argparse.Namespace) -> int:
    from video.sources.recordings import planned  # noqa: PLC0415  # PyAV: no other command needs it

    start = options.start.replace(tzinfo=HALL_TIME) if options.start else None
    plan, refused = planned(options.folder, HALL_TIME, start)
    for error in refused:
        tell(sentence(error), mark="✗")
    tell(plan_said(plan))
    paths = standard_paths(os.environ)
    secrets = open_secrets(paths.secrets, str(paths.home), ask_pin)
    with Program(paths, load_settings(paths.settings), secrets) as program:
        password = getpass(said("{0} 的密码：").format(options.user))
        actor = program.door.sign_in(options.user, password).result()
        camera = _camera_named(program, options.hall, options.camera)
        reviewed = review(program, actor, camera, plan, _told_now_and_then())
    tell(result_said(reviewed))
    print(json.dumps(_summary(reviewed, len(refused)), ensure_ascii=False))
    return 0 if reviewed.ending is Ending.DONE and not refused else 1


def _camera_named(program: Program, hall: str, name: str) -> Camera:
    hall_id = hall_named(program, hall).id
    cameras = program.desk.look(lambda reading: reading.find(Camera, hall_id=hall_id)).result()
    fitting = [camera for camera in cameras if camera.name == name and camera.zones]
    if len(fitting) != 1:
        raise NotFound(Camera.ENTITY, name)
    return fitting[0]


def _summary(reviewed: Reviewed, refused: int) -> dict[str, object]:
    return {
        "ending": reviewed.ending.value,
        "events": reviewed.events,
        "findings": len(reviewed.findings),
        "broken": refused + len(reviewed.broken),
        "watched_s": round(reviewed.watched_s, 1),
        "seconds": round(reviewed.took_s, 1),
    }


def _told_now_and_then() -> Callable[[float], bool]:
    last = [time.monotonic()]

    def told(share: float) -> bool:
        if time.monotonic() - last[0] > TELL_EVERY_S:
            last[0] = time.monotonic()
            tell(said("已判断 {0}%").format(round(share * 100)))
        return True

    return told
