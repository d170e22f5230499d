"""Cuts the power while inspectors work, as often as asked for, and opens what is left.

python -m tests.benchmarks.power_cuts [--cuts 1000] [--seed 1] [--synchronous NORMAL]

With --synchronous NORMAL it shows what would be lost without a flush for every act.
"""

import argparse
import time

from tests.support.power_cuts import run_cuts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cuts", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--synchronous", default="", help="other than the store's own")
    options = parser.parse_args()
    began = time.monotonic()
    left = run_cuts(options.cuts, options.seed, synchronous=options.synchronous)
    print(
        f"{left.cuts} cuts: acknowledged acts lost in {left.lost} images,"
        f" {left.damaged} images damaged, in {time.monotonic() - began:.0f} s"
    )
    if left.lost or left.damaged:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
