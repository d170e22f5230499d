"""The central server as a child on loopback: it starts with the program and ends with it."""

import json
import logging
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue
from typing import IO

log = logging.getLogger(__name__)

READY_S = 60.0
GOODBYE_S = 8.0


class ServerNotStarted(Exception):
    """The embedded server did not come up; `detail` is the end of its log."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


@dataclass(frozen=True, slots=True)
class ServerReady:
    """Where the server listens; the first administrator's password comes once, over the pipe."""

    url: str
    pid: int
    admin: str = ""
    admin_password: str = field(default="", repr=False)


class ServerProcess:
    """Owner of the embedded server."""

    def __init__(self, data: Path, schema: Path) -> None:
        self._data = data
        self._schema = schema
        self._child: subprocess.Popen[str] | None = None

    def start(self) -> ServerReady:
        """Start and wait until it answers; blocks up to a minute, never on the GUI thread.

        Raises:
            ServerNotStarted: with the last lines of its log.
        """
        self._data.mkdir(parents=True, exist_ok=True)
        journal = self._data / "server.log"
        options = {"--data": self._data, "--schema": self._schema, "--port": 0}
        words = [str(word) for option in options.items() for word in option]
        with journal.open("w", encoding="utf-8") as errors:
            self._child = subprocess.Popen(  # noqa: S603  # our own interpreter and module
                [sys.executable, "-m", "sync", "serve", *words, "--parent-pipe"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                encoding="utf-8",
            )
        ready = self._first_line()
        if ready is None:
            self.stop()
            tail = journal.read_text("utf-8", errors="replace")[-2000:]
            raise ServerNotStarted(tail)
        log.info("embedded server %s started", self._child.pid)
        return ServerReady(
            url=ready["url"],
            pid=self._child.pid,
            admin=ready.get("admin") or "",
            admin_password=ready.get("admin_password") or "",
        )

    def stop(self) -> None:
        """Close its pipe, which it takes as a goodbye; then firmly."""
        child, self._child = self._child, None
        if child is None:
            return
        if child.stdin:
            child.stdin.close()
        for pressure in (None, child.terminate, child.kill):
            if pressure:
                pressure()
            try:
                child.wait(GOODBYE_S)
                break
            except subprocess.TimeoutExpired:
                continue
        if child.stdout:
            child.stdout.close()

    def _first_line(self) -> dict[str, str] | None:
        assert self._child is not None
        assert self._child.stdout is not None
        answer: Queue[str] = Queue()
        reader = threading.Thread(
            target=_put_line, args=(self._child.stdout, answer), name="server-ready", daemon=True
        )
        reader.start()
        try:
            line = answer.get(timeout=READY_S)
        except Empty:
            return None
        try:
            ready = json.loads(line)
        except json.JSONDecodeError:
            return None
        return ready if isinstance(ready, dict) and "url" in ready else None


def _put_line(stream: IO[str], answer: Queue[str]) -> None:
    answer.put(stream.readline())
