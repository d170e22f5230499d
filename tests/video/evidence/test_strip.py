"""The strip tells every tick, and its rows are of one length."""

import json

from hypothesis import given
from hypothesis import strategies as st

from tests.support.observations import observations
from video.evidence.strip import noted, strip_of


@given(st.text("ynsc?bq", min_size=0, max_size=120))
def test_the_strip_adds_up(letters: str) -> None:
    ticks = [noted(seen) for seen in observations(letters)]

    told = json.loads(strip_of("window-1", ticks))

    rows = [told[row] for row in ("at_s", "clerk", "clerk_score", "customer", "motion", "health")]
    assert {len(row) for row in rows} <= {len(letters)}
    assert told["clerk"].count("y") == sum(letter in "ysq" for letter in letters)
    assert told["health"].count("b") == letters.count("b")


def test_the_health_trace_tells_each_turn_once() -> None:
    ticks = [noted(seen) for seen in observations("yybbby")]

    told = json.loads(strip_of("window-1", ticks))

    assert told["health_trace"] == [
        {"from_s": 0.0, "health": "o", "cause": "none"},
        {"from_s": 2.0, "health": "b", "cause": "covered"},
        {"from_s": 5.0, "health": "o", "cause": "none"},
    ]
