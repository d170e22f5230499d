"""Everybody is counted once and belongs to one place, or to none."""

from hypothesis import given
from hypothesis import strategies as st

from video.vocabulary.geometry import Box, Polygon
from video.windows.persons import Person, covered, merged, owner, share_inside


def area(x1: float, y1: float, x2: float, y2: float) -> Polygon:
    return Polygon(((x1, y1), (x2, y1), (x2, y2), (x1, y2)))


SEAT, QUEUE = area(0.2, 0.1, 0.5, 0.5), area(0.2, 0.5, 0.5, 0.9)


def test_a_clerk_belongs_to_his_seat_though_his_legs_stand_elsewhere() -> None:
    clerk = Person(Box(0.25, 0.12, 0.45, 0.85), 0.9)

    assert owner(clerk, [SEAT, QUEUE]) == 0


def test_a_customer_belongs_to_the_queue_though_his_head_covers_the_seat() -> None:
    customer = Person(Box(0.25, 0.46, 0.45, 0.99), 0.9)

    assert owner(customer, [SEAT, QUEUE]) == 1


def test_a_customer_before_a_seat_is_not_its_clerk() -> None:
    before = Person(Box(0.25, 0.2, 0.45, 0.9), 0.9)

    assert owner(before, [SEAT, QUEUE], {1}) == 1
    assert owner(before, [SEAT, QUEUE]) == 0


def test_a_clerk_whose_hands_lie_on_the_counter_stays_a_clerk() -> None:
    assert owner(Person(Box(0.25, 0.15, 0.45, 0.54), 0.9), [SEAT, QUEUE], {1}) == 0


def test_a_passer_by_belongs_nowhere() -> None:
    assert owner(Person(Box(0.6, 0.1, 0.8, 0.9), 0.9), [SEAT, QUEUE]) is None
    assert owner(Person(Box(0.6, 0.1, 0.8, 0.9), 0.9), []) is None


def test_somebody_half_beyond_the_edge_of_a_seat_is_not_in_it() -> None:
    assert owner(Person(Box(0.42, 0.1, 0.72, 0.5), 0.9), [SEAT]) is None


def test_two_views_of_one_person_are_one_person() -> None:
    views = [Person(Box(0.2, 0.2, 0.4, 0.6), 0.7), Person(Box(0.21, 0.2, 0.41, 0.62), 0.9)]

    assert merged(views) == (views[1],)


def test_a_whole_view_goes_before_a_cut_off_one_with_a_better_score() -> None:
    whole = Person(Box(0.2, 0.2, 0.4, 0.8), 0.5)
    part = Person(Box(0.2, 0.2, 0.4, 0.4), 0.9, truncated=True)

    assert merged([part, whole]) == (whole,)


def test_two_people_side_by_side_stay_two() -> None:
    pair = [Person(Box(0.2, 0.2, 0.4, 0.6), 0.7), Person(Box(0.35, 0.2, 0.55, 0.6), 0.9)]

    assert len(merged(pair)) == 2


PLACES = st.floats(0, 0.8)


@given(PLACES, PLACES, st.floats(0.05, 0.2), st.floats(0.05, 0.2))
def test_shares_lie_between_nothing_and_all(x: float, y: float, wide: float, high: float) -> None:
    box = Box(x, y, x + wide, y + high)

    assert 0 <= share_inside(box, SEAT) <= 1
    assert 0 <= covered(SEAT, [box]) <= 1
    assert covered(SEAT, [box, SEAT.bounds]) == 1
    assert covered(SEAT, []) == 0


def test_half_a_cover_hides_half_an_area() -> None:
    assert covered(SEAT, [Box(0.0, 0.0, 0.35, 1.0)]) == 0.5
