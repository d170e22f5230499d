"""Notices when the screen's thread answers nothing for too long, and where it was meanwhile."""

import logging
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QObject, QTimer, Signal

log = logging.getLogger(__name__)

LIMIT_S = 0.5
_LOOKS = 4  # within the limit
_HOUSE = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch in which nothing on the screen was answered.

    Attributes:
        busy_s: processor seconds of the screen's thread in it; the rest it waited.
        where: our innermost line at the limit, as desktop/views/frame.py:41; "" for none.
    """

    lasted_s: float
    busy_s: float
    where: str


class Watchdog(QObject):
    """Made, begun and stopped on the screen's thread; a thread of its own looks where that is."""

    blocked = Signal(object)  # a Block, after it has ended

    def __init__(self, parent: QObject | None = None, *, limit_s: float = LIMIT_S) -> None:
        super().__init__(parent)
        self._limit_s = limit_s
        self._screen = threading.get_ident()
        self._beat_at, self._busy_at, self._where = time.monotonic(), time.thread_time(), ""
        self._timer = QTimer(self, interval=round(1000 * limit_s / 2))
        self._timer.timeout.connect(self.beat)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, name="watchdog", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self.beat()
        self._timer.start()
        self._thread.start()

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()
        self._over.set()
        self._thread.join()

    def beat(self) -> None:
        """Say that the screen's thread answers, and tell of the stretch before if it was long."""
        now, busy = time.monotonic(), time.thread_time()
        block = Block(now - self._beat_at, busy - self._busy_at, self._where)
        self._beat_at, self._busy_at, self._where = now, busy, ""
        if block.lasted_s > self._limit_s:
            log.warning(
                "the screen stood still for %.0f ms, %.0f ms of them busy, at %s",
                1000 * block.lasted_s,
                1000 * block.busy_s,
                block.where or "no line of ours",
            )
            self.blocked.emit(block)

    def _look(self) -> None:
        while not self._over.wait(self._limit_s / _LOOKS):
            if time.monotonic() - self._beat_at > self._limit_s and not self._where:
                self._where = _ours(sys._current_frames().get(self._screen))


def _ours(frame: FrameType | None) -> str:
    """Name the innermost line of the program, as seen from its folder."""
    while frame is not None:
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(_HOUSE) and ".venv" not in path.parts:
            return f"{path.relative_to(_HOUSE).as_posix()}:{frame.f_lineno}"
        frame = frame.f_back
    return ""
