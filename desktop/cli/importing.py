"""Taking a file of cases into the user's own case file: `import FILE`."""

import argparse
import json
import os
import time
from collections.abc import Callable
from getpass import getpass
from pathlib import Path

from desktop.assembly.imports import Imported, import_file
from desktop.assembly.mappings import wished_profile
from desktop.assembly.program import Program
from desktop.cli.voice import ask_pin, speaking, tell
from desktop.domain.errors import NotFound
from desktop.domain.organisation import Hall
from desktop.paths import standard_paths
from desktop.settings import load_settings
from desktop.storage import cases
from desktop.system.language import said
from desktop.system.secrets import open_secrets
from desktop.viewmodels.complaints import complaint_sentence
from video.process.memory import peak_mb

SHOWN = 20  # complaints; all of them are kept with the import
TELL_EVERY_S = 2.0


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = commands.add_parser("import", help="把办件文件导入案卷库 / take a file of cases in")
    parser.add_argument("file", type=Path, help="CSV、XLSX、XES(.gz)、JSON Lines")
    parser.add_argument("--user", required=True, help="数据管理员的用户名 / a data manager")
    parser.add_argument("--hall", default="", help="大厅名称，只有一个时可省略 / name of the hall")
    parser.add_argument(
        "--mapping",
        default="",
        help="映射方案或其文件，可省略 / mapping profile or its file",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Take it in and print what came of it as the last line, in JSON."""
    return speaking(lambda: _run(options))


def _run(options: argparse.Namespace) -> int:
    began = time.perf_counter()
    paths = standard_paths(os.environ)
    secrets = open_secrets(paths.secrets, str(paths.home), ask_pin)
    with Program(paths, load_settings(paths.settings), secrets) as program:
        password = getpass(said("{0} 的密码：").format(options.user))
        actor = program.door.sign_in(options.user, password).result()
        imported = import_file(
            program.desk,
            options.file,
            hall_id=hall_named(program, options.hall).id,
            actor=actor,
            clock=program.clock,
            profile=wished_profile(options.mapping),
            tell=_told_now_and_then(),
        )
        _tell_complaints(program, imported)
    summary = summary_of(imported, round(time.perf_counter() - began, 2))
    print(json.dumps(summary, ensure_ascii=False))
    return 0


def hall_named(program: Program, name: str) -> Hall:
    """Give the hall of a name, or the only one.

    Raises:
        NotFound: there is none, or there are several and none was named.
    """
    halls = program.desk.look(lambda reading: reading.find(Hall)).result()
    fitting = [hall for hall in halls if name in {"", hall.name}]
    if len(fitting) != 1:
        raise NotFound("hall", name)
    return fitting[0]


def summary_of(imported: Imported, seconds: float) -> dict[str, object]:
    """Say what came of an import."""
    batch = imported.batch
    return {
        "mapping": batch.profile,
        "again": imported.again,
        "cases": batch.cases,
        "changed": 0 if imported.again else batch.changed,
        "events": batch.events,
        "rejected": batch.rejected,
        "remarks": batch.remarks,
        "seconds": seconds,
        "peak_mb": round(peak_mb(), 1),
    }


def _tell_complaints(program: Program, imported: Imported) -> None:
    if imported.again:
        tell(said("这个文件已经导入过，没有改动。"))
        return
    with program.desk.store.read() as connection:
        complaints = list(cases.complaints_of(connection, imported.batch.id))
    for complaint in complaints[:SHOWN]:
        tell(complaint_sentence(complaint), mark="△" if complaint.kept else "✗")
    if len(complaints) > SHOWN:
        tell(said("另有 {0} 处未逐条列出。").format(len(complaints) - SHOWN))


def _told_now_and_then() -> Callable[[float], bool]:
    last = [time.monotonic()]

    def told(share: float) -> bool:
        if time.monotonic() - last[0] > TELL_EVERY_S:
            last[0] = time.monotonic()
            tell(said("已读取 {0}%").format(round(share * 100)))
        return True

    return told
