"""Fits a seat's area to the persons who were seen there."""

from collections.abc import Sequence
from statistics import quantiles

from desktop.domain.organisation import Corners
from video.vocabulary.geometry import Box

LEAST = 5  # persons seen, so that a passer-by moves no area
AROUND = 0.25  # of the area's size: so far beside it somebody still belongs to it
UPPER = 0.65  # of a person: head and upper body, by which a seat is judged
_TENTH = 10


def snapped(persons: Sequence[Box], area: Corners) -> Corners:
    """Give the upright area that holds head and upper body of nine in ten who sat there.

    Empty where too few were seen.
    """
    here = [person for person in persons if _belongs(person, area)]
    if len(here) < LEAST:
        return ()
    left, top = _low([p.x1 for p in here]), _low([p.y1 for p in here])
    right = _high([p.x2 for p in here])
    bottom = _high([p.y1 + UPPER * (p.y2 - p.y1) for p in here])
    left, top, right, bottom = (min(1.0, max(0.0, side)) for side in (left, top, right, bottom))
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def _belongs(person: Box, area: Corners) -> bool:
    """Tell whether somebody's chest lies in the area or close beside it."""
    across, down = [x for x, _ in area], [y for _, y in area]
    wide, high = max(across) - min(across), max(down) - min(down)
    x = (person.x1 + person.x2) / 2
    y = person.y1 + (person.y2 - person.y1) * UPPER / 2
    fits_across = min(across) - AROUND * wide <= x <= max(across) + AROUND * wide
    return fits_across and min(down) - AROUND * high <= y <= max(down) + AROUND * high


def _low(values: Sequence[float]) -> float:
    return quantiles(values, n=_TENTH, method="inclusive")[0]


def _high(values: Sequence[float]) -> float:
    return quantiles(values, n=_TENTH, method="inclusive")[-1]
