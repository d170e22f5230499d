"""The inspectors' desk: the list, what is planned, and what leaves as paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop import assets
from desktop.assembly.cameras import CameraOffice
from desktop.domain.checklists import Checklist, PublishedChecklist
from desktop.domain.dossiers import Entry
from desktop.domain.inspection_plans import Rhythm
from desktop.domain.inspections import Inspection, InspectionState
from desktop.domain.organisation import Hall, UserCard, Window
from desktop.domain.roles import Actor, Role
from desktop.usecases.dossiers import Filing
from desktop.usecases.inspections.planning import Round, plan_inspections
from desktop.usecases.inspections.recurring import begin_plan, make_due, tasks_due
from desktop.usecases.inspections.visit import Visit
from desktop.usecases.ports import Reading, UnitOfWork
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.casework import may_create
from desktop.viewmodels.changes import StoreChanges
from desktop.viewmodels.dossiers.matter import filing_of_inspection
from desktop.viewmodels.inspections.month import MonthDesk
from desktop.viewmodels.inspections.photos import PhotoIntake
from desktop.viewmodels.inspections.rows import (
    OPEN,
    InspectionRow,
    InspectionsModel,
    Pile,
    is_mine,
    read_rows,
)
from desktop.viewmodels.inspections.shutter import Shutter
from desktop.viewmodels.inspections.touring import Touring
from desktop.viewmodels.inspections.walk import InspectionWalk
from desktop.viewmodels.leaving import take_out
from desktop.viewmodels.times import day_of
from desktop.viewmodels.waiting import Waiting

Piles = Mapping[Pile, tuple[InspectionRow, ...]]
_GOERS = {Role.INSPECTOR, Role.SUPERVISOR}


@dataclass(frozen=True, slots=True)
class Choices:
    """What a plan can be made of: the halls' windows, who can go, by which checklists."""

    halls: tuple[Hall, ...] = ()
    windows: tuple[Window, ...] = ()
    people: tuple[UserCard, ...] = ()
    checklists: tuple[Checklist, ...] = ()


