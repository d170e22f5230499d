"""How text becomes words of the index, and what a person types becomes a question to it.

A Chinese sentence has no spaces, so that each of its characters is a word, and what is typed is a
phrase of them: that finds one character as well as ten. A number is found by any three of its
digits in a row, other words by their beginning.
"""

import re
from collections.abc import Iterable, Iterator

_RUNS = re.compile(r"(?P<digits>\d+)|(?P<letters>[A-Za-zÀ-ɏ]+)|(?P<sign>\w)")
_FENCE = "0x0x0"  # between two pieces, so that no phrase reaches over
_PIECE = 3  # digits


def indexed(pieces: Iterable[str]) -> str:
    """Write pieces of text as the words of the index."""
    return f" {_FENCE} ".join(" ".join(_words(piece)) for piece in pieces)


def asked(text: str) -> str:
    """Write what somebody typed as a question (FTS5); empty when there is no word in it."""
    return " AND ".join(_phrase(each) for each in text.split() if any(_words(each)))


def exact(name: str) -> str:
    """Write an identifier as one word."""
    return re.sub(r"[\W_]", "", name).lower()


def _phrase(text: str) -> str:
    words = list(_words(text))
    unfinished = words[-1].isascii() and not (words[-1].isdigit() and len(words[-1]) == _PIECE)
    return f'"{" ".join(words)}"{"*" if unfinished else ""}'


def _words(text: str) -> Iterator[str]:
    for run in _RUNS.finditer(text):
        word = run.group()
        if run.lastgroup == "digits" and word.isascii():
            yield from (word[n : n + _PIECE] for n in range(max(1, len(word) - _PIECE + 1)))
        elif run.lastgroup == "letters":
            yield word.lower()
        else:
            yield from (_sign(each) for each in word if each != "_")


def _sign(character: str) -> str:
    """Name a character that the tokenizer may not know: the rare ones beyond the first plane."""
    return character if ord(character) < 0x10000 else f"u{ord(character):x}"
