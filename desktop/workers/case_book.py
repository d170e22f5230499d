"""The approval cases of the open case file, as screens ask for them."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection

from desktop.domain.approvals import CaseBundle
from desktop.domain.calendar import WorkingCalendar
from desktop.domain.case_entries import CaseEntry, entry_of
from desktop.domain.case_life import DueChange, moved_due, with_limits_of
from desktop.domain.clocks import ClockRules, Clocks, Scene
from desktop.domain.errors import NotFound
from desktop.domain.flows import Template
from desktop.domain.identifiers import CaseId, HallId, UnitId
from desktop.domain.imports import Complaint
from desktop.domain.items import ServiceItem
from desktop.domain.organisation import Hall
from desktop.domain.procedures import Deviation
from desktop.domain.quality import QualitySums, UnitQuality
from desktop.domain.rules.catalogue import RuleSet
from desktop.domain.rules.checker import clock_rules
from desktop.domain.rules.inputs import Input
from desktop.domain.rules.judgement import Candidate
from desktop.domain.rules.told import told_by
from desktop.domain.sessions import OpeningHours, hours_of
from desktop.exchange.xes_writer import xes_log
from desktop.storage import case_lines, cases
from desktop.storage.case_lines import CaseLine, Found, Wish
from desktop.usecases.checking import Stopped
from desktop.usecases.ports import Clock
from desktop.workers.case_desk import CaseDesk
from desktop.workers.rule_trial import Side, Trial, Turn, checker_for, turns_of

T = TypeVar("T")
PIECE = 1000  # cases read and written at a time, in some 100 ms
TURNS, HITS = 500, 5000  # shown of a trial; the sums tell the rest


class Glimpse(NamedTuple):
    """Some rows of the list; `numbers` are those that were asked for."""

    numbers: Sequence[int]
    lines: tuple[CaseLine, ...]


class CaseSheet(NamedTuple):
    """One case laid open and judged.

    Attributes:
        asked: the rules that could be asked of it.
        flow: the procedure that its item is held to, with where it strayed.
        moved: how earlier calendars of the hall had its due dates, the oldest first.
    """

    bundle: CaseBundle
    clocks: Clocks
    findings: tuple[Candidate, ...]
    asked: tuple[str, ...]
    scene: Scene
    flow: Template | None = None
    strays: tuple[Deviation, ...] = ()
    moved: tuple[DueChange, ...] = ()


class CaseBook:
    """Answers with futures; `sheets`, `freshen` and `try_rules` wait, for a thread that may."""

    def __init__(
        self, desk: CaseDesk, rules: RuleSet, calendar: WorkingCalendar, clock: Clock
    ) -> None:
        self._desk = desk
        self._rules = rules
        self._calendars: Mapping[str, WorkingCalendar] = {calendar.version: calendar}
        self._calendar = calendar
        self._opening: OpeningHours | None = None
        self._clock = clock
        self._items: Mapping[str, ServiceItem] = {}
        self._list_version = _version([])

    @property
    def rules(self) -> RuleSet:
        """What cases are judged by."""
        return self._rules

    def hold_by(self, rules: RuleSet, items: Mapping[str, ServiceItem]) -> None:
        """Judge by these from now on; lamps that hang on them are read anew.

        Args:
            items: of the power list, by code.
        """
        self._rules, self._items = rules, items
        self._list_version = _version(sorted(items.items()))

    def count_by(self, hall: Hall, calendars: Mapping[str, WorkingCalendar]) -> None:
        """Count open cases by the last of these calendars and the hall's hours from now on.

        Closed cases keep the one that they were counted by when they closed (section 4.4).

        Args:
            calendars: all that the hall has counted by, by version.
        """
        self._calendars = calendars
        self._calendar = tuple(calendars.values())[-1]
        self._opening = hours_of(hall, self._calendar)

    def scene(self) -> Scene:
        """Give what cases are judged against now."""
        rules = clock_rules(self._rules, ClockRules())
        return Scene(self._clock.now(), self._calendar, rules, self._opening)

    def find(self, wish: Wish) -> "Future[Found]":
        """Find the cases of a wish."""
        return self._read(lambda connection: case_lines.find(connection, wish))

    def glimpse(self, numbers: Sequence[int]) -> "Future[Glimpse]":
        """Fetch some rows of the list."""
        stand = self._stand(self.scene())
        return self._read(
            lambda connection: Glimpse(numbers, case_lines.window(connection, numbers, stand))
        )

    def kinds(self, hall_id: HallId) -> "Future[tuple[tuple[UnitId, ...], tuple[str, ...]]]":
        """Give the units and items of a hall's cases."""
        return self._read(lambda connection: case_lines.kinds(connection, hall_id))

    def used(self, hall_id: HallId) -> "Future[Mapping[str, int]]":
        """Count the cases of a hall by item code."""
        return self._read(lambda connection: case_lines.used_items(connection, hall_id))

    def complaints(self, batch_id: str) -> "Future[tuple[Complaint, ...]]":
        """Give what was complained of in an import."""
        return self._read(lambda connection: tuple(cases.complaints_of(connection, batch_id)))

    def open(self, hall_id: HallId, case_id: CaseId) -> "Future[CaseSheet]":
        """Lay a case open and judge it by every rule that its import can answer."""
        scene = self.scene()

        def lay_open(connection: Connection) -> CaseSheet:
            number = case_lines.number_of(connection, hall_id, case_id)
            if number is None:
                raise NotFound("approval_case", case_id)
            (sheet,) = self._judged(connection, [number], scene)
            return sheet

        return self._read(lay_open)

    def sheets(self, numbers: Sequence[int]) -> tuple[CaseSheet, ...]:
        """Lay some cases open; waits."""
        with self._desk.store.read() as connection:
            return tuple(self._judged(connection, numbers, self.scene()))

    def quality(self, hall_id: HallId, tell: Callable[[float], bool]) -> Mapping[str, UnitQuality]:
        """Sum up how good the data of a hall's cases is, by unit; waits.

        Raises:
            Stopped: `tell` said so.
        """
        sums = QualitySums()
        with self._desk.store.read() as connection:
            numbers = case_lines.find(connection, Wish(hall_id)).numbers
        for start in range(0, len(numbers), PIECE):
            if not tell(start / len(numbers)):
                raise Stopped
            for sheet in self.sheets(numbers[start : start + PIECE]):
                sums.add(sheet.bundle.case, sheet.clocks, sheet.findings)
        return sums.ordered()

    def write_log(self, numbers: Sequence[int], path: Path, tell: Callable[[float], bool]) -> None:
        """Write some cases as an event log; waits.

        Raises:
            Stopped: `tell` said so; no half log is left.
            ExchangeError: NOT_WRITABLE.
        """
        try:
            with xes_log(path) as add:
                for start in range(0, len(numbers), PIECE):
                    if not tell(start / len(numbers)):
                        raise Stopped
                    with self._desk.store.read() as connection:
                        for _, bundle in case_lines.bundles(
                            connection, numbers[start : start + PIECE]
                        ):
                            add(bundle)
        except Stopped:
            path.unlink(missing_ok=True)
            raise

    def freshen(self, tell: Callable[[float], bool]) -> int:
        """Read every lamp that may be another today; answer how many.

        Args:
            tell: told the share that is done; answers False to stop.

        Raises:
            Stopped: `tell` said so; what was read so far is kept.
        """
        scene = self.scene()
        with self._desk.store.read() as connection:
            numbers = case_lines.stale(connection, self._stand(scene))
        for start in range(0, len(numbers), PIECE):
            if not tell(start / len(numbers)):
                raise Stopped
            self._freshen(numbers[start : start + PIECE], scene)
        return len(numbers)

    def try_rules(self, hall_id: HallId, changed: RuleSet, tell: Callable[[float], bool]) -> Trial:
        """Judge all cases of a hall by the rules as they are, and as they would be.

        Rules over many cases see those of one import together.

        Args:
            tell: told the share that is done; answers False to stop.

        Raises:
            Stopped: `tell` said so.
        """
        with self._desk.store.read() as connection:
            numbers = case_lines.find(connection, Wish(hall_id)).numbers
        items, scene = self._items, self.scene()
        sides = [Side(self._rules, items, scene)]
        if changed.version != self._rules.version:
            sides.append(Side(changed, items, scene))
        turns: list[Turn] = []
        hits: list[Turn] = []
        for start in range(0, len(numbers), PIECE):
            if not tell(start / len(numbers)):
                raise Stopped
            with self._desk.store.read() as connection:
                told = partial(case_lines.inputs_of, connection)
                for _, bundle in self._bundles(connection, numbers[start : start + PIECE]):
                    said = [side.judge(bundle, told) for side in sides]
                    if len(hits) < HITS:
                        hits += turns_of(bundle, {}, said[0])
                    if len(turns) < TURNS:
                        turns += turns_of(bundle, said[0], said[-1])
        crowd = sides[0].finish()
        sides[-1].finish()
        asked = sides[0].asked() | sides[-1].asked()
        before, after = sides[0].found, sides[-1].found
        return Trial(len(numbers), before, after, asked, tuple(turns), crowd, tuple(hits))

    def _bundles(
        self, connection: Connection, numbers: Sequence[int]
    ) -> Iterator[tuple[int, CaseBundle]]:
        """Give cases whole; one that came without limits before its item was known has its."""
        for number, bundle in case_lines.bundles(connection, numbers):
            item = self._items.get(bundle.case.item_code)
            case = with_limits_of(bundle.case, item) if item else bundle.case
            yield number, bundle._replace(case=case)

    def _judged(
        self, connection: Connection, numbers: Sequence[int], scene: Scene
    ) -> Iterator[CaseSheet]:
        for _, bundle, counted in self._counted(connection, numbers, scene):
            inputs = case_lines.inputs_of(connection, bundle.case.source_batch) | told_by(bundle)
            checker = checker_for(self._rules, inputs, self._items, counted)
            file = checker.open(bundle)
            found = tuple(checker.judge(file))
            yield CaseSheet(
                bundle,
                file.clocks,
                found,
                checker.bound,
                checker.scene,
                file.flow if Input.STEPS in inputs else None,
                tuple(file.strays),
                tuple(self._moved(bundle, file.item, counted)),
            )

    def _freshen(self, numbers: Sequence[int], scene: Scene) -> None:
        entries: defaultdict[str, list[tuple[int, CaseEntry]]] = defaultdict(list)
        told: defaultdict[str, set[Input]] = defaultdict(set)
        with self._desk.store.read() as connection:
            for number, bundle, counted in self._counted(connection, numbers, scene):
                item = self._items.get(bundle.case.item_code)
                entries[self._stand(counted)].append((number, entry_of(bundle, counted, item)))
                told[bundle.case.source_batch] |= told_by(bundle)

        def settle(connection: Connection) -> None:
            for stand, read in entries.items():
                case_lines.settle_entries(connection, stand, read)
            case_lines.note_inputs(connection, told)

        if entries:
            self._desk.write(settle).result()

    def _counted(
        self, connection: Connection, numbers: Sequence[int], scene: Scene
    ) -> Iterator[tuple[int, CaseBundle, Scene]]:
        """Give cases whole, each with what it is judged against: closed ones by their calendar."""
        kept = case_lines.counted_by(connection, numbers)
        for number, bundle in self._bundles(connection, numbers):
            calendar = self._calendars.get(kept.get(number, ""), scene.calendar)
            counted = scene if calendar is scene.calendar else replace(scene, calendar=calendar)
            yield number, bundle, counted

    def _moved(
        self, bundle: CaseBundle, item: ServiceItem | None, scene: Scene
    ) -> Iterator[DueChange]:
        for earlier in self._calendars.values():
            if earlier is not scene.calendar:
                change = moved_due(bundle, item, replace(scene, calendar=earlier), scene)
                if change:
                    yield change

    def _stand(self, scene: Scene) -> str:
        parts = _version(scene.rules), self._list_version
        return case_lines.as_of(scene.today, scene.calendar.version, "/".join(parts))

    def _read(self, question: Callable[[Connection], T]) -> "Future[T]":
        def ask() -> T:
            with self._desk.store.read() as connection:
                return question(connection)

        return self._desk.run(ask)


def _version(what: object) -> str:
    """Name what lamps hang on: parameters, items."""
    return sha256(repr(what).encode()).hexdigest()[:8]
