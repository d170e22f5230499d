"""The door at which devices agree who takes care of what."""

import time
from typing import Any

from fastapi import APIRouter

from sync.server import leases, pull
from sync.server.accounts import Caller
from sync.server.doors.shared import Doors
from sync.server.doors.words import LeaseWords, refusals


def leasing_router(doors: Doors, caller: Any) -> APIRouter:  # caller: FastAPI's marker
    """Make the route of leases."""
    router = APIRouter(prefix="/v1")

    @router.post("/leases", tags=["leases"], responses=refusals(401, 403))
    def hold(wanted: LeaseWords, who: Caller = caller) -> dict[str, Any]:
        """Hold these names of a scope, as cameras that are watched, and let go of all others.

        What another device holds stays with it until it has been silent for `lasts_s`.
        """
        pull.must_see(who, wanted.scope)
        with doors.database.write() as connection:
            others = leases.hold(connection, who, wanted.scope, wanted.names, time.time())
        held = sorted(set(wanted.names) - others.keys())
        return {"held": held, "elsewhere": others, "lasts_s": leases.LASTS_S}

    return router
