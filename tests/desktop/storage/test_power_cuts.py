"""What the disk acknowledged is there after a power cut; a fixed share of the thousand cuts.

The thousand are `python -m tests.benchmarks.power_cuts`.
"""

from tests.support.power_cuts import run_cuts

CUTS = 40


def test_a_power_cut_loses_no_acknowledged_act_and_damages_no_file() -> None:
    left = run_cuts(CUTS, seed=1)
    assert (left.cuts, left.lost, left.damaged) == (CUTS, 0, 0)


def test_without_a_flush_for_every_act_the_same_cuts_lose_some() -> None:
    assert run_cuts(CUTS, seed=1, inspections=1, synchronous="NORMAL").lost
