"""The house as architecture demands it, where import contracts cannot look."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WINGS = ("desktop", "video", "sync", "resources")
PRODUCT = sorted(path for wing in WINGS for path in (ROOT / wing).rglob("*.py"))

POSIX_MODULES = {
    "crypt", "fcntl", "grp", "nis", "posix", "pty", "pwd", "readline", "resource", "spwd",
    "syslog", "termios", "tty",
}  # fmt: skip
POSIX_CALLS = {
    "os": {
        "chown", "chroot", "fork", "forkpty", "getegid", "geteuid", "getgid", "getloadavg",
        "getpgid", "getuid", "killpg", "mkfifo", "nice", "sched_getaffinity", "setgid", "setsid",
        "setuid", "statvfs", "sync", "uname", "wait", "wait3", "wait4", "waitid",
    },
    "signal": {
        "SIGALRM", "SIGCHLD", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGQUIT", "SIGUSR1", "SIGUSR2",
        "alarm", "pause", "setitimer", "sigwait",
    },
    "socket": {"AF_UNIX", "socketpair"},
}  # fmt: skip


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", PRODUCT, ids=lambda p: str(p.relative_to(ROOT)))
def test_product_code_has_no_posix_only_module_or_call(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    modules = {name.split(".")[0] for name in imports_of(path)} & POSIX_MODULES
    calls = {
        f"{node.value.id}.{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.attr in POSIX_CALLS.get(node.value.id, ())
    }
    assert not modules | calls


@pytest.mark.parametrize("path", PRODUCT, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_stays_under_400_lines(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 400


def test_widgets_live_in_views_and_app_alone() -> None:
    strangers = [
        str(path.relative_to(ROOT))
        for path in PRODUCT
        if any(name.startswith("PySide6.QtWidgets") for name in imports_of(path))
        and not str(path.relative_to(ROOT)).startswith(("desktop/views/", "desktop/app"))
    ]
    assert not strangers


def test_qt_stays_out_of_domain_use_cases_storage_and_documents() -> None:
    dry = ("domain", "usecases", "storage", "documents", "exchange", "bridges")
    wet = [
        str(path.relative_to(ROOT))
        for path in PRODUCT
        if path.relative_to(ROOT).parts[:2] in {("desktop", room) for room in dry}
        and any(name.startswith("PySide6") for name in imports_of(path))
    ]
    assert not wet


def test_the_lock_is_hashed_and_names_no_index() -> None:
    text = (ROOT / "requirements.txt").read_text("utf-8")
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links|file:", text)
    pins = re.findall(r"^\S+==\S+.*\\$", text, re.MULTILINE)
    assert len(pins) > 50
    assert all("--hash=sha256:" in block for block in re.split(r"\n(?=\S)", text) if "==" in block)


def test_the_top_level_holds_nothing_else() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    tops = {line.split("/")[0] for line in listed.stdout.splitlines()}
    assert tops <= {
        ".ci", ".gitignore", "LICENSE", "NOTICE", "README.md", "desktop", "installers",
        "pyproject.toml", "requirements.txt", "resources", "sync", "tests", "video",
    }  # fmt: skip


@pytest.mark.parametrize("wing", ["video", "sync", "video.messages", "video.process"])
def test_importing_a_wing_is_cheap(wing: str) -> None:
    loaded = loaded_after(f"import {wing}")
    assert not loaded & {"cv2", "av", "openvino", "PySide6", "sqlalchemy", "fastapi", "numpy"}


def loaded_after(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(' '.join(m.split('.')[0] for m in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())
