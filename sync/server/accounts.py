"""Users, their devices and their tokens."""

import hashlib
import secrets
import time
from dataclasses import dataclass
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from uuid6 import uuid7

from sync.protocol.answers import Account
from sync.protocol.identity import public_key_of
from sync.server.facts import server_time
from sync.server.problems import Problem
from sync.server.tables import device_users, devices, tokens, users

ACCESS_S = 15 * 60
REFRESH_S = 90 * 24 * 3600
FREE_TRIES = 5
LONGEST_WAIT_S = 900.0
SHORTEST_PASSWORD = 8

_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash(secrets.token_hex(16))  # an unknown name takes as long as a known one

# One statement, because every request begins with it.
_CALLER = (
    select(users, tokens.c.expires_at, tokens.c.device_id, devices.c.revoked)
    .join(tokens, tokens.c.user_id == users.c.id)
    .join(devices, devices.c.id == tokens.c.device_id)
    .where(tokens.c.digest == bindparam("token"), tokens.c.kind == "access", users.c.active)
)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sends a request, as the server's own tables say now."""

    account: Account
    device_id: str

    def may_see(self, scope: str) -> bool:
        """Tell whether the scope is one of the user's."""
        return "*" in self.account.scopes or scope in self.account.scopes


@dataclass(frozen=True, slots=True)
class Device:
    """What a device shows when a person signs in on it."""

    device_id: str
    public_key: str


@dataclass(frozen=True, slots=True)
class TokenPair:
    """A fresh pair; only their digests are kept here."""

    access: str
    refresh: str
    account: Account


def add_user(
    connection: Connection,
    *,
    username: str,
    name: str,
    password: str,
    roles: list[str],
    scopes: list[str],
) -> Account:
    """Create a user.

    Raises:
        Problem: 422 weak_password, 409 username_taken.
    """
    account = Account(str(uuid7()), username, name, tuple(roles), tuple(scopes))
    row = account.to_json() | {
        "id": account.user_id,
        "verifier": verifier_of(password),
        "active": True,
    }
    del row["user_id"]
    row |= {"roles": roles, "scopes": scopes}
    try:
        connection.execute(insert(users).values(row))
    except IntegrityError as error:
        raise Problem(409, "username_taken") from error
    return account


def verifier_of(password: str) -> str:
    """Turn a password into what is kept of it.

    Raises:
        Problem: 422 weak_password.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise Problem(422, "weak_password", least=SHORTEST_PASSWORD)
    return _HASHER.hash(password)


def all_users(connection: Connection) -> list[Account]:
    """List all users."""
    return [_account(row) for row in connection.execute(select(users).order_by(users.c.username))]


@dataclass(frozen=True, slots=True)
class WrongPassword:
    """The password was wrong; the count must be committed, so this is an answer, not an error."""

    wait_s: float


def sign_in(
    connection: Connection, username: str, password: str, device: Device
) -> TokenPair | WrongPassword:
    """Check name and password, and take the device in.

    Raises:
        Problem: 429 too_many_tries, 403 device_revoked, 409 other_device_key.
    """
    row = connection.execute(select(users).where(users.c.username == username)).one_or_none()
    if row is not None and row.waits_until > time.time():
        raise Problem(429, "too_many_tries", retry_after=row.waits_until - time.time())
    right = _fits(row.verifier if row else _NOBODY, password)
    if row is None:
        return WrongPassword(0.0)
    if not (right and row.active):
        return WrongPassword(_note_failure(connection, row))
    connection.execute(update(users).where(users.c.id == row.id).values(failures=0, waits_until=0))
    _enrol(connection, row.id, device)
    return _new_pair(connection, _account(row), device.device_id, follows="")


def let_in(connection: Connection, user_id: str, device: Device) -> TokenPair:
    """Let somebody in on a device without a password, because it was confirmed elsewhere.

    Raises:
        Problem: 401 signed_out, 403 device_revoked, 409 other_device_key, 422 bad_public_key.
    """
    _enrol(connection, user_id, device)
    account = _must_be_welcome(connection, user_id, device.device_id)
    return _new_pair(connection, account, device.device_id, follows="")


def refresh(connection: Connection, token: str) -> TokenPair:
    """Trade a refresh token for a new pair; the old one works until the new one was used.

    Raises:
        Problem: 401 signed_out, 403 device_revoked.
    """
    row = _token(connection, token, "refresh")
    account = _must_be_welcome(connection, row.user_id, row.device_id)
    if row.follows:
        siblings = (tokens.c.follows == row.follows) & (tokens.c.digest != row.digest)
        connection.execute(delete(tokens).where((tokens.c.digest == row.follows) | siblings))
    return _new_pair(connection, account, row.device_id, follows=row.digest)


def caller_of(connection: Connection, token: str) -> Caller:
    """Tell who holds an access token.

    Raises:
        Problem: 401 signed_out, 403 device_revoked.
    """
    row = connection.execute(_CALLER, {"token": digest_of(token)}).one_or_none()
    if row is None or row.expires_at < time.time():
        raise Problem(401, "signed_out")
    if row.revoked:
        raise Problem(403, "device_revoked")
    return Caller(_account(row), row.device_id)


def user_id_of(connection: Connection, username: str) -> str:
    """Find a user by name.

    Raises:
        Problem: 404 not_found.
    """
    found = connection.execute(select(users.c.id).where(users.c.username == username))
    user_id = found.scalar_one_or_none()
    if user_id is None:
        raise Problem(404, "not_found")
    return str(user_id)


def account_of(connection: Connection, user_id: str) -> Account | None:
    """Answer an active user, or None."""
    row = connection.execute(
        select(users).where(users.c.id == user_id, users.c.active)
    ).one_or_none()
    return None if row is None else _account(row)


@dataclass(frozen=True, slots=True)
class ChainPlace:
    """The last change of a device that the server knows, and its digest."""

    dev_seq: int
    hash: str


def chain_of(connection: Connection, device_id: str) -> ChainPlace:
    """Answer how far a device's chain reaches here."""
    row = connection.execute(select(devices).where(devices.c.id == device_id)).one()
    return ChainPlace(row.dev_seq, row.hash)


