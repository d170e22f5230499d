"""A report when we were wrong: types, places and versions, nothing that was worked on."""

import faulthandler
import logging
import platform
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO

from desktop.system.plain import describe

log = logging.getLogger(__name__)

KEPT = 20
NATIVE = "native.txt"


class CrashReports:
    """Catches what nobody caught, in every thread, and native faults too."""

    def __init__(
        self,
        folder: Path,
        version: str,
        now: Callable[[], datetime],
        told: Callable[[Path], None] | None = None,
    ) -> None:
        """Prepare the folder; nothing is caught before `install`.

        Args:
            told: called with each report, on the thread that failed.
        """
        self._folder = folder
        self._version = version
        self._now = now
        self._told = told
        self._native: IO[str] | None = None
        self._before = (sys.excepthook, threading.excepthook)

    def install(self) -> None:
        """Catch from now on."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._native = (self._folder / NATIVE).open("a", encoding="utf-8")
        faulthandler.enable(self._native)
        sys.excepthook = self._of_main
        threading.excepthook = self._of_thread

    def uninstall(self) -> None:
        """Put back what was there before."""
        sys.excepthook, threading.excepthook = self._before
        faulthandler.disable()
        if self._native:
            self._native.close()
            self._native = None

    def write(self, error: BaseException, thread: str) -> Path | None:
        """Write a report and answer its file; None when the disk refuses."""
        now = self._now()
        file = self._folder / f"crash-{now:%Y%m%dT%H%M%S%f}.txt"
        trace = describe(type(error), error, error.__traceback__)
        head = (
            f"Hallwatch {self._version}\n{now.isoformat()}\n{platform.platform()}\n"
            f"Python {platform.python_version()}\nthread {thread}\n\n"
        )
        try:
            file.write_text(f"{head}{trace}\n", encoding="utf-8")
            self._forget_old()
        except OSError:
            log.exception("crash report could not be written")
            return None
        log.error("crash report %s was written", file.name)
        return file

    def reports(self) -> tuple[Path, ...]:
        """Answer the reports, newest first."""
        return tuple(sorted(self._folder.glob("crash-*.txt"), reverse=True))

    def _of_main(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._caught(error, "main")

    def _of_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            self._caught(args.exc_value, args.thread.name if args.thread else "?")

    def _caught(self, error: BaseException, thread: str) -> None:
        file = self.write(error, thread)
        if file and self._told:
            self._told(file)

    def _forget_old(self) -> None:
        for old in self.reports()[KEPT:]:
            with suppress(OSError):
                old.unlink()
