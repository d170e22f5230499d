"""What everybody may know of an account: its public face is a record like any other."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, insert, select, update
from uuid6 import uuid7

from sync.protocol import REGION
from sync.protocol.answers import Account
from sync.protocol.change import Change, ChangeKind, Patch
from sync.protocol.duties import clash
from sync.server import accounts
from sync.server.facts import server_time
from sync.server.journal import Entry, write_entries
from sync.server.problems import Problem
from sync.server.tables import records

ENTITY = "user_card"


@dataclass(frozen=True, slots=True)
class NewUser:
    """What an administrator says of somebody new."""

    username: str
    name: str
    password: str = field(repr=False)
    roles: tuple[str, ...]
    scopes: tuple[str, ...]


def create_user(connection: Connection, by: str, user: NewUser) -> Account:
    """Create a user together with the card that clients pull.

    Raises:
        Problem: 422 weak_password, 422 duties_clash, 409 username_taken.
    """
    must_be_apart(user.roles)
    account = accounts.add_user(
        connection,
        username=user.username,
        name=user.name,
        password=user.password,
        roles=list(user.roles),
        scopes=list(user.scopes),
    )
    body = {
        "id": account.user_id,
        "region_id": REGION,
        "name": user.name,
        "roles": list(user.roles),
    }
    key = {"entity": ENTITY, "id": account.user_id}
    connection.execute(insert(records).values(key | {"scope": REGION, "ver": 1, "body": body}))
    patch = {name: (None, value) for name, value in body.items()}
    change = _server_change(account.user_id, by, ChangeKind.CREATE, patch)
    write_entries(connection, [Entry(change, 1, body)])
    return account


def must_be_apart(roles: Sequence[str]) -> None:
    """Refuse one person for what takes two (三员分设).

    Raises:
        Problem: 422 duties_clash.
    """
    if pair := clash(roles):
        raise Problem(422, "duties_clash", roles=list(pair))


def rewrite_card(connection: Connection, by: str, user_id: str, roles: Sequence[str]) -> None:
    """Tell everybody of a user's new roles."""
    card = (records.c.entity == ENTITY) & (records.c.id == user_id)
    row = connection.execute(select(records).where(card).with_for_update()).one()
    body = {**row.body, "roles": list(roles)}
    patch = {"roles": (row.body["roles"], body["roles"])}
    connection.execute(update(records).where(card).values(body=body, ver=row.ver + 1))
    change = _server_change(user_id, by, ChangeKind.UPDATE, patch)
    write_entries(connection, [Entry(change, row.ver + 1, body)])


def _server_change(user_id: str, by: str, kind: ChangeKind, patch: Patch) -> Change:
    """Word the server's own act as an envelope without a device's seal."""
    return Change(
        op_id=str(uuid7()),
        group_id=str(uuid7()),
        device_id="server",
        dev_seq=0,
        prev_hash="",
        user_id=by,
        entity=ENTITY,
        id=user_id,
        scope=REGION,
        kind=kind,
        patch=patch,
        expect_ver=None,
        schema_ver=1,
        wall_time=server_time(),
        mono=0.0,
        boot_id="server",
    )
