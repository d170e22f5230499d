"""A fixed share of processes killed at random; tests.benchmarks.sync_kills kills as many as asked.

Where a kill lands differs from machine to machine; what must be true after it does not.
"""

from pathlib import Path

from tests.support.sync_kills import run_kills


def test_killed_processes_lose_and_double_nothing(tmp_path: Path) -> None:
    left = run_kills(tmp_path, count=40, kills=4, seed=7)
    assert left.made >= 40
    assert (left.lost, left.doubled, left.faults) == (0, 0, 0)
