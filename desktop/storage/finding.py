"""Finding anything by its words: a narrow line of each thing, and an index over its text."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import Connection, Row, text

from desktop.domain.calendar import HALL_TIME
from desktop.domain.findable import FINDABLE, Line, line_of
from desktop.storage.words import asked, exact, indexed

CASE = "approval_case"
KINDS = (*FINDABLE, CASE)
_BEARERS = ("camera", "unit", "user_card", "window")  # whose names stand in the lines of others
_KEYS = "SELECT value ->> 0, value ->> 1 FROM json_each(:keys)"
_COLUMNS = "l.kind, l.id, l.at, l.state, l.title, l.detail, l.lead_kind, l.lead_id"


class Key(NamedTuple):
    """A thing by its kind and id."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Quest:
    """What somebody looks for; what is empty does not narrow it.

    Attributes:
        words: parts of any length, all of which must be there.
        days: days, months (2026-11) or years (2026) of which it must be one.
    """

    words: str = ""
    kinds: frozenset[str] = frozenset()
    days: tuple[str, ...] = ()
    hall_id: str = ""
    state: str = ""


class Hit(NamedTuple):
    """A thing that was found; `lead` is the kind and id of what it opens."""

    kind: str
    id: str
    at: str
    state: str
    title: str
    detail: str
    lead: tuple[str, str]


