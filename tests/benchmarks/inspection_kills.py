"""Kills an inspector at random moments while he answers and writes, as often as asked for.

python -m tests.benchmarks.inspection_kills [--kills 1000] [--seed 1]

The way back is told beside what starting Python and importing the program takes by itself.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.support.inspection_kills import run_kills


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        left = run_kills(Path(folder), options.kills, options.seed)
    back, bare = statistics.median(left.restarts_s), _importing_s()
    print(
        f"{left.kills} kills: {left.answers} answers, {left.strokes} strokes and"
        f" {left.finished} finished forms were kept; {left.lost} lost, {left.damaged} files damaged"
    )
    print(f"back at work after {back:.2f} s, {back / bare:.2f} times a bare start of {bare:.2f} s")
    print(f"in {time.monotonic() - began:.0f} s")
    if left.lost or left.damaged:
        raise SystemExit(1)


def _importing_s() -> float:
    began = time.monotonic()
    code = "import tests.support.killed_inspector"
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.monotonic() - began


if __name__ == "__main__":
    main()
