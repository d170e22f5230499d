"""Paints a drawn hall at any second of its script."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

from video.sources import figures
from video.sources.figures import Looks, Pose
from video.sources.layout import (
    CUSTOMER_ASIDE,
    Booth,
    Stay,
    booths,
    clerk_at,
    customer_at,
)
from video.sources.script import Act, Deed, Script
from video.vocabulary.frame import Pixels

NOISE = 2.5  # grey levels, standard deviation: a sensor in office light
GRAINS = 7  # noise pictures that are used in turn
POSES = 8  # of a clerk's slow sway
SWAY_S = 6.0
SCENES = 48  # painted booths that are kept
STOOP = 2.75  # heads by which a clerk who bends is lower
GLARE = 140.0  # grey levels that a mirrored lamp adds at most
HAZE = 150.0  # grey level of haze


@dataclass(frozen=True, slots=True)
class _Scene:
    """All that decides how one booth looks."""

    window: int
    clerk: Stay
    customer: Stay
    sway: int
    manner: "_Manner"


@dataclass(frozen=True, slots=True)
class _Manner:
    """What goes on at a window beside coming and going."""

    busy: bool = False
    still: bool = False
    coat: bool = False
    turned: bool = False
    stooped: bool = False
    hidden: bool = False
    glare: bool = False


class Painter:
    """Paints; the same script and second give the same picture, but for the noise's turn."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._booths = booths(script)
        self._acts = tuple(script.of_window(n) for n in range(len(script.windows)))
        self._noise = _grains(script)
        self._empty = _blurred(_hall(script, self._booths))
        self._booth_picture = lru_cache(SCENES)(self._paint_booth)

    def paint(self, at_s: float) -> Pixels:
        """Give the picture of one second, BGR uint8."""
        if going_on(self._script.of_camera(Deed.COVER), at_s) is not None:
            return self._grained(np.full_like(self._empty, (22, 20, 24)), at_s)
        picture = self._empty.copy()
        for window, booth in enumerate(self._booths):
            box = _box(booth)
            picture[box] = self._booth_picture(self._scene(window, at_s))
        self._paint_passers(picture, at_s)
        turn = going_on(self._script.of_camera(Deed.TURN), at_s)
        if turn is not None:
            picture = np.roll(picture, round(turn.to * self._script.width), axis=1)
        dim = going_on(self._script.of_camera(Deed.DIM), at_s)
        if dim is not None:
            picture = np.asarray(cv2.convertScaleAbs(picture, alpha=dim.to), np.uint8)
        return self._grained(picture, at_s)

    def _scene(self, window: int, at_s: float) -> _Scene:
        acts, opening = self._acts[window], self._script.windows[window]
        manner = _manner(acts, at_s)
        phase = at_s / SWAY_S + window * 0.37
        return _Scene(
            window,
            _stepped(clerk_at(opening, acts, at_s)),
            _stepped(customer_at(opening, acts, at_s)),
            0 if manner.still else round(POSES * phase) % POSES,
            manner,
        )

    def _paint_booth(self, scene: _Scene) -> Pixels:
        booth, opening = self._booths[scene.window], self._script.windows[scene.window]
        looks = _looks(self._script.seed, scene.window)
        picture = self._empty[_box(booth)].copy()
        middle, counter = booth.middle - booth.left, booth.counter - booth.top
        behind = picture[: round(counter)]
        seat = Pose(middle, booth.crown - booth.top, booth.clerk)
        coat = figures.COATS[scene.window % 4] if scene.manner.coat else None
        figures.chair(behind, seat, coat)
        away = booth.right - booth.middle + 1.4 * booth.clerk
        _paint_clerk(behind, scene, seat, looks[0], away=away)
        _paint_monitor(picture, middle, counter, booth.head)
        _paint_customer(picture, scene, booth, looks[1])
        if scene.manner.hidden:
            pose = Pose(middle, seat.crown - 0.2 * booth.clerk, 1.3 * booth.head)
            figures.customer(picture, pose, _looks(self._script.seed + 1, scene.window)[1])
        picture = _lit(picture, light=opening.light, contrast=opening.contrast)
        if scene.manner.glare:
            _paint_glare(picture, seat)
        return _blurred(picture)

    def _paint_passers(self, picture: Pixels, at_s: float) -> None:
        for act in self._script.of_camera(Deed.WALK_PAST):
            if act.is_on(at_s):
                booth = self._booths[-1]
                head = 1.3 * booth.head
                way = self._script.width + 4 * head
                x = (at_s - act.at_s) / act.for_s * way - 2 * head
                pose = Pose(x, booth.counter - 0.2 * head, head)
                figures.customer(picture, pose, _looks(self._script.seed, round(act.at_s))[1])

    def _grained(self, picture: Pixels, at_s: float) -> Pixels:
        turn = round(at_s * self._script.fps) % GRAINS
        return np.asarray(cv2.add(picture, self._noise[turn], dtype=cv2.CV_8U), np.uint8)


