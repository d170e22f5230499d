"""The words of SQL, read once: `text` looks through them for parameters each time it is called."""

from functools import cache

from sqlalchemy import TextClause
from sqlalchemy import text as read_anew


@cache
def text(words: str) -> TextClause:
    """Give a statement by its words; for constant words only, as all are kept."""
    return read_anew(words)
