"""The data-quality report: by unit, over all stored cases."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.identifiers import HallId
from desktop.domain.quality import UnitQuality
from desktop.exchange.csv_table import csv_bytes
from desktop.system.language import said
from desktop.usecases.checking import Stopped
from desktop.usecases.ports import UnitOfWork
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.approvals.desk import ApprovalsDesk
from desktop.viewmodels.casework import Casework
from desktop.viewmodels.leaving import written
from desktop.viewmodels.lines import Lines, Row, headings
from desktop.workers.errands import Errand, Errands

_LOOK_MS = 200


class QualityDesk(QObject):
    """Makes the report when somebody asks for it; cases are read piece by piece."""

    changed = Signal()
    exported = Signal(str)
    refused = Signal(object)

    def __init__(
        self,
        casework: Casework,
        approvals: ApprovalsDesk,
        errands: Errands,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._casework, self._approvals, self._errands = casework, approvals, errands
        self._answers = Answers(self)
        self._errand: Errand | None = None
        self.units: Mapping[str, UnitQuality] | None = None
        self.model = Lines(titles, self)
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.changed)

    @property
    def share(self) -> float | None:
        """How far it has come, None while nobody reads."""
        return self._errand.share if self._errand else None

    def stop(self) -> None:
        """End what is being done."""
        if self._errand:
            self._errand.stop()
        self._timer.stop()
        self._answers.close()

    def begin(self) -> None:
        """Read all cases of the hall."""
        hall = self._approvals.house.hall
        if hall is None:
            self._approvals.refresh()
            return
        if self._errand is None:
            self._errand, done = self._errands.send(partial(self._read, hall.id))
            self._timer.start()
            self._answers.ask(done, self._arrive, self._fail, "quality")
            self.changed.emit()

    def export(self, target: Path, reason: str) -> None:
        """Write the report as a table, with a note of it."""
        actor = self._casework.door.actor
        if actor is None:
            return
        rows = [list(row.cells) for row in self.model.rows]

        def export(work: UnitOfWork) -> str:
            work.note("quality.export", "quality", reason=reason)
            return written(target, csv_bytes(titles(), rows))

        self._answers.ask(self._casework.desk.act(actor, export), self._was_exported, self._fail)

    def _read(self, hall_id: HallId, errand: Errand) -> Mapping[str, UnitQuality] | None:
        """On the errand's thread; None when somebody stopped it."""
        try:
            return self._approvals.book.quality(hall_id, errand.tell)
        except Stopped:
            return None

    def _arrive(self, units: Mapping[str, UnitQuality] | None) -> None:
        self._end()
        self.units = units
        name = self._approvals.unit_name
        rows = [Row(key, (name(key) or "—", *_cells(each))) for key, each in (units or {}).items()]
        self.model.replace(rows)
        self.changed.emit()

    def _was_exported(self, name: str) -> None:
        self.exported.emit(name)

    def _fail(self, error: Exception) -> None:
        self._end()
        self.refused.emit(error)

    def _end(self) -> None:
        self._errand = None
        self._timer.stop()


def titles() -> tuple[str, ...]:
    """The titles of the report."""
    return headings(
        said("办理单位"), said("办件数"), said("缺必填项"), said("没有时限"), said("时间矛盾"),
        said("补录超期"), said("合格率"),
    )  # fmt: skip


def _cells(quality: UnitQuality) -> tuple[str, ...]:
    counts = (
        quality.cases,
        quality.lacking,
        quality.without_limit,
        quality.contradictory,
        quality.keyed_late,
    )
    return (*map(str, counts), f"{quality.share:.1%}")
