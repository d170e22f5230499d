"""The limit is found by few trials, and what was found is printed with its ratios."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from video.bench.comparing import (
    FINE_STEP,
    Comparison,
    Wish,
    largest_number,
    record_of,
    told,
)
from video.bench.server import ServerCost
from video.bench.tally import Cost, Verdict


@given(limit=st.integers(0, 300), known=st.integers(1, 64), most=st.integers(64, 256))
def test_the_limit_is_found_to_a_few_cameras(limit: int, known: int, most: int) -> None:
    tried: list[int] = []

    def holds_at(number: int) -> bool:
        tried.append(number)
        return number <= limit

    found = largest_number(holds_at, known=known, holds=known <= limit, most=most)

    assert found <= limit
    assert found >= min(limit, most) - FINE_STEP
    assert max(tried, default=0) <= most
    assert len(tried) <= 16


def comparison(*, largest: int | None = 48) -> Comparison:
    given = tuple((Verdict(float(n), 0.02), Verdict(n + 4.0, 0.06)) for n in range(2))
    return Comparison(
        Wish(cameras=2),
        floor=Cost(2, 0.4, 10.0, 100.0, 10),
        watched=Cost(2, 0.6, 10.0, 300.0, 4, given),
        recorded=Cost(1, 1.5, 10.0, 200.0, 50),
        server=ServerCost(1.25, 0.004),
        largest=largest,
    )


def test_ratios_are_of_one_camera() -> None:
    found = comparison()

    assert round(found.of_floor, 6) == 1.5
    assert round(found.of_recorder, 6) == 5.0
    assert found.missed == 4


def test_the_table_and_the_json_tell_the_same() -> None:
    lines = "\n".join(told(comparison()))
    record = json.loads(json.dumps(record_of(comparison())))

    assert "recorder over ours: 5.00" in lines
    assert "missed ticks: 4 of 8" in lines
    assert "most cameras without a missed tick: 48" in lines
    assert (record["of_recorder"], record["missed_ticks"], record["largest"]) == (5.0, 4, 48)
    assert record["latency_ms"]["median"] == 40.0
    assert record["watched"]["cameras"] == 2


def test_no_limit_is_told_where_none_was_sought() -> None:
    assert "most cameras" not in "\n".join(told(comparison(largest=None)))


def test_a_machine_too_busy_to_send_in_time_is_named() -> None:
    late = replace(comparison(), server=ServerCost(3.0, 31.5))

    assert "missed ticks tell nothing" in "\n".join(told(late))
    assert "missed ticks tell nothing" not in "\n".join(told(comparison()))
