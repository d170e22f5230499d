"""The script of a drawn hall: who sits where, and what happens when.

```toml
[hall]
windows = 4            # any number; they are laid out in rows
width = 1280           # pixels, even
height = 720
fps = 5                # pictures a second
length_s = 180
seed = 1               # faces, clothes, noise

[[window]]             # only for windows that are otherwise than usual
id = "window-2"        # window-1 … window-n
clerk = false          # begins without a clerk
customer = true        # begins with a customer
size = 0.5             # of the clerk, who sits far back
light = 0.4            # share of the light that reaches it
contrast = 0.5         # share of the contrast that haze and glass leave

[[act]]
at_s = 30
window = "window-1"    # not for acts that concern the whole camera
do = "leave"           # see `Deed`
for_s = 20             # acts that end by themselves: how long
to = 0.4               # dim: share of the light that is left; turn: share of the width
```
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from video.errors import FootageError, FootageTrouble

MAX_SIDE = 7680  # pixels
MAX_WINDOWS = 200


class Deed(Enum):
    """What can happen in a drawn hall."""

    LEAVE = "leave"  # the clerk walks off
    RETURN = "return"  # the clerk comes back
    ARRIVE = "arrive"  # a customer comes to the window
    GO = "go"  # the customer walks off
    SERVE = "serve"  # the clerk is busy
    SIT_STILL = "sit_still"  # the clerk does not move any more
    COAT_ON = "coat_on"  # a coat hangs over the chair
    COAT_OFF = "coat_off"
    TURN_AWAY = "turn_away"  # the clerk shows his back for a while
    STOOP = "stoop"  # the clerk bends under the counter for a while
    HIDE = "hide"  # somebody stands before the clerk for a while
    GLARE = "glare"  # light is mirrored in the glass for a while
    WALK_PAST = "walk_past"  # somebody walks through the hall
    DIM = "dim"  # the light goes down
    COVER = "cover"  # something hangs before the lens
    FREEZE = "freeze"  # the same picture again and again
    TURN = "turn"  # the camera is turned aside

    @property
    def is_of_the_camera(self) -> bool:
        """Whether it concerns all windows at once."""
        return self in {
            Deed.WALK_PAST, Deed.DIM, Deed.COVER, Deed.FREEZE, Deed.TURN,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Act:
    """One line of the script; `window` counts from 0, None for the whole camera."""

    at_s: float
    deed: Deed
    window: int | None
    for_s: float
    to: float

    def is_on(self, at_s: float) -> bool:
        """Whether an act that ends by itself is going on."""
        return self.at_s <= at_s < self.at_s + self.for_s


@dataclass(frozen=True, slots=True)
class Opening:
    """How a window begins."""

    window_id: str
    clerk: bool = True
    customer: bool = False
    size: float = 1.0
    light: float = 1.0
    contrast: float = 1.0


@dataclass(frozen=True, slots=True)
class Script:
    """A checked script; acts in order of time."""

    width: int
    height: int
    fps: float
    length_s: float
    seed: int
    windows: tuple[Opening, ...]
    acts: tuple[Act, ...]

    def repeated(self, rounds: int) -> "Script":
        """Play it so many times in a row."""
        acts = (
            replace(act, at_s=act.at_s + number * self.length_s)
            for number in range(rounds)
            for act in self.acts
        )
        return replace(self, length_s=self.length_s * rounds, acts=tuple(acts))

    def of_window(self, window: int) -> tuple[Act, ...]:
        """The acts of one window."""
        return tuple(act for act in self.acts if act.window == window)

    def of_camera(self, deed: Deed) -> tuple[Act, ...]:
        """The acts of one kind that concern the whole camera."""
        return tuple(act for act in self.acts if act.deed is deed)


def parse_script(text: str) -> Script:
    """Read and check a script.

    Raises:
        FootageError: BAD_SCRIPT with what is wrong.
    """
    try:
        data = tomllib.loads(text)
        return _script(data)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise FootageError(FootageTrouble.BAD_SCRIPT, "script", str(error)) from error


def _script(data: Mapping[str, Any]) -> Script:
    _known(data, {"hall", "window", "act"})
    hall = data["hall"]
    _known(hall, {"windows", "width", "height", "fps", "length_s", "seed"})
    count = int(_within(hall["windows"], 1, MAX_WINDOWS))
    windows = _openings(data.get("window", []), count)
    numbers = {opening.window_id: index for index, opening in enumerate(windows)}
    length_s = _within(hall["length_s"], 1, float("inf"))
    acts = [_act(row, numbers, length_s) for row in data.get("act", [])]
    return Script(
        width=_side(hall.get("width", 1280)),
        height=_side(hall.get("height", 720)),
        fps=_within(hall.get("fps", 5), 0.5, 60),
        length_s=length_s,
        seed=int(hall.get("seed", 1)),
        windows=windows,
        acts=tuple(sorted(acts, key=lambda act: act.at_s)),
    )


def _openings(rows: list[Mapping[str, Any]], count: int) -> tuple[Opening, ...]:
    openings = {f"window-{n + 1}": Opening(f"window-{n + 1}") for n in range(count)}
    for row in rows:
        _known(row, {"id", "clerk", "customer", "size", "light", "contrast"})
        if row["id"] not in openings:
            raise ValueError(f"no such window: {row['id']}")
        openings[row["id"]] = Opening(
            row["id"],
            bool(row.get("clerk", True)),
            bool(row.get("customer", False)),
            size=_within(row.get("size", 1.0), 0.25, 1),
            light=_within(row.get("light", 1.0), 0.05, 1),
            contrast=_within(row.get("contrast", 1.0), 0.05, 1),
        )
    return tuple(openings.values())


def _act(row: Mapping[str, Any], numbers: Mapping[str, int], length_s: float) -> Act:
    _known(row, {"at_s", "window", "do", "for_s", "to"})
    deed = Deed(row["do"])
    if deed.is_of_the_camera == ("window" in row):
        raise ValueError(f"{deed.value}: a window is {'not ' * deed.is_of_the_camera}needed")
    if "window" in row and row["window"] not in numbers:
        raise ValueError(f"no such window: {row['window']}")
    return Act(
        at_s=_within(row["at_s"], 0, length_s),
        deed=deed,
        window=numbers[row["window"]] if "window" in row else None,
        for_s=_within(row.get("for_s", 10), 0, float("inf")),
        to=_within(row.get("to", 0.4), 0, 1),
    )


def _known(row: Mapping[str, Any], names: set[str]) -> None:
    strange = set(row) - names
    if strange:
        raise ValueError(f"unknown: {', '.join(sorted(strange))}")


def _within(value: float, least: float, most: float) -> float:
    if not least <= value <= most:
        raise ValueError(f"{value} is not between {least} and {most}")
    return value


def _side(value: int) -> int:
    if value % 2:
        raise ValueError(f"{value} pixels: an even number is needed")
    return int(_within(value, 64, MAX_SIDE))
