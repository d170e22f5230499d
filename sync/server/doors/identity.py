"""Tokens, users and devices."""

import time
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request

from sync.protocol.change import Change
from sync.server import accounts, administration, directory, lastwords, sign_in_codes
from sync.server.accounts import Caller, Device, TokenPair, WrongPassword
from sync.server.doors.rounds import read_batch
from sync.server.doors.shared import Doors, must_be_admin
from sync.server.doors.words import PUSH_BODY, NewUserWords, UserWords, refusals
from sync.server.facts import server_time
from sync.server.problems import Problem

Json = dict[str, Any]
DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
A_DEVICE = "019ab3f0-0000-7000-8000-000000000003"


def identity_router(doors: Doors, caller: Any) -> APIRouter:  # caller: FastAPI's marker
    """Make the routes of people and devices."""
    router = APIRouter(prefix="/v1")
    _add_tokens(router, doors)
    _add_codes(router, doors, caller)
    _add_users(router, doors, caller)
    _add_devices(router, doors, caller)
    return router


def _add_tokens(router: APIRouter, doors: Doors) -> None:
    @router.post("/auth/token", tags=["identity"], responses=refusals(401, 403, 409))
    def token(
        *,
        request: Request,
        grant_type: Annotated[str, Form(examples=["password"])],
        username: Annotated[str, Form()] = "",
        password: Annotated[str, Form(max_length=1000)] = "",
        device_id: Annotated[str, Form(max_length=100)] = "",
        public_key: Annotated[str, Form(max_length=100)] = "",
        refresh_token: Annotated[str, Form(max_length=200)] = "",
        device_code: Annotated[str, Form(max_length=200)] = "",
    ) -> Json:
        """Sign in with a password or a confirmed code, or trade a refresh token for a new pair."""
        if grant_type == "password":
            device = Device(device_id, public_key)
            pair = _sign_in(doors, request, username, password, device)
        elif grant_type == "refresh_token":
            with doors.database.write() as connection:
                pair = accounts.refresh(connection, refresh_token)
        elif grant_type == DEVICE_GRANT:
            with doors.database.write() as connection:
                pair = sign_in_codes.redeem(connection, device_code)
        else:
            raise Problem(400, "unsupported_grant_type")
        return {
            "access_token": pair.access,
            "refresh_token": pair.refresh,
            "token_type": "bearer",
            "expires_in": accounts.ACCESS_S,
            "account": pair.account.to_json(),
            "server_time": server_time(),
        }


def _add_codes(router: APIRouter, doors: Doors, caller: Any) -> None:
    @router.post("/auth/device", tags=["identity"], responses=refusals(403, 409))
    def begin(
        request: Request,
        device_id: Annotated[str, Form(min_length=1, max_length=100, examples=[A_DEVICE])],
        public_key: Annotated[str, Form(max_length=100, examples=["base64 of 32 bytes"])],
    ) -> Json:
        """Begin a sign-in that somebody confirms on a device of his own (RFC 8628)."""
        _must_keep_pace(doors, request)
        with doors.database.write() as connection:
            device = Device(device_id, public_key)
            made = sign_in_codes.offer(connection, device, _address(request))
        return {
            "device_code": made.device_code,
            "user_code": made.user_code,
            "expires_in": sign_in_codes.LIFE_S,
            "interval": sign_in_codes.EVERY_S,
        }

    @router.get("/auth/device/{user_code}", tags=["identity"], responses=refusals(401, 403, 404))
    def asking(request: Request, user_code: str, who: Caller = caller) -> Json:
        """Tell which device shows a code, so that a person can be sure of it."""
        _must_keep_pace(doors, request, who.device_id)
        with doors.database.read() as connection:
            found = sign_in_codes.asking(connection, user_code)
        return {
            "device_id": found.device_id, "address": found.address, "age_s": round(found.age_s),
        }  # fmt: skip

    @router.post(
        "/auth/device/{user_code}",
        status_code=204,
        tags=["identity"],
        responses=refusals(401, 403, 404),
    )
    def confirm(request: Request, user_code: str, who: Caller = caller) -> None:
        """Let the device that shows a code in, as oneself."""
        _must_keep_pace(doors, request, who.device_id)
        with doors.database.write() as connection:
            sign_in_codes.confirm(connection, who, user_code)


