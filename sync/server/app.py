"""Puts the server's routes together behind their porch."""

from fastapi import FastAPI

from sync.protocol import VERSION
from sync.server.doors.identity import identity_router
from sync.server.doors.leasing import leasing_router
from sync.server.doors.porch import Porch
from sync.server.doors.rounds import rounds_router
from sync.server.doors.shared import Doors, add_refusals, caller_dependency
from sync.server.doors.squeezed import Squeezed
from sync.server.doors.told import describe
from sync.server.doors.tus import tus_router
from sync.server.doors.watching import watching_router


def make_app(doors: Doors) -> FastAPI:
    """Build the application over an open database."""
    app = FastAPI(title="Hallwatch", version=VERSION, docs_url=None, redoc_url=None)
    add_refusals(app)
    caller = caller_dependency(doors)
    doors_of = (identity_router, leasing_router, rounds_router, tus_router, watching_router)
    for router in doors_of:
        app.include_router(router(doors, caller))
    app.add_middleware(Squeezed)
    app.add_middleware(Porch, doors=doors)
    describe(app)
    return app
