"""What is known is confirmed from farther off, and looked at closely where that shows otherwise."""

from collections.abc import Sequence

import numpy as np

from video.vocabulary.detection import Detection
from video.vocabulary.frame import Pixels
from video.vocabulary.geometry import Box
from video.windows.areas import Cut, halved
from video.windows.views import REFRESH_S, Views

SIZE = (640, 480)
SEAT = Cut(100, 100, 300, 300, *SIZE)
QUEUE = Cut(100, 250, 300, 450, *SIZE)
HALL = np.full((480, 640, 3), 252, np.uint8)


class Eyes:
    """Finds a person wherever the middle of one lies in a crop, by the marks of the picture."""

    name = "eyes"

    def __init__(self, *, far_sighted: bool = True, knows_phones: bool = False) -> None:
        self.far_sighted = far_sighted
        self.knows_phones = knows_phones
        self.sides: list[int] = []

    def detect(self, crops: Sequence[Pixels]) -> tuple[tuple[Detection, ...], ...]:
        self.sides += [len(crop) for crop in crops]
        return tuple(self._found(crop) for crop in crops)

    def _found(self, crop: Pixels) -> tuple[Detection, ...]:
        down, across = np.nonzero(crop[:, :, 2] == 255)
        if not len(down) or (len(crop) > 200 and not self.far_sighted):
            return ()
        height, width = crop.shape[:2]
        box = (across.min() / width, down.min() / height)
        end = ((across.max() + 1) / width, (down.max() + 1) / height)
        return (Detection(Box(*map(float, (*box, *end))), 0.9),)


def with_somebody(x: int = 160, y: int = 140) -> Pixels:
    picture = HALL.copy()
    picture[y : y + 80, x : x + 60] = (0, 0, 255)
    return picture


def looked(views: Views, pictures: Sequence[tuple[float, Pixels]]) -> None:
    for at_s, pixels in pictures:
        views.look(pixels, halved(pixels, views.halvings), at_s)


def test_what_is_known_is_confirmed_by_one_look_at_both() -> None:
    eyes = Eyes()
    views = Views([[SEAT, QUEUE]], eyes)
    looked(views, [(0, with_somebody()), (1, with_somebody()), (REFRESH_S, with_somebody())])

    assert eyes.sides == [200, 200, 350]
    assert len(views.persons) == 1


def test_what_the_farther_look_shows_otherwise_is_looked_at_closely() -> None:
    eyes = Eyes(far_sighted=False)
    views = Views([[SEAT, QUEUE]], eyes)
    looked(views, [(0, with_somebody()), (REFRESH_S, with_somebody())])

    assert eyes.sides == [200, 200, 350, 200, 200]
    assert len(views.persons) == 1


def test_a_farther_look_that_misled_is_not_taken_again() -> None:
    eyes = Eyes(far_sighted=False)
    views = Views([[SEAT, QUEUE]], eyes)
    looked(views, [(n * REFRESH_S, with_somebody()) for n in range(3)])

    assert eyes.sides == [200, 200, 350, 200, 200, 200, 200]


def test_whoever_hardly_differs_from_the_hall_is_found_by_the_farther_look() -> None:
    eyes = Eyes()
    views = Views([[SEAT, QUEUE]], eyes)
    pale = HALL.copy()
    pale[140:220, 160:220] = 255
    looked(views, [(0, HALL), (1, pale), (REFRESH_S, pale)])

    assert eyes.sides == [200, 200, 350, 200, 200]
    assert len(views.persons) == 1


def test_a_change_is_looked_at_at_once_and_only_where_it_is() -> None:
    eyes = Eyes()
    views = Views([[SEAT, QUEUE]], eyes)
    looked(views, [(0, HALL), (1, with_somebody(y=110))])

    assert eyes.sides == [200, 200, 200]


def test_phones_are_looked_for_from_near_by_alone() -> None:
    eyes = Eyes(knows_phones=True)
    views = Views([[SEAT, QUEUE]], eyes)
    looked(views, [(0, HALL), (REFRESH_S, HALL)])

    assert eyes.sides == [200, 200, 200, 200]


def test_areas_that_lie_far_apart_are_refreshed_one_by_one() -> None:
    eyes = Eyes()
    views = Views([[SEAT, Cut(400, 20, 600, 220, *SIZE), QUEUE]], eyes)
    looked(views, [(0, HALL), (REFRESH_S, HALL)])

    assert eyes.sides == [200] * 6