class InspectionDesk(QObject):
    """Everything the page of inspections shows; lives as long as the program is open.

    Attributes:
        waiting: how many this person has to go to today.
        rows: all inspections by pile.
    """

    listed = Signal()
    planned = Signal(int)  # how many were planned
    exported = Signal(str)  # name of the file that was written
    refused = Signal(object)

    def __init__(
        self,
        office: Touring,
        parent: QObject | None = None,
        cameras: CameraOffice | None = None,
    ) -> None:
        """Prepare; `cameras` opens those of this machine, which one photographs with."""
        super().__init__(parent)
        self._office = office
        self._answers = Answers(self)
        self._changes = StoreChanges(office.desk, self)
        self._changes.changed.connect(self.refresh)
        self.walk = InspectionWalk(office, self)
        self.walk.opened.connect(self.refresh)
        self.month = MonthDesk(office, self)
        self.photos = PhotoIntake(office, self.walk, self)
        self.shutter = Shutter(cameras, self.photos, self) if cameras else None
        self.model = InspectionsModel(self)
        self.waiting = Waiting(self)
        self.pile = Pile.DUE
        self.rows: Piles = {}
        self.choices = Choices()
        self.is_listed = False

    @property
    def actor(self) -> Actor | None:
        """Who is at the desk."""
        return self._office.door.actor

    @property
    def today(self) -> date:
        """The day in the hall."""
        return day_of(self._office.clock.now())

    def stop(self) -> None:
        """Listen no more."""
        self._changes.close()
        self.walk.settle()
        if self.shutter is not None:
            self.shutter.close()
        self.photos.stop()
        self.month.stop()
        self.walk.stop()
        self._answers.close()

    def show_pile(self, pile: Pile) -> None:
        """Show another part of the list."""
        self.pile = pile
        self.model.replace(self.rows.get(pile, ()))
        self.listed.emit()
        self.refresh()

    def refresh(self) -> None:
        """Fetch the list as it now is."""
        lies = {self.walk.visit.inspection.state} if self.walk.visit else set[InspectionState]()
        states = (*OPEN, *(self.pile.states | lies - set(OPEN)))
        ask = partial(read_rows, actor=self.actor, today=self.today, states=states)
        self._answers.ask(self._office.desk.look(ask), self._list, self._refuse, "list")
        if self.actor is not None and self.may_plan():
            person, calendar = self.actor.user_id, self._office.calendar
            due = partial(tasks_due, person=person, today=self.today, calendar=calendar)
            self._answers.ask(self._office.desk.look(due), self._make_due, self._refuse, "due")
        choose = partial(_choices, shipped=self._office.checklists)
        self._answers.ask(self._office.desk.look(choose), self._choose, self._refuse, "choices")

    def row_of(self, key: str) -> InspectionRow | None:
        """Find a row, in whatever part of the list."""
        rows = (row for pile in self.rows.values() for row in pile)
        return next((row for row in rows if row.key == key), None)

    def may(self, act: str) -> bool:
        """Tell whether this person could begin an act on what lies on the table."""
        actor, visit = self.actor, self.walk.visit
        if actor is None or visit is None:
            return False
        mine = actor.user_id in visit.inspection.inspectors
        body = {"state": visit.inspection.state.value}
        allowed = act in self._office.book.acts_on(Inspection.ENTITY, body, actor)
        return allowed and (mine or act == "call_off")

    def may_plan(self) -> bool:
        """Tell whether this person may plan inspections."""
        rule = self._office.book.rule(Inspection.ENTITY)
        return self.actor is not None and bool(
            {role.value for role in self.actor.roles}.intersection(rule.create_roles)
        )

    def filing(self) -> Filing | None:
        """Give the open inspection as it goes into a case file, where it and this person may."""
        visit = self.walk.visit
        if visit is None or visit.inspection.state is not InspectionState.FINISHED:
            return None
        may = may_create(self._office.book, Entry.ENTITY, self.actor)
        return filing_of_inspection(visit.inspection, visit.window) if may else None

    def plan(self, wanted: Round, rhythm: Rhythm | None = None) -> None:
        """Plan one inspection for each window, once or again and again."""
        clock = self._office.clock
        if self.actor is None:
            return
        if rhythm is None:
            act = partial(plan_inspections, planned=wanted, clock=clock)
            self._answers.ask(self._office.desk.act(self.actor, act), self._planned, self._refuse)
        else:
            begin = partial(begin_plan, wanted=wanted, rhythm=rhythm, clock=clock)
            begun = self._office.desk.act(self.actor, begin)
            self._answers.ask(begun, self._make_due, self._refuse)

    def export_form(self, target: Path, reason: str) -> None:
        """Write the form of the open inspection as PDF; who took it, and why, is written down."""
        visit, actor = self.walk.visit, self.actor
        if visit is None or actor is None:
            return
        clock, press, hall_id = self._office.clock, self._office.press, visit.inspection.hall_id

        store = self._office.desk.store

        def leave(work: UnitOfWork) -> str:
            head = store.chain_head()
            chain = (head.n, head.hash)
            pdf = press.inspection(work, visit, assets.report_wording("inspection"), chain)
            subject = visit.inspection.id
            return take_out(
                work, pdf, target, hall_id=hall_id, subject=subject, reason=reason, clock=clock
            )

        self._answers.ask(self._office.desk.act(actor, leave), self._exported, self._refuse)

    def form_name(self) -> str:
        """Suggest the name of the form's file."""
        visit = self.walk.visit
        return _file_name(visit) if visit else ""

    def _list(self, rows: Piles) -> None:
        self.rows = rows
        self.model.replace(rows[self.pile])
        person = self.actor.user_id if self.actor else None
        open_rows = (*rows[Pile.DUE], *rows[Pile.UNDER_WAY])
        self.waiting.count(sum(is_mine(row, person) for row in open_rows))
        self.is_listed = True
        self.listed.emit()

    def _choose(self, choices: Choices) -> None:
        self.choices = choices

    def _make_due(self, due: object) -> None:
        """Make the tasks of a plan that has just begun, or of plans whose days come near."""
        if due and self.actor is not None:
            calendar, clock = self._office.calendar, self._office.clock
            act = partial(make_due, today=self.today, calendar=calendar, clock=clock)
            self._answers.ask(self._office.desk.act(self.actor, act), self._planned, self._refuse)

    def _planned(self, made: tuple[Inspection, ...]) -> None:
        if made:
            self.planned.emit(len(made))

    def _exported(self, name: str) -> None:
        self.exported.emit(name)

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)


def _choices(reading: Reading, shipped: tuple[Checklist, ...]) -> Choices:
    goers = (card for card in reading.find(UserCard) if _GOERS.intersection(card.roles))
    return Choices(
        reading.find(Hall),
        tuple(sorted(reading.find(Window), key=lambda window: window.number)),
        tuple(sorted(goers, key=lambda card: Role.INSPECTOR not in card.roles)),
        _latest(shipped, reading.find(PublishedChecklist)),
    )


def _latest(
    shipped: Sequence[Checklist], published: Sequence[PublishedChecklist]
) -> tuple[Checklist, ...]:
    """Give each checklist in its latest version, what came with the program first."""
    known = {checklist.key: checklist for checklist in shipped}
    for each in sorted(published, key=lambda each: (each.version, each.id)):
        if each.key not in known or each.version >= known[each.key].version:
            known[each.key] = each.read()
    return tuple(known.values())


def _file_name(visit: Visit) -> str:
    done = visit.inspection.finished_at
    day = day_of(done) if done else visit.inspection.due_on
    return f"{day:%Y%m%d}-{visit.window.number}-inspection.pdf"
