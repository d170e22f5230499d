"""The desk at which a hall is set up: what it has, what is still to do, and each change of it."""

import json
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.domain.calendar import HALL_TIME, LocalDay, LocalKind, WorkingCalendar, Year
from desktop.domain.entities import Book
from desktop.domain.identifiers import BasisId, UnitId, WindowId, new_id
from desktop.domain.organisation import (
    REGION,
    BasisPurpose,
    Hall,
    HallRules,
    LegalBasis,
    Organ,
    Session,
    SessionPlan,
    Window,
    WindowKind,
)
from desktop.domain.roles import Actor, Role
from desktop.exchange.year_file import read_year_file
from desktop.system.language import said
from desktop.system.secrets import Secrets
from desktop.usecases.founding import Newcomer
from desktop.usecases.hall_calendar import lift_order, order_days, take_in_year
from desktop.usecases.ports import Clock, UnitOfWork
from desktop.usecases.setup import add_basis, change_hall, change_organ, keep_window
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.changes import StoreChanges
from desktop.viewmodels.recovery import RecoveryPaper
from desktop.viewmodels.setup.facts import Chapter, HallFacts, Progress, progress_of, read_facts
from desktop.viewmodels.welcome import newcomer_troubles
from desktop.workers.case_desk import CaseDesk
from sync.client.round import RoundReport

PUT_OFF = "setup_put_off"
T = TypeVar("T")


class Entrance(Protocol):
    """The door, as far as it lets somebody new in."""

    actor: Actor | None

    def add_person(self, newcomer: Newcomer, scopes: Sequence[str]) -> "Future[None]":
        """Make an account on the server."""


class Rounds(Protocol):
    """Synchronising, as far as one asks for it."""

    def round_now(self) -> "Future[RoundReport]":
        """Do a round."""


class SetupOffice(Protocol):
    """The open program, as far as setting up a hall needs it."""

    @property
    def desk(self) -> CaseDesk:
        """The case file."""

    @property
    def door(self) -> Entrance:
        """Who acts."""

    @property
    def sync(self) -> Rounds:
        """The line to the server."""

    @property
    def book(self) -> Book:
        """The rules of all records."""

    @property
    def calendar(self) -> WorkingCalendar:
        """Working days."""

    @property
    def clock(self) -> Clock:
        """The time of day."""

    @property
    def secrets(self) -> Secrets:
        """Where the key is."""


@dataclass(frozen=True, slots=True)
class WindowDraft:
    """A window as it was typed; `id` is None for a new one."""

    id: WindowId | None
    number: str
    name: str
    kind: WindowKind
    unit: str
    clerk: str = ""


