"""Is it well: health, meters, and the administrator's page, which only looks."""

from importlib.resources import files
from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy import func, select

from sync.protocol import VERSION
from sync.server import administration
from sync.server.accounts import Caller
from sync.server.doors.shared import Doors, must_be_admin
from sync.server.doors.words import refusals
from sync.server.facts import fact, server_time
from sync.server.meters import CONTENT_TYPE
from sync.server.problems import Problem
from sync.server.tables import blobs, devices, scope_heads

_LOOPBACK = {"127.0.0.1", "::1"}
# The page is one file of ours; nothing else may run in it or frame it.
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_PARTS = {"": ("admin.html", "text/html"), "admin.js": ("admin.js", "text/javascript")}
_PARTS["admin.css"] = ("admin.css", "text/css")


def watching_router(doors: Doors, caller: Any) -> APIRouter:  # caller: FastAPI's marker
    """Make the routes that look at the server itself."""
    router = APIRouter()
    _add_health(router, doors)
    _add_overview(router, doors, caller)
    _add_page(router)
    return router


def _add_health(router: APIRouter, doors: Doors) -> None:
    @router.get("/v1/health", tags=["server"])
    def health() -> dict[str, str]:
        """Tell that server and database answer."""
        with doors.database.read() as connection:
            epoch = fact(connection, "epoch")
        return {"status": "ok", "version": VERSION, "epoch": epoch, "server_time": server_time()}

    @router.get("/metrics", tags=["server"], response_class=Response, responses=refusals(403))
    def metrics(request: Request) -> Response:
        """Give this worker's meters to a collector on the same machine."""
        near = request.client is not None and request.client.host in _LOOPBACK
        if not near or "x-forwarded-for" in request.headers:
            raise Problem(403, "not_allowed")
        return Response(doors.meters.text(_gauges(doors)), media_type=CONTENT_TYPE)


def _add_overview(router: APIRouter, doors: Doors, caller: Any) -> None:
    @router.get("/v1/admin/overview", tags=["server"], responses=refusals(401, 403))
    def overview(who: Caller = caller) -> dict[str, Any]:
        """Give what the administrator's page shows."""
        must_be_admin(who)
        with doors.database.read() as connection:
            found = administration.list_devices(connection)
            scopes = administration.list_scopes(connection)
            epoch = fact(connection, "epoch")
        return {
            "epoch": epoch,
            "server_time": server_time(),
            "devices": [device.to_json() for device in found],
            "scopes": [scope.to_json() for scope in scopes],
        }


def _add_page(router: APIRouter) -> None:
    folder = files("sync.server").joinpath("page")

    def part(name: str) -> Response:
        file, kind = _PARTS[name]
        headers = {"Content-Security-Policy": _PAGE_POLICY, "Cache-Control": "no-cache"}
        headers["Referrer-Policy"] = "no-referrer"
        text = folder.joinpath(file).read_text("utf-8")
        return Response(text, media_type=f"{kind}; charset=utf-8", headers=headers)

    @router.get("/admin/", include_in_schema=False)
    def page() -> Response:
        return part("")

    @router.get("/admin/{name}", include_in_schema=False)
    def asset(name: str) -> Response:
        if name not in _PARTS:
            raise Problem(404, "not_found")
        return part(name)


def _gauges(doors: Doors) -> dict[str, float]:
    with doors.database.read() as connection:
        held = connection.execute(
            select(
                func.count(),
                func.coalesce(func.sum(devices.c.unsent), 0),
                func.coalesce(func.sum(devices.c.conflicts), 0),
            ).where(~devices.c.revoked)
        ).one()
        entries = select(func.coalesce(func.sum(scope_heads.c.last_seq), 0))
        stored = select(func.coalesce(func.sum(blobs.c.size), 0))
        return {
            "hallwatch_devices": float(held[0]),
            "hallwatch_unsent_changes": float(held[1]),
            "hallwatch_open_conflicts": float(held[2]),
            "hallwatch_log_entries": float(connection.execute(entries).scalar_one()),
            "hallwatch_blob_stored_bytes": float(connection.execute(stored).scalar_one()),
        }
