"""Judging a file of cases without keeping it: `check FILE`."""

import argparse
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale

from desktop.assembly.check_shares import Order, collecting_seldom, judge_shared
from desktop.assembly.checks import Inspection, inspect_file, wished_rules
from desktop.assembly.mappings import shipped_names, wished_profile
from desktop.cli.voice import ask_pin, speaking, tell
from desktop.domain.approvals import CaseBundle
from desktop.domain.imports import Complaint, Taken
from desktop.exchange.csv_table import write_csv
from desktop.exchange.profiles import Profile
from desktop.exchange.xes_writer import xes_log
from desktop.paths import standard_paths
from desktop.system.clock import SystemClock
from desktop.system.language import said
from desktop.system.secrets import open_secrets
from desktop.usecases.checking import Verdict, check_cases
from desktop.viewmodels.complaints import complaint_sentence, complaint_table
from video.process.memory import peak_mb

SHOWN = 20  # complaints; the rest is counted


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "check", help="检查办件文件，不入库 / judge a file of cases without keeping it"
    )
    parser.add_argument("file", type=Path, help="CSV、XLSX、XES(.gz)、JSON Lines")
    parser.add_argument(
        "--mapping",
        default="",
        help="映射方案的名称（含本机案卷库保存的）或其文件，可省略 / mapping profile or its file",
    )
    parser.add_argument(
        "--rules",
        default="",
        help="规则或规则族（逗号分隔），或设置文件 / rules, or a settings file",
    )
    parser.add_argument("--as-of", type=_day, help="以某日 24:00 为现在 / judge as of this day")
    parser.add_argument(
        "--rejected", type=Path, help="把未采用和存疑的行写成 CSV / list of rows not taken"
    )
    parser.add_argument(
        "--xes", type=Path, help="把采用的办件写成事件日志 / what was taken as an event log"
    )
    parser.add_argument("--json", action="store_true", help="只输出 JSON / nothing but JSON")
    parser.set_defaults(run=check_main)


def check_main(options: argparse.Namespace) -> int:
    """Judge it and print the verdict as the last line, in JSON."""
    return speaking(lambda: _run(options))


def _run(options: argparse.Namespace) -> int:
    began = time.perf_counter()
    now = options.as_of or SystemClock().now()
    rules = wished_rules(options.rules)
    wish = wished_profile(options.mapping)
    inspection = inspect_file(options.file, profile=wish, rules=rules, now=now, own=_stored(wish))
    if not options.json:
        _tell_beginning(inspection)
    report = _Report(quiet=options.json, keep=options.rejected is not None)
    order = Order(options.file, inspection.profile, rules, now)
    with collecting_seldom():
        shared = judge_shared(inspection, order) if order.is_large and not options.xes else None
        for complaint in shared.complaints if shared else ():
            report.note(complaint)
        verdict = shared.verdict if shared else _judged_alone(inspection, report, options.xes)
    report.close()
    if not options.json:
        _tell_end(verdict)
    if options.rejected:
        write_csv(options.rejected, *complaint_table(report.kept))
        tell(said("未采用和存疑的行写在 {0}").format(options.rejected))
    if options.xes:
        tell(said("采用的办件写成了事件日志 {0}").format(options.xes))
    seconds = round(time.perf_counter() - began, 2)
    memory_mb = round(peak_mb() + (shared.helper_mb if shared else 0.0), 1)
    summary = _summary(inspection, verdict) | {"seconds": seconds, "peak_mb": memory_mb}
    print(json.dumps(summary, ensure_ascii=False))
    return 0


def _stored(wish: str | Profile) -> Mapping[str, Profile]:
    """Look a name that is none of the shipped ones up in the case file of this machine."""
    if not isinstance(wish, str) or wish in shipped_names() | {""}:
        return {}
    from desktop.assembly.stored_profiles import (  # noqa: PLC0415  # loads the store
        stored_profiles,
    )

    paths = standard_paths(os.environ)
    secrets = partial(open_secrets, paths.secrets, str(paths.home), ask_pin)
    return stored_profiles(paths, secrets, SystemClock())


def _judged_alone(inspection: Inspection, report: "_Report", xes: Path | None) -> Verdict:
    """Judge case by case in this process, and copy them into a log where one is wanted."""
    with ExitStack() as open_files:
        stream = inspection.cases()
        if xes:
            stream = _copied(stream, open_files.enter_context(xes_log(xes)))
        return check_cases(
            stream, inspection.checker, by_law=inspection.by_law, on_complaint=report.note
        )


def _copied(stream: Iterator[Taken], add: Callable[[CaseBundle], None]) -> Iterator[Taken]:
    for taken in stream:
        if taken.bundle:
            add(taken.bundle)
        yield taken


class _Report:
    """Tells the first complaints one by one and the rest by their number."""

    def __init__(self, *, quiet: bool, keep: bool) -> None:
        self._quiet, self._keep = quiet, keep
        self._count = 0
        self.kept: list[Complaint] = []

    def note(self, complaint: Complaint) -> None:
        """Take a complaint."""
        self._count += 1
        if self._keep:
            self.kept.append(complaint)
        if self._count <= SHOWN and not self._quiet:
            tell(complaint_sentence(complaint), mark="△" if complaint.kept else "✗")

    def close(self) -> None:
        """Tell how many were not told one by one."""
        if self._count > SHOWN and not self._quiet:
            tell(said("另有 {0} 处未逐条列出。").format(self._count - SHOWN))


def _summary(inspection: Inspection, verdict: Verdict) -> dict[str, object]:
    return {
        "mapping": inspection.profile.id,
        **asdict(verdict),
        "rules": list(inspection.checker.bound),
    }


def _tell_beginning(inspection: Inspection) -> None:
    profile = inspection.profile
    chinese = QLocale().language() is QLocale.Language.Chinese
    title = profile.title["zh" if chinese else "en"]
    tell(said("映射方案：{0}（{1}）").format(profile.id, title))
    bound = inspection.checker.bound
    tell(said("可以检查的规则 {0} 条：{1}").format(len(bound), " ".join(bound)))


def _tell_end(verdict: Verdict) -> None:
    tell(said("办件 {0} 件，环节 {1} 个，未采用 {2} 处，存疑 {3} 处。").format(
        verdict.cases, verdict.events, verdict.rejected, verdict.remarks
    ))  # fmt: skip
    tell(
        said("已办结 {0} 件，其中超期 {1} 件。").format(verdict.closed_cases, verdict.overdue_cases)
    )
    tell(said("有期限并已完成的环节 {0} 个，其中超期 {1} 个。").format(
        verdict.due_steps, verdict.overdue_steps
    ))  # fmt: skip
    for rule_id, count in verdict.findings.items():
        tell(f"{rule_id}  {count}")


def _day(text: str) -> datetime:
    """Take a day as its end, so that what is due on it is not late."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC) + timedelta(days=1)