class SetupDesk(QObject):
    """Follows the hall; each change is one act of whoever is at the desk.

    `saved` carries a sentence, `refused` the refusal, `misfilled` troubles by field of a form.
    """

    changed = Signal()
    saved = Signal(str)
    refused = Signal(object)
    misfilled = Signal(object)

    def __init__(self, office: SetupOffice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._answers = Answers(self)
        self._changes = StoreChanges(office.desk, self)
        self._changes.changed.connect(self.refresh)
        self._put_off: frozenset[str] = frozenset()
        self._saying = ""
        self.recovery = RecoveryPaper(office, self)
        self.recovery.changed.connect(self.changed)
        self.facts: HallFacts | None = None

    @property
    def may_change(self) -> bool:
        """Whether this person keeps the hall's data."""
        return self._may(Hall.ENTITY)

    @property
    def may_enrol(self) -> bool:
        """Whether this person makes accounts."""
        actor = self._office.door.actor
        return actor is not None and actor.has(Role.SYS_ADMIN)

    @property
    def calendar(self) -> WorkingCalendar:
        """Working days, as the hall has them now."""
        kept = self.facts.days if self.facts else None
        return kept.over(self._office.calendar) if kept else self._office.calendar

    @property
    def today(self) -> date:
        """The day in the hall."""
        return self._office.clock.now().astimezone(HALL_TIME).date()

    def stop(self) -> None:
        """Follow nothing any more."""
        self._changes.close()
        self._answers.close()

    def refresh(self) -> None:
        """Look again."""
        desk = self._office.desk
        self._answers.ask(desk.look(read_facts), self._take, self._refuse, "facts")
        self._answers.ask(desk.recall(PUT_OFF), self._take_put_off, self._refuse, "put off")
        if self.may_enrol:
            self.recovery.refresh()

    def chapters(self) -> tuple[Chapter, ...]:
        """The chapters that concern this person, in their order."""
        if self.may_enrol and self.recovery.is_confirmed is not None:
            return tuple(Chapter)
        return tuple(each for each in Chapter if each is not Chapter.RECOVERY)

    def progress(self, chapter: Chapter) -> Progress:
        """How a chapter stands."""
        if self._is_done(chapter):
            return Progress.DONE
        return Progress.LATER if chapter.value in self._put_off else Progress.OPEN

    def next_after(self, chapter: Chapter) -> Chapter:
        """The chapter that follows; after the last one, the first that is still open."""
        chapters = self.chapters()
        at = chapters.index(chapter) if chapter in chapters else -1
        if at + 1 < len(chapters):
            return chapters[at + 1]
        return next((c for c in chapters if self.progress(c) is Progress.OPEN), chapters[0])

    def put_off(self, chapter: Chapter) -> None:
        """Leave a chapter for later."""
        self._put_off |= {chapter.value}
        future = self._office.desk.remember(PUT_OFF, json.dumps(sorted(self._put_off)))
        self._answers.ask(future, self._kept_put_off, self._refuse)
        self.changed.emit()

    def save_hall(self, hall: Hall, organ: Organ) -> None:
        """Keep hall and organ as they were typed, in one act."""

        def change(work: UnitOfWork) -> None:
            change_organ(work, organ)
            change_hall(work, hall)

        self._do(change, said("大厅与机关已保存，场次下次打开程序时生效。"))

    def save_rules(self, rules: HallRules) -> None:
        """Keep the thresholds."""
        if self.facts is not None:
            hall = replace(self.facts.hall, rules=rules)
            self._do(partial(change_hall, hall=hall), said("认定时长已保存，下次打开程序时生效。"))

    def import_year(self, path: Path, notice: str) -> None:
        """Take in the days off of a year from a file."""
        read = self._office.desk.run(partial(read_year_file, path, notice))
        self._answers.ask(read, self._take_year, self._refuse)

    def order_days(
        self,
        span: tuple[date, date],
        kind: LocalKind,
        order_no: str,
        sessions: tuple[Session, ...] = (),
    ) -> None:
        """Keep the days of a span otherwise than the country."""
        if self.facts is None:
            return
        hall_id, (first, last) = self.facts.hall.id, span
        numbers = range(first.toordinal(), last.toordinal() + 1)
        half = sessions if kind is LocalKind.HALF else ()

        def order(work: UnitOfWork) -> None:
            days = [LocalDay(date.fromordinal(n), kind, order_no, half) for n in numbers]
            order_days(work, hall_id, days, clock=self._office.clock)

        self._do(order, said("本大厅的安排已保存，未结的办件按新日历重算。"))

    def lift_order(self, day: date, reason: str) -> None:
        """Keep a day as the country does again."""
        if self.facts is not None:
            lift = partial(
                lift_order,
                hall_id=self.facts.hall.id,
                day=day,
                reason=reason,
                clock=self._office.clock,
            )
            self._do(lift, said("{0} 的安排已撤销。").format(day))

    def save_plans(self, plans: tuple[SessionPlan, ...]) -> None:
        """Keep the sessions of some days."""
        if self.facts is not None:
            hall = replace(self.facts.hall, plans=plans)
            told = said("场次安排已保存，办件从现在起按它计算，监看下次打开程序时生效。")
            self._do(partial(change_hall, hall=hall), told)

    def save_window(self, draft: WindowDraft) -> None:
        """Keep a window."""
        if self.facts is None:
            return
        window = Window(
            draft.id or WindowId(new_id()),
            self.facts.hall.id,
            draft.number,
            draft.name,
            UnitId(""),
            draft.clerk,
            draft.kind,
        )
        told = said("窗口 {0} 已保存。").format(draft.number)
        self._do(partial(keep_window, window=window, unit_name=draft.unit), told)

    def save_basis(self, purpose: BasisPurpose, title: str, article: str, valid_from: date) -> None:
        """Keep an article."""
        basis = LegalBasis(BasisId(new_id()), REGION, purpose, title, article, valid_from)
        self._do(partial(add_basis, basis=basis), said("依据已保存。"))

    def enrol(self, newcomer: Newcomer) -> None:
        """Make an account, or say what is wrong with it."""
        troubles = newcomer_troubles(newcomer)
        self.misfilled.emit(troubles)
        if troubles or self.facts is None:
            return
        self._saying = said("已为{0}开户。").format(newcomer.name)
        future = self._office.door.add_person(newcomer, (REGION, self.facts.hall.id))
        self._answers.ask(future, self._enrolled, self._refuse)

    def _take_year(self, year: Year) -> None:
        if self.facts is not None:
            take = partial(
                take_in_year, hall_id=self.facts.hall.id, year=year, clock=self._office.clock
            )
            told = said("{0} 年的放假调休已收录，未结的办件按新日历重算。").format(year.year)
            self._do(take, told)

    def _may(self, entity: str) -> bool:
        actor = self._office.door.actor
        roles = self._office.book.rule(entity).edit_roles
        return actor is not None and any(role.value in roles for role in actor.roles)

    def _is_done(self, chapter: Chapter) -> bool:
        if chapter is Chapter.RECOVERY:
            return bool(self.recovery.is_confirmed)
        if self.facts is None:
            return False
        year = self.today.year
        years = frozenset(n for n in (year, year + 1) if self.calendar.year(n))
        return progress_of(chapter, self.facts, years=years, year=year)

    def _do(self, intention: Callable[[UnitOfWork], T], saying: str) -> None:
        actor = self._office.door.actor
        if actor is not None:
            self._saying = saying
            self._answers.ask(self._office.desk.act(actor, intention), self._done, self._refuse)

    def _done(self, _: object) -> None:
        self.saved.emit(self._saying)
        self.refresh()

    def _enrolled(self, _: None) -> None:
        self.saved.emit(self._saying)
        self._answers.ask(self._office.sync.round_now(), self._synced, self._refuse)

    def _synced(self, _: object) -> None:
        self.refresh()

    def _take(self, facts: HallFacts | None) -> None:
        self.facts = facts
        self.changed.emit()

    def _take_put_off(self, kept: str | None) -> None:
        self._put_off = frozenset(json.loads(kept)) if kept else frozenset()
        self.changed.emit()

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)

    def _kept_put_off(self, _: None) -> None:
        """Nothing more: it was shown at once."""
