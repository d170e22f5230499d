"""The list of inspections: what is to be done, by whom and when, and what was done."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from desktop.domain.checklists import PublishedChecklist
from desktop.domain.identifiers import ChecklistId, UserId, WindowId
from desktop.domain.inspections import Inspection, InspectionState
from desktop.domain.organisation import Unit, Window
from desktop.domain.roles import Actor, Role
from desktop.system.language import marked, said
from desktop.system.theme import Tone
from desktop.usecases.ports import Reading
from desktop.viewmodels.casework import names_in
from desktop.viewmodels.lines import TwoLines
from desktop.viewmodels.states import Shape, StateLook


class Pile(Enum):
    """Parts of the list."""

    DUE = "due"
    UNDER_WAY = "under_way"
    LATER = "later"
    FINISHED = "finished"
    CANCELLED = "cancelled"

    @property
    def states(self) -> frozenset[InspectionState]:
        """Which inspections stand in it, of those that are not always fetched."""
        done = {
            Pile.FINISHED: InspectionState.FINISHED,
            Pile.CANCELLED: InspectionState.CANCELLED,
        }
        return frozenset(state for pile, state in done.items() if pile is self)

    @property
    def word(self) -> str:
        """The pile in the current language."""
        words = {
            Pile.DUE: said("今天与逾期"),
            Pile.UNDER_WAY: said("进行中"),
            Pile.LATER: said("以后"),
            Pile.FINISHED: said("已完成"),
            Pile.CANCELLED: said("已取消"),
        }
        return words[self]


_PLANNED = StateLook(marked("待巡查"), Shape.RING, Tone.ACCENT)
_OVERDUE = StateLook(marked("逾期未巡查"), Shape.TRIANGLE, Tone.BAD)
_UNDER_WAY = StateLook(marked("巡查中"), Shape.HALF_DISC, Tone.ACCENT)
_PASSED = StateLook(marked("巡查完成"), Shape.DISC, Tone.GOOD)
_FAILED = StateLook(marked("有不合格项目"), Shape.BROKEN_RING, Tone.NEAR)
_CANCELLED = StateLook(marked("已取消"), Shape.DASH, Tone.UNKNOWN)


@dataclass(frozen=True, slots=True)
class InspectionRow:
    """One inspection in the list."""

    inspection: Inspection
    window: Window
    unit: Unit
    checklist: PublishedChecklist
    inspectors: tuple[str, ...]
    today: date

    @property
    def key(self) -> str:
        """The inspection's id."""
        return self.inspection.id

    @property
    def pile(self) -> Pile:
        """Which part of the list it stands in."""
        match self.inspection.state:
            case InspectionState.PLANNED:
                return Pile.DUE if self.inspection.due_on <= self.today else Pile.LATER
            case InspectionState.UNDER_WAY:
                return Pile.UNDER_WAY
            case InspectionState.FINISHED:
                return Pile.FINISHED
            case InspectionState.CANCELLED:
                return Pile.CANCELLED

    @property
    def look(self) -> StateLook:
        """Shape, word and tone."""
        inspection = self.inspection
        if inspection.is_overdue(self.today):
            return _OVERDUE
        match inspection.state:
            case InspectionState.PLANNED:
                return _PLANNED
            case InspectionState.UNDER_WAY:
                return _UNDER_WAY
            case InspectionState.FINISHED:
                return _FAILED if inspection.score.failed else _PASSED
            case InspectionState.CANCELLED:
                return _CANCELLED

    @property
    def title(self) -> str:
        """The window and whose it is."""
        return f"{self.window.name} · {self.unit.short_name}"

    @property
    def detail(self) -> str:
        """The state, the round and who goes."""
        names = said("、", "list").join(self.inspectors)
        return " · ".join(filter(None, (self.look.word, self.inspection.plan_title, names)))

    @property
    def remark(self) -> str:
        """The score, or the day."""
        score = self.inspection.score.percent
        if self.inspection.state is InspectionState.FINISHED and score is not None:
            return said("{0} 分").format(f"{score:g}")
        return f"{self.inspection.due_on:%m-%d}"

    @property
    def spoken(self) -> tuple[str, ...]:
        """Both lines and the remark."""
        return (self.title, self.detail, self.remark)


OPEN = (InspectionState.PLANNED, InspectionState.UNDER_WAY)


def read_rows(
    reading: Reading,
    actor: Actor | None,
    today: date,
    states: Collection[InspectionState] = OPEN,
) -> Mapping[Pile, tuple[InspectionRow, ...]]:
    """Fetch the list of who is at the desk; an inspector sees his own tasks (section 13).

    Args:
        states: what was finished over the years is fetched only where it is shown.
    """
    piles: dict[Pile, list[InspectionRow]] = {pile: [] for pile in Pile}
    found = (each for state in states for each in reading.find(Inspection, state=state))
    for row in rows_of(reading, found, actor, today):
        piles[row.pile].append(row)
    return {pile: tuple(_ordered(pile, rows)) for pile, rows in piles.items()}


def rows_of(
    reading: Reading, found: Iterable[Inspection], actor: Actor | None, today: date
) -> Iterator[InspectionRow]:
    """Give the rows of the inspections that somebody may see."""
    windows = {window.id: window for window in reading.find(Window)}
    units = {unit.id: unit for unit in reading.find(Unit)}
    lists = {each.id: each for each in reading.find(PublishedChecklist)}
    names = names_in(reading)
    for each in found:
        if _may_see(each, actor):
            yield InspectionRow(
                each,
                windows[WindowId(each.window_id)],
                units[each.unit_id],
                lists[ChecklistId(each.checklist_id)],
                tuple(names.get(person, person[:8]) for person in each.inspectors),
                today,
            )


def is_mine(row: InspectionRow, person: UserId | None) -> bool:
    """Tell whether somebody is one of the two who go."""
    return person in row.inspection.inspectors


def _may_see(inspection: Inspection, actor: Actor | None) -> bool:
    if actor is None:
        return False
    only_inspects = actor.roles == frozenset({Role.INSPECTOR})
    return not only_inspects or actor.user_id in inspection.inspectors


def _ordered(pile: Pile, rows: Sequence[InspectionRow]) -> list[InspectionRow]:
    if pile is Pile.FINISHED:
        done = [row for row in rows if row.inspection.finished_at is not None]
        return sorted(done, key=lambda row: str(row.inspection.finished_at), reverse=True)
    return sorted(rows, key=lambda row: (row.inspection.due_on, row.window.number))


class InspectionsModel(TwoLines[InspectionRow]):
    """Inspections as a list of two lines each."""
