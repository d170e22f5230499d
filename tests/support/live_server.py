"""The central server in a process of its own, as an office runs it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit


@dataclass
class LiveServer:
    url: str
    admin_password: str
    data: Path
    pid: int

    @property
    def port(self) -> int:
        return urlsplit(self.url).port or 0


@contextmanager
def live_server(data: Path) -> Iterator[LiveServer]:
    """Serve a folder until the end of the block; the process must end well."""
    child = subprocess.Popen(
        [sys.executable, "-m", "sync", "serve", "--data", str(data), "--parent-pipe"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert child.stdin
    assert child.stdout
    ready = json.loads(child.stdout.readline())
    yield LiveServer(ready["url"], ready.get("admin_password", ""), data, child.pid)
    child.stdin.close()
    assert child.wait(20) == 0
    child.stdout.close()
