"""A camera that shows nothing true is found out within seconds, and one that does is left alone."""

from collections.abc import Iterable
from dataclasses import replace

import cv2
import numpy as np
import pytest

from tests.support.painted import hall, pictures
from video.sources.health import FINE, FROZEN_S, HealthWatch, Verdict
from video.vocabulary.frame import Frame
from video.vocabulary.observation import Health, HealthCause


def judged(frames: Iterable[Frame]) -> list[tuple[float, Verdict]]:
    watch = HealthWatch()
    return [(frame.at_s, watch.judge(frame, frame.pixels)) for frame in frames]


def named_at(verdicts: list[tuple[float, Verdict]], cause: HealthCause) -> list[float]:
    return [at_s for at_s, verdict in verdicts if verdict.cause is cause]


@pytest.mark.parametrize(
    "acts",
    [
        ("4 leave window-1", "9 arrive window-1"),
        ("5 dim for_s=8 to=0.25",),
        ("5 walk_past for_s=8",),
        ("0 sit_still window-1",),
    ],
    ids=["comings and goings", "poor light", "a passer-by", "nothing moves"],
)
def test_an_ordinary_hall_is_fine(acts: tuple[str, ...]) -> None:
    assert {verdict for _, verdict in judged(pictures(hall(*acts)))} == {FINE}


def test_a_covered_camera_is_blind_at_once_and_sees_again_at_once() -> None:
    verdicts = judged(pictures(hall("5 cover for_s=6")))

    blind = named_at(verdicts, HealthCause.COVERED)
    assert (min(blind), max(blind)) == (5.0, 10.75)
    assert all(verdict.health is not Health.BLIND for at_s, verdict in verdicts if at_s >= 11)


def test_darkness_is_named() -> None:
    verdicts = judged(pictures(hall("5 dim for_s=6 to=0.02")))

    assert min(named_at(verdicts, HealthCause.BLACK_OR_FLAT)) == 5.0


def test_a_turned_camera_is_blind_within_fifteen_seconds() -> None:
    verdicts = judged(pictures(hall("5 turn for_s=15 to=0.2", windows=2, length_s=22)))

    blind = named_at(verdicts, HealthCause.MOVED)
    assert min(blind) <= 5 + 15
    assert max(blind) < 20
    assert verdicts[-1][1] == FINE


def frozen(frames: Iterable[Frame], from_s: float, to_s: float, *, clock: bool) -> Iterable[Frame]:
    """Repeat one picture; perhaps a clock goes on in its corner."""
    held = None
    for frame in frames:
        if not from_s <= frame.at_s < to_s:
            yield frame
            continue
        held = frame.pixels if held is None else held
        pixels = held.copy()
        if clock:
            text = f"08:00:{frame.at_s:05.2f}"
            cv2.putText(pixels, text, (6, 14), cv2.FONT_HERSHEY_PLAIN, 0.9, (255, 255, 255))
        yield replace(frame, pixels=pixels)


@pytest.mark.parametrize("clock", [False, True], ids=["still", "with a running clock"])
def test_a_frozen_picture_is_blind_within_fifteen_seconds(clock: bool) -> None:
    frames = pictures(hall(length_s=30))

    verdicts = judged(frozen(frames, 5, 25, clock=clock))

    blind = named_at(verdicts, HealthCause.FROZEN)
    assert blind
    assert 5 + FROZEN_S <= min(blind) <= 5 + 15
    assert verdicts[-1][1] == FINE


def test_a_blurred_picture_is_degraded() -> None:
    frames = (
        replace(f, pixels=np.asarray(cv2.GaussianBlur(f.pixels, (0, 0), 9), np.uint8))
        if f.at_s > 10
        else f
        for f in pictures(hall())
    )

    verdicts = judged(frames)

    assert min(named_at(verdicts, HealthCause.DEFOCUSED)) < 11
    assert {v.health for _, v in verdicts} == {Health.OK, Health.DEGRADED}
