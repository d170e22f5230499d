"""Who owes data: every duty for every period that is over, and what came."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.documents.paper import print_paper
from desktop.documents.reminder import REMINDER, reminder_fields
from desktop.domain.calendar import WorkingCalendar
from desktop.domain.collection import Delivery, Standing
from desktop.domain.identifiers import UnitId
from desktop.domain.organisation import Hall, Organ, Unit
from desktop.system.language import said
from desktop.usecases.collection import owed, record_delivery
from desktop.usecases.ports import Reading, UnitOfWork
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.casework import Casework, may_create
from desktop.viewmodels.changes import StoreChanges
from desktop.viewmodels.leaving import written
from desktop.viewmodels.lines import Lines, Row, headings
from desktop.viewmodels.times import day_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Received:
    """What a person writes down of what came."""

    received_on: date
    reported: int
    counted: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Owed:
    found: tuple[Standing, ...]
    units: Mapping[UnitId, str]


class CollectionDesk(QObject):
    """Everything the page of data collection shows.

    Attributes:
        only_owed: whether only what wants a reminder is listed.
        chosen: what is looked at.
    """

    listed = Signal()
    exported = Signal(str)
    recorded = Signal()
    refused = Signal(object)

    def __init__(self, casework: Casework, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._casework = casework
        self._answers = Answers(self)
        self._owed = _Owed((), {})
        self.only_owed = False
        self.chosen: Standing | None = None
        self.model = Lines(titles, self)
        self._changes = StoreChanges(casework.desk, self)
        self._changes.changed.connect(self.refresh)

    @property
    def total(self) -> int:
        """How many periods there are."""
        return len(self._owed.found)

    @property
    def owing(self) -> int:
        """How many of them want a reminder."""
        return sum(each.wants_reminder for each in self._owed.found)

    def today(self) -> date:
        """The day in the hall."""
        return day_of(self._casework.clock.now())

    def stop(self) -> None:
        """Listen no more."""
        self._changes.close()
        self._answers.close()

    def may_record(self) -> bool:
        """Tell whether this person may write down what came."""
        return may_create(self._casework.book, Delivery.ENTITY, self._casework.door.actor)

    def refresh(self) -> None:
        """Read how the duties stand."""
        look = partial(_read, today=self.today(), calendar=self._casework.calendar)
        self._ask(self._casework.desk.look(look), self._list, "owed")

    def narrow(self, *, only_owed: bool) -> None:
        """List what wants a reminder alone, or all."""
        self.only_owed = only_owed
        self._list(self._owed)

    def choose(self, key: str) -> None:
        """Look at a period."""
        self.chosen = next((each for each in self._owed.found if each.key == key), None)
        self.listed.emit()

    def record(self, received: Received) -> None:
        """Write down what came for the chosen period."""
        actor, chosen = self._casework.door.actor, self.chosen
        if actor is None or chosen is None:
            return
        act = partial(
            record_delivery,
            standing=chosen,
            received_on=received.received_on,
            reported=received.reported,
            counted=received.counted,
            note=received.note,
            clock=self._casework.clock,
        )
        self._ask(self._casework.desk.act(actor, act), self._was_recorded)

    def remind(self, target: Path, reason: str) -> None:
        """Write the reminder for the chosen period as a PDF, with a note of it."""
        actor, chosen = self._casework.door.actor, self.chosen
        if actor is None or chosen is None:
            return
        press, today = self._casework.press, self.today()

        def remind(work: UnitOfWork) -> str:
            hall = work.get(Hall, chosen.duty.hall_id)
            template = press.template(REMINDER)
            fields = reminder_fields(
                template,
                chosen,
                organ=work.get(Organ, hall.organ_id).name,
                unit=work.get(Unit, chosen.duty.unit_id).name,
                by=actor.name,
                today=today,
            )
            pdf = print_paper(template, fields, press.fonts)
            work.note("collection.remind", f"collection_duty/{chosen.key}", reason=reason)
            return written(target, pdf)

        self._ask(self._casework.desk.act(actor, remind), self._was_exported)

    def _list(self, told: _Owed) -> None:
        self._owed = told
        shown = [each for each in told.found if each.wants_reminder or not self.only_owed]
        self.model.replace([Row(each.key, _cells(each, told.units)) for each in shown])
        key = self.chosen.key if self.chosen else ""
        self.choose(key)

    def _was_recorded(self, _: Delivery) -> None:
        self.recorded.emit()

    def _was_exported(self, name: str) -> None:
        self.exported.emit(name)

    def _ask(self, future: "Future[T]", on_result: Callable[[T], None], topic: str = "") -> None:
        self._answers.ask(future, on_result, self._refuse, topic)

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)


def titles() -> tuple[str, ...]:
    """The titles of the table."""
    return headings(
        said("报送单位"), said("报送内容"), said("所属期间"), said("报送期限"), said("收到日期"),
        said("报送件数"), said("独立计数"), said("情况"),
    )  # fmt: skip


def standing_said(standing: Standing) -> str:
    """Say how a period stands."""
    delivery = standing.delivery
    if delivery is None and not standing.late_wd:
        return said("未到期限")
    told = []
    if standing.late_wd:
        word = said("迟报 {0} 个工作日") if delivery else said("未报，超期 {0} 个工作日")
        told.append(word.format(standing.late_wd))
    if standing.lacking:
        told.append(said("少报 {0} 件").format(standing.lacking))
    return "；".join(told) or said("按时报全")


def _cells(standing: Standing, units: Mapping[UnitId, str]) -> tuple[str, ...]:
    delivery, months = standing.delivery, standing.period.months
    period = str(months[0]) if len(months) == 1 else f"{months[0]} – {months[-1]}"
    due = standing.due.isoformat()
    return (
        units.get(standing.duty.unit_id, "—"),
        standing.duty.name,
        period,
        said("{0}（暂定）").format(due) if standing.provisional else due,
        delivery.received_on.isoformat() if delivery else "—",
        str(delivery.reported) if delivery else "—",
        str(delivery.counted) if delivery and delivery.counted is not None else "—",
        standing_said(standing),
    )


def _read(reading: Reading, today: date, calendar: WorkingCalendar) -> _Owed:
    halls = reading.find(Hall)
    units = {unit.id: unit.short_name or unit.name for unit in reading.find(Unit)}
    found = owed(reading, halls[0].id, today, calendar) if halls else ()
    return _Owed(found, units)
