"""Looks through a whole profile, also after its watching process was killed, for planted words.

python -m tests.benchmarks.secret_scan [--words 200] [--seed 1]
"""

import argparse
import tempfile
from pathlib import Path

from tests.support.secret_scan import run_scan, told_of


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scanned = run_scan(Path(folder), options.words, options.seed, watches=True)
    print(
        f"{options.words} planted words, {scanned.files} files looked through, watching process"
        f" killed: {scanned.killed}; {len(scanned.found)} readable {dict(told_of(scanned.found))}"
    )
    if scanned.found or not scanned.killed:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