class Found(NamedTuple):
    """The latest hits, those of imported cases last, and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int


def find(connection: Connection, quest: Quest, most: int) -> Found:
    """Find the latest things of a quest; one without any wish finds nothing."""
    match = _match(quest)
    if not match:
        return Found((), 0)
    hits = _hits(connection, match, most)
    count = len(hits)
    if count == most:
        query = text("SELECT count(*) FROM search_word WHERE search_word MATCH :match")
        count = connection.execute(query, {"match": match}).scalar_one()
        # Cases come by the hundred thousand: what people wrote themselves goes before.
        ours = _hits(connection, f"({match}) NOT kind : {exact(CASE)}", most)
        hits = [*ours, *(hit for hit in hits if hit.kind == CASE)][:most]
    return Found(tuple(sorted(hits, key=_is_case)), count)


def hits_of(connection: Connection, keys: Sequence[tuple[str, str]]) -> tuple[Hit, ...]:
    """Give the lines of some things in their order; what is gone is left out."""
    query = text(
        f"SELECT {_COLUMNS} FROM search_line l WHERE l.kind = :kind AND l.id = :id"  # noqa: S608  # our own names
    )
    rows = (connection.execute(query, {"kind": k, "id": i}).one_or_none() for k, i in keys)
    return tuple(_hit(row) for row in rows if row is not None)


def read_due(connection: Connection, most: int, told: Mapping[str, str]) -> int:
    """Read anew some of what is due into the index; answer how many that were.

    Args:
        told: names of what stands in the program's own data, by id: rules, templates.
    """
    query = text("SELECT kind, id FROM search_due LIMIT :most")
    due = [Key(*row) for row in connection.execute(query, {"most": most})]
    if not due:
        return 0
    given = {"keys": json.dumps(due)}
    connection.execute(text(f"DELETE FROM search_due WHERE (kind, id) IN ({_KEYS})"), given)  # noqa: S608  # our own text
    named = _naming(connection, told)
    lines = [*_record_lines(connection, due, named), *_case_lines(connection, due, named)]
    _make_bearers_due(connection, lines)
    _drop(connection, set(due) - {Key(line.kind, line.id) for line in lines})
    _put(connection, lines)
    return len(due)


def _is_case(hit: Hit) -> bool:
    return hit.kind == CASE


def _match(quest: Quest) -> str:
    words = asked(quest.words)
    if quest.words.strip() and not words:
        return ""  # nothing but signs
    parts = [
        f"words : ({words})" if words else "",
        _any("kind", quest.kinds),
        _any("day", quest.days),
        _any("scope", (quest.hall_id,)),
        _any("state", (quest.state,)),
    ]
    return " AND ".join(filter(None, parts))


def _any(column: str, names: Sequence[str] | frozenset[str]) -> str:
    known = " OR ".join(sorted(f'"{exact(name)}"' for name in names if name))
    return f"{column} : ({known})" if known else ""


def _hits(connection: Connection, match: str, most: int) -> list[Hit]:
    rows = connection.execute(
        text(
            f"SELECT {_COLUMNS} FROM search_word w JOIN search_line l ON l.n = w.rowid"  # noqa: S608  # our own names
            " WHERE search_word MATCH :match ORDER BY w.rowid DESC LIMIT :most"
        ),
        {"match": match, "most": most},
    )
    return [_hit(row) for row in rows]


def _hit(row: Row[str, str, str, str, str, str, str, str]) -> Hit:
    return Hit(row[0], row[1], row[2], row[3], row[4], row[5], (row[6], row[7]))


def _record_lines(
    connection: Connection, due: Sequence[Key], named: Callable[[str], str]
) -> Iterator[Line]:
    keys = [key for key in due if key.kind in FINDABLE]
    rows = connection.execute(
        text(
            "SELECT entity, id, body FROM record"  # noqa: S608  # our own text
            f" WHERE (entity, id) IN ({_KEYS}) AND deleted = 0"
        ),
        {"keys": json.dumps(keys)},
    )
    for kind, record_id, body in rows:
        line = line_of(kind, record_id, json.loads(body), named)
        if any(line.words):  # an answer without a note says nothing
            yield line


def _case_lines(
    connection: Connection, due: Sequence[Key], named: Callable[[str], str]
) -> Iterator[Line]:
    rows = connection.execute(
        text(
            "SELECT a.case_no, a.title, a.applicant, a.item_code, a.unit_id, a.started_at,"
            " a.closed_at, a.hall_id, a.id FROM case_line c JOIN approval_case a ON a.n = c.n"
            " WHERE c.id IN (SELECT value FROM json_each(:ids))"
        ),
        {"ids": json.dumps([key.id for key in due if key.kind == CASE])},
    )
    for number, title, applicant, item, unit_id, started, closed, hall_id, case_id in rows:
        told = (number, applicant, item, named(unit_id))
        yield Line(
            CASE,
            case_id,
            hall_id,
            started or "",
            "OPEN" if closed is None else "CLOSED",
            title or number,
            " · ".join(filter(None, told)),
            (title, *told),
            (CASE, case_id),
        )


def _put(connection: Connection, lines: Sequence[Line]) -> None:
    if not lines:
        return
    connection.execute(
        text(
            "INSERT INTO search_line (kind, id, at, state, title, detail, lead_kind, lead_id)"
            " VALUES (:kind, :id, :at, :state, :title, :detail, :lead_kind, :lead_id)"
            " ON CONFLICT (kind, id) DO UPDATE SET at = excluded.at, state = excluded.state,"
            " title = excluded.title, detail = excluded.detail, lead_kind = excluded.lead_kind,"
            " lead_id = excluded.lead_id"
        ),
        [
            {
                "kind": line.kind,
                "id": line.id,
                "at": line.at,
                "state": line.state,
                "title": line.title,
                "detail": line.detail,
                "lead_kind": line.lead[0],
                "lead_id": line.lead[1],
            }
            for line in lines
        ],
    )
    numbers = _numbers(connection, [Key(line.kind, line.id) for line in lines])
    connection.execute(
        text(
            "INSERT OR REPLACE INTO search_word (rowid, words, kind, scope, state, day)"
            " VALUES (:n, :words, :kind, :scope, :state, :day)"
        ),
        [
            {
                "n": numbers[line.kind, line.id],
                "words": indexed(line.words),
                "kind": exact(line.kind),
                "scope": exact(line.scope),
                "state": exact(line.state),
                "day": _days(line.at),
            }
            for line in lines
        ],
    )


def _make_bearers_due(connection: Connection, lines: Sequence[Line]) -> None:
    """Let what bears the name that a unit, window or person had be read anew."""
    named_now = {(line.kind, line.id): line.title for line in lines if line.kind in _BEARERS}
    for before in hits_of(connection, list(named_now)):
        if before.title and before.title != named_now[before.kind, before.id]:
            connection.execute(
                text(
                    "INSERT OR IGNORE INTO search_due SELECT l.kind, l.id FROM search_word w"
                    " JOIN search_line l ON l.n = w.rowid WHERE search_word MATCH :match"
                ),
                {"match": _match(Quest(before.title))},
            )


def _drop(connection: Connection, gone: Collection[Key]) -> None:
    numbers = [{"n": n} for n in _numbers(connection, list(gone)).values()]
    if numbers:
        connection.execute(text("DELETE FROM search_word WHERE rowid = :n"), numbers)
        connection.execute(text("DELETE FROM search_line WHERE n = :n"), numbers)


def _numbers(connection: Connection, keys: Sequence[Key]) -> Mapping[tuple[str, str], int]:
    rows = connection.execute(
        text(f"SELECT kind, id, n FROM search_line WHERE (kind, id) IN ({_KEYS})"),  # noqa: S608  # our own text
        {"keys": json.dumps(keys)},
    )
    return {(kind, record_id): n for kind, record_id, n in rows}


def _days(at: str) -> str:
    """Name year, month and day of a moment as the hall has it."""
    if not at:
        return ""
    if len(at) > len("2026-11-23"):
        day = datetime.fromisoformat(at).astimezone(HALL_TIME).date()
    else:
        day = date.fromisoformat(at)
    return f"{day:%Y %Y%m %Y%m%d}"


def _naming(connection: Connection, told: Mapping[str, str]) -> Callable[[str], str]:
    bearers = ", ".join(f"'{kind}'" for kind in _BEARERS)
    query = text(
        f"SELECT body FROM record WHERE entity IN ({bearers}) AND id = :id AND deleted = 0"  # noqa: S608  # our own names
    )

    @cache
    def named(thing: str) -> str:
        if thing in told:
            return told[thing]
        body = connection.scalar(query, {"id": thing})
        if body is None:
            return thing
        said = json.loads(body)
        names = (said.get(field) for field in ("name", "short_name"))
        return " ".join(dict.fromkeys(filter(None, names)))

    return named
