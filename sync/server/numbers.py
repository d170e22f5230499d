"""Document numbers: leased in blocks, each given once, none twice."""

from collections.abc import Collection
from dataclasses import asdict, astuple, dataclass
from typing import Any

from sqlalchemy import Connection, insert, or_, select, text, tuple_, update

from sync.protocol.answers import NumberBlock
from sync.protocol.change import Body, Change
from sync.server.facts import server_time
from sync.server.problems import Problem
from sync.server.rules import Refusal, Rules
from sync.server.tables import number_leases, number_series, numbers_given

LARGEST_BLOCK = 100
ANY_DEVICE = "*"
# More numbers of a series than are leased between two backups, so that none is leased twice.
GAP = 10 * LARGEST_BLOCK


def lease(
    connection: Connection, device_id: str, series: str, year: int, count: int
) -> NumberBlock:
    """Lease the next numbers of a series to a device.

    Raises:
        Problem: 422 bad_block.
    """
    if not (series and 1 <= count <= LARGEST_BLOCK and 2000 <= year <= 9999):
        raise Problem(422, "bad_block", largest=LARGEST_BLOCK)
    bumped = connection.execute(
        text(
            "INSERT INTO number_series (series, year, last) VALUES (:series, :year, :count)"
            " ON CONFLICT (series, year) DO UPDATE SET last = number_series.last + :count"
            " RETURNING last"
        ),
        {"series": series, "year": year, "count": count},
    )
    last = int(bumped.scalar_one())
    block = NumberBlock(series, year, last - count + 1, last)
    _note(connection, block, device_id)
    return block


def leave_gap(connection: Connection) -> None:
    """Lease nobody the numbers that may have been leased after the backup a server came from.

    Whoever holds such a number may still use it, once.
    """
    for row in connection.execute(select(number_series)).all():
        block = NumberBlock(row.series, row.year, row.last + 1, row.last + GAP)
        place = (number_series.c.series == row.series) & (number_series.c.year == row.year)
        connection.execute(update(number_series).where(place).values(last=block.last))
        _note(connection, block, ANY_DEVICE)


@dataclass(frozen=True, slots=True)
class Given:
    """A number that a paper bears."""

    series: str
    year: int
    number: int
    entity: str
    id: str

    def row(self) -> dict[str, Any]:
        """Word it as a row of its table."""
        return asdict(self)


def claim_number(
    connection: Connection,
    rules: Rules,
    change: Change,
    old: Body | None,
    new: Body,
    *,
    given: Collection[Given],
) -> Given | None:
    """Hold a numbered paper to the blocks of its device; answer the number that it takes.

    Args:
        given: numbers that are taken and not written down yet.

    Raises:
        Refusal: the number is not of a block leased to the device, or was given before.
    """
    names = rules.numbering(change.entity)
    number = new.get(names["field"]) if names else None
    if number is None or (old is not None and old.get(names["field"]) == number):
        return None
    series, year = new.get(names["series_field"]), new.get(names["year_field"])
    leased = connection.execute(
        select(number_leases.c.first).where(
            number_leases.c.series == series,
            number_leases.c.year == year,
            number_leases.c.first <= number,
            number_leases.c.last >= number,
            number_leases.c.device_id.in_((change.device_id, ANY_DEVICE)),
        )
    ).first()
    if series is None or year is None or leased is None:
        raise Refusal("number_not_leased", number=number)
    claim = Given(series, year, number, change.entity, change.id)
    if any(_collides(claim, other) for other in given) or _is_given(connection, claim):
        raise Refusal("number_given", number=number)
    return claim


def _collides(claim: Given, other: Given) -> bool:
    one, two = astuple(claim), astuple(other)
    return one[:3] == two[:3] or one[3:] == two[3:]


def _is_given(connection: Connection, claim: Given) -> bool:
    """Whether another paper bears the number, or this paper another number."""
    given = numbers_given.c
    number = (given.series, given.year, given.number)
    same_number = tuple_(*number) == tuple_(claim.series, claim.year, claim.number)
    same_paper = (given.entity == claim.entity) & (given.id == claim.id)
    found = connection.execute(select(given.id).where(or_(same_number, same_paper)).limit(1))
    return found.first() is not None


def _note(connection: Connection, block: NumberBlock, device_id: str) -> None:
    connection.execute(
        insert(number_leases).values(
            series=block.series,
            year=block.year,
            first=block.first,
            last=block.last,
            device_id=device_id,
            at=server_time(),
        )
    )
