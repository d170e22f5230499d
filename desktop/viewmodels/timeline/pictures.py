"""Finds the pictures that were kept of a stretch of a window's day: those of its finding."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.domain.evidence import Evidence
from desktop.domain.findings import Finding
from desktop.domain.identifiers import FindingId
from desktop.usecases.ports import Reading
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.live.watch import Watched


class StretchPictures(QObject):
    """Asks the case file; `found` gives the finding, `missing` says that nothing was kept."""

    found = Signal(str)
    missing = Signal()

    def __init__(self, program: Watched, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = program.desk
        self._answers = Answers(self)

    def look_for(self, window_id: str, start: datetime, end: datetime) -> None:
        """Look for what was kept of this stretch."""
        ask = partial(pictured_finding, window_id=window_id, start=start, end=end)
        self._answers.ask(self._desk.look(ask), self._take, self._refuse, "pictures")

    def _take(self, finding_id: FindingId | None) -> None:
        if finding_id is None:
            self.missing.emit()
        else:
            self.found.emit(finding_id)

    def _refuse(self, _refusal: Exception) -> None:
        self.missing.emit()


def pictured_finding(
    reading: Reading, window_id: str, start: datetime, end: datetime
) -> FindingId | None:
    """Give the finding with evidence that shares most of a stretch of a window."""
    near = [
        finding
        for finding in reading.find(Finding, window_id=window_id)
        if finding.started_at < end and (finding.ended_at or end) > start
    ]

    def shared(finding: Finding) -> float:
        until = min(finding.ended_at or end, end)
        return (until - max(finding.started_at, start)).total_seconds()

    ordered = sorted(near, key=shared, reverse=True)
    return next((f.id for f in ordered if reading.find(Evidence, finding_id=f.id)), None)
