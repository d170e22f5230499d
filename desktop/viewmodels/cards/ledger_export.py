"""Takes the ledger of open rectifications out of the program, with a reason that is kept."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.exchange.csv_table import csv_bytes
from desktop.system.language import said
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.cards.rows import CardRow, CardsSearch, Pile, columns
from desktop.viewmodels.casework import Casework
from desktop.viewmodels.leaving import take_out
from desktop.viewmodels.times import day_of


class LedgerExport(QObject):
    """Writes CSV, the most urgent first; without its note in the chain there is no file."""

    exported = Signal(str)  # the file's name
    refused = Signal(object)

    def __init__(
        self, casework: Casework, search: CardsSearch, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._casework, self._search = casework, search
        self._answers = Answers(self)

    @property
    def file_name(self) -> str:
        """What the file would usually be called."""
        today = day_of(self._casework.clock.now())
        return said("整改台账 {0}.csv").format(today.isoformat())

    def stop(self) -> None:
        """Hear no more."""
        self._answers.close()

    def export(self, target: Path, reason: str) -> None:
        """Write all open rectifications, whatever is searched for."""
        actor, rows = self._casework.door.actor, self.rows()
        if actor is None or not rows:
            return
        hall = rows[0].subject.hall_id
        data = csv_bytes(columns(), [row.cells for row in rows])
        subject = f"ledger/{hall}/{day_of(self._casework.clock.now()).isoformat()}"
        take = partial(
            take_out,
            data=data,
            target=target,
            hall_id=hall,
            subject=subject,
            reason=reason,
            clock=self._casework.clock,
        )
        self._answers.ask(self._casework.desk.act(actor, take), self._tell, self._refuse)

    def rows(self) -> tuple[CardRow, ...]:
        """Give what lies on the ledger, the most urgent first."""
        lying = [row for row in self._search.source.rows if row.lies_on(Pile.LEDGER)]
        return tuple(sorted(lying, key=_urgency, reverse=True))

    def _tell(self, name: str) -> None:
        self.exported.emit(name)

    def _refuse(self, refusal: Exception) -> None:
        self.refused.emit(refusal)


def _urgency(row: CardRow) -> tuple[int, int]:
    return row.urgency
