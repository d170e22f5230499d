"""What is cut out of a picture lies in it, holds its area, and knows its way back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from video.errors import FootageError, FootageTrouble
from video.messages import ZonePlan
from video.vocabulary.geometry import Box, Polygon
from video.windows.areas import Cut, check_zones, cut_around, cut_tight, halved

SIZES = st.sampled_from([(320, 240), (768, 432), (1920, 1080), (240, 640)])
FRACTION = st.floats(0, 1)


@st.composite
def areas(draw: st.DrawFn) -> Polygon:
    x1, y1 = draw(st.floats(0, 0.85)), draw(st.floats(0, 0.85))
    x2, y2 = draw(st.floats(x1 + 0.1, 1)), draw(st.floats(y1 + 0.1, 1))
    return Polygon(((x1, y1), (x2, y1), (x2, y2), (x1, y2)))


@given(areas(), SIZES)
def test_a_cut_lies_in_the_picture_and_holds_its_area(area: Polygon, size: tuple[int, int]) -> None:
    width, height = size

    cut = cut_around(area, width=width, height=height)

    assert 0 <= cut.x1 < cut.x2 <= width
    assert 0 <= cut.y1 < cut.y2 <= height
    bounds = area.bounds
    assert cut.x1 - 1 <= bounds.x1 * width
    assert bounds.x2 * width <= cut.x2 + 1
    assert cut.y1 - 1 <= bounds.y1 * height
    assert bounds.y2 * height <= cut.y2 + 1


def test_a_cut_is_square_where_the_picture_allows_it() -> None:
    area = Polygon(((0.4, 0.4), (0.5, 0.4), (0.5, 0.6), (0.4, 0.6)))

    cut = cut_around(area, width=1000, height=1000)

    assert (cut.x2 - cut.x1, cut.y2 - cut.y1) == (300, 300)  # the longer side and half of it


@given(areas(), SIZES, FRACTION, FRACTION)
def test_a_point_of_a_cut_is_found_again_in_the_picture(
    area: Polygon, size: tuple[int, int], x: float, y: float
) -> None:
    width, height = size
    cut = cut_around(area, width=width, height=height)

    box = cut.to_picture(Box(x, y, x + 0.1, y + 0.1))

    assert box.x1 * width == pytest.approx(cut.x1 + x * (cut.x2 - cut.x1))
    assert box.y1 * height == pytest.approx(cut.y1 + y * (cut.y2 - cut.y1))


@pytest.mark.parametrize(
    ("box", "truncated"),
    [
        (Box(0.0, 0.3, 0.5, 0.7), True),  # ends where the cut ends
        (Box(0.3, 0.3, 0.7, 0.99), True),
        (Box(0.3, 0.3, 0.7, 0.7), False),
        (Box(0.3, 0.0, 0.7, 0.7), False),  # the picture itself ends there
    ],
)
def test_a_body_is_cut_off_by_a_cut_and_not_by_the_pictures_edge(box: Box, truncated: bool) -> None:
    cut = Cut(100, 0, 200, 100, width=400, height=400)

    assert cut.truncates(box) is truncated


@given(FRACTION, FRACTION, FRACTION, FRACTION, SIZES)
def test_a_tight_cut_has_a_pixel_at_least(
    x1: float, y1: float, wide: float, high: float, size: tuple[int, int]
) -> None:
    box = Box(x1 - 0.5, y1 - 0.5, x1 - 0.5 + wide + 1e-6, y1 - 0.5 + high + 1e-6)

    cut = cut_tight(box, width=size[0], height=size[1])

    assert 0 <= cut.x1 < cut.x2 <= size[0]
    assert 0 <= cut.y1 < cut.y2 <= size[1]


def square(side: float) -> Polygon:
    return Polygon(((0.1, 0.1), (0.1 + side, 0.1), (0.1 + side, 0.1 + side)))


def test_a_seat_of_a_few_pixels_is_refused() -> None:
    with pytest.raises(FootageError) as refused:
        check_zones((ZonePlan("window-1", square(0.04)),), width=320, height=240)

    assert refused.value.trouble is FootageTrouble.BAD_ZONE
    assert refused.value.subject == "window-1"


def test_a_window_twice_is_refused() -> None:
    zones = (ZonePlan("window-1", square(0.3)), ZonePlan("window-1", square(0.4)))

    with pytest.raises(FootageError, match="a window twice"):
        check_zones(zones, width=320, height=240)


def test_ordinary_zones_are_not_refused() -> None:
    check_zones((ZonePlan("window-1", square(0.3)),), width=320, height=240)


def test_a_halved_cut_shows_the_same_part_of_a_halved_picture() -> None:
    pixels = np.zeros((200, 320, 3), np.uint8)
    pixels[40:120, 80:160] = 200
    cut = Cut(80, 40, 160, 120, 320, 200)

    small = halved(pixels, 2)

    assert small.shape == (50, 80, 3)
    assert (cut.halved(2).of(small) == 200).all()
    assert int(small.astype(int).sum()) * 16 == int(pixels.astype(int).sum())
    assert halved(pixels, 0) is pixels
