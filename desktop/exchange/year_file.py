"""A year's days off and make-up days from a file: as shipped, as JSON, or as a table of days."""

import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from desktop.domain.calendar import Year, read_year
from desktop.domain.errors import BadField, DomainError, MissingField
from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from desktop.exchange.opening import open_source
from desktop.exchange.tables import TableSource

_MOST_BYTES = 1024 * 1024
_DAY_TITLES = ("日期", "date")
_ORDER_TITLES = ("安排", "放假或上班", "类型", "day_off")
_OFF = frozenset({"放假", "休", "休息", "off", "true"})
_WORKED = frozenset({"上班", "调休上班", "班", "补班", "work", "false"})
Days = Iterable[tuple[date, bool]]  # whether it is off


def read_year_file(path: Path, notice: str = "") -> Year:
    """Read a year.

    Args:
        notice: the notice's number, for a file that does not hold it; of one that does, the
            file's own counts.

    Raises:
        MissingField: `notice`, where neither tells it.
        ExchangeError: NOT_A_CALENDAR with row and column, and what the reader of tables refuses.
    """
    read = {".toml": _of_toml, ".json": _of_json}.get(path.suffix.lower(), _of_table)
    try:
        content = read(path)
        found = content.get("notice") or notice.strip()
        return read_year({**content, "notice": found})
    except FileNotFoundError as error:
        raise ExchangeError(ExchangeTrouble.MISSING_FILE, path.name) from error
    except OSError as error:
        raise ExchangeError(ExchangeTrouble.NOT_READABLE, path.name) from error
    except MissingField as error:
        if error.field == "notice":
            raise
        raise _refused(path, error) from error
    except (ValueError, TypeError, KeyError, AttributeError, BadField) as error:
        raise _refused(path, error) from error


def _of_toml(path: Path) -> Mapping[str, object]:
    return tomllib.loads(_text(path))


def _of_json(path: Path) -> Mapping[str, object]:
    content = json.loads(_text(path))
    days = [(date.fromisoformat(day["date"]), bool(day["isOffDay"])) for day in content["days"]]
    return _content(days, int(content["year"]))


def _of_table(path: Path) -> Mapping[str, object]:
    source = open_source(path)
    if not isinstance(source, TableSource):
        raise ExchangeError(ExchangeTrouble.NOT_A_TABLE, path.name)
    days = list(_rows(source))
    if not days:
        raise ExchangeError(ExchangeTrouble.NO_ROWS, path.name)
    ((year, _),) = Counter(day.year for day, _ in days).most_common(1)
    return _content(days, year)


def _rows(source: TableSource) -> Iterator[tuple[date, bool]]:
    day_at, order_at = (_place(source, titles) for titles in (_DAY_TITLES, _ORDER_TITLES))
    for row in source.table.rows():
        column = source.table.columns[day_at]
        if row.fault:
            raise _bad_row(source, row.number, row.fault.column, row.fault.value)
        text, order = row.cells[day_at].strip(), row.cells[order_at].strip().casefold()
        if order not in _OFF | _WORKED:
            raise _bad_row(source, row.number, source.table.columns[order_at], order)
        try:
            yield date.fromisoformat(text[:10].replace("/", "-")), order in _OFF
        except ValueError as error:
            raise _bad_row(source, row.number, column, text) from error


def _place(source: TableSource, titles: tuple[str, ...]) -> int:
    columns = source.table.columns
    title = next((each for each in titles if each in columns), None)
    if title is None:
        trouble = ExchangeTrouble.MISSING_COLUMN
        raise ExchangeError(trouble, source.name, row=1, column=titles[0])
    return columns.index(title)


def _content(days: Days, year: int) -> Mapping[str, object]:
    """Bring days into the shape of the shipped files."""
    listed = list(days)
    spans = [{"from": day, "to": day} for day, is_off in listed if is_off]
    worked = [day for day, is_off in listed if not is_off]
    off = [{**spans[0], "work": worked}, *spans[1:]] if spans else []
    return {"year": year, "off": off}


def _text(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(_MOST_BYTES).decode("utf-8-sig")


def _bad_row(source: TableSource, row: int, column: str, value: str) -> ExchangeError:
    trouble = ExchangeTrouble.NOT_A_CALENDAR
    return ExchangeError(trouble, source.name, row=row, column=column, detail=value[:40])


def _refused(path: Path, error: Exception) -> ExchangeError:
    what = error.value if isinstance(error, BadField) else ""
    field = error.field if isinstance(error, DomainError) and hasattr(error, "field") else ""
    detail = f"{field} {what}".strip() or type(error).__name__
    return ExchangeError(ExchangeTrouble.NOT_A_CALENDAR, path.name, detail=detail)
