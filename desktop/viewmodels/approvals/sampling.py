"""Cases drawn for a check against their paper files, and what came of the open one."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.domain.identifiers import CaseId
from desktop.domain.samples import SampleCheck, SampleResult, drawn
from desktop.system.language import marked, said
from desktop.system.theme import Tone
from desktop.usecases.ports import UnitOfWork
from desktop.usecases.samples import check_sample, checks_of, note_draw
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.approvals.desk import ApprovalsDesk
from desktop.viewmodels.casework import Casework, may_create
from desktop.viewmodels.times import day_of, stamp

RESULTS: Mapping[SampleResult, str] = {
    SampleResult.SAME: marked("与纸质档案一致"),
    SampleResult.DIFFERENT: marked("与纸质档案不一致"),
    SampleResult.NO_PAPER: marked("没有纸质档案"),
}


class Sampling(QObject):
    """Draws from the list, and writes down what the paper says of the open case.

    Attributes:
        checks: of the open case, the oldest first.
    """

    changed = Signal()
    was_drawn = Signal(int)
    refused = Signal(object)

    def __init__(
        self, casework: Casework, approvals: ApprovalsDesk, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._casework, self._approvals = casework, approvals
        self._answers = Answers(self)
        self.checks: tuple[SampleCheck, ...] = ()
        approvals.opened.connect(self._begin)

    def stop(self) -> None:
        """Drop the answers that are on their way."""
        self._answers.close()

    def may_check(self) -> bool:
        """Tell whether this person may check samples."""
        return may_create(self._casework.book, SampleCheck.ENTITY, self._casework.door.actor)

    def draw(self, percent: float) -> None:
        """Show a sample of the cases that are listed; the draw is in the audit trail."""
        actor, desk = self._casework.door.actor, self._approvals
        numbers = tuple(desk.found.numbers)
        if actor is None or not numbers:
            return
        seed = day_of(self._casework.clock.now()).isoformat()
        sample = drawn(numbers, percent / 100, seed)

        def note(work: UnitOfWork) -> tuple[int, ...]:
            note_draw(work, desk.wish.hall_id, len(sample), len(numbers), seed)
            return sample

        self._answers.ask(self._casework.desk.act(actor, note), self._show, self._refuse)

    def record(self, result: SampleResult, note: str) -> None:
        """Write down what the paper file says of the open case."""
        actor, sheet = self._casework.door.actor, self._approvals.sheet
        if actor is None or sheet is None:
            return
        act = partial(
            check_sample, case=sheet.case, result=result, note=note, clock=self._casework.clock
        )
        self._answers.ask(self._casework.desk.act(actor, act), self._recorded, self._refuse)

    def said(self) -> tuple[str, Tone]:
        """Say what the last check of the open case has shown."""
        if not self.checks:
            return said("这件办件没有抽查过。"), Tone.SOFT
        last = self.checks[-1]
        told = "，".join(filter(None, (said(RESULTS[last.result]), last.note, stamp(last.at))))
        return told, Tone.GOOD if last.result is SampleResult.SAME else Tone.BAD

    def _begin(self) -> None:
        self.checks = ()
        if sheet := self._approvals.sheet:
            look = partial(checks_of, case_id=CaseId(sheet.case.id))
            self._answers.ask(self._casework.desk.look(look), self._learn, self._refuse, "checks")

    def _learn(self, checks: tuple[SampleCheck, ...]) -> None:
        self.checks = checks
        self.changed.emit()

    def _recorded(self, check: SampleCheck) -> None:
        self.checks = (*self.checks, check)
        self.changed.emit()

    def _show(self, sample: tuple[int, ...]) -> None:
        self._approvals.show_sample(sample)
        self.was_drawn.emit(len(sample))

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)
