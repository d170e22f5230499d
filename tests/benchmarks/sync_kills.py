"""Kills client and server at random while work goes on, as often as asked for.

python -m tests.benchmarks.sync_kills [--changes 5000] [--kills 100] [--seed 1] [--postgres]
"""

import argparse
import tempfile
import time
from pathlib import Path

from tests.support.postgres import missing, postgres_server
from tests.support.sync_kills import Left, run_kills


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--changes", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgres", action="store_true", help="instead of SQLite")
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        left = _on_postgres(options, folder) if options.postgres else _run(options, folder, "")
    print(f"{left} in {time.monotonic() - began:.0f} s")
    if left.lost or left.doubled or left.faults:
        raise SystemExit(1)


def _on_postgres(options: argparse.Namespace, folder: str) -> Left:
    if missing():
        raise SystemExit(missing())
    with postgres_server() as url:
        return _run(options, folder, url)


def _run(options: argparse.Namespace, folder: str, url: str) -> Left:
    return run_kills(Path(folder), options.changes, options.kills, options.seed, url)


if __name__ == "__main__":
    main()
