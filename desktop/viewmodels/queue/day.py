"""A day in the queue in figures: who waited how long, and for which window."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from desktop.domain.identifiers import HallId, WindowId
from desktop.domain.organisation import Hall, Window
from desktop.domain.queue import QueueImport, Ticket, Wait, percentile, steps, waited_s, waits
from desktop.domain.rules.attendance import MOST
from desktop.system.language import headed, said
from desktop.usecases.ports import Reading
from desktop.usecases.queue import read_tickets
from desktop.viewmodels.lines import Cells, Row, headings
from desktop.viewmodels.naming import state_name
from desktop.viewmodels.times import clock_short, lasting, stamp

UNKNOWN = "unknown"  # key of the row of those called at no known window


@dataclass(frozen=True, slots=True)
class Figures:
    """Some waits in figures; seconds, None where nobody was called."""

    called: int
    middle_s: float | None = None
    most_s: float | None = None
    longest_s: float | None = None
    late: int = 0

    def cells(self) -> Cells:
        """The texts of the columns that all tables share."""
        times = (self.middle_s, self.most_s, self.longest_s)
        told = ("—" if each is None else lasting(each) for each in times)
        return (str(self.called), *told, str(self.late))


@dataclass(frozen=True, slots=True)
class QueueSheet:
    """One day, read whole.

    Attributes:
        peak: most who waited at once.
    """

    hall: Hall | None = None
    tickets: tuple[Ticket, ...] = ()
    whole: Figures = Figures(0)
    peak: int = 0
    peak_at: str = ""
    windows: tuple[Row, ...] = ()
    queues: tuple[Row, ...] = ()
    imports: tuple[QueueImport, ...] = ()


def read_sheet(reading: Reading, day: date) -> QueueSheet:
    """Fetch a day."""
    halls = reading.find(Hall)
    if not halls:
        return QueueSheet()
    hall = halls[0]
    tickets = read_tickets(reading, hall.id, day)
    waited = waits(tickets)
    called = [wait for wait in waited if wait.was_called]
    demand = max(steps(waited), key=lambda step: step.waiting, default=None)
    return QueueSheet(
        hall,
        tickets,
        figures(called, hall),
        demand.waiting if demand else 0,
        clock_short(demand.start) if demand else "",
        _window_rows(called, reading.find(Window, hall_id=hall.id), hall),
        _queue_rows(called, tickets, hall),
        _imports(reading, hall.id),
    )


def figures(called: Sequence[Wait], hall: Hall) -> Figures:
    """Sum up waits that ended by being called."""
    if not called:
        return Figures(0)
    seconds = [waited_s(wait) for wait in called]
    return Figures(
        len(called),
        median(seconds),
        percentile(seconds, MOST),
        max(seconds),
        sum(each > hall.rules.queued_s for each in seconds),
    )


def window_titles() -> Cells:
    """The titles of the table of windows."""
    return headings(said("窗口"), *_shared_titles())


def queue_titles() -> Cells:
    """The titles of the table of queues."""
    return headings(said("业务"), said("取号数"), *_shared_titles())


def import_titles() -> Cells:
    """The titles of the table of imports."""
    return headings(
        said("文件"), said("导入时间"), said("日期"), said("票数"), said("新增或有变化"),
        said("未采用"), said("状态"),
    )  # fmt: skip


def import_row(batch: QueueImport) -> Row:
    """Tell one import."""
    first, last = batch.first_day.isoformat(), batch.last_day.isoformat()
    days = first if first == last else said("{0} 至 {1}").format(first, last)
    figures_said = (str(batch.tickets), str(batch.changed), str(batch.rejected))
    state = headed(state_name(batch.state.value))
    cells = (batch.file_name, stamp(batch.imported_at), days, *figures_said, state)
    return Row(batch.id, cells)


def _shared_titles() -> Cells:
    return (
        said("叫号数"), said("等候中位数"), said("九成等候不超过"), said("最长等候"),
        said("等候超时票数"),
    )  # fmt: skip


def _window_rows(called: Iterable[Wait], windows: Sequence[Window], hall: Hall) -> tuple[Row, ...]:
    by_window: dict[str, list[Wait]] = defaultdict(list)
    for wait in called:
        by_window[wait.window_id].append(wait)
    rows = [
        Row(window.id, (window.name, *figures(by_window[window.id], hall).cells()))
        for window in windows
    ]
    if strangers := by_window[WindowId("")]:
        rows.append(Row(UNKNOWN, (said("未知窗口"), *figures(strangers, hall).cells())))
    return tuple(rows)


def _queue_rows(called: Iterable[Wait], tickets: Iterable[Ticket], hall: Hall) -> tuple[Row, ...]:
    taken: dict[str, int] = defaultdict(int)
    for ticket in tickets:
        taken[ticket.queue] += 1
    by_queue: dict[str, list[Wait]] = defaultdict(list)
    for wait in called:
        by_queue[wait.queue].append(wait)
    return tuple(
        Row(name, (name or said("未分业务"), str(count), *figures(by_queue[name], hall).cells()))
        for name, count in sorted(taken.items())
    )


def _imports(reading: Reading, hall_id: HallId) -> tuple[QueueImport, ...]:
    return tuple(reversed(reading.find(QueueImport, hall_id=hall_id)))
