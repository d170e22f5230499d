"""Random histories of three devices and a server with faults, as many as asked for.

    python -m tests.benchmarks.sync_histories --histories 10000

Here and not in the product's command line: it needs the test's own model of what must be true, and
Hypothesis. A failure is printed as the shortest history that shows it.
"""

import argparse
import time

from tests.support.sync_model import run_histories


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=500)
    count = parser.parse_args().histories
    began = time.monotonic()
    run_histories(count, derandomize=False)
    print(f"{count} histories in {time.monotonic() - began:.0f} s: converged, 0 lost, 0 doubled")


if __name__ == "__main__":
    main()
