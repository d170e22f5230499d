"""How two sides find out where they differ without sending everything: a digest a month."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from uuid import UUID

import rfc8785

from sync.protocol.change import Body

Buckets = Mapping[str, tuple[int, str]]  # month to (count, SHA-256 hex)


def bucket_of(record_id: str) -> str:
    """Name the month in which a UUIDv7 was made; "other" for a name of another kind."""
    try:
        uuid = UUID(record_id)
    except ValueError:
        return "other"
    if uuid.version != 7:
        return "other"
    made = datetime.fromtimestamp((uuid.int >> 80) / 1000, UTC)
    return f"{made:%Y-%m}"


def digests(records: Iterable[tuple[str, str, int, Body]]) -> Buckets:
    """Digest records, given as (entity, id, ver, body), by month."""
    lines: dict[str, list[str]] = defaultdict(list)
    for entity, record_id, ver, body in records:
        digest = hashlib.sha256(rfc8785.dumps(dict(body))).hexdigest()
        lines[bucket_of(record_id)].append(f"{entity}/{record_id}/{ver}/{digest}")
    return {
        bucket: (len(found), hashlib.sha256("\n".join(sorted(found)).encode()).hexdigest())
        for bucket, found in lines.items()
    }
