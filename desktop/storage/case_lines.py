"""The list of cases: found and ordered by narrow lines, fetched window by window."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import Connection, text

from desktop.domain.approvals import CaseBundle
from desktop.domain.case_entries import CaseEntry
from desktop.domain.clocks import Lamp
from desktop.domain.identifiers import CaseId, HallId, UnitId
from desktop.domain.items import LimitUnit
from desktop.domain.rules.inputs import Input
from desktop.storage.case_bodies import bundle_of

_FIRST = itemgetter(0)
_COLUMNS = (
    "n, id, batch_id, case_no, title, applicant, item_code, unit_id, started_at, closed, lamp, due,"
    " remaining, overdue, unit, provisional, as_of"
)


@dataclass(frozen=True, slots=True)
class Wish:
    """Which cases of a hall the list should hold; what is empty does not narrow it.

    Attributes:
        words: a part of any length of number, title, applicant, item or unit.
        units_named: units whose name the words are part of; they are found too.
    """

    hall_id: HallId
    words: str = ""
    lamp: Lamp | None = None
    unit_id: UnitId | None = None
    item_code: str | None = None
    overdue: bool = False
    open: bool = False
    units_named: tuple[UnitId, ...] = ()


class CaseLine(NamedTuple):
    """A row of the list.

    Attributes:
        is_read: the entry is of today; else it is still being worked out.
    """

    n: int
    id: CaseId
    batch_id: str
    case_no: str
    title: str
    applicant: str
    item_code: str
    unit_id: UnitId
    started_at: str
    is_read: bool
    entry: CaseEntry


class Found(NamedTuple):
    """What a wish gives: the rows by number in their order, and how many have which lamp.

    Attributes:
        lamps: counted without the wish for a lamp, so that each can say what it would show.
        overdue: open and closed together, counted likewise.
    """

    numbers: "array[int]"
    lamps: Mapping[Lamp | None, int]
    overdue: int


def find(connection: Connection, wish: Wish) -> Found:
    """Find the cases of a wish, the most pressing first."""
    narrow, values = _where(wish)
    wide, _ = _where(wish, by_lamp=False)
    # A hundred thousand rows of one number: SQLAlchemy would take three times as long.
    driver = connection.connection.driver_connection
    assert driver is not None  # the connection is open
    query = f"SELECT n FROM case_line WHERE {narrow} ORDER BY rank, n"  # noqa: S608  # our own
    numbers = array("q", map(_FIRST, driver.execute(query, values)))
    sums = connection.execute(
        text(
            "SELECT lamp, count(*), sum(overdue > 0) FROM case_line"  # noqa: S608  # our own
            f" WHERE {wide} GROUP BY lamp"
        ),
        values,
    ).all()
    lamps = {Lamp(lamp) if lamp else None: count for lamp, count, _ in sums}
    return Found(numbers, lamps, sum(late for *_, late in sums))


def window(connection: Connection, numbers: Sequence[int], as_of: str) -> tuple[CaseLine, ...]:
    """Fetch some rows, in the order of their numbers as given; one that is gone is left out."""
    names = ", ".join(f":n{index}" for index in range(len(numbers)))
    rows = connection.execute(
        text(f"SELECT {_COLUMNS} FROM case_line WHERE n IN ({names})"),  # noqa: S608  # our own
        {f"n{index}": number for index, number in enumerate(numbers)},
    )
    found = {row[0]: _line(tuple(row), as_of) for row in rows}
    return tuple(found[number] for number in numbers if number in found)


def kinds(connection: Connection, hall_id: HallId) -> tuple[tuple[UnitId, ...], tuple[str, ...]]:
    """Give the units and the items that the cases of a hall have."""
    given = {"h": hall_id}
    units = connection.scalars(
        text("SELECT DISTINCT unit_id FROM case_line WHERE hall_id = :h AND unit_id <> ''"), given
    )
    items = connection.scalars(
        text("SELECT DISTINCT item_code FROM case_line WHERE hall_id = :h AND item_code <> ''"),
        given,
    )
    return tuple(sorted(map(UnitId, units))), tuple(sorted(items))


def used_items(connection: Connection, hall_id: HallId) -> Mapping[str, int]:
    """Count the cases of a hall by item code."""
    rows = connection.execute(
        text("SELECT item_code, count(*) FROM case_line WHERE hall_id = :h GROUP BY item_code"),
        {"h": hall_id},
    )
    return {code: count for code, count in rows if code}


def as_of(day: date, calendar: str, rules: str) -> str:
    """Name the day on which, and the calendar and rules by which, lamps are read."""
    return f"{day.isoformat()}/{calendar}/{rules}"


def counted_by(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    """Give the version of the calendar that closed cases were counted by."""
    names = ", ".join(f":n{index}" for index in range(len(numbers)))
    rows = connection.execute(
        text(
            f"SELECT n, as_of FROM case_line WHERE closed <> 0 AND as_of <> '' AND n IN ({names})"  # noqa: S608  # our own
        ),
        {f"n{index}": number for index, number in enumerate(numbers)},
    )
    return {number: stand.split("/")[1] for number, stand in rows}


def stale(connection: Connection, stand: str) -> "array[int]":
    """Give the cases whose lamp may be another by now: open ones, and what was never read.

    A closed case keeps its day and its calendar; of other parameters it is read anew.
    """
    day, calendar, rules = stand.split("/", 2)
    rows = connection.execute(
        text(
            "SELECT n FROM case_line WHERE as_of <> :stand"
            " AND (closed = 0 OR substr(as_of, :at) <> :rules) ORDER BY n"
        ),
        {"stand": stand, "at": len(day) + len(calendar) + 3, "rules": rules},
    )
    return array("q", (row[0] for row in rows))


def bundles(connection: Connection, numbers: Sequence[int]) -> Iterator[tuple[int, CaseBundle]]:
    """Give cases whole, each with its number."""
    names = ", ".join(f":n{index}" for index in range(len(numbers)))
    rows = connection.execute(
        text(
            "SELECT n, id, hall_id, batch_id, body FROM approval_case"  # noqa: S608  # our own
            f" WHERE n IN ({names})"
        ),
        {f"n{index}": number for index, number in enumerate(numbers)},
    )
    for row in rows:
        whole = bundle_of(row.body, f"approval_case {row.id}")
        case = whole.case._replace(
            id=CaseId(row.id), hall_id=HallId(row.hall_id), source_batch=row.batch_id
        )
        yield row.n, whole._replace(case=case)


def number_of(connection: Connection, hall_id: HallId, case_id: CaseId) -> int | None:
    """Give a case's number by its id, or None."""
    number: int | None = connection.scalar(
        text("SELECT n FROM case_line WHERE hall_id = :h AND id = :id"),
        {"h": hall_id, "id": case_id},
    )
    return number


