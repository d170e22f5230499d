"""Teaches a second opinion on one seat, and tries it on what it was not taught."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from video.errors import FootageError, FootageTrouble
from video.vocabulary.frame import Pixels
from video.vocabulary.lesson import Count, HeldOut, Lesson, Shown, Taught
from video.windows.opinion import (
    CELLS,
    PLAY,
    TURNS,
    Features,
    features_of,
    patch_of,
    sure_of,
)

LEAST_PICTURES = 4  # of each kind
LEAST_GROUPS = 3  # findings or days with each kind, so that some can be held out
MOST_ROUNDS = 10  # of holding out; more groups share one
CALM = 0.125  # how strongly weights are drawn to nothing; the pictures are few
STEPS, STILL = 25, 1e-3  # of Newton's method, and the change at which it stands
MOVED = ((0, 0), (PLAY, 0), (-PLAY, 0), (0, PLAY), (0, -PLAY))  # pixels; cameras are knocked

Weights = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Picture:
    """A seat's picture as it teaches; see `Example`."""

    group: str
    shown: Shown
    patch: Features


def picture_of(group: str, shown: Shown, seat: Pixels) -> Picture:
    """Make ready what was cut out of a picture."""
    return Picture(group, shown, patch_of(seat))


def taught(pictures: Sequence[Picture], *, unread: int = 0) -> Taught:
    """Learn from all pictures, and say how well what was learned from some judges the others.

    Raises:
        FootageError: TOO_FEW, with how many there are of the kind that is missing.
    """
    _check_enough(pictures)
    weights = _learned(pictures)
    lesson = Lesson(weights.astype("<f4").tobytes())
    return Taught(lesson, _held_out(pictures), _heat(pictures, weights), unread)


def _check_enough(pictures: Sequence[Picture]) -> None:
    for kind in Shown:
        groups = [one.group for one in pictures if one.shown is kind]
        if len(groups) < LEAST_PICTURES or len(set(groups)) < LEAST_GROUPS:
            told = f"{len(groups)}/{LEAST_PICTURES} {len(set(groups))}/{LEAST_GROUPS}"
            raise FootageError(FootageTrouble.TOO_FEW, kind.value, told)


def _held_out(pictures: Sequence[Picture]) -> HeldOut:
    groups = sorted({one.group for one in pictures})
    tried: list[tuple[Picture, Shown | None]] = []
    rounds = min(MOST_ROUNDS, len(groups))
    for number in range(rounds):
        out = set(groups[number::rounds])
        rest = [one for one in pictures if one.group not in out]
        if {one.shown for one in rest} == set(Shown):
            weights = _learned(rest)
            tried += [(one, _said(one, weights)) for one in pictures if one.group in out]
    wrong = [one for one, said in tried if said not in {one.shown, None}]
    return HeldOut(
        clerk=_counted(tried, Shown.CLERK),
        empty=_counted(tried, Shown.EMPTY),
        groups=len({one.group for one, _ in tried}),
        wrong_groups=_names(wrong),
        missed=_names(one for one in wrong if one.shown is Shown.CLERK),
    )


def _names(pictures: Iterable[Picture]) -> tuple[str, ...]:
    return tuple(sorted({one.group for one in pictures}))


def _counted(tried: Sequence[tuple[Picture, Shown | None]], kind: Shown) -> Count:
    said = [said for one, said in tried if one.shown is kind]
    right, unsure = said.count(kind), said.count(None)
    return Count(right, unsure, len(said) - right - unsure)


def _said(one: Picture, weights: Weights) -> Shown | None:
    return sure_of(float(features_of(one.patch) @ weights[:-1] + weights[-1]))


def _learned(pictures: Sequence[Picture]) -> Weights:
    """Logistic regression with a penalty, by Newton's method; both kinds weigh alike."""
    rows = np.array([features_of(one.patch, *by) for one in pictures for by in MOVED], np.float64)
    basis = np.linalg.qr(rows.T)[0]  # few pictures span few directions: far less to solve
    seen = np.column_stack([rows @ basis, np.ones(len(rows))])
    clerk = np.repeat([one.shown is Shown.CLERK for one in pictures], len(MOVED))
    share = np.where(clerk, clerk.mean(), 1 - clerk.mean())
    weigh = len(pictures) / (2 * len(rows) * share)  # a moved picture is no further picture
    calm = np.full(seen.shape[1], CALM)
    calm[-1] = 1e-6  # how often a seat is empty here is for the pictures to say
    weights = np.zeros(seen.shape[1])
    for _ in range(STEPS):
        odds = 1 / (1 + np.exp(-np.clip(seen @ weights, -30, 30)))
        slope = seen.T @ (weigh * (odds - clerk)) + calm * weights
        bend = (seen.T * (weigh * odds * (1 - odds))) @ seen + np.diag(calm)
        step = np.linalg.solve(bend, slope)
        weights -= step
        if float(np.abs(step).max()) < STILL:
            break
    return np.append(basis @ weights[:-1], weights[-1])


def _heat(pictures: Sequence[Picture], weights: Weights) -> tuple[float, ...]:
    """What each cell says on the average of a clerk, against an empty seat; -1 to 1."""
    means = [
        np.mean([features_of(one.patch) for one in pictures if one.shown is kind], axis=0)
        for kind in (Shown.CLERK, Shown.EMPTY)
    ]
    told = ((means[0] - means[1]) * weights[:-1]).reshape(CELLS * CELLS, TURNS).sum(axis=1)
    most = float(np.abs(told).max()) or 1.0
    return tuple(round(float(one) / most, 3) for one in told)
