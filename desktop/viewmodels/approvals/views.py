"""Saved views of the list of cases, and the list as a log for other tools."""

from collections.abc import Mapping, Sequence
from enum import Enum
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.domain.case_views import CaseView
from desktop.domain.clocks import Lamp
from desktop.domain.identifiers import UnitId
from desktop.domain.roles import Actor
from desktop.storage.case_lines import Wish
from desktop.usecases.case_views import note_log_export, save_view, views_of
from desktop.usecases.checking import Stopped
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.approvals.desk import ApprovalsDesk
from desktop.viewmodels.casework import Casework, may_create
from desktop.workers.errands import Errand, Errands


class CaseViews(QObject):
    """The views of the hall, by name; `exported` gives the name of a log that was written."""

    changed = Signal()
    exported = Signal(str)
    refused = Signal(object)

    def __init__(
        self,
        casework: Casework,
        approvals: ApprovalsDesk,
        errands: Errands,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._casework, self._approvals, self._errands = casework, approvals, errands
        self._answers = Answers(self)
        self._errand: Errand | None = None
        self.views: Mapping[str, CaseView] = {}
        approvals.listed.connect(self._fetch)

    @property
    def current(self) -> str:
        """The name of the view that the list shows now, "" for none."""
        told = told_by(self._approvals.wish)
        return next((name for name, view in self.views.items() if view.wish == told), "")

    def stop(self) -> None:
        """End what is being done."""
        if self._errand:
            self._errand.stop()
        self._answers.close()

    def may_save(self) -> bool:
        """Tell whether this person may save views."""
        return may_create(self._casework.book, CaseView.ENTITY, self._casework.door.actor)

    def show(self, name: str) -> None:
        """Narrow the list as a view says; "" shows all."""
        view = self.views.get(name)
        if view is None:
            self._approvals.widen()
            return
        self._approvals.widen()
        words = str(view.wish.get("words", ""))
        self._approvals.narrow(**_parts_of(view.wish))
        if words:
            self._approvals.search(words)

    def save(self, name: str) -> None:
        """Keep how the list is narrowed now under a name."""
        self._keep(name, told_by(self._approvals.wish), withdrawn=False)

    def withdraw(self) -> None:
        """Offer the current view no more."""
        if self.current:
            self._keep(self.current, {}, withdrawn=True)

    def export(self, target: Path, reason: str) -> None:
        """Write the cases of the list as an XES log; without a note of it there is none."""
        actor, numbers = self._casework.door.actor, tuple(self._approvals.found.numbers)
        if actor is None or self._errand is not None:
            return
        self._errand, done = self._errands.send(
            partial(self._write, actor, numbers, target, reason)
        )
        self._answers.ask(done, self._written, self._fail, "log")

    def _write(
        self, actor: Actor, numbers: Sequence[int], target: Path, reason: str, errand: Errand
    ) -> str:
        """On the errand's thread; "" when somebody stopped it."""
        note = partial(
            note_log_export,
            hall_id=self._approvals.wish.hall_id,
            cases=len(numbers),
            reason=reason,
        )
        self._casework.desk.act(actor, note).result()
        try:
            self._approvals.book.write_log(numbers, target, errand.tell)
        except Stopped:
            return ""
        return target.name

    def _keep(self, name: str, wish: Mapping[str, object], *, withdrawn: bool) -> None:
        actor, hall = self._casework.door.actor, self._approvals.house.hall
        if actor is None or hall is None:
            return
        clock = self._casework.clock
        act = partial(
            save_view, hall_id=hall.id, name=name, wish=wish, clock=clock, withdrawn=withdrawn
        )
        self._answers.ask(self._casework.desk.act(actor, act), self._kept, self._refuse)

    def _fetch(self) -> None:
        hall = self._approvals.house.hall
        if hall is not None:
            look = self._casework.desk.look(partial(views_of, hall_id=hall.id))
            self._answers.ask(look, self._learn, self._refuse, "views")

    def _learn(self, views: tuple[CaseView, ...]) -> None:
        self.views = {view.name: view for view in views}
        self.changed.emit()

    def _kept(self, _: CaseView) -> None:
        self._fetch()

    def _written(self, name: str) -> None:
        self._errand = None
        if name:
            self.exported.emit(name)

    def _fail(self, error: Exception) -> None:
        self._errand = None
        self.refused.emit(error)

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)


def told_by(wish: Wish) -> Mapping[str, object]:
    """Tell what narrows a wish, as JSON keeps it; units found by words are found anew."""
    parts: dict[str, object] = {
        "words": wish.words,
        "lamp": wish.lamp,
        "unit_id": wish.unit_id,
        "item_code": wish.item_code,
        "overdue": wish.overdue,
        "open": wish.open,
    }
    return {
        name: part.value if isinstance(part, Enum) else part for name, part in parts.items() if part
    }


def _parts_of(told: Mapping[str, object]) -> dict[str, object]:
    lamp, unit_id = told.get("lamp"), told.get("unit_id")
    return {
        "lamp": Lamp(lamp) if lamp in {each.value for each in Lamp} else None,
        "unit_id": UnitId(str(unit_id)) if unit_id else None,
        "item_code": str(told["item_code"]) if told.get("item_code") else None,
        "overdue": bool(told.get("overdue")),
        "open": bool(told.get("open")),
    }