def _grains(script: Script) -> list["np.ndarray[tuple[int, ...], np.dtype[np.int16]]"]:
    random_numbers = np.random.default_rng(script.seed)
    shape = (script.height, script.width, 3)
    return [
        np.rint(random_numbers.standard_normal(shape, np.float32) * NOISE).astype(np.int16)
        for _ in range(GRAINS)
    ]


def going_on(acts: tuple[Act, ...], at_s: float) -> Act | None:
    """The act of the camera that is on, the first of several."""
    return next((act for act in acts if act.is_on(at_s)), None)


def _manner(acts: tuple[Act, ...], at_s: float) -> _Manner:
    busy = still = coat = False
    for act in acts:
        if act.at_s > at_s:
            break
        match act.deed:
            case Deed.SERVE:
                busy, still = True, False
            case Deed.SIT_STILL:
                busy, still = False, True
            case Deed.LEAVE | Deed.RETURN:
                busy = still = False
            case Deed.COAT_ON | Deed.COAT_OFF:
                coat = act.deed is Deed.COAT_ON
    now = {act.deed for act in acts if act.is_on(at_s)}
    return _Manner(
        busy=busy,
        still=still,
        coat=coat,
        turned=Deed.TURN_AWAY in now,
        stooped=Deed.STOOP in now,
        hidden=Deed.HIDE in now,
        glare=Deed.GLARE in now,
    )


def _stepped(stay: Stay) -> Stay:
    """A walk in twelve steps, so that painted booths are used again."""
    return Stay(stay.here, round(stay.done * 12) / 12)


def _looks(seed: int, number: int) -> tuple[Looks, Looks]:
    """A clerk and a customer."""
    choice = random.Random(f"{seed}:{number}")
    return _somebody(choice, figures.UNIFORMS), _somebody(choice, figures.COATS)


def _somebody(choice: random.Random, tops: Sequence[figures.Colour]) -> Looks:
    return Looks(
        choice.choice(figures.SKINS),
        choice.choice(figures.HAIRS),
        choice.choice(tops),
        choice.choice(figures.TROUSERS),
    )


def _box(booth: Booth) -> tuple[slice, slice]:
    return (
        slice(round(booth.top), round(booth.bottom)),
        slice(round(booth.left), round(booth.right)),
    )


def _blurred(picture: Pixels) -> Pixels:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), 0.7), np.uint8)


def _paint_clerk(behind: Pixels, scene: _Scene, seat: Pose, looks: Looks, *, away: float) -> None:
    share = scene.clerk.done if scene.clerk.here else 1 - scene.clerk.done
    if share == 0:
        return
    swing, manner = math.sin(2 * math.pi * scene.sway / POSES), scene.manner
    raised = 0.4 if share < 1 else -STOOP if manner.stooped else 0.0
    pose = Pose(
        x=seat.x + (1 - share) * away,
        crown=seat.crown - raised * seat.head,
        head=seat.head,
        lean=swing * (0.16 if manner.busy else 0.07),
        reach=0.35 * max(0.0, swing) if manner.busy else 0.05 * swing,
    )
    if manner.turned:
        figures.customer(behind, pose, looks)
    else:
        figures.clerk(behind, pose, looks)


