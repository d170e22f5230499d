"""What all routes share: the rooms behind them, who is calling, and how a refusal is told."""

from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Header, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DataError
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from sync.server import accounts
from sync.server.accounts import Caller
from sync.server.administration import ADMIN_ROLE
from sync.server.blobs import BlobRoom
from sync.server.database import Database
from sync.server.doors.told import PROBLEM_JSON
from sync.server.holdings import Holdings
from sync.server.meters import Meters
from sync.server.pace import Pace
from sync.server.problems import Problem
from sync.server.rules import Rules
from sync.settings import Limits


class Doors:
    """The rooms behind the routes."""

    def __init__(
        self,
        data: Path,
        schema: Path,
        database: Database | None = None,
        limits: Limits = Limits(),  # noqa: B008  # frozen
        holdings: Holdings | None = None,
    ) -> None:
        self.database = database or Database.in_folder(data)
        self.rules = Rules(schema)
        self.limits = limits
        self.blobs = BlobRoom(data, limits, holdings)
        self.meters = Meters()
        self.pace = Pace(limits.rate, limits.burst)
        self.sign_in_pace = Pace(limits.sign_in_rate, limits.sign_in_burst)


def caller_dependency(doors: Doors) -> Any:  # Any: FastAPI's marker
    """Make what tells a route who is calling."""

    def caller(
        authorization: Annotated[str, Header(description="Bearer and an access token")] = "",
    ) -> Caller:
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Problem(401, "signed_out")
        with doors.database.read() as connection:
            return accounts.caller_of(connection, token)

    return Depends(caller)


def must_be_admin(who: Caller) -> None:
    """Let administrators through.

    Raises:
        Problem: 403 not_allowed.
    """
    if ADMIN_ROLE not in who.account.roles:
        raise Problem(403, "not_allowed")


def add_refusals(app: FastAPI) -> None:
    """Tell every refusal as a problem document with a stable code."""
    app.add_exception_handler(Problem, _tell_problem)
    app.add_exception_handler(RequestValidationError, _tell_invalid)
    app.add_exception_handler(HTTPException, _tell_http)
    app.add_exception_handler(RecursionError, _tell_too_deep)
    for unfit in (UnicodeEncodeError, OverflowError, DataError):
        app.add_exception_handler(unfit, _tell_unfit)


def problem_answer(problem: Problem) -> JSONResponse:
    """Word a refusal."""
    headers = dict(problem.headers)
    if problem.fields.get("retry_after"):
        headers["Retry-After"] = str(max(1, round(problem.fields["retry_after"])))
    if problem.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(problem.to_json(), problem.status, headers, media_type=PROBLEM_JSON)


async def _tell_problem(_request: Request, problem: Exception) -> JSONResponse:
    assert isinstance(problem, Problem)
    return problem_answer(problem)


async def _tell_invalid(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    where = sorted({".".join(str(part) for part in found["loc"]) for found in error.errors()})
    return problem_answer(Problem(422, "bad_request", where=where))


async def _tell_http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    codes = {404: "not_found", 405: "wrong_method"}
    problem = Problem(error.status_code, codes.get(error.status_code, "bad_request"))
    problem.headers = dict(error.headers or {})
    if methods := _methods_at(request) if error.status_code == 405 else []:
        problem.headers["Allow"] = ", ".join(methods)
    return problem_answer(problem)


def _methods_at(request: Request) -> list[str]:
    """What may be asked of a path, by all of its routes: the one that refused knows only itself."""
    paths: dict[str, dict[str, object]] = request.app.openapi()["paths"]
    here = (ways for path, ways in paths.items() if compile_path(path)[0].match(request.url.path))
    return sorted({method.upper() for ways in here for method in ways})


async def _tell_unfit(_request: Request, _error: Exception) -> JSONResponse:
    """Words that no database column holds: half a surrogate pair, a zero byte, a huge number."""
    return problem_answer(Problem(422, "bad_request"))


async def _tell_too_deep(_request: Request, _error: Exception) -> JSONResponse:
    return problem_answer(Problem(400, "too_deep"))
