"""Random histories of three devices and a server with faults, as many as asked for.

    python -m tests.benchmarks.sync_histories [--histories 500] [--seed N] [--kept FILE]

Here and not in the product's command line: it needs the test's own model of what must be true, and
Hypothesis. A failure is printed as the shortest history that shows it. With `--kept` each part that
ended well is noted in a file with its seed, and a run that was stopped goes on behind it. With
`--seed` the histories are the same each time, as far as threads let them be.
"""

import argparse
import json
import secrets
import time
from pathlib import Path

from tests.support.sync_model import run_histories

PART = 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=500)
    parser.add_argument("--seed", type=int, help="of the first hundred; random without it")
    parser.add_argument("--kept", type=Path)
    options = parser.parse_args()
    done = _done(options.kept)
    while done < options.histories:
        seed = secrets.randbits(64) if options.seed is None else options.seed + done
        count = min(PART, options.histories - done)
        began = time.process_time()
        print(f"seed {seed}", flush=True)
        run_histories(count, seed)
        done += count
        cpu_s = round(time.process_time() - began)
        if options.kept:
            with options.kept.open("a", encoding="ascii") as file:
                print(json.dumps({"seed": seed, "histories": count, "cpu_s": cpu_s}), file=file)
    print(f"{done} histories: converged, 0 lost, 0 doubled, no false conflict")


def _done(kept: Path | None) -> int:
    if kept is None or not kept.exists():
        return 0
    lines = kept.read_text("ascii").splitlines()
    return sum(int(json.loads(line)["histories"]) for line in lines)


if __name__ == "__main__":
    main()
