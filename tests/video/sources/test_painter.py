"""A drawn hall looks as its script says."""

import cv2
import numpy as np
import pytest

from tests.support.painted import hall
from video.sources.layout import zones_of
from video.sources.painter import NOISE, Painter
from video.sources.script import Script
from video.vocabulary.frame import Pixels
from video.windows.areas import cut_tight


def painted(script: Script, at_s: float) -> Pixels:
    return Painter(script).paint(at_s)


def difference(one: Pixels, other: Pixels) -> float:
    """Mean difference after the noise is averaged out, grey levels."""
    smooth = [cv2.resize(p, (32, 18), interpolation=cv2.INTER_AREA) for p in (one, other)]
    return float(cv2.absdiff(*smooth).mean())


def seat_of(script: Script, picture: Pixels, window: int = 0) -> Pixels:
    bounds = zones_of(script)[window].seat.bounds
    return cut_tight(bounds, width=script.width, height=script.height).of(picture)


def test_the_same_script_and_second_give_the_same_picture() -> None:
    script = hall("3 leave window-1", windows=2)

    assert np.array_equal(painted(script, 5.0), painted(script, 5.0))


def test_a_clerk_who_left_is_gone_from_his_seat_and_no_other() -> None:
    script = hall("3 leave window-1", windows=2)

    before, after = painted(script, 2.0), painted(script, 8.0)

    assert difference(seat_of(script, before), seat_of(script, after)) > 20
    assert difference(seat_of(script, before, 1), seat_of(script, after, 1)) < 5


def test_a_customer_stands_where_no_clerk_sits() -> None:
    script = hall("3 arrive window-1")

    before, after = painted(script, 2.0), painted(script, 8.0)

    assert difference(before, after) > 2
    assert difference(seat_of(script, before), seat_of(script, after)) < 5


def test_a_clerk_who_sits_still_does_not_move_at_all() -> None:
    still, moving = hall("0 sit_still window-1", fps=1), hall(fps=1)

    assert difference(painted(still, 7.0), painted(still, 14.0)) < 0.2
    assert difference(painted(moving, 1.0), painted(moving, 4.0)) > 0.2


def test_a_coat_hangs_over_an_empty_chair() -> None:
    bare = hall("0 leave window-1")
    coat = hall("0 leave window-1", "0 coat_on window-1")

    assert difference(seat_of(bare, painted(bare, 5)), seat_of(coat, painted(coat, 5))) > 3


@pytest.mark.parametrize(("share", "expected"), [(0.5, 0.5), (0.2, 0.2)])
def test_dimming_leaves_its_share_of_the_light(share: float, expected: float) -> None:
    script = hall(f"5 dim for_s=5 to={share}")

    bright, dark = painted(script, 4.0).mean(), painted(script, 6.0).mean()

    assert dark / bright == pytest.approx(expected, abs=0.03)


def test_a_covered_lens_sees_one_dark_grey_and_noise() -> None:
    covered = painted(hall("5 cover for_s=5"), 6.0)

    assert covered.std() < 2 * NOISE
    assert covered.mean() < 40


def test_a_turned_camera_sees_the_hall_elsewhere() -> None:
    script = hall("5 turn for_s=5 to=0.25", width=320)

    usual, turned = painted(script, 4.0), painted(script, 6.0)

    assert difference(usual, turned) > 10
    assert difference(np.roll(usual, 80, axis=1), turned) < 3


def test_somebody_walks_through_the_hall_and_is_gone() -> None:
    script = hall("5 walk_past for_s=6", windows=2)

    assert difference(painted(script, 4.0), painted(script, 8.0)) > 2
    assert difference(painted(script, 4.0), painted(script, 12.0)) < 2
