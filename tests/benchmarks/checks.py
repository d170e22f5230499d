"""From a file of half a million events to a verdict, against a scan of the file and against pm4py.

    HALLWATCH_DATA=... python -m tests.benchmarks.checks [--import] [--peer PYTHON]

Three things are timed in one run, each in a process of its own, so that peak memory is its own:
the floor (unpack the log and let an XML parser go over it without looking), our `check`, and, with
`--peer`, pm4py under an interpreter that has it. pm4py is AGPL: it is compared with, never used.
With `--import` the log is also taken into an encrypted case file. Ratios mean more than seconds.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.shared_data import shared_data

LOG = "Road_Traffic_Fine_Management_Process.xes.gz"
ROUNDS = 3

FLOOR = """
import gzip, sys
from xml.parsers import expat
parser = expat.ParserCreate()
with gzip.open(sys.argv[1]) as log:
    while block := log.read(1 << 20):
        parser.Parse(block)
"""

# Reading, and who is late: what pm4py offers nearest to a verdict.
PEER = """
import sys, warnings
warnings.simplefilter("ignore")
import pm4py
from pm4py.algo.conformance.temporal_profile import algorithm as conformance
log = pm4py.read_xes(sys.argv[1])
profile = pm4py.discover_temporal_profile(log)
found = pm4py.conformance_temporal_profile(log, profile, zeta=2.0)
print(sum(map(len, found)), "deviations", file=sys.stderr)
"""

IMPORT = """
import sys, tempfile
from pathlib import Path
from desktop.assembly.imports import import_file
from desktop.domain.roles import Role
from desktop.usecases.organisation import set_up_hall
from desktop.workers.case_desk import CaseDesk
from tests.support.profiles import SetClock, hall_plan, open_store, person
with tempfile.TemporaryDirectory() as folder:
    clock, plan, manager = SetClock(), hall_plan(), person(Role.DATA_MGR)
    desk = CaseDesk(open_store(Path(folder), clock))
    desk.act(manager, lambda work: set_up_hall(work, plan)).result()
    done = import_file(
        desk, Path(sys.argv[1]), hall_id=plan.hall.id, actor=manager, clock=clock
    )
    desk.close()
    print(done.batch.cases, "cases", done.batch.events, "events", file=sys.stderr)
"""

MEASURED = """
import json, sys, time
began, used = time.perf_counter(), time.process_time()
exec(compile(sys.stdin.read(), "measured", "exec"), {"__name__": "__main__"})
ended, spent = time.perf_counter(), time.process_time()
peak = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM:")]
print(json.dumps({"s": ended - began, "cpu_s": spent - used, "mb": int(peak[0]) / 1024}))
"""

CHECK = """
import sys
from desktop.cli import main
main(["check", sys.argv[1], "--json", "--as-of", "2014-01-01"])
"""


def measured(code: str, log: Path, python: str = sys.executable) -> dict[str, float]:
    """The best of some runs, by seconds."""
    runs = []
    for _ in range(ROUNDS):
        done = subprocess.run(
            [python, "-c", MEASURED, str(log)],
            input=code, text=True, capture_output=True, check=True, env=dict(os.environ),
        )  # fmt: skip
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    return min(runs, key=lambda run: run["s"])


def verdict_of(log: Path) -> dict[str, object]:
    """What the command says."""
    words = [sys.executable, "-m", "desktop", "check", str(log), "--json", "--as-of", "2014-01-01"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    said: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return said


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--import", dest="imports", action="store_true")
    parser.add_argument("--peer", default="", help="a Python that has pm4py")
    options = parser.parse_args()
    log = shared_data("logs", LOG)
    said = verdict_of(log)
    rules = said["rules"]
    assert isinstance(rules, list)
    print(f"{said['events']} events, {len(rules)} rules on: {' '.join(rules)}")
    floor = measured(FLOOR, log)
    rows = [("scan alone", floor), ("check, program start included", measured(CHECK, log))]
    if options.imports:
        rows.append(("import into the case file", measured(IMPORT, log)))
    if options.peer:
        rows.append(("pm4py: read and temporal conformance", measured(PEER, log, options.peer)))
    print(f"{'':38} {'wall s':>8} {'CPU s':>8} {'MB':>7} {'x scan':>7}")
    for name, run in rows:
        ratio = run["cpu_s"] / floor["cpu_s"]
        print(f"{name:38} {run['s']:8.2f} {run['cpu_s']:8.2f} {run['mb']:7.0f} {ratio:7.1f}")
    print(f"the command's own figures: {said['seconds']} s, {said['peak_mb']} MB")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ["HALLWATCH_HOME"] = home
        main()
