"""A fixed share of random histories; tests.benchmarks.sync_histories plays as many as you like."""

from tests.support.sync_model import run_histories


def test_every_history_of_faults_ends_with_all_machines_agreed() -> None:
    run_histories(60)
