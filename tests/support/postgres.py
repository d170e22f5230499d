"""A PostgreSQL server of its own, from Debian's package, for as long as tests need it."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

OWNER = "postgres"  # PostgreSQL never runs as root


def missing() -> str:
    """Why there is none here; empty when there is."""
    if not _bin():
        return "no pg_ctl in /usr/lib/postgresql/*/bin"
    if find_spec("psycopg") is None:
        return "psycopg is not installed"
    return ""


@contextmanager
def postgres_server() -> Iterator[str]:
    """Start one on a free port and give its URL."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    port = _free_port()
    if _is_root():
        shutil.chown(folder, OWNER)
    _run("initdb", "-D", str(folder / "data"), "-U", OWNER, "-A", "trust", "-E", "UTF8")
    words = f"-p {port} -h 127.0.0.1 -k {folder} -c max_connections=100"
    log = str(folder / "log")
    _run("pg_ctl", "-D", str(folder / "data"), "-l", log, "-o", words, "-w", "start")
    try:
        yield f"postgresql://{OWNER}@127.0.0.1:{port}/postgres"
    finally:
        _run("pg_ctl", "-D", str(folder / "data"), "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: str, *words: str) -> None:
    drop = ["runuser", "-u", OWNER, "--"] if _is_root() else []
    command = [*drop, str(_bin()) + "/" + program, *words]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _bin() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    return found[-1].parent if found else None


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
