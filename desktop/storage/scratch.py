"""What is being written and is nobody's act yet: kept key by key, so that a pulled plug costs none.

It stays on this machine and goes to no server; the act that follows is what counts.
"""

from collections.abc import Mapping

from sqlalchemy import Connection, text


def keep(connection: Connection, place: str, words: str) -> None:
    """Keep the words of a place; what was there gives way."""
    connection.execute(
        text(
            "INSERT INTO scratch (place, words) VALUES (:place, :words)"
            " ON CONFLICT (place) DO UPDATE SET words = excluded.words"
        ),
        {"place": place, "words": words},
    )


def kept(connection: Connection, below: str) -> Mapping[str, str]:
    """Give the words of all places that begin so."""
    rows = connection.execute(
        text("SELECT place, words FROM scratch WHERE place >= :first AND place < :after"),
        {"first": below, "after": f"{below}\U0010ffff"},
    )
    return {row.place: row.words for row in rows}


def forget(connection: Connection, below: str) -> None:
    """Let the words of all places go that begin so."""
    connection.execute(
        text("DELETE FROM scratch WHERE place >= :first AND place < :after"),
        {"first": below, "after": f"{below}\U0010ffff"},
    )