def _paint_customer(picture: Pixels, scene: _Scene, booth: Booth, looks: Looks) -> None:
    share = scene.customer.done if scene.customer.here else 1 - scene.customer.done
    if share == 0:
        return
    head = 1.1 * booth.head
    x = booth.middle - booth.left - CUSTOMER_ASIDE * booth.head
    coming = (1 - share) * (booth.bottom - booth.counter + head)
    crown = booth.counter - booth.top - 0.9 * head + coming
    sway = 0.05 * math.sin(2 * math.pi * scene.sway / POSES)
    figures.customer(picture, Pose(x, crown, head, sway), looks)


def _paint_monitor(picture: Pixels, middle: float, counter: float, head: float) -> None:
    x = middle + 1.75 * head
    _fill(picture, (x - 0.5 * head, counter - 1.2 * head), (x + 0.6 * head, counter), 45)
    _fill(picture, (x - 0.05 * head, counter - 0.1 * head), (x + 0.15 * head, counter), 60)


def _paint_glare(picture: Pixels, seat: Pose) -> None:
    """A lamp mirrored in the glass before the clerk's face and chest."""
    shine = np.zeros(picture.shape[:2], np.float32)
    centre = (round(seat.x + 0.4 * seat.head), round(seat.crown + 1.2 * seat.head))
    cv2.circle(shine, centre, max(1, round(1.1 * seat.head)), 1.0, -1)
    shine = cv2.GaussianBlur(shine, (0, 0), 0.6 * seat.head)[..., None] * GLARE
    picture[:] = np.minimum(255, picture + shine).astype(np.uint8)


def _lit(picture: Pixels, *, light: float, contrast: float) -> Pixels:
    """Take light and contrast away."""
    if light == contrast == 1:
        return picture
    hazy = HAZE + (picture.astype(np.float32) - HAZE) * contrast
    return np.asarray(np.clip(hazy * light, 0, 255), np.uint8)


def _fill(picture: Pixels, corner: figures.Point, other: figures.Point, grey: int) -> None:
    (x1, y1), (x2, y2) = corner, other
    picture[max(0, round(y1)) : round(y2), max(0, round(x1)) : round(x2)] = grey


def _hall(script: Script, places: tuple[Booth, ...]) -> Pixels:
    """The hall without anybody: walls, boards, counters, floor."""
    picture = np.zeros((script.height, script.width, 3), np.uint8)
    for top in sorted({booth.top for booth in places}):
        row = [booth for booth in places if booth.top == top]
        part = picture[round(top) : round(row[0].bottom)]
        counter, head = row[0].counter - top, row[0].head
        edge, floor = round(counter + 0.35 * head), round(0.8 * len(part))
        _slope(part[: round(counter)], (197, 205, 209), (158, 165, 168))
        part[round(counter) : edge] = (170, 190, 205)
        _slope(part[edge:floor], (120, 138, 150), (76, 87, 95))
        _slope(part[floor:], (190, 190, 190), (150, 150, 150))
        for booth in row:
            _furnish(part, booth, counter)
    return picture


def _furnish(part: Pixels, booth: Booth, counter: float) -> None:
    height, width = booth.bottom - booth.top, booth.right - booth.left
    wall = (round(booth.left + 2), round(0.06 * height)), (round(booth.right - 2), round(counter))
    cv2.rectangle(part, *wall, (188, 182, 170), -1)
    left, right = booth.left + 0.25 * width, booth.left + 0.75 * width
    board = (round(left), round(0.07 * height)), (round(right), round(0.13 * height))
    cv2.rectangle(part, *board, (120, 60, 30), -1)
    post = (round(booth.left), 0), (round(booth.left), round(counter))
    cv2.line(part, *post, (150, 150, 150), max(1, round(booth.head / 18)), cv2.LINE_AA)


def _slope(part: Pixels, above: figures.Colour, below: figures.Colour) -> None:
    share = np.linspace(0, 1, len(part))[:, None, None]
    part[:] = (np.array(above) * (1 - share) + np.array(below) * share).astype(np.uint8)
