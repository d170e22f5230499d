"""Rotating logs: facts with identifiers, never a secret and never what was worked on."""

import logging
import sys
from copy import copy
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Literal

from desktop.system.plain import describe, redacted

MAX_BYTES = 1_000_000
KEPT = 5
_LINE = "%(asctime)s %(levelname)s %(process)d %(threadName)s %(name)s: %(message)s"

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class PlainFormatter(logging.Formatter):
    """Writes a record without credentials, and exceptions without their messages."""

    default_msec_format = "%s.%03d"

    def format(self, record: logging.LogRecord) -> str:
        """Answer the line of a record."""
        own = copy(record)
        own.exc_text = None  # another handler may have left the message here
        return redacted(super().format(own))

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802  # the name logging asks for
        """Answer types and places."""
        kind, error, trace = ei
        return describe(kind, error, trace) if kind else ""


def start_logging(
    folder: Path, name: Literal["desktop", "video", "server"] = "desktop"
) -> logging.Handler:
    """Send the root logger to `NAME.log` in a folder; five older files are kept.

    Each process has its own name. A folder that cannot be written costs the log, not the program.
    """
    formatter = PlainFormatter(_LINE)
    handler: logging.Handler
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / f"{name}.log", maxBytes=MAX_BYTES, backupCount=KEPT, encoding="utf-8"
        )
    except OSError:
        handler = logging.StreamHandler(sys.stderr) if sys.stderr else logging.NullHandler()
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    return handler


def stop_logging(handler: logging.Handler) -> None:
    """Take the handler out and close its file."""
    logging.getLogger().removeHandler(handler)
    handler.close()