def has_signed_in_on(connection: Connection, user_id: str, device_id: str) -> bool:
    """Tell whether a user ever signed in on a device."""
    found = connection.execute(
        select(device_users.c.user_id).where(
            device_users.c.device_id == device_id, device_users.c.user_id == user_id
        )
    )
    return found.first() is not None


def accounts_on(connection: Connection, device_id: str) -> list[Account]:
    """List the active users who ever signed in on a device."""
    here = select(device_users.c.user_id).where(device_users.c.device_id == device_id)
    found = connection.execute(select(users).where(users.c.id.in_(here), users.c.active))
    return [_account(row) for row in found]


def must_be_fit(connection: Connection, device: Device) -> bool:
    """Refuse a device that nobody may sign in on; tell whether it is known here.

    Raises:
        Problem: 422 bad_public_key, 409 other_device_key, 403 device_revoked.
    """
    try:
        public_key_of(device.public_key)
    except ValueError as error:
        raise Problem(422, "bad_public_key") from error
    known = connection.execute(
        select(devices).where(devices.c.id == device.device_id)
    ).one_or_none()
    if known is None:
        return False
    if known.public_key != device.public_key:
        raise Problem(409, "other_device_key")
    if known.revoked:
        raise Problem(403, "device_revoked")
    return True


def _enrol(connection: Connection, user_id: str, device: Device) -> None:
    if not must_be_fit(connection, device):
        connection.execute(
            insert(devices).values(
                id=device.device_id,
                public_key=device.public_key,
                dev_seq=0,
                hash="",
                revoked=False,
                created_at=server_time(),
            )
        )
    if not has_signed_in_on(connection, user_id, device.device_id):
        connection.execute(insert(device_users).values(device_id=device.device_id, user_id=user_id))


def _new_pair(
    connection: Connection, account: Account, device_id: str, *, follows: str
) -> TokenPair:
    access, fresh, now = secrets.token_urlsafe(32), secrets.token_urlsafe(32), time.time()
    connection.execute(delete(tokens).where(tokens.c.expires_at < now))
    common: dict[str, Any] = {"user_id": account.user_id, "device_id": device_id}
    connection.execute(
        insert(tokens),
        [
            {
                **common,
                "digest": digest_of(access),
                "kind": "access",
                "follows": "",
                "expires_at": now + ACCESS_S,
            },
            {
                **common,
                "digest": digest_of(fresh),
                "kind": "refresh",
                "follows": follows,
                "expires_at": now + REFRESH_S,
            },
        ],
    )
    return TokenPair(access, fresh, account)


def _token(connection: Connection, token: str, kind: str) -> Row[Any]:
    row = connection.execute(
        select(tokens).where(tokens.c.digest == digest_of(token), tokens.c.kind == kind)
    ).one_or_none()
    if row is None or row.expires_at < time.time():
        raise Problem(401, "signed_out")
    return row


def _must_be_welcome(connection: Connection, user_id: str, device_id: str) -> Account:
    account = account_of(connection, user_id)
    if account is None:
        raise Problem(401, "signed_out")
    revoked = connection.execute(select(devices.c.revoked).where(devices.c.id == device_id))
    if revoked.scalar_one():
        raise Problem(403, "device_revoked")
    return account


def _note_failure(connection: Connection, row: Row[Any]) -> float:
    failures = row.failures + 1
    beyond = failures - FREE_TRIES
    wait = 0.0 if beyond < 0 else min(15.0 * 2.0**beyond, LONGEST_WAIT_S)
    until = time.time() + wait if wait else 0.0
    connection.execute(
        update(users).where(users.c.id == row.id).values(failures=failures, waits_until=until)
    )
    return wait


def _fits(verifier: str, password: str) -> bool:
    try:
        return _HASHER.verify(verifier, password)
    except VerificationError:
        return False


def digest_of(token: str) -> str:
    """Give what is kept of a secret that was handed out."""
    return hashlib.sha256(token.encode()).hexdigest()


def _account(row: Row[Any]) -> Account:
    roles, scopes = tuple(row.roles), tuple(row.scopes)
    return Account(row.id, row.username, row.name, roles, scopes, row.active)
