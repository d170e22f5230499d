"""Who did what, in a chain: each row carries the digest of the one before."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

import rfc8785
from sqlalchemy import Connection, text

from desktop.domain.evidence import ChainHead
from desktop.storage.shapes import Body

_END = 1 << 62  # behind every row


class ChainTrouble(Enum):
    """What is wrong with an audit row."""

    GAP = "gap"
    MISSING = "missing"
    CHANGED = "changed"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class ChainFault:
    """One audit row that is not as it was written."""

    n: int
    record_id: str
    trouble: ChainTrouble


def head_of(connection: Connection) -> ChainHead:
    """Answer the head of the chain; number 0 and an empty digest before the first row."""
    row = connection.execute(text("SELECT n, hash FROM audit ORDER BY n DESC LIMIT 1"))
    found = row.one_or_none()
    return ChainHead(0, "") if found is None else ChainHead(found[0], found[1])


def digest_of(body: Mapping[str, Any]) -> str:
    """Answer the SHA-256 of a body's canonical JSON (RFC 8785)."""
    return hashlib.sha256(rfc8785.dumps(dict(body))).hexdigest()


def chain(connection: Connection, record_id: str, body: Body) -> None:
    """Add the record `audit` of this id to the chain; `body` names the head it rests on."""
    connection.execute(
        text("INSERT INTO audit (n, record_id, prev_hash, hash) VALUES (:n, :id, :prev, :hash)"),
        {"n": body["n"], "id": record_id, "prev": body["prev_hash"], "hash": digest_of(body)},
    )


def rows_of(connection: Connection) -> Iterator[tuple[int, str, str]]:
    """Give the whole chain as it is kept, row by row: number, digest, the body's own text."""
    rows = connection.execution_options(yield_per=1000).execute(
        text(
            "SELECT a.n, a.hash, r.body FROM audit a"
            " LEFT JOIN record r ON r.entity = 'audit' AND r.id = a.record_id ORDER BY a.n"
        )
    )
    for n, stored, body in rows:
        yield n, stored, body or ""


def page_of(
    connection: Connection, words: str, before: int | None, most: int
) -> list[tuple[int, str, Body]]:
    """Give the latest rows of the chain that hold all of some words: number, digest, body.

    Args:
        before: only rows with a smaller number; None begins with the last.
    """
    like = [f"%{word}%" for word in words.split()]
    held = "".join(f" AND r.body LIKE :w{n}" for n in range(len(like)))
    rows = connection.execute(
        text(
            "SELECT a.n, a.hash, r.body FROM audit a"  # noqa: S608  # numbered places alone
            " JOIN record r ON r.entity = 'audit' AND r.id = a.record_id"
            f" WHERE a.n < :before{held} ORDER BY a.n DESC LIMIT :most"
        ),
        {"before": before or _END, "most": most, **{f"w{n}": w for n, w in enumerate(like)}},
    )
    return [(row[0], row[1], json.loads(row[2])) for row in rows]


def check_chain(connection: Connection) -> Iterator[ChainFault]:
    """Walk the whole chain and yield every row that is missing, moved or changed."""
    rows = connection.execution_options(yield_per=1000).execute(
        text(
            "SELECT a.n, a.record_id, a.prev_hash, a.hash, r.body FROM audit a"
            " LEFT JOIN record r ON r.entity = :entity AND r.id = a.record_id ORDER BY a.n"
        ),
        {"entity": "audit"},
    )
    expected, before = 1, ""
    for n, record_id, prev_hash, stored, body in rows:
        trouble = _trouble(n == expected, prev_hash == before, stored, body)
        if trouble:
            yield ChainFault(n, record_id, trouble)
        expected, before = n + 1, stored


def _trouble(in_order: bool, linked: bool, stored: str, body: str | None) -> ChainTrouble | None:
    if not in_order:
        return ChainTrouble.GAP
    if not linked:
        return ChainTrouble.BROKEN
    if body is None:
        return ChainTrouble.MISSING
    if hashlib.sha256(body.encode("utf-8")).hexdigest() != stored:
        return ChainTrouble.CHANGED
    return None
