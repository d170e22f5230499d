"""A bucket as S3-compatible stores keep it, in memory behind a socket."""

import hashlib
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Objects(ThreadingHTTPServer):
    """Objects by path; `down` answers everything with 503."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Door)
        self.held: dict[str, bytes] = {}
        self.down = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/evidence"


class _Door(BaseHTTPRequestHandler):
    server: Objects

    def do_PUT(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        if hashlib.sha256(data).hexdigest() != self.headers["x-amz-content-sha256"]:
            self._answer(400)
            return
        if not self.server.down:
            self.server.held[self.path] = data
        self._answer(503 if self.server.down else 200)

    def do_HEAD(self) -> None:
        self._answer(200 if self.path in self.server.held else 404)

    def do_GET(self) -> None:
        data = self.server.held.get(self.path)
        if data is None or self.server.down:
            self._answer(503 if self.server.down else 404)
            return
        span = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        if span is None:
            self._answer(200, data)
            return
        first, last = int(span[1]), int(span[2])
        if first >= len(data):
            self._answer(416)
            return
        told = f"bytes {first}-{min(last, len(data) - 1)}/{len(data)}"
        self._answer(206, data[first : last + 1], told)

    def _answer(self, status: int, data: bytes = b"", span: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        if span:
            self.send_header("Content-Range", span)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def fake_bucket() -> Iterator[Objects]:
    """Serve a bucket until the end of the block."""
    objects = Objects()
    thread = threading.Thread(target=objects.serve_forever, daemon=True)
    thread.start()
    yield objects
    objects.shutdown()
    thread.join()
    objects.server_close()
