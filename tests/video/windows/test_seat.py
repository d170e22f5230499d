"""Only an empty seat says that nobody is there; a detector that finds nobody does not."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from tests.support.painted import hall, hall_text, pictures
from video.settings import CLIP, HALL, Profile
from video.sources.layout import zones_of
from video.sources.script import Script, parse_script
from video.vocabulary.frame import Frame
from video.vocabulary.geometry import Box
from video.vocabulary.observation import Answer
from video.windows.persons import Person
from video.windows.seat import Seat

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
PROMPT = replace(CLIP, calm_s=0.0, empty_proof_s=2.0)
Seen = Callable[[float], bool]


def clerk_box(script: Script) -> Box:
    bounds = zones_of(script)[0].seat.bounds
    inset = 0.1 * (bounds.x2 - bounds.x1)
    return Box(bounds.x1 + inset, bounds.y1 + inset, bounds.x2 - inset, bounds.y2)


def answers(
    script: Script,
    seen: Seen,
    *,
    others: Callable[[float], Sequence[Box]] = lambda at_s: (),
    profile: Profile = PROMPT,
    frames: Iterable[Frame] | None = None,
) -> dict[float, Answer]:
    """Judge a drawn seat by a detector that finds its clerk at some seconds alone."""
    seat = Seat(zones_of(script)[0].seat, profile)
    here = [Person(clerk_box(script), 0.9)]
    told = {}
    for frame in frames or pictures(script):
        clerk, _ = seat.judge(frame, here if seen(frame.at_s) else [], others(frame.at_s))
        told[frame.at_s] = clerk.answer
    return told


def between(told: dict[float, Answer], from_s: float, to_s: float) -> set[Answer]:
    return {answer for at_s, answer in told.items() if from_s <= at_s < to_s}


def test_a_seat_that_somebody_left_is_empty() -> None:
    told = answers(hall("5 leave window-1"), lambda at_s: at_s < 5)

    assert between(told, 0, 5) == {YES}
    assert between(told, 7, 20) == {NO}


def test_a_clerk_who_is_lost_and_looks_as_before_is_not_absent() -> None:
    told = answers(hall("0 sit_still window-1"), lambda at_s: at_s < 6)

    assert between(told, 6, 20) == {UNKNOWN}


def test_a_clerk_who_is_lost_and_moves_is_not_absent() -> None:
    told = answers(hall("5 serve window-1", fps=1), lambda at_s: at_s < 6)

    assert between(told, 6, 20) == {UNKNOWN}


def test_a_clerk_whom_a_customer_hides_is_not_absent() -> None:
    script = hall("0 sit_still window-1")
    place = clerk_box(script)
    before = Box(place.x1, place.y1 + 0.3 * (place.y2 - place.y1), place.x2, 1.0)
    frames = [
        replace(frame, pixels=painted_over(frame, before)) if frame.at_s >= 6 else frame
        for frame in pictures(script)
    ]

    told = answers(
        script,
        lambda at_s: at_s < 6,
        others=lambda at_s: (before,) if at_s >= 6 else (),
        frames=frames,
    )

    assert between(told, 6, 20) == {UNKNOWN}


def painted_over(frame: Frame, box: Box) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    pixels = frame.pixels.copy()
    height, width = pixels.shape[:2]
    rows = slice(round(box.y1 * height), round(box.y2 * height))
    pixels[rows, round(box.x1 * width) : round(box.x2 * width)] = (60, 60, 150)
    return pixels


def test_a_customer_at_the_edge_of_an_empty_seat_does_not_make_it_doubtful() -> None:
    script = hall("5 leave window-1")
    place = clerk_box(script)
    aside = Box(place.x1 - 0.1, place.y1, place.x1 + 0.02, 1.0)

    told = answers(script, lambda at_s: at_s < 5, others=lambda at_s: (aside,))

    assert between(told, 8, 20) == {NO}


@pytest.mark.parametrize("act", ["6 glare window-1 for_s=14", "6 dim for_s=14 to=0.3"])
def test_a_clerk_who_is_lost_because_the_light_changes_is_not_absent(act: str) -> None:
    told = answers(hall("0 sit_still window-1", act), lambda at_s: at_s < 6)

    assert between(told, 7, 20) == {UNKNOWN}


@pytest.mark.parametrize("seen_until_s", [5.0, 9.0], ids=["in clear light", "in the glare"])
def test_a_seat_that_is_left_while_glass_glares_is_empty_when_the_glare_ends(
    seen_until_s: float,
) -> None:
    script = hall("0 sit_still window-1", "5 glare window-1 for_s=7", "9 leave window-1")

    told = answers(script, lambda at_s: at_s < seen_until_s)

    assert between(told, 5, 9) <= {YES, UNKNOWN}
    assert between(told, 13, 20) == {NO}


def test_a_seat_that_hardly_can_be_made_out_is_not_empty() -> None:
    script = parse_script(
        hall_text("0 sit_still window-1", "6 dim for_s=14 to=0.2", height=360, width=640)
        + '\n[[window]]\nid = "window-1"\nlight = 0.2\ncontrast = 0.2'
    )

    told = answers(script, lambda at_s: at_s < 6)

    assert between(told, 6.5, 20) == {UNKNOWN}


def test_a_seat_in_which_nobody_was_ever_seen_is_empty_after_its_proof() -> None:
    told = answers(hall("0 leave window-1"), lambda at_s: False, profile=PROMPT)

    empty = [at_s for at_s, answer in told.items() if answer is NO]
    assert min(empty) == pytest.approx(2.5, abs=0.5)  # he walks first, then it is calm
    assert between(told, 5, 20) == {NO}


def test_somebody_who_is_never_found_but_moves_is_not_absent() -> None:
    told = answers(hall("0 serve window-1", fps=1), lambda at_s: False)

    assert NO not in between(told, 0, 20)


def test_a_hall_waits_until_a_seat_has_been_calm() -> None:
    told = answers(hall("5 leave window-1"), lambda at_s: at_s < 5, profile=HALL)

    empty = [at_s for at_s, answer in told.items() if answer is NO]
    assert min(empty) == pytest.approx(6.0 + HALL.calm_s, abs=1.0)


def test_what_a_blind_camera_missed_is_not_movement() -> None:
    script = hall("5 leave window-1")
    seat = Seat(zones_of(script)[0].seat, PROMPT)
    frames = list(pictures(script))

    seat.judge(frames[0], [Person(clerk_box(script), 0.9)], [])
    seat.forget()
    _, motion = seat.judge(frames[-1], [], [])

    assert motion.answer is UNKNOWN
