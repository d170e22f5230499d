"""The last push of a device that was revoked: kept apart, applied to nothing."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, insert, select

from sync.protocol.change import Change
from sync.protocol.identity import public_key_of
from sync.server.facts import server_time
from sync.server.problems import Problem
from sync.server.tables import devices, quarantine

MOST = 20_000  # changes kept of one device


def put_aside(connection: Connection, device_id: str, changes: Sequence[Change]) -> int:
    """Keep signed changes of a revoked device; answer how many of it are kept now.

    Raises:
        Problem: 404 not_found, 403 not_revoked, 403 bad_signature, 413 too_large.
    """
    device = connection.execute(select(devices).where(devices.c.id == device_id)).one_or_none()
    if device is None:
        raise Problem(404, "not_found")
    if not device.revoked:
        raise Problem(403, "not_revoked")
    key = public_key_of(device.public_key)
    for change in changes:
        if change.device_id != device_id or not change.is_sealed_by(key):
            raise Problem(403, "bad_signature", op_id=change.op_id)
    held = set(
        connection.scalars(select(quarantine.c.op_id).where(quarantine.c.device_id == device_id))
    )
    fresh = {change.op_id: change for change in changes if change.op_id not in held}
    if len(held) + len(fresh) > MOST:
        raise Problem(413, "too_large", largest=MOST)
    for op_id, change in fresh.items():
        row = {"op_id": op_id, "device_id": device_id, "at": server_time()}
        connection.execute(insert(quarantine).values(row | {"envelope": change.to_json()}))
    count = select(func.count()).where(quarantine.c.device_id == device_id)
    return int(connection.execute(count).scalar_one())


def put_aside_of(connection: Connection, device_id: str) -> list[dict[str, Any]]:
    """Give what a revoked device said last, in its own order, with when it came."""
    rows = connection.execute(
        select(quarantine.c.envelope, quarantine.c.at).where(quarantine.c.device_id == device_id)
    )
    told = [{"at": row.at, "change": row.envelope} for row in rows]
    return sorted(told, key=lambda each: int(each["change"]["dev_seq"]))
