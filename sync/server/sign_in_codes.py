"""Signing in by a code that somebody confirms on a device of his own (RFC 8628)."""

import secrets
import time
from dataclasses import dataclass

from sqlalchemy import Connection, Row, delete, insert, select, update

from sync.server import accounts
from sync.server.accounts import Caller, Device, TokenPair
from sync.server.problems import Problem
from sync.server.tables import sign_in_codes

LIFE_S = 600
EVERY_S = 5
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # no vowels, so no words; RFC 8628 section 6.1
_LENGTH = 8


@dataclass(frozen=True, slots=True)
class CodeOffer:
    """What the device that asks is given.

    Attributes:
        device_code: its secret, with which it asks whether somebody confirmed.
        user_code: what a person reads off it and types elsewhere.
    """

    device_code: str
    user_code: str


@dataclass(frozen=True, slots=True)
class Asking:
    """A device that waits to be let in, as it is shown to who may confirm.

    Attributes:
        age_s: since when it waits.
        address: where the request came from.
    """

    device_id: str
    address: str
    age_s: float


def offer(connection: Connection, device: Device, address: str) -> CodeOffer:
    """Give a device codes; what it was given before is void.

    Raises:
        Problem: 422 bad_public_key, 409 other_device_key, 403 device_revoked.
    """
    accounts.must_be_fit(connection, device)
    now = time.time()
    gone = sign_in_codes.c.expires_at < now
    connection.execute(
        delete(sign_in_codes).where(gone | (sign_in_codes.c.device_id == device.device_id))
    )
    made = CodeOffer(
        secrets.token_urlsafe(32), "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    )
    connection.execute(
        insert(sign_in_codes).values(
            user_code=made.user_code,
            digest=accounts.digest_of(made.device_code),
            device_id=device.device_id,
            public_key=device.public_key,
            address=address,
            user_id="",
            asked_at=now,
            expires_at=now + LIFE_S,
        )
    )
    return made


def asking(connection: Connection, user_code: str) -> Asking:
    """Tell which device shows a code.

    Raises:
        Problem: 404 not_found.
    """
    row = _waiting(connection, user_code)
    return Asking(row.device_id, row.address, time.time() - row.asked_at)


def confirm(connection: Connection, caller: Caller, user_code: str) -> None:
    """Let the device that shows a code in, as oneself.

    Raises:
        Problem: 404 not_found.
    """
    row = _waiting(connection, user_code)
    connection.execute(
        update(sign_in_codes)
        .where(sign_in_codes.c.user_code == row.user_code)
        .values(user_id=caller.account.user_id)
    )


def redeem(connection: Connection, device_code: str) -> TokenPair:
    """Trade a code that was confirmed for tokens; again while it lasts, as answers get lost.

    Raises:
        Problem: 400 authorization_pending, 400 expired_token, 401 signed_out when the person's
            account ended meanwhile, 403 device_revoked.
    """
    row = connection.execute(
        select(sign_in_codes).where(sign_in_codes.c.digest == accounts.digest_of(device_code))
    ).one_or_none()
    if row is None or row.expires_at < time.time():
        raise Problem(400, "expired_token")
    if not row.user_id:
        raise Problem(400, "authorization_pending")
    return accounts.let_in(connection, row.user_id, Device(row.device_id, row.public_key))


def _waiting(connection: Connection, user_code: str) -> Row[tuple[object, ...]]:
    wanted = "".join(letter for letter in user_code.upper() if letter.isalpha())
    row = connection.execute(
        select(sign_in_codes).where(
            sign_in_codes.c.user_code == wanted,
            sign_in_codes.c.user_id == "",
            sign_in_codes.c.expires_at >= time.time(),
        )
    ).one_or_none()
    if row is None:
        raise Problem(404, "not_found")
    return row
