"""Things that one device at a time takes care of: held while it says so, free after a silence."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, select, text

from sync.server.accounts import Caller
from sync.server.tables import leases

LASTS_S = 60.0  # without a renewal
MOST = 500  # names at once: the cameras of the largest hall

_HOLD = text(
    "INSERT INTO lease (scope, name, device_id, user_name, until)"
    " VALUES (:scope, :name, :device_id, :user_name, :until)"
    " ON CONFLICT (scope, name) DO UPDATE SET device_id = excluded.device_id,"
    " user_name = excluded.user_name, until = excluded.until"
    " WHERE lease.device_id = excluded.device_id OR lease.until <= :now"
)


def hold(
    connection: Connection, who: Caller, scope: str, names: Sequence[str], now: float
) -> dict[str, str]:
    """Take or renew what is free or held already, and let go of everything else in a scope.

    Compared and set in one statement a name: two devices that ask at once never both get it.

    Args:
        now: Unix seconds of the server.

    Returns:
        of the names that another device holds, the name of its user.
    """
    mine = (leases.c.scope == scope) & (leases.c.device_id == who.device_id)
    connection.execute(delete(leases).where(mine, leases.c.name.not_in(names)))
    for name in sorted(set(names)):  # in one order, or two askers could wait for each other
        connection.execute(
            _HOLD,
            {
                "scope": scope,
                "name": name,
                "device_id": who.device_id,
                "user_name": who.account.name,
                "until": now + LASTS_S,
                "now": now,
            },
        )
    others = connection.execute(
        select(leases.c.name, leases.c.user_name).where(
            leases.c.scope == scope,
            leases.c.name.in_(names),
            leases.c.device_id != who.device_id,
        )
    )
    return {row.name: row.user_name for row in others}
