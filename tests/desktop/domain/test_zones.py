"""An area is a simple polygon within the picture, large enough to see a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.organisation import Corners
from desktop.domain.zones import ZoneTrouble, area_of, zone_trouble
from video.vocabulary.geometry import Polygon

SQUARE: Corners = ((0.1, 0.1), (0.5, 0.1), (0.5, 0.5), (0.1, 0.5))


@pytest.mark.parametrize(
    ("corners", "trouble"),
    [
        (SQUARE, None),
        (SQUARE[:3], None),  # a triangle will do
        ((), ZoneTrouble.TOO_FEW),
        (SQUARE[:2], ZoneTrouble.TOO_FEW),
        ((SQUARE[0], SQUARE[1], SQUARE[0]), ZoneTrouble.TOO_FEW),  # the same corner twice
        ((*SQUARE[:3], (-0.1, 0.5)), ZoneTrouble.OUTSIDE),
        ((SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]), ZoneTrouble.CROSSES),  # a bow tie
        (((0.1, 0.1), (0.2, 0.2), (0.3, 0.3)), ZoneTrouble.TOO_SMALL),  # on one line
        (((0.1, 0.1), (0.12, 0.1), (0.12, 0.12), (0.1, 0.12)), ZoneTrouble.TOO_SMALL),
    ],
)
def test_what_may_be_an_area(corners: Corners, trouble: ZoneTrouble | None) -> None:
    assert zone_trouble(corners) is trouble


def test_the_area_is_a_share_of_the_picture() -> None:
    assert area_of(SQUARE) == pytest.approx(0.16)


fraction = st.floats(-0.2, 1.2, allow_nan=False)


@given(st.lists(st.tuples(fraction, fraction), max_size=8).map(tuple))
def test_whatever_passes_is_taken_by_the_watching_process(corners: Corners) -> None:
    if zone_trouble(corners) is None:
        Polygon(corners)
