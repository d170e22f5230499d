"""Legal bases from a table: one article a row, by the titles of its columns."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from desktop.domain.identifiers import BasisId, RegionId
from desktop.domain.imports import Complaint, Reason
from desktop.domain.organisation import BasisPurpose, BasisRank, LegalBasis
from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from desktop.exchange.opening import open_source
from desktop.exchange.tables import Row, TableSource
from desktop.exchange.values import Reader, Unreadable, code_of, time_by

TITLES: Mapping[str, tuple[str, str]] = {
    "purpose": ("用途", "purpose"),
    "title": ("名称", "title"),
    "article": ("条款", "article"),
    "valid_from": ("施行日期", "valid_from"),
    "valid_to": ("失效日期", "valid_to"),
    "rank": ("层级", "rank"),
    "document": ("文号", "document"),
}
_REQUIRED = ("purpose", "title", "article", "valid_from")
_PURPOSES = {"违反的规定": "CONDUCT", "发牌依据": "CARD"}
_RANKS = {"法律": "LAW", "行政法规": "REGULATION", "地方": "LOCAL_RULE", "地方规定": "LOCAL_RULE"}


@dataclass(frozen=True, slots=True)
class BasesFile:
    """What a table holds: the articles, and what is wrong with the rows that were not taken."""

    bases: tuple[LegalBasis, ...]
    complaints: tuple[Complaint, ...]


def read_bases(path: Path) -> BasesFile:
    """Read a table of articles; ids and region are given when they are entered.

    Raises:
        ExchangeError: the file is no table, or lacks a column.
    """
    source = open_source(path)
    if not isinstance(source, TableSource):
        raise ExchangeError(ExchangeTrouble.NOT_A_TABLE, path.name)
    places = dict(_places(source))
    found = [_basis(row, places) for row in source.table.rows()]
    if not found:
        raise ExchangeError(ExchangeTrouble.NO_ROWS, path.name)
    return BasesFile(
        tuple(each for each in found if isinstance(each, LegalBasis)),
        tuple(each for each in found if isinstance(each, Complaint)),
    )


def _places(source: TableSource) -> Iterator[tuple[str, int]]:
    columns = source.table.columns
    for name, titles in TITLES.items():
        title = next((title for title in titles if title in columns), None)
        if title is not None:
            yield name, columns.index(title)
        elif name in _REQUIRED:
            trouble = ExchangeTrouble.MISSING_COLUMN
            raise ExchangeError(trouble, source.name, row=1, column=titles[0])


def _basis(row: Row, places: Mapping[str, int]) -> LegalBasis | Complaint:
    if row.fault:
        return row.fault
    values: dict[str, object] = {}
    for name, place in places.items():
        text = row.cells[place].strip()
        title = TITLES[name][0]
        if not text and name in _REQUIRED:
            return Complaint(row.number, title, Reason.NO_VALUE)
        try:
            values |= {name: _READERS[name](text)} if text else {}
        except Unreadable as error:
            return Complaint(row.number, title, error.reason, text)
    basis = LegalBasis(id=BasisId(""), region_id=RegionId(""), **values)  # type: ignore[arg-type]
    if basis.valid_to is not None and basis.valid_to < basis.valid_from:
        return Complaint(row.number, TITLES["valid_to"][0], Reason.ENDS_BEFORE_START)
    return basis


def _day(text: str) -> date:
    """Read a day as 2026-01-01, 2026/1/1, 2026.1.1 or 2026年1月1日; a time behind it is dropped."""
    plain = text.split(" ", maxsplit=1)[0].split("T", maxsplit=1)[0]
    for mark in "年月/.":
        plain = plain.replace(mark, "-")
    year, month, day = plain.removesuffix("日").split("-")
    return date(int(year), int(month), int(day))


_READERS: Mapping[str, Reader] = {
    "purpose": cast(Reader, code_of(BasisPurpose, _PURPOSES)),
    "title": cast(Callable[[str], object], lambda text: text.strip("《》")),
    "article": str,
    "valid_from": time_by(_day),
    "valid_to": time_by(_day),
    "rank": cast(Reader, code_of(BasisRank, _RANKS)),
    "document": str,
}
