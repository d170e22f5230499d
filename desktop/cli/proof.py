"""Checks an exported audit chain on its own: it shares no code with the program that wrote it.

Only the standard library and an Ed25519 implementation are used. What is believed is the signed
head: it names the digest of the last row, each authentic row names the digest of the one before,
and so from the end to the beginning.
"""

import base64
import hashlib
import json
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMAT = "hallwatch-audit/1"


class Trouble(Enum):
    """What is wrong with a place of the file."""

    CHANGED = "changed"
    MISSING = "missing"
    MOVED = "moved"
    REPEATED = "repeated"
    ADDED = "added"
    UNREADABLE = "unreadable"
    UNSIGNED = "unsigned"
    OTHER_KEY = "other_key"
    LOST_HEAD = "lost_head"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong; `n` is the row's number, for UNREADABLE the line of the file."""

    trouble: Trouble
    n: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the file proves: number and hash of its head, its key (base64), and all faults."""

    rows: int = 0
    head: str = ""
    key: str = ""
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    """A row by its number: what its text hashes to, what it says that was, and what precedes it."""

    digest: str
    stored: str
    prev_hash: str


@dataclass(slots=True)
class _Read:
    """What stands in the file, before anything of it is believed."""

    device: str = ""
    key: str = ""
    signature: str = ""
    head_n: int = 0
    head_hash: str = ""
    rows: dict[int, _Row] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def verify(lines: Iterator[bytes], *, key: str = "", head: str = "") -> Verdict:
    """Check a file.

    Args:
        key: the device's public key as the server knows it; empty to believe the file's own.
        head: the head that an earlier verdict named; the chain must still go through it. Only
            this shows that the owner of the key wrote the chain anew. Empty for none.
    """
    read = _read(lines)
    moved = [Fault(Trouble.MOVED, n) for n in _moved(list(read.rows))]
    faults = [*read.faults, *moved, *_chain_faults(read)]
    if not _is_signed(read):
        faults.append(Fault(Trouble.UNSIGNED, read.head_n))
    if key and key != read.key:
        faults.append(Fault(Trouble.OTHER_KEY, read.head_n))
    if head and head not in {row.digest for row in read.rows.values()}:
        faults.append(Fault(Trouble.LOST_HEAD, read.head_n))
    return Verdict(read.head_n, read.head_hash, read.key, tuple(faults))


def _read(lines: Iterator[bytes]) -> _Read:
    read = _Read()
    for number, line in enumerate(lines, start=1):
        try:
            content = json.loads(line)
            if "body" in content:
                _take_row(read, content)
            else:
                _take_frame(read, content)
        except (ValueError, KeyError, TypeError):
            read.faults.append(Fault(Trouble.UNREADABLE, number))
    return read


def _take_row(read: _Read, content: dict[str, Any]) -> None:
    text = str(content["body"])
    body = json.loads(text)
    n = int(body["n"])
    digest = hashlib.sha256(text.encode()).hexdigest()
    if n in read.rows:
        read.faults.append(Fault(Trouble.REPEATED, n))
        return
    if content["n"] != n:
        read.faults.append(Fault(Trouble.CHANGED, n))
    read.rows[n] = _Row(digest, str(content["hash"]), str(body["prev_hash"]))


def _take_frame(read: _Read, content: dict[str, Any]) -> None:
    """Take in the first line or the last."""
    if "format" in content:
        if content["format"] != FORMAT:
            raise ValueError(content["format"])
        read.device, read.key = str(content["device"]), str(content["key"])
    else:
        read.head_n, read.head_hash = int(content["head"]["n"]), str(content["head"]["hash"])
        read.signature = str(content["signature"])


def _chain_faults(read: _Read) -> Iterator[Fault]:
    """Walk from the head to the first row, believing only what an authentic row says."""
    for n in sorted(read.rows):
        if not 1 <= n <= read.head_n:
            yield Fault(Trouble.ADDED, n)
    expected = read.head_hash
    for n in range(read.head_n, 0, -1):
        row, before = read.rows.get(n), read.rows.get(n - 1)
        is_authentic = row is not None and row.digest == expected
        if row is None:
            yield Fault(Trouble.MISSING, n)
        elif not is_authentic or row.stored != expected:
            yield Fault(Trouble.CHANGED, n)
        # Past a row that is not authentic only the next one's own word is left to go on with.
        if row is not None and is_authentic:
            expected = row.prev_hash
        else:
            expected = before.stored if before else ""


def _moved(order: list[int]) -> list[int]:
    """Give the fewest numbers without which the others would rise from first to last."""
    tops: list[int] = []  # of the shortest runs of each length, the number each ends with
    before: dict[int, int | None] = {}
    for n in order:
        place = bisect_left(tops, n)
        before[n] = tops[place - 1] if place else None
        tops[place : place + 1] = [n]
    kept: set[int] = set()
    last = tops[-1] if tops else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return [n for n in order if n not in kept]


def _is_signed(read: _Read) -> bool:
    said = "\n".join((FORMAT, read.device, str(read.head_n), read.head_hash)).encode()
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(read.key, validate=True))
        key.verify(base64.b64decode(read.signature, validate=True), said)
    except (ValueError, InvalidSignature):
        return False
    return True
