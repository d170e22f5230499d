"""What every request passes first: pace, protocol, size, unpacking; and what is noted of it."""

import hashlib
import logging
import time
import zlib
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.datastructures import Headers
from uuid6 import uuid7

from sync.protocol import VERSION
from sync.server.doors.shared import Doors, problem_answer
from sync.server.problems import Problem

log = logging.getLogger(__name__)

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

PROTOCOL_HEADER = "hallwatch-protocol"
_UPLOADS = "/v1/blobs/uploads/"


class Porch:
    """An ASGI application around another."""

    def __init__(self, app: App, doors: Doors) -> None:
        self._app = app
        self._doors = doors

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Let one request through, or refuse it, and note it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.monotonic()
        noted = _Noted(send, str(uuid7()))
        try:
            inward = await self._admit(scope, receive)
        except Problem as problem:
            await problem_answer(problem)(scope, receive, noted.send)
        else:
            await self._app(scope, inward, noted.send)
        self._note(scope, noted, time.monotonic() - began)

    async def _admit(self, scope: Message, receive: Receive) -> Receive:
        headers = Headers(scope=scope)
        wait = self._doors.pace.wait_s(_caller(scope, headers), time.monotonic())
        if wait:
            raise Problem(429, "too_many_requests", retry_after=wait)
        if headers.get(PROTOCOL_HEADER, VERSION) != VERSION:
            problem = Problem(426, "other_protocol", known=[VERSION])
            problem.headers = {"Upgrade": f"hallwatch/{VERSION}", "Connection": "Upgrade"}
            raise problem
        if scope["path"].startswith(_UPLOADS):
            if "content-encoding" in headers:
                raise Problem(415, "bad_encoding")
            return receive  # pieces are taken as they come
        body = await _read(receive, headers, self._doors.limits.body)
        return _replay(body, receive)

    def _note(self, scope: Message, noted: "_Noted", seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "") or "unknown"
        labels = {"method": _method(scope["method"]), "route": route}
        self._doors.meters.count("hallwatch_requests_total", status=str(noted.status), **labels)
        self._doors.meters.took("hallwatch_request_seconds", seconds, **labels)
        more = {"request": noted.request_id, "status": noted.status, "ms": round(1000 * seconds)}
        level = logging.WARNING if noted.status >= 500 else logging.INFO
        log.log(level, "request", extra=labels | more)


class _Noted:
    """Passes an answer on, and keeps its status; gives it the request's name."""

    def __init__(self, send: Send, request_id: str) -> None:
        self._send = send
        self.request_id = request_id
        self.status = 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            named = (b"x-request-id", self.request_id.encode())
            strict = (b"x-content-type-options", b"nosniff")
            message["headers"] = [*message.get("headers", ()), named, strict]
        await self._send(message)


async def _read(receive: Receive, headers: Headers, limit: int) -> bytes:
    """Read a whole body, unpacked, and never more than the limit of either."""
    told = headers.get("content-length", "0")
    if not told.isdecimal() or int(told) > limit:
        raise Problem(413, "too_large", largest=limit)
    unpack = _unpacker(headers.get("content-encoding", "identity").lower())
    body, taken = bytearray(), 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Problem(400, "cut_off")
        piece = message.get("body", b"")
        taken += len(piece)
        try:
            body += unpack(piece, limit + 1 - len(body))
        except zlib.error as error:
            raise Problem(400, "bad_encoding") from error
        if max(taken, len(body)) > limit:
            raise Problem(413, "too_large", largest=limit)
        if not message.get("more_body"):
            return bytes(body)


def _unpacker(encoding: str) -> Callable[[bytes, int], bytes]:
    if encoding == "identity":
        return lambda piece, _most: piece
    if encoding == "gzip":
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress
    raise Problem(415, "bad_encoding")


def _replay(body: bytes, receive: Receive) -> Receive:
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return waiting.pop() if waiting else await receive()

    return again


def _caller(scope: Message, headers: Headers) -> str:
    """Name who asks: by token, which is never kept itself, or by address."""
    token = headers.get("authorization", "")
    if token:
        return hashlib.sha256(token.encode()).hexdigest()
    return str((scope.get("client") or ("",))[0])


def _method(name: str) -> str:
    known = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
    return name if name in known else "OTHER"
