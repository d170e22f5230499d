"""What to say once after a start: that the last run ended badly, and what an update brought."""

import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop import assets
from desktop.viewmodels.answers import Answers
from desktop.workers.case_desk import CaseDesk

CRASH_SEEN = "crash_seen"
NEWS_SEEN = "news_seen"
_LONGEST = 64 * 1024  # bytes of a report that are shown


class Aftermath(QObject):
    """Tells each thing once; `crashed` carries a report's text, `renewed` the names of news."""

    crashed = Signal(str)
    renewed = Signal(object)

    def __init__(self, desk: CaseDesk, crashes: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._crashes = desk, crashes
        self._answers = Answers(self)

    def look(self) -> None:
        """Compare with what was told before on this profile."""
        self._answers.ask(self._desk.recall(CRASH_SEEN), self._weigh_crash, self._miss)
        self._answers.ask(self._desk.recall(NEWS_SEEN), self._weigh_news, self._miss)

    def stop(self) -> None:
        """Hear no more."""
        self._answers.close()

    def _weigh_crash(self, seen: str | None) -> None:
        reports = sorted(self._crashes.glob("crash-*.txt"))
        if reports and reports[-1].name > (seen or ""):
            self._keep(CRASH_SEEN, reports[-1].name)
            self._answers.ask(self._desk.run(_Reading(reports[-1])), self._tell_crash, self._miss)

    def _tell_crash(self, text: str) -> None:
        self.crashed.emit(text)

    def _weigh_news(self, seen: str | None) -> None:
        here = sorted(assets.news_files())
        known = json.loads(seen) if seen else here  # a new profile has no before
        new: Sequence[str] = [name for name in here if name not in known]
        if new or not seen:
            self._keep(NEWS_SEEN, json.dumps(here))
        if new:
            self.renewed.emit(new)

    def _keep(self, name: str, value: str) -> None:
        self._answers.ask(self._desk.remember(name, value), self._kept, self._miss)

    def _kept(self, _: None) -> None:
        """Nothing more."""

    def _miss(self, _: Exception) -> None:
        """It is told the next time."""


class _Reading:
    """Reads a report; one that is gone by now says nothing."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __call__(self) -> str:
        try:
            return self._file.read_text("utf-8", errors="replace")[:_LONGEST]
        except OSError:
            return self._file.name
