"""Runs the server on loopback until it is told to stop, or its parent is gone."""

import json
import os
import secrets
import socket
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI

from sync.server import accounts
from sync.server.app import make_app
from sync.server.database import Database
from sync.server.directory import NewUser, create_user
from sync.server.doors.shared import Doors
from sync.server.holdings import BucketHoldings, bucket_of
from sync.server.journals import write_json_logs

DATABASE_URL = "DATABASE_URL"
_TOLD = "HALLWATCH_SERVER_OPTIONS"
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
    database_url: str = ""
    workers: int = 1
    certificate: Path | None = None
    key: Path | None = None


def serve(options: ServeOptions) -> None:
    """Serve until stopped; one JSON line on standard output says when and where it is ready.

    Raises:
        OSError: the port or the folder cannot be had.
    """
    if options.workers > 1:
        _serve_with_workers(options)
        return
    write_json_logs()
    doors = _open(options)
    ready = _first_administrator(doors)
    door = socket.socket(socket.AF_INET6 if ":" in options.host else socket.AF_INET)
    if os.name != "nt":  # a killed server leaves the port closing for a minute; Windows does not
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.bind((options.host, options.port))
    config = uvicorn.Config(make_app(doors), **_how(options))
    server = uvicorn.Server(config)
    scheme = "https" if options.certificate else "http"
    ready["url"] = f"{scheme}://{options.host}:{door.getsockname()[1]}"
    watchers = [threading.Thread(target=_announce, args=(server, ready), daemon=True)]
    if options.parent_pipe:
        watchers.append(threading.Thread(target=_end_with_parent, args=(server,), daemon=True))
    for watcher in watchers:
        watcher.start()
    server.run(sockets=[door])
    doors.database.close()


def app_of_a_worker() -> FastAPI:
    """Build the application of one of several processes; the options come by environment."""
    told = json.loads(os.environ[_TOLD])
    write_json_logs()
    data, schema = Path(told["data"]), Path(told["schema"])
    return make_app(_open(ServeOptions(data, schema, database_url=os.environ[DATABASE_URL])))


def _serve_with_workers(options: ServeOptions) -> None:
    """Serve from several processes, which share nothing but PostgreSQL and the folder of bytes.

    Raises:
        OSError: without PostgreSQL there is one process, or the port is not named.
    """
    if not options.database_url or not options.port:
        raise OSError(f"several workers need {DATABASE_URL} and a port")
    os.environ[_TOLD] = json.dumps({"data": str(options.data), "schema": str(options.schema)})
    write_json_logs()
    doors = _open(options)
    ready = _first_administrator(doors)
    doors.database.close()
    sys.stdout.write(json.dumps(ready) + "\n")
    sys.stdout.flush()
    uvicorn.run(
        "sync.server.runner:app_of_a_worker",
        factory=True,
        host=options.host,
        port=options.port,
        workers=options.workers,
        **_how(options),
    )


def _open(options: ServeOptions) -> Doors:
    address = options.database_url
    database = Database.at(address) if address else Database.in_folder(options.data)
    bucket = bucket_of(os.environ) if address else None  # a server within a program has a folder
    holdings = BucketHoldings(bucket) if bucket else None
    return Doors(options.data, options.schema, database, holdings=holdings)


def _how(options: ServeOptions) -> dict[str, Any]:
    """Options that one process and several share."""
    return {
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "timeout_graceful_shutdown": 3,
        "ssl_certfile": options.certificate,
        "ssl_keyfile": options.key,
    }


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
