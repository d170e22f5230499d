"""Who has signed in on this device: a slow digest of the password, for days without a network."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import Connection, Row, text

from desktop.domain.errors import NeverSignedInHere, WrongPassword
from desktop.domain.identifiers import UserId
from desktop.domain.roles import Account, Role
from desktop.storage.shapes import time_text

FREE_TRIES = 10  # then every failure waits twice as long as the one before
LONGEST_WAIT_S = 900.0


NO_PASSWORD = ""  # of who has only come in by a code; without the server he cannot


def remember(connection: Connection, account: Account, password: str | None, now: datetime) -> None:
    """Keep what the server just confirmed, so that it also works without the server.

    Args:
        password: None when somebody came in by a code; one that is known already stays.
    """
    connection.execute(
        text(
            "INSERT INTO account (user_id, username, name, roles, verifier, signed_in_at)"
            " VALUES (:id, :username, :name, :roles, :verifier, :at)"
            " ON CONFLICT (user_id) DO UPDATE SET username = excluded.username,"
            " name = excluded.name, roles = excluded.roles,"
            " verifier = coalesce(nullif(excluded.verifier, ''), verifier),"
            " failures = 0, waits_until = NULL, signed_in_at = excluded.signed_in_at"
        ),
        {
            "id": account.user_id,
            "username": account.username,
            "name": account.name,
            "roles": json.dumps(sorted(role.value for role in account.roles)),
            "verifier": NO_PASSWORD if password is None else PasswordHasher().hash(password),
            "at": time_text(now),
        },
    )


@dataclass(frozen=True, slots=True)
class SeenHere:
    """Somebody who has signed in on this device.

    Attributes:
        works_offline: a password is kept, so that he comes in without the server too.
        waits_until: before then no try is heard, after too many failures.
    """

    user_id: UserId
    username: str
    signed_in_at: datetime | None
    works_offline: bool
    waits_until: datetime | None


def seen_here(connection: Connection) -> tuple[SeenHere, ...]:
    """Tell who has signed in here, latest first."""
    rows = connection.execute(text("SELECT * FROM account ORDER BY signed_in_at DESC"))
    return tuple(
        SeenHere(
            UserId(row.user_id),
            row.username,
            _moment(row.signed_in_at),
            row.verifier != NO_PASSWORD,
            _moment(row.waits_until),
        )
        for row in rows
    )


def end_waiting(connection: Connection, username: str) -> None:
    """Forget the failures of somebody."""
    connection.execute(
        text("UPDATE account SET failures = 0, waits_until = NULL WHERE username = :username"),
        {"username": username},
    )


def known_usernames(connection: Connection) -> tuple[str, ...]:
    """Name those who have signed in here, latest first."""
    rows = connection.scalars(text("SELECT username FROM account ORDER BY signed_in_at DESC"))
    return tuple(rows)


def sign_in_offline(
    connection: Connection, username: str, password: str, now: datetime
) -> Account | WrongPassword:
    """Check a password against what was kept; each failure from the tenth on waits longer.

    The refusal is answered, not raised, because the count of failures must be committed.

    Raises:
        NeverSignedInHere: the server never confirmed this name and a password on this device.
        WrongPassword: too early after failures; nothing was tried.
    """
    row = connection.execute(
        text("SELECT * FROM account WHERE username = :username"), {"username": username}
    ).one_or_none()
    if row is None or row.verifier == NO_PASSWORD:
        raise NeverSignedInHere(username)
    if row.waits_until and now < (until := datetime.fromisoformat(row.waits_until)):
        raise WrongPassword((until - now).total_seconds())
    if _fits(row.verifier, password):
        _note(connection, row.user_id, 0, None)
        return _account(row)
    wait = _wait_after(row.failures + 1)
    until_text = time_text(now + timedelta(seconds=wait)) if wait else None
    _note(connection, row.user_id, row.failures + 1, until_text)
    return WrongPassword(wait)


def _wait_after(failures: int) -> float:
    beyond = failures - FREE_TRIES
    return 0.0 if beyond < 0 else min(15.0 * 2.0**beyond, LONGEST_WAIT_S)


def _fits(verifier: str, password: str) -> bool:
    try:
        return PasswordHasher().verify(verifier, password)
    except VerificationError:
        return False


def _note(connection: Connection, user_id: str, failures: int, waits_until: str | None) -> None:
    connection.execute(
        text("UPDATE account SET failures = :n, waits_until = :until WHERE user_id = :id"),
        {"n": failures, "until": waits_until, "id": user_id},
    )


def _moment(text_: str | None) -> datetime | None:
    return datetime.fromisoformat(text_) if text_ else None


def _account(row: Row[tuple[str, ...]]) -> Account:
    roles = frozenset(Role(value) for value in json.loads(row.roles))
    return Account(UserId(row.user_id), row.username, row.name, roles)
