"""What waits to be sent to the owner: everything in order, but of a wall picture only the last."""

import threading
from collections import deque
from collections.abc import Callable

from video.messages import Preview, Report

ROOM = 5000  # reports; whoever makes more waits until the owner has taken some


class Outbox:
    """Sends on a thread of its own; may be filled from any."""

    def __init__(self, send: Callable[[Report], None], *, room: int = ROOM) -> None:
        self._send = send
        self._room = room
        self._reports: deque[Report] = deque()
        self._previews: dict[str, Preview] = {}
        self._changed = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="outbox", daemon=True)

    def start(self) -> None:
        """Begin to send."""
        self._thread.start()

    def put(self, report: Report) -> None:
        """Take a report; waits while there is no room for it, unless nobody will ever take it."""
        with self._changed:
            if isinstance(report, Preview):
                self._previews[report.camera_id] = report
            else:
                self._changed.wait_for(lambda: self._closed or len(self._reports) < self._room)
                self._reports.append(report)
            self._changed.notify_all()

    def close(self, *, within_s: float) -> None:
        """Send what is there, but no longer than so many seconds."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._thread.join(within_s)

    def _run(self) -> None:
        try:
            while (report := self._next()) is not None:
                self._send(report)
        except OSError:  # the owner is gone
            with self._changed:
                self._closed = True
                self._changed.notify_all()

    def _next(self) -> Report | None:
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._reports or self._previews)
            if self._reports:
                report: Report = self._reports.popleft()
                self._changed.notify_all()
                return report
            if self._previews:
                return self._previews.pop(next(iter(self._previews)))
            return None
