"""The sealed records of the machine: what it saw at every tick, and by what it judged."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import cast

from desktop.domain.organisation import Corners


class Mark(Enum):
    """What one tick says of one question."""

    YES = "y"
    NO = "n"
    UNKNOWN = "?"


_HEALTHY = {"o": Mark.YES, "d": Mark.UNKNOWN, "b": Mark.NO}


@dataclass(frozen=True, slots=True)
class Strip:
    """Rows of marks, one mark a tick; `at_s` in seconds of the stream.

    Attributes:
        phone: empty where phones were not judged.
        causes: why the picture could not be judged, each once, in order.
    """

    at_s: tuple[float, ...]
    clerk: tuple[Mark, ...]
    customer: tuple[Mark, ...]
    healthy: tuple[Mark, ...]
    causes: tuple[str, ...]
    phone: tuple[Mark, ...] = ()

    @property
    def tick_s(self) -> float:
        """The usual distance of two ticks."""
        gaps = sorted(b - a for a, b in zip(self.at_s, self.at_s[1:], strict=False))
        return gaps[len(gaps) // 2] if gaps else 0.0

    def share(self, marks: Sequence[Mark], mark: Mark) -> float:
        """Share of the ticks that say so, 0 to 1."""
        return marks.count(mark) / len(marks) if marks else 0.0


def read_strip(data: bytes) -> Strip:
    """Read a sealed strip, format of `video/evidence/strip.py`.

    Raises:
        ValueError: it is none.
    """
    content = _mapping(data)
    try:
        at_s = tuple(float(at) for at in cast(Sequence[float], content["at_s"]))
        clerk, customer, health = (str(content[row]) for row in ("clerk", "customer", "health"))
        trace = cast(Sequence[Mapping[str, str]], content["health_trace"])
        strip = Strip(
            at_s,
            tuple(map(Mark, clerk)),
            tuple(map(Mark, customer)),
            tuple(_HEALTHY[letter] for letter in health),
            tuple(dict.fromkeys(turn["cause"] for turn in trace if turn["cause"] != "none")),
            _told(tuple(map(Mark, str(content.get("phone", ""))))),
        )
    except (KeyError, TypeError) as error:
        raise ValueError("not an observation strip") from error
    rows = (strip.clerk, strip.customer, strip.healthy, strip.phone or strip.clerk)
    if {len(row) for row in rows} != {len(at_s)}:
        raise ValueError("rows of different length")
    return strip


@dataclass(frozen=True, slots=True)
class Manifest:
    """By what an event was judged.

    Attributes:
        seat: the outline that was judged, fractions of the picture.
        profile: the name of the settings, and their digest.
        missing: roles of what could not be kept.
    """

    seat: Corners
    seat_sha256: str
    detector: str
    profile: str
    profile_sha256: str
    missing: tuple[str, ...]


def read_manifest(data: bytes) -> Manifest:
    """Read a sealed manifest, format of `video/evidence/manifest.py`.

    Raises:
        ValueError: it is none.
    """
    content = _mapping(data)
    try:
        profile = cast(Mapping[str, object], content["profile"])
        seat = cast(Sequence[Sequence[float]], content["seat"])
        return Manifest(
            seat=tuple((float(x), float(y)) for x, y in seat),
            seat_sha256=str(content["seat_sha256"]),
            detector=str(content["detector"]),
            profile=str(profile.get("name", "")),
            profile_sha256=str(content["profile_sha256"]),
            missing=tuple(cast(Mapping[str, str], content["missing"])),
        )
    except (KeyError, TypeError) as error:
        raise ValueError("not a manifest") from error


def _told(marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    return marks if {Mark.YES, Mark.NO} & set(marks) else ()


def _mapping(data: bytes) -> Mapping[str, object]:
    content = json.loads(data)
    if not isinstance(content, dict):
        raise ValueError("not a JSON object")
    return content
