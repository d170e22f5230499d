"""Runs the server on loopback until it is told to stop, or its parent is gone."""

import json
import secrets
import socket
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from sync.server import accounts
from sync.server.app import Doors, make_app
from sync.server.directory import NewUser, create_user

LOOPBACK = "127.0.0.1"
ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """How to run; port 0 lets the system choose."""

    data: Path
    schema: Path
    host: str = LOOPBACK
    port: int = 0
    parent_pipe: bool = False


def serve(options: ServeOptions) -> None:
    """Serve until stopped; one JSON line on standard output says when and where it is ready.

    Raises:
        OSError: the port or the folder cannot be had.
    """
    doors = Doors(options.data, options.schema)
    ready = _first_administrator(doors)
    door = socket.socket(socket.AF_INET6 if ":" in options.host else socket.AF_INET)
    door.bind((options.host, options.port))
    config = uvicorn.Config(
        make_app(doors), log_config=None, access_log=False, timeout_graceful_shutdown=3
    )
    server = uvicorn.Server(config)
    ready["url"] = f"http://{options.host}:{door.getsockname()[1]}"
    watchers = [threading.Thread(target=_announce, args=(server, ready), daemon=True)]
    if options.parent_pipe:
        watchers.append(threading.Thread(target=_end_with_parent, args=(server,), daemon=True))
    for watcher in watchers:
        watcher.start()
    server.run(sockets=[door])
    doors.database.close()


def _first_administrator(doors: Doors) -> dict[str, str]:
    """Make the first administrator of an empty server; the password is told once."""
    with doors.database.write() as connection:
        if accounts.all_users(connection):
            return {}
        password = secrets.token_urlsafe(18)
        admin = NewUser(ADMIN, "系统管理员", password, ("SYS_ADMIN",), ("region",))
        create_user(connection, "server", admin)
    return {"admin": ADMIN, "admin_password": password}


def _announce(server: uvicorn.Server, ready: dict[str, str]) -> None:
    while not server.started:
        if server.should_exit:
            return
        time.sleep(0.02)
    sys.stdout.write(json.dumps(ready) + "\n")
    sys.stdout.flush()


def _end_with_parent(server: uvicorn.Server) -> None:
    while sys.stdin.read(1024):
        pass
    server.should_exit = True
