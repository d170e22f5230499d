"""Finds a command by a few of its letters."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def score(query: str, text: str) -> float | None:
    """Tell how well text answers a query, higher is better; None when letters are missing.

    The letters of the query must come in order. Letters in a row and at the start of a word count
    more, and of two equal finds the shorter text wins.
    """
    sought, offered = query.casefold().replace(" ", ""), text.casefold()
    points, at, last = 0.0, 0, -2
    for letter in sought:
        found = offered.find(letter, at)
        if found < 0:
            return None
        starts = found == 0 or not offered[found - 1].isalnum()
        points += 1.0 + 2.0 * (found == last + 1) + 1.5 * starts
        last, at = found, found + 1
    return points - len(text) / 100


def best(query: str, offers: Sequence[tuple[str, T]], limit: int = 12) -> tuple[T, ...]:
    """Give what answers a query best, best first; an empty query gives the first few."""
    if not query.strip():
        return tuple(each for _, each in offers[:limit])
    found = [(points, each) for text, each in offers if (points := score(query, text)) is not None]
    found.sort(key=lambda pair: -pair[0])
    return tuple(each for _, each in found[:limit])