def settle_entries(
    connection: Connection, stand: str, entries: Iterable[tuple[int, CaseEntry]]
) -> None:
    """Write down how cases stand."""
    connection.execute(
        text(
            "UPDATE case_line SET rank = :rank, lamp = :lamp, due = :due, remaining = :remaining,"
            " overdue = :overdue, unit = :unit, provisional = :provisional, as_of = :stand"
            " WHERE n = :n"
        ),
        [
            {
                "n": number,
                "stand": stand,
                "rank": entry.rank,
                "lamp": entry.lamp.value if entry.lamp else "",
                "due": entry.due.isoformat() if entry.due else None,
                "remaining": entry.remaining,
                "overdue": entry.overdue,
                "unit": entry.unit.value,
                "provisional": int(entry.provisional),
            }
            for number, entry in entries
        ],
    )


def note_inputs(connection: Connection, told: Mapping[str, Iterable[Input]]) -> None:
    """Add to what the cases of imports can tell, by batch."""
    rows = [{"b": batch, "i": each.value} for batch, inputs in told.items() for each in inputs]
    if rows:
        connection.execute(text("INSERT OR IGNORE INTO import_input VALUES (:b, :i)"), rows)


def inputs_of(connection: Connection, batch_id: str) -> frozenset[Input]:
    """Give what the cases of an import can tell."""
    rows = connection.scalars(
        text("SELECT input FROM import_input WHERE batch_id = :b"), {"b": batch_id}
    )
    return frozenset(map(Input, rows))


def _where(wish: Wish, *, by_lamp: bool = True) -> tuple[str, dict[str, object]]:
    parts, values = ["hall_id = :hall"], dict[str, object](hall=wish.hall_id)
    if wish.words:
        named = {f"u{index}": each for index, each in enumerate(wish.units_named)}
        places = ", ".join(f":{name}" for name in named)
        parts.append(f"(instr(words, :words) > 0 OR unit_id IN ({places}))")
        values |= {"words": wish.words.lower(), **named}
    if wish.unit_id is not None:
        parts.append("unit_id = :unit")
        values["unit"] = wish.unit_id
    if wish.item_code is not None:
        parts.append("item_code = :item")
        values["item"] = wish.item_code
    if wish.open:
        parts.append("closed = 0")
    if by_lamp and wish.overdue:
        parts.append("overdue > 0")
    if by_lamp and wish.lamp:
        parts.append("lamp = :lamp")
        values["lamp"] = wish.lamp.value
    return " AND ".join(parts), values


def _line(row: tuple[object, ...], stand: str) -> CaseLine:
    # Any of the columns has the type that the table is strict about.
    n, id_, batch, number, title, applicant, item, unit_id, started, closed = row[:10]
    lamp, due, remaining, overdue, unit, provisional, as_of_ = row[10:]
    entry = CaseEntry(
        Lamp(lamp) if lamp else None,
        date.fromisoformat(str(due)) if due else None,
        remaining,  # type: ignore[arg-type]
        overdue,  # type: ignore[arg-type]
        LimitUnit(unit),
        bool(provisional),
        bool(closed),
    )
    is_read = bool(as_of_) and (bool(closed) or as_of_ == stand)
    return CaseLine(
        n, id_, batch, number, title, applicant, item, unit_id, started or "", is_read, entry  # type: ignore[arg-type]
    )  # fmt: skip
