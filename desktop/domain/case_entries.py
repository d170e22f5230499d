"""What the list of cases shows of one: its lamp and its days, as they stood on a day."""

from datetime import date
from typing import NamedTuple

from desktop.domain.approvals import CaseBundle
from desktop.domain.clocks import Lamp, Scene, lamp_of_case, read_clocks
from desktop.domain.items import LimitUnit, ServiceItem

_WITHOUT_CLOCK = 100_000  # behind every case that still has days
_CLOSED = 200_000


class CaseEntry(NamedTuple):
    """A case's standing on one day.

    Attributes:
        lamp: None where the case has no limit or its clock has not started.
        due: of the promise, of the law where nothing was promised.
        remaining: what is left, in `unit`; 0 once the case is closed or overdue.
        overdue: what it is over, in `unit`.
        unit: of an imported due date, working days.
        provisional: the due date may still move.
        rank: its place in the list: what is longest overdue first, what is closed last.
    """

    lamp: Lamp | None
    due: date | None = None
    remaining: int = 0
    overdue: int = 0
    unit: LimitUnit = LimitUnit.WORKING_DAY
    provisional: bool = False
    closed: bool = False

    @property
    def rank(self) -> int:
        """See the class."""
        if self.closed:
            return _CLOSED - self.overdue
        return _WITHOUT_CLOCK if self.due is None else self.remaining - self.overdue


def entry_of(bundle: CaseBundle, scene: Scene, item: ServiceItem | None = None) -> CaseEntry:
    """Read a case's clocks as the list shows them."""
    case = bundle.case
    clocks = read_clocks(bundle, item, scene)
    lamp = lamp_of_case(clocks, case, scene.rules)
    closed = case.closed_at is not None
    reading = clocks.promised or clocks.statutory
    if reading is None:
        return CaseEntry(lamp, closed=closed)
    return CaseEntry(
        lamp,
        reading.due,
        reading.remaining,
        reading.overdue,
        reading.limit.unit if reading.limit else LimitUnit.WORKING_DAY,
        reading.provisional,
        closed,
    )
