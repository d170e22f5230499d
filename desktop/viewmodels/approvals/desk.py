"""The case desk of approvals: the list, the wish it answers, and the case that lies open."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from desktop import assets
from desktop.domain.calendar import WorkingCalendar, read_calendar
from desktop.domain.case_life import heir_of, heirs_of
from desktop.domain.clocks import Lamp
from desktop.domain.dossiers import Entry
from desktop.domain.identifiers import CaseId, HallId, UnitId
from desktop.domain.items import ServiceItem
from desktop.domain.organisation import Hall, Unit
from desktop.domain.roles import Actor
from desktop.domain.rules.catalogue import RuleSet
from desktop.domain.rules.settings import RuleSettings, rules_by
from desktop.storage.case_lines import Found, Wish
from desktop.usecases.checking import Stopped
from desktop.usecases.dossiers import Filing
from desktop.usecases.hall_calendar import calendars_of
from desktop.usecases.ports import Reading
from desktop.usecases.registers import items_in
from desktop.usecases.rule_settings import settings_of
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.approvals.rows import CaseRows
from desktop.viewmodels.approvals.sheet import Sheet
from desktop.viewmodels.casework import Casework, may_create
from desktop.viewmodels.changes import StoreChanges
from desktop.viewmodels.dossiers.matter import filing_of_case
from desktop.workers.case_book import CaseBook, CaseSheet
from desktop.workers.errands import Errand, Errands

T = TypeVar("T")
_LOOK_MS = 200  # how often progress is looked at


@dataclass(frozen=True, slots=True)
class House:
    """The hall whose cases are listed, and its units by id; no hall, no cases.

    Attributes:
        called: units by everything that a source may call them.
        settings: by what the hall holds its rules, None where it goes by the catalogue.
        items: the power list, by code.
        calendars: all that the hall has counted by, the one in force last.
    """

    hall: Hall | None = None
    units: Mapping[UnitId, str] = field(default_factory=dict)
    called: Mapping[str, UnitId] = field(default_factory=dict)
    settings: RuleSettings | None = None
    items: Mapping[str, ServiceItem] = field(default_factory=dict)
    calendars: Mapping[str, WorkingCalendar] = field(default_factory=dict)


class ApprovalsDesk(QObject):
    """Everything the page of approvals shows but the import; lives while the program is open.

    Attributes:
        found: how many cases have which lamp, without the wish for one.
        units: of the cases, by id or, where a source tells no unit of ours, by what it calls it.
        items: codes of the cases' items.
        sheet: the case that lies open, None while none does.
    """

    listed = Signal()
    choices_changed = Signal()  # of units and items
    rules_changed = Signal()
    opened = Signal()
    closed = Signal()
    progressed = Signal()
    refused = Signal(object)

    def __init__(self, casework: Casework, errands: Errands, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._casework, self._errands = casework, errands
        rules = RuleSet(casework.catalogue)
        self.book = CaseBook(casework.desk, rules, casework.calendar, casework.clock)
        self._nation = read_calendar(assets.calendar_files())
        self._answers = Answers(self)
        self.model = CaseRows(self)
        self.model.wanted.connect(self._fetch)
        self.house = House()
        self.wish = Wish(HallId(""))
        self.found = Found(array("q"), {}, 0)
        self.units: Mapping[UnitId, str] = {}
        self.items: tuple[str, ...] = ()
        self.sheet: Sheet | None = None
        self.is_listed = False
        self._errand: Errand | None = None
        self._is_stale = False
        self._wanted = ""
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.progressed)
        self._changes = StoreChanges(casework.desk, self)
        self._changes.changed.connect(self._hear)

    @property
    def actor(self) -> Actor | None:
        """Who is at the desk."""
        return self._casework.door.actor

    @property
    def total(self) -> int:
        """How many cases there are but for the wish for a lamp."""
        return sum(self.found.lamps.values())

    @property
    def is_narrowed(self) -> bool:
        """Whether some cases are left out."""
        return self.wish != Wish(self.wish.hall_id)

    @property
    def reading_share(self) -> float | None:
        """How far the reading of lamps has come, None when none is being read."""
        return self._errand.share if self._errand else None

    def stop(self) -> None:
        """Listen no more."""
        if self._errand:
            self._errand.stop()
        self._timer.stop()
        self._changes.close()
        self._answers.close()

    def refresh(self) -> None:
        """Look at the house, list its cases, and read the lamps that may have changed."""
        self._ask(self._casework.desk.look(self._house), self._enter, "house")

    def narrow(self, **more: object) -> None:
        """Change some part of the wish; see `Wish`."""
        self._list(replace(self.wish, **more))  # type: ignore[arg-type]

    def search(self, words: str) -> None:
        """Look for words, also in the names of units."""
        words = words.strip()
        lower = words.lower()
        named = tuple(i for i, name in self.house.units.items() if words and lower in name.lower())
        self.narrow(words=words, units_named=named)

    def widen(self) -> None:
        """Show all cases again."""
        self._list(Wish(self.wish.hall_id))

    def show_lamp(self, lamp: Lamp | None) -> None:
        """Show the cases of one lamp, or all."""
        self.narrow(lamp=lamp, overdue=False)

    def show_sample(self, numbers: Sequence[int]) -> None:
        """Show some of the cases that are listed, until the list is narrowed anew."""
        self.model.show(array("q", numbers), self.house.units)

    def open(self, case_id: str) -> None:
        """Lay a case open, once it is known whose cases these are."""
        if self.house.hall is None:
            self._wanted = case_id
            return
        asked = self.book.open(self.wish.hall_id, CaseId(case_id))
        self._ask(asked, self._lay_open, "case")

    def close_case(self) -> None:
        """Go back to the list."""
        self.sheet = None
        self.closed.emit()

    @property
    def may_file(self) -> bool:
        """Whether this person may put something into a case file."""
        return may_create(self._casework.book, Entry.ENTITY, self.actor)

    def filing(self) -> Filing | None:
        """Give the open case as it goes into a case file."""
        return filing_of_case(self.sheet.case, self._casework.clock.now()) if self.sheet else None

    def unit_name(self, unit_id: str) -> str:
        """Name a unit, as its source calls it where it is none of ours."""
        return self.house.units.get(UnitId(unit_id), unit_id)

    def _house(self, reading: Reading) -> House:
        halls = reading.find(Hall)
        units = reading.find(Unit)
        heirs = heirs_of(units)
        hall = halls[0] if halls else None
        return House(
            hall,
            units={unit.id: unit.short_name or unit.name for unit in units},
            called={
                name: heir_of(u.id, heirs) for u in units for name in (u.id, u.name, u.short_name)
            },
            settings=settings_of(reading, hall.id) if hall else None,
            items=items_in(reading),
            calendars=calendars_of(reading, hall.id, self._nation) if hall else {},
        )

    def _hear(self) -> None:
        if self._errand is None:
            self.refresh()
        else:
            self._is_stale = True  # it was us, or somebody else; both show at the end

    def _enter(self, house: House) -> None:
        before, self.house = self.house, house
        self._hold_by(rules_by(self._casework.catalogue, house.settings), before)
        if house.hall is not None:
            self.book.count_by(house.hall, house.calendars)
        if house.hall is None:
            self.is_listed = True
            self.listed.emit()
            return
        self._list(replace(self.wish, hall_id=house.hall.id))
        wanted, self._wanted = self._wanted, ""
        if wanted:
            self.open(wanted)
        self._ask(self.book.kinds(house.hall.id), self._learn_kinds, "kinds")
        self._freshen()

    def _hold_by(self, rules: RuleSet, before: House) -> None:
        if rules.version != self.book.rules.version:
            self.book.hold_by(rules, self.house.items)
            self.rules_changed.emit()
        elif before.items != self.house.items:
            self.book.hold_by(rules, self.house.items)

    def _list(self, wish: Wish) -> None:
        self.wish = wish
        if wish.hall_id:
            self._ask(self.book.find(wish), self._show, "list")

    def _show(self, found: Found) -> None:
        self.found, self.is_listed = found, True
        self.model.show(found.numbers, self.house.units)
        self.listed.emit()

    def _learn_kinds(self, kinds: tuple[tuple[UnitId, ...], tuple[str, ...]]) -> None:
        units, self.items = kinds
        self.units = {unit: self.unit_name(unit) for unit in units}
        self.choices_changed.emit()

    def _fetch(self, numbers: Sequence[int]) -> None:
        self._ask(self.book.glimpse(numbers), self.model.fill)

    def _freshen(self) -> None:
        if self._errand is None:
            self._errand, done = self._errands.send(self._read_lamps)
            self._timer.start()
            self._answers.ask(done, self._refreshed, self._could_not_read, "fresh")

    def _read_lamps(self, errand: Errand) -> int:
        """Read what may have changed; on the errand's thread."""
        try:
            return self.book.freshen(errand.tell)
        except Stopped:
            return 0  # the rest is read the next time

    def _refreshed(self, count: int) -> None:
        self._errand = None
        self._timer.stop()
        self.progressed.emit()
        if self._is_stale or count:
            self._is_stale = False
            self.refresh()

    def _could_not_read(self, error: Exception) -> None:
        self._errand = None
        self._timer.stop()
        self.progressed.emit()
        self.refused.emit(error)

    def _lay_open(self, read: CaseSheet) -> None:
        self.sheet = Sheet(read, self.book.rules, self.unit_name(read.bundle.case.unit_id))
        self.opened.emit()

    def _ask(self, future: "Future[T]", on_result: Callable[[T], None], topic: str = "") -> None:
        self._answers.ask(future, on_result, self._refuse, topic)

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)
