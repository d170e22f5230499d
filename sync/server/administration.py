"""What an administrator sees and changes: devices, users, scopes, the room that is taken."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from sync.protocol.answers import Account
from sync.protocol.duties import ADMINISTRATOR
from sync.server import accounts, directory
from sync.server.facts import server_time
from sync.server.journal import heads
from sync.server.problems import Problem
from sync.server.tables import (
    changes,
    device_users,
    devices,
    quarantine,
    records,
    results,
    tokens,
    users,
)

ADMIN_ROLE = ADMINISTRATOR


@dataclass(frozen=True, slots=True)
class DeviceState:
    """A device as the server knows it.

    Attributes:
        unsent, conflicts: what the device said of itself when it was last seen.
        forks: how often it came with a chain that the server did not know.
        quarantined: changes that it sent after it was revoked.
    """

    device_id: str
    usernames: tuple[str, ...]
    enrolled_at: str
    last_seen: str
    dev_seq: int
    unsent: int
    conflicts: int
    forks: int
    quarantined: int
    revoked: bool

    def to_json(self) -> dict[str, Any]:
        """Write it as JSON values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class ScopeState:
    """A scope: entries of its log, records, and when something last happened."""

    scope: str
    entries: int
    records: int
    last_at: str

    def to_json(self) -> dict[str, Any]:
        """Write it as JSON values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class UserChange:
    """What is to become of a user; None leaves it as it is."""

    roles: tuple[str, ...] | None = None
    scopes: tuple[str, ...] | None = None
    active: bool | None = None
    password: str | None = None


def list_devices(connection: Connection, *, user_id: str | None = None) -> list[DeviceState]:
    """List devices, last seen first; with `user_id` only those on which that user signed in."""
    named: dict[str, list[str]] = {}
    pairs = select(device_users.c.device_id, users.c.username).join(
        users, users.c.id == device_users.c.user_id
    )
    for device_id, username in connection.execute(pairs.order_by(users.c.username)):
        named.setdefault(device_id, []).append(username)
    held = select(quarantine.c.device_id, func.count()).group_by(quarantine.c.device_id)
    counts: dict[str, int] = {row[0]: int(row[1]) for row in connection.execute(held)}
    wanted = select(devices).order_by(devices.c.last_seen.desc(), devices.c.id)
    if user_id is not None:
        mine = select(device_users.c.device_id).where(device_users.c.user_id == user_id)
        wanted = wanted.where(devices.c.id.in_(mine))
    return [
        DeviceState(
            device_id=row.id,
            usernames=tuple(named.get(row.id, ())),
            enrolled_at=row.created_at,
            last_seen=row.last_seen,
            dev_seq=row.dev_seq,
            unsent=row.unsent,
            conflicts=row.conflicts,
            forks=row.forks,
            quarantined=counts.get(row.id, 0),
            revoked=row.revoked,
        )
        for row in connection.execute(wanted)
    ]


def revoke_device(connection: Connection, device_id: str) -> None:
    """Take a device's rights; what it still sends once goes into quarantine.

    Raises:
        Problem: 404 not_found.
    """
    done = connection.execute(update(devices).where(devices.c.id == device_id).values(revoked=True))
    if not done.rowcount:
        raise Problem(404, "not_found")


def note_greeting(connection: Connection, device_id: str, unsent: int, conflicts: int) -> None:
    """Note when a device was seen and what it says of itself."""
    seen = {"last_seen": server_time(), "unsent": unsent, "conflicts": conflicts}
    connection.execute(update(devices).where(devices.c.id == device_id).values(seen))


def note_fork(connection: Connection, device_id: str) -> None:
    """Count that a device came with a chain that does not continue what is known of it."""
    place = devices.c.id == device_id
    connection.execute(update(devices).where(place).values(forks=devices.c.forks + 1))


def list_scopes(connection: Connection) -> list[ScopeState]:
    """List scopes by name."""
    counted = select(records.c.scope, func.count()).group_by(records.c.scope)
    held: dict[str, int] = {row[0]: int(row[1]) for row in connection.execute(counted)}
    latest = select(changes.c.scope, func.max(changes.c.server_time)).group_by(changes.c.scope)
    last: dict[str, str] = {row[0]: str(row[1]) for row in connection.execute(latest)}
    return [
        ScopeState(scope, entries, held.get(scope, 0), last.get(scope, ""))
        for scope, entries in sorted(heads(connection).items())
    ]


def change_user(connection: Connection, by: str, user_id: str, change: UserChange) -> Account:
    """Change what a user may do; devices learn of new roles through the user's card.

    Raises:
        Problem: 404 not_found, 422 weak_password, 422 duties_clash, 409 last_administrator.
    """
    row = connection.execute(select(users).where(users.c.id == user_id)).one_or_none()
    if row is None:
        raise Problem(404, "not_found")
    _must_keep_an_administrator(connection, user_id, change)
    values: dict[str, Any] = {}
    if change.roles is not None:
        directory.must_be_apart(change.roles)
        values["roles"] = list(change.roles)
    if change.scopes is not None:
        values["scopes"] = list(change.scopes)
    if change.active is not None:
        values["active"] = change.active
    if change.password is not None:
        values |= {
            "verifier": accounts.verifier_of(change.password),
            "failures": 0,
            "waits_until": 0,
        }
    if values:
        connection.execute(update(users).where(users.c.id == user_id).values(values))
    if change.active is False or change.password is not None:
        connection.execute(delete(tokens).where(tokens.c.user_id == user_id))
    if change.roles is not None:
        directory.rewrite_card(connection, by, user_id, change.roles)
    return _account(connection, user_id)


def forget_results(connection: Connection, before: str) -> int:
    """Drop results of changes older than a moment; a device away for longer must read all anew."""
    return connection.execute(delete(results).where(results.c.at < before)).rowcount


def _must_keep_an_administrator(connection: Connection, user_id: str, change: UserChange) -> None:
    stays = change.active is not False and (change.roles is None or ADMIN_ROLE in change.roles)
    if stays:
        return
    rows = connection.execute(select(users).where(users.c.active)).all()
    administrators = {row.id for row in rows if ADMIN_ROLE in row.roles}
    if administrators == {user_id}:
        raise Problem(409, "last_administrator")


def _account(connection: Connection, user_id: str) -> Account:
    found: Sequence[Account] = accounts.all_users(connection)
    return next(account for account in found if account.user_id == user_id)
