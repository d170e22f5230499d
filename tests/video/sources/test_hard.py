"""A hard day holds every trouble, and absences on both sides of the threshold."""

import pytest

from video.sources.hard import CALM_S, MISHAPS, TROUBLES, hard_script
from video.sources.layout import truth_of
from video.sources.script import Deed, Script, parse_script


def day(seed: int, *, length_s: float = 3600, windows: int = 8) -> Script:
    text = hard_script(seed=seed, length_s=length_s, threshold_s=60, windows=windows)
    return parse_script(text)


def test_the_same_seed_gives_the_same_day_and_another_gives_another() -> None:
    assert day(1) == day(1)
    assert day(1) != day(2)


@pytest.mark.parametrize("seed", range(4))
def test_every_trouble_comes_within_an_hour(seed: int) -> None:
    acts = {act.deed for act in day(seed).acts}

    assert acts >= {deed for deed, *_ in (*MISHAPS, *TROUBLES)}
    assert {Deed.COAT_ON, Deed.SIT_STILL, Deed.SERVE, Deed.ARRIVE, Deed.GO} <= acts


@pytest.mark.parametrize("seed", range(4))
def test_half_of_the_absences_last_longer_than_the_threshold(seed: int) -> None:
    script = day(seed)
    lengths = [
        span.length_s
        for zone in truth_of(script).posts
        for span in zone.named("empty")
        if span.end_s < script.length_s
    ]

    long = [length_s for length_s in lengths if length_s > 60]
    assert 0.2 < len(long) / len(lengths) < 0.8
    assert all(length_s > 110 or length_s < 60 for length_s in lengths)


def test_the_day_begins_calm() -> None:
    first = [act for act in day(3).acts if act.deed not in {Deed.ARRIVE, Deed.GO}]

    assert min(act.at_s for act in first) >= CALM_S


def test_any_number_of_windows_is_laid_out() -> None:
    script = day(1, length_s=600, windows=3)

    assert len(script.windows) == 3
    assert len({(w.size, w.light, w.contrast) for w in script.windows}) == 3
