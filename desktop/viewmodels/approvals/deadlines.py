"""How many approvals are over their limits, or near them, for the morning's first page."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from desktop.domain.clocks import Lamp
from desktop.storage.case_lines import Found, Wish
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.approvals.desk import ApprovalsDesk

NEAR = (Lamp.ORANGE, Lamp.YELLOW)


class Deadlines(QObject):
    """Counts all cases of the hall by lamp, whatever the list of approvals is narrowed to."""

    changed = Signal()

    def __init__(self, approvals: ApprovalsDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._approvals = approvals
        self._answers = Answers(self)
        self.lamps: Mapping[Lamp | None, int] = {}
        approvals.listed.connect(self._count)

    @property
    def total(self) -> int:
        """How many cases there are."""
        return sum(self.lamps.values())

    @property
    def overdue(self) -> int:
        """How many are over their limit."""
        return self.lamps.get(Lamp.RED, 0)

    @property
    def near(self) -> int:
        """How many are near it, or due today."""
        return sum(self.lamps.get(lamp, 0) for lamp in NEAR)

    def refresh(self) -> None:
        """Count again."""
        if self._approvals.is_listed:
            self._count()
        else:
            self._approvals.refresh()

    def close(self) -> None:
        """Hear nothing any more."""
        self._answers.close()

    def _count(self) -> None:
        hall = self._approvals.house.hall
        if hall is not None:
            found = self._approvals.book.find(Wish(hall.id))
            self._answers.ask(found, self._take, self._miss, "lamps")

    def _take(self, found: Found) -> None:
        self.lamps = found.lamps
        self.changed.emit()

    def _miss(self, _: Exception) -> None:
        """The page of approvals says what is wrong; here the old numbers stay."""
