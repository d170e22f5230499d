"""Document numbers from blocks that the server leased to this device; each is given once."""

from sqlalchemy import Connection, text

from desktop.domain.errors import NoNumberLeft
from desktop.domain.numbers import NumberBlock


def add_block(connection: Connection, series: str, year: int, first: int, last: int) -> None:
    """Keep a leased block; the same block twice is one block."""
    connection.execute(
        text(
            "INSERT INTO number_block (series, year, first, last, next)"
            " VALUES (:series, :year, :first, :last, :first) ON CONFLICT DO NOTHING"
        ),
        {"series": series, "year": year, "first": first, "last": last},
    )


def numbers_left(connection: Connection, series: str, year: int) -> int:
    """Count the numbers that this device can still give."""
    return int(
        connection.execute(
            text(
                "SELECT coalesce(sum(last - next + 1), 0) FROM number_block"
                " WHERE series = :series AND year = :year"
            ),
            {"series": series, "year": year},
        ).scalar_one()
    )


def blocks(connection: Connection) -> tuple[NumberBlock, ...]:
    """Give the blocks of this device, by series, year and number."""
    rows = connection.execute(
        text(
            "SELECT series, year, first, last, next FROM number_block ORDER BY series, year, first"
        )
    )
    return tuple(NumberBlock(*row) for row in rows)


def void_unused(connection: Connection, before_year: int) -> tuple[NumberBlock, ...]:
    """Use up what is left of the blocks of earlier years; answer it as it was."""
    left = [b for b in blocks(connection) if b.year < before_year and b.unused]
    connection.execute(
        text("UPDATE number_block SET next = last + 1 WHERE year < :year"), {"year": before_year}
    )
    return tuple(left)


def take_number(connection: Connection, series: str, year: int) -> int:
    """Take the next number; it comes back if the transaction does not commit.

    Raises:
        NoNumberLeft: the blocks are used up.
    """
    taken = connection.execute(
        text(
            "UPDATE number_block SET next = next + 1 WHERE rowid = ("
            "SELECT rowid FROM number_block WHERE series = :series AND year = :year"
            " AND next <= last ORDER BY first LIMIT 1) RETURNING next - 1"
        ),
        {"series": series, "year": year},
    ).scalar_one_or_none()
    if taken is None:
        raise NoNumberLeft(series, year)
    return int(taken)
