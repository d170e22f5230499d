"""What a script says is known exactly: where everybody is, and when."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.painted import hall, hall_text
from video.messages import ZonePlan
from video.sources.layout import WALK_S, booths, truth_of, zones_of
from video.sources.script import parse_script
from video.vocabulary.spans import seconds, shared, united
from video.vocabulary.truth import Interval
from video.windows.persons import overlap


@given(st.integers(1, 40), st.sampled_from([(320, 240), (1280, 720), (720, 1280), (1920, 400)]))
def test_seats_lie_in_the_picture_and_apart(count: int, size: tuple[int, int]) -> None:
    zones = zones_of(hall(windows=count, width=size[0], height=size[1]))

    assert len(zones) == count
    for one, other in itertools.combinations(zones, 2):
        assert overlap(one.seat.bounds, other.seat.bounds) == 0


def test_windows_are_laid_out_so_that_heads_are_largest() -> None:
    places = booths(hall(windows=8, width=1280, height=720))

    assert len({booth.top for booth in places}) == 2
    assert min(booth.head for booth in places) > 25


WALKS = st.lists(
    st.tuples(st.integers(0, 100), st.sampled_from(["leave", "return"])),
    unique_by=lambda walk: walk[0],
    max_size=8,
)


@given(WALKS)
def test_a_seat_is_occupied_or_empty_at_every_second(walks: list[tuple[int, str]]) -> None:
    acts = [f"{at_s} {deed} window-1" for at_s, deed in walks]

    seat, customers = truth_of(hall(*acts, length_s=100)).zones

    occupied, empty = united(seat.named("occupied")), united(seat.named("empty"))
    assert united([*occupied, *empty]) == (Interval(0, 100),)
    assert not shared(occupied, empty)
    assert customers.serves == seat.zone_id
    assert seconds(united(customers.named("empty"))) == 100


def test_somebody_changes_place_in_the_middle_of_the_walk() -> None:
    seat, _ = truth_of(hall("4 leave window-1", "12 return window-1")).zones

    assert seat.named("empty") == (Interval(4 + WALK_S / 2, 12 + WALK_S / 2),)


@pytest.mark.parametrize("deed", ["cover", "freeze", "turn"])
def test_where_the_camera_sees_nothing_true_the_seat_is_hidden(deed: str) -> None:
    seat, _ = truth_of(hall(f"5 {deed} for_s=30")).zones

    assert seat.named("occluded") == (Interval(5, 20),)


def test_leaving_twice_is_leaving_once() -> None:
    seat, _ = truth_of(hall("4 leave window-1", "8 leave window-1")).zones

    assert len(seat.named("empty")) == 1


def test_zones_belong_to_their_window() -> None:
    zones = zones_of(parse_script(hall_text(windows=3)))

    assert [zone.window_id for zone in zones] == ["window-1", "window-2", "window-3"]
    assert all(isinstance(zone, ZonePlan) and zone.customer is not None for zone in zones)


def test_a_window_is_hidden_while_somebody_stands_before_its_clerk_and_no_other() -> None:
    seats = truth_of(hall("5 hide window-1 for_s=3", windows=2)).posts

    assert [seat.named("occluded") for seat in seats] == [(Interval(5, 8),), ()]
