"""What is written in the clear tells about the program, not about people."""

import logging
import subprocess
import sys
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path

import pytest

from desktop.system.crashes import KEPT, CrashReports
from desktop.system.logs import start_logging, stop_logging
from desktop.system.plain import describe, redacted

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "secret"),
    [
        ("opened rtsp://admin:hunter2@10.0.0.9/live", "hunter2"),
        ("rtsp://admin:p@ss:w/rd@10.0.0.9/live", "p@ss"),
        ("Authorization: Bearer abc.def-123", "abc.def"),
        ("password=hunter2 user=x", "hunter2"),
        ('{"refresh_token": "9f8e7d"}', "9f8e7d"),
        ("PRAGMA key = \"x'00aaff'\"", "00aaff"),
        ("got eyJhbGciOi.J9eyJzdWIi.c2ln back", "J9eyJ"),
    ],
)
def test_credentials_are_cut_out(line: str, secret: str) -> None:
    assert secret not in redacted(line)


def test_an_ordinary_fact_stays_as_it_is() -> None:
    line = "camera 0198-aa of window 3 was UNREACHABLE, retry in 5.0 s: mapping: ok"

    assert redacted(line) == line


def test_a_logged_exception_keeps_its_place_and_loses_its_message(tmp_path: Path) -> None:
    handler = start_logging(tmp_path)
    try:
        raise ValueError("张三 was absent")
    except ValueError:
        logging.getLogger("desktop.test").exception("the work failed")
    stop_logging(handler)

    text = (tmp_path / "desktop.log").read_text("utf-8")

    assert "the work failed" in text
    assert "builtins.ValueError" in text
    assert "test_logs_and_crashes.py" in text
    assert "张三" not in text


def test_a_folder_that_cannot_be_written_costs_only_the_log(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    handler = start_logging(tmp_path / "file" / "logs")
    stop_logging(handler)

    assert not isinstance(handler, logging.FileHandler)


class Trouble(Enum):
    DISK_FULL = "disk_full"


class NamedError(Exception):
    trouble = Trouble.DISK_FULL


def test_a_named_reason_is_told_and_the_cause_comes_first() -> None:
    try:
        try:
            raise OSError("/home/zhangsan/secret.jpg")
        except OSError as cause:
            raise NamedError("planted") from cause
    except NamedError as error:
        text = describe(type(error), error, error.__traceback__)

    assert text.index("builtins.OSError") < text.index("NamedError DISK_FULL")
    assert "zhangsan" not in text
    assert "planted" not in text


def test_only_the_latest_reports_are_kept(tmp_path: Path) -> None:
    moments = iter(NOON.replace(minute=n) for n in range(KEPT + 5))
    reports = CrashReports(tmp_path, "0.1.0", lambda: next(moments))

    written = [reports.write(ValueError("x"), "main") for _ in range(KEPT + 5)]

    assert reports.reports() == tuple(reversed(written[5:]))


CHILD = """
import pathlib, sys, threading
from datetime import UTC, datetime
from desktop.system.crashes import CrashReports
told = []
reports = CrashReports(pathlib.Path(sys.argv[1]), "0.1.0", lambda: datetime.now(UTC), told.append)
reports.install()
def fail():
    raise KeyError("planted in a thread")
thread = threading.Thread(target=fail, name="desk")
thread.start(); thread.join()
raise RuntimeError("planted in main")
"""


def test_what_nobody_caught_is_reported_from_every_thread(tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", CHILD, str(tmp_path)], check=False, capture_output=True
    )

    texts = [file.read_text("utf-8") for file in sorted(tmp_path.glob("crash-*.txt"))]

    assert answer.returncode == 1
    assert [("KeyError" in text, "RuntimeError" in text) for text in texts] == [
        (True, False),
        (False, True),
    ]
    assert "thread desk" in texts[0]
    assert not any("planted" in text for text in texts)
    assert b"planted" not in answer.stderr
