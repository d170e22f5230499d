"""Squeezes answers that are text and long; bytes of files go as they are, and by ranges."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.middleware.gzip import GZipMiddleware

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

_FROM = 1400  # bytes; what fits in one packet gains nothing
_LEVEL = 5
_BYTES = "/v1/blobs"


class Squeezed:
    """An ASGI application around another."""

    def __init__(self, app: App) -> None:
        self._plain = app
        self._squeezed = GZipMiddleware(app, minimum_size=_FROM, compresslevel=_LEVEL)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        is_bytes = scope["type"] == "http" and scope["path"].startswith(_BYTES)
        app = self._plain if is_bytes else self._squeezed
        await app(scope, receive, send)
