"""Carries a client's requests to an application in the same process, without a socket."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO
from typing import Any
from urllib.parse import unquote, urlsplit

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from urllib3 import HTTPResponse

_Answer = tuple[int, dict[str, str], bytes]


class AsgiLine(BaseAdapter):
    """A requests adapter over an ASGI application; the application may be changed at any time."""

    def __init__(self, app: Any) -> None:
        super().__init__()
        self.app = app
        self._loop = asyncio.new_event_loop()
        self._asked: asyncio.Queue[tuple[requests.PreparedRequest, asyncio.Future[_Answer]]]
        self._asked = asyncio.Queue()
        self._serving = self._loop.create_task(self._serve())

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: Any = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        answered: asyncio.Future[_Answer] = self._loop.create_future()
        self._asked.put_nowait((request, answered))
        status, headers, body = self._loop.run_until_complete(answered)
        answer = requests.Response()
        answer.status_code = status
        answer.headers = CaseInsensitiveDict(headers)
        answer.raw = HTTPResponse(
            BytesIO(body),
            headers,
            status,
            preload_content=False,
            enforce_content_length=request.method != "HEAD",
        )
        answer.url, answer.request = str(request.url), request
        return answer

    def close(self) -> None:
        """A session that ends leaves the line to the others."""

    async def _serve(self) -> None:
        """One task for all requests: the worker threads of a task end with it."""
        while True:
            request, answered = await self._asked.get()
            try:
                answered.set_result(await _ask(self.app, request))
            except Exception as error:  # noqa: BLE001  # belongs to who asked
                answered.set_exception(error)

    def end(self) -> None:
        self._serving.cancel()
        with suppress(asyncio.CancelledError):
            self._loop.run_until_complete(self._serving)
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()


async def _ask(app: Any, request: requests.PreparedRequest) -> _Answer:
    target = urlsplit(str(request.url))
    body = request.body or b""
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": "http",
        "path": unquote(target.path),
        "raw_path": target.path.encode(),
        "query_string": target.query.encode(),
        "root_path": "",
        "headers": [(n.lower().encode(), str(v).encode()) for n, v in request.headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("server", 80),
    }
    sent: list[dict[str, Any]] = []
    waiting = [{"type": "http.request", "body": body.encode() if isinstance(body, str) else body}]

    async def receive() -> dict[str, Any]:
        if not waiting:
            await asyncio.Event().wait()  # the client stays until it has its answer
        return waiting.pop()

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    pieces = b"".join(m.get("body", b"") for m in sent if m["type"] == "http.response.body")
    pieces = b"" if request.method == "HEAD" else pieces
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, pieces
