"""A seat's area is fitted to the persons who were seen there."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.viewmodels.zones.snapping import LEAST, snapped
from video.vocabulary.geometry import Box

AREA = ((0.4, 0.3), (0.6, 0.3), (0.6, 0.6), (0.4, 0.6))
CLERK = Box(0.45, 0.3, 0.55, 0.7)


def test_the_area_holds_head_and_upper_body_of_the_clerk() -> None:
    corners = snapped([CLERK] * LEAST, AREA)
    assert corners[0] == (0.45, 0.3)
    assert corners[2][0] == 0.55
    assert 0.5 < corners[2][1] < 0.6


def test_too_few_and_people_elsewhere_move_no_area() -> None:
    assert snapped([CLERK] * (LEAST - 1), AREA) == ()
    assert snapped([Box(0.0, 0.0, 0.1, 0.2)] * 50, AREA) == ()


def test_one_who_once_leaned_far_out_does_not_widen_it() -> None:
    leaning = Box(0.2, 0.3, 0.75, 0.7)
    told = snapped([*[CLERK] * 30, leaning], AREA)
    (left, _), _, (right, _), _ = told
    assert (left, right) == (0.45, 0.55)


SIDES = st.floats(0.0, 1.0)


@given(st.lists(st.tuples(SIDES, SIDES, SIDES, SIDES), max_size=40))
def test_whoever_was_seen_the_area_stays_within_the_picture(
    seen: list[tuple[float, float, float, float]],
) -> None:
    boxes = [Box(a, b, c, d) for a, b, c, d in seen if a < c and b < d]
    corners = snapped(boxes, AREA)
    assert all(0.0 <= side <= 1.0 for corner in corners for side in corner)
    assert len(corners) in {0, 4}
