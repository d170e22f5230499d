"""A drawn hall looks as its script says."""

import cv2
import numpy as np
import pytest

from tests.support.painted import hall, hall_text
from video.sources.layout import zones_of
from video.sources.painter import NOISE, Painter
from video.sources.script import Script, parse_script
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


MISHAPS = {"turn_away": 3, "stoop": 3, "hide": 10, "glare": 3}


@pytest.mark.parametrize(("deed", "least"), MISHAPS.items())
def test_what_befalls_a_clerk_is_seen_at_his_seat_and_ends(deed: str, least: float) -> None:
    usual, script = hall(fps=1), hall(f"5 {deed} window-1 for_s=5", fps=1)

    for at_s, differs in ((4.0, False), (7.0, True), (12.0, False)):
        seats = [seat_of(one, painted(one, at_s)) for one in (usual, script)]
        assert (difference(*seats) > least) is differs


def test_a_clerk_far_back_is_small_and_his_seat_with_him() -> None:
    near, far = hall(), parse_script(hall_text() + '\n[[window]]\nid = "window-1"\nsize = 0.5')

    sizes = [seat_of(script, painted(script, 1.0)).shape[0] for script in (near, far)]

    assert sizes[1] == pytest.approx(sizes[0] / 2, abs=2)


@pytest.mark.parametrize("trait", ["light = 0.3", "contrast = 0.3"])
def test_little_light_and_haze_leave_little_contrast(trait: str) -> None:
    text = f'{hall_text()}\n[[window]]\nid = "window-1"\n{trait}'

    clear, poor = painted(hall(), 1.0).std(), painted(parse_script(text), 1.0).std()

    assert poor / clear == pytest.approx(0.3, abs=0.05)