def _add_users(router: APIRouter, doors: Doors, caller: Any) -> None:
    @router.get("/users", tags=["users"], responses=refusals(401, 403))
    def list_users(who: Caller = caller) -> list[Json]:
        """List all users; for administrators."""
        must_be_admin(who)
        with doors.database.read() as connection:
            return [account.to_json() for account in accounts.all_users(connection)]

    @router.post("/users", status_code=201, tags=["users"], responses=refusals(401, 403, 409))
    def add_user(said: NewUserWords, who: Caller = caller) -> Json:
        """Add a user; for administrators."""
        must_be_admin(who)
        wanted = directory.NewUser(
            username=said.username,
            name=said.name,
            password=said.password,
            roles=tuple(said.roles),
            scopes=tuple(said.scopes),
        )
        with doors.database.write() as connection:
            return directory.create_user(connection, who.account.user_id, wanted).to_json()

    @router.patch("/users/{user_id}", tags=["users"], responses=refusals(401, 403, 404, 409))
    def change_user(user_id: str, said: UserWords, who: Caller = caller) -> Json:
        """Change a user's roles, scopes or password, or end the account; for administrators."""
        must_be_admin(who)
        change = administration.UserChange(
            roles=None if said.roles is None else tuple(said.roles),
            scopes=None if said.scopes is None else tuple(said.scopes),
            active=said.active,
            password=said.password,
        )
        by = who.account.user_id
        with doors.database.write() as connection:
            return administration.change_user(connection, by, user_id, change).to_json()


def _add_devices(router: APIRouter, doors: Doors, caller: Any) -> None:
    @router.get("/devices", tags=["devices"], responses=refusals(401, 403))
    def list_devices(who: Caller = caller) -> list[Json]:
        """List one's own devices; an administrator sees all."""
        mine = None
        if administration.ADMIN_ROLE not in who.account.roles:
            mine = who.account.user_id
        with doors.database.read() as connection:
            found = administration.list_devices(connection, user_id=mine)
        return [device.to_json() for device in found]

    @router.delete(
        "/devices/{device_id}",
        status_code=204,
        tags=["devices"],
        responses=refusals(401, 403, 404),
    )
    def revoke(device_id: str, who: Caller = caller) -> None:
        """Take a device's rights: one's own, or as an administrator any."""
        with doors.database.write() as connection:
            mine = accounts.has_signed_in_on(connection, who.account.user_id, device_id)
            if not mine:
                must_be_admin(who)
            administration.revoke_device(connection, device_id)

    @router.post(
        "/devices/{device_id}/last-words",
        tags=["devices"],
        responses=refusals(403, 404),
        openapi_extra=PUSH_BODY,
    )
    async def last_words(device_id: str, request: Request) -> dict[str, int]:
        """Take what a revoked device still had to say, for a person to look at.

        No token is needed: each change is signed by the device.
        """
        batch = read_batch(await request.body(), doors)
        changes: tuple[Change, ...] = batch.changes
        with doors.database.write() as connection:
            held = lastwords.put_aside(connection, device_id, changes)
        return {"quarantined": held}


def _sign_in(
    doors: Doors, request: Request, username: str, password: str, device: Device
) -> TokenPair:
    _must_keep_pace(doors, request)
    with doors.database.write() as connection:
        found = accounts.sign_in(connection, username, password, device)
    if isinstance(found, WrongPassword):
        raise Problem(401, "wrong_credentials", retry_after=found.wait_s or None)
    return found


def _must_keep_pace(doors: Doors, request: Request, caller: str = "") -> None:
    """Let nobody try passwords or codes one after the other."""
    wait = doors.sign_in_pace.wait_s(caller or _address(request), time.monotonic())
    if wait:
        raise Problem(429, "too_many_requests", retry_after=wait)


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
