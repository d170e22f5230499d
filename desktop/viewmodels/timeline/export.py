"""Takes a day's timeline out of the program, with a reason that is written down."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.domain.report.tables import Table
from desktop.exchange.csv_table import csv_bytes
from desktop.exchange.report_tables import as_xlsx
from desktop.system.language import said
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.leaving import take_out
from desktop.viewmodels.live.watch import LiveWatch
from desktop.viewmodels.timeline.day import DayTimeline, Row
from desktop.viewmodels.timeline.hours import hour_cells, hour_shares, hour_titles
from desktop.viewmodels.timeline.sheet import TotalsModel, exact, stretch_titles
from desktop.viewmodels.times import stamp
from desktop.viewmodels.today import Office

XLSX = ".xlsx"


class TimelineExport(QObject):
    """Writes CSV or a workbook; without its note in the chain there is no file."""

    exported = Signal(str)  # the file's name
    refused = Signal(object)

    def __init__(
        self, office: Office, live: LiveWatch, day: DayTimeline, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._office, self._live, self._day = office, live, day
        self._answers = Answers(self)

    @property
    def file_name(self) -> str:
        """What the file would usually be called."""
        return said("窗口时间线 {0}").format(self._day.day.isoformat()) + XLSX

    def export(self, target: Path, reason: str) -> None:
        """Write the day that is shown."""
        actor, hall = self._office.door.actor, self._live.roll.hall
        if actor is None or hall is None:
            return
        data = self._workbook() if target.suffix.lower() == XLSX else self._content()
        clock = self._office.clock
        subject = f"timeline/{hall.id}/{self._day.day.isoformat()}"

        take = partial(
            take_out,
            data=data,
            target=target,
            hall_id=hall.id,
            subject=subject,
            reason=reason,
            clock=clock,
        )
        self._answers.ask(self._office.desk.act(actor, take), self._tell, self._refuse)

    def _content(self) -> bytes:
        totals = TotalsModel()
        totals.show_rows(self._day.rows)
        sums = [totals.cells(row) for row in totals.rows]
        span = said("{0} 至 {1}").format(stamp(self._day.start), stamp(self._day.end))
        titles = (said("窗口", "column"), *stretch_titles())
        hours = ((), (said("分时占比"), span), _hour_titles(), *_hours(self._day.rows))
        pieces = ((), (said("各段明细"), span), titles, *_pieces(self._day.rows))
        return csv_bytes(totals.titles(), [*sums, *hours, *pieces])

    def _workbook(self) -> bytes:
        totals = TotalsModel()
        totals.show_rows(self._day.rows)
        sums = [totals.cells(row) for row in totals.rows]
        titles = (said("窗口", "column"), *stretch_titles())
        return as_xlsx(
            (
                self._table(said("各窗口合计"), totals.titles(), sums),
                self._table(said("分时占比"), _hour_titles(), tuple(_hours(self._day.rows))),
                self._table(said("各段明细"), titles, tuple(_pieces(self._day.rows))),
            )
        )

    def _table(self, name: str, titles: Sequence[str], rows: Sequence[tuple[str, ...]]) -> Table:
        span = said("{0} 至 {1}").format(stamp(self._day.start), stamp(self._day.end))
        weights = (1.0,) * len(titles)
        return Table(name, f"{name} {span}", tuple(titles), weights, tuple(rows), "", span, "")

    def _tell(self, name: str) -> None:
        self.exported.emit(name)

    def _refuse(self, refusal: Exception) -> None:
        self.refused.emit(refusal)


def _hour_titles() -> tuple[str, ...]:
    return said("窗口", "column"), *hour_titles()


def _hours(rows: Sequence[Row]) -> Iterator[tuple[str, ...]]:
    for row in rows:
        for hour in hour_shares(row.stretches):
            yield (row.post.window.name, *hour_cells(hour))


def _pieces(rows: Sequence[Row]) -> Iterator[tuple[str, ...]]:
    for row in rows:
        for each in row.stretches:
            times = (stamp(each.start), stamp(each.end), exact(each.seconds))
            yield (row.post.window.name, each.look.word, *times)
