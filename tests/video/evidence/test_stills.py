"""Stills show the right moment, and a masked copy shows nobody but whom it is about."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from tests.support.footage import FPS, encoded, grey_of
from video.evidence.stills import masked, pictures_at, still_of
from video.vocabulary.frame import Pixels
from video.vocabulary.geometry import Polygon

SEAT = Polygon(((0.4, 0.2), (0.6, 0.2), (0.6, 0.7), (0.4, 0.7)))


@pytest.fixture
def noise() -> Pixels:
    return np.random.default_rng(5).integers(0, 256, (240, 320, 3), dtype=np.uint8)


def inside(shape: tuple[int, ...]) -> "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]":
    height, width = shape[:2]
    rows, columns = np.mgrid[0:height, 0:width]
    return (
        (0.4 * width <= columns)
        & (columns <= 0.6 * width)
        & (0.2 * height <= rows)
        & (rows <= 0.7 * height)
    )


def test_a_masked_copy_is_untouched_in_the_seat_and_coarse_everywhere_else(noise: Pixels) -> None:
    copy = masked(noise, SEAT)
    seat = inside(noise.shape)

    assert np.array_equal(copy[seat], noise[seat])
    assert np.mean(np.any(copy[~seat] != noise[~seat], axis=1)) > 0.99
    assert copy[~seat].std() < noise[~seat].std() / 5


def test_a_face_outside_of_the_seat_is_at_most_three_tiles_wide(noise: Pixels) -> None:
    corner = masked(noise, SEAT)[:48, :48]
    face_px = 240 * 0.5 / 4  # a quarter of the seat's height

    tones = len(np.unique(corner.reshape(-1, 3), axis=0))
    assert tones <= (48 / face_px * 3) ** 2


def test_a_still_is_two_jpeg_pictures_of_one_size(noise: Pixels) -> None:
    still = still_of(noise, SEAT)

    pictures = [
        cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
        for data in (still.original, still.masked)
    ]
    assert [picture.shape for picture in pictures] == [noise.shape, noise.shape]
    assert still.original != still.masked


@pytest.mark.parametrize("reordered", [False, True])
def test_pictures_are_found_at_the_asked_moments(reordered: bool) -> None:
    shape, packets = encoded(reordered=reordered)

    found = pictures_at([0.0, 1.55, 3.3], packets, shape)

    greys = [float(picture.mean()) for picture in found if picture is not None]
    assert greys == pytest.approx([grey_of(0), grey_of(15), grey_of(33)], abs=6)


def test_a_moment_before_the_packets_has_no_picture() -> None:
    shape, packets = encoded()
    later = packets[2 * FPS :]

    early, there = pictures_at([1.0, 2.5], later, shape)

    assert early is None
    assert there is not None


def test_a_damaged_packet_costs_its_own_pictures_alone() -> None:
    shape, packets = encoded()
    broken = replace(packets[10], data=b"\0\0\1\x05junk")

    (found,) = pictures_at([2.5], [*packets[:10], broken, *packets[11:]], shape)

    assert found is not None
    assert found.mean() == pytest.approx(grey_of(25), abs=6)
