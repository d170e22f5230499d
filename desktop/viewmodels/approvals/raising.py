"""Letting what was found in approval cases become findings that two people decide on."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.findings import Finding, FindingState
from desktop.domain.identifiers import CaseId, UnitId
from desktop.domain.roles import Actor
from desktop.system.language import joined, said
from desktop.usecases.case_findings import Raised, candidate_key
from desktop.usecases.checking import Stopped
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.approvals.desk import ApprovalsDesk
from desktop.viewmodels.casework import Casework, may_create
from desktop.viewmodels.naming import state_name
from desktop.workers.case_raiser import CaseRaiser
from desktop.workers.errands import Errand, Errands

_LOOK_MS = 200


class Raising(QObject):
    """Raises from the case that lies open, or from many of the list.

    Attributes:
        chosen: keys of the candidates that are to be raised.
        owner: who answers for them; None leaves it to the source.
        standing: what was raised of the open case before, by the candidate's key.
    """

    changed = Signal()
    progressed = Signal()
    raised = Signal(object)  # the Raised
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
        self._raiser = CaseRaiser(
            casework.desk,
            approvals.book,
            casework.vault,
            catalogue=casework.catalogue,
            clock=casework.clock,
        )
        self._answers = Answers(self)
        self._errand: Errand | None = None
        self.chosen: frozenset[str] = frozenset()
        self.owner: UnitId | None = None
        self.standing: Mapping[str, Finding] = {}
        self.is_busy = False
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.progressed)
        approvals.opened.connect(self._begin)

    @property
    def units(self) -> Mapping[UnitId, str]:
        """The units that could answer, by name."""
        return self._approvals.house.units

    @property
    def share(self) -> float | None:
        """How far raising from many has come, None while nobody does."""
        return self._errand.share if self._errand else None

    def stop(self) -> None:
        """End what is being done."""
        self.cancel()
        self._timer.stop()
        self._answers.close()

    def may_raise(self) -> bool:
        """Tell whether this person may raise anything."""
        return may_create(self._casework.book, Finding.ENTITY, self._casework.door.actor)

    def choose(self, key: str, *, wanted: bool) -> None:
        """Take a candidate in, or leave it out."""
        self.chosen = self.chosen | {key} if wanted else self.chosen - {key}
        self.changed.emit()

    def name_owner(self, unit_id: UnitId | None) -> None:
        """Say who answers for it."""
        self.owner = unit_id
        self.changed.emit()

    def wants_owner(self) -> bool:
        """Tell whether something that is chosen names nobody of ours to answer for it."""
        sheet = self._approvals.sheet
        if self.owner is not None or sheet is None:
            return False
        called = self._approvals.house.called
        units = (each.unit_id for each in sheet.read.findings if each.dedupe_key in self.chosen)
        return any(unit not in called for unit in units)

    def is_ready(self) -> bool:
        """Tell whether what is chosen can be raised now."""
        return bool(self.chosen) and not self.is_busy and not self.wants_owner()

    def raise_chosen(self) -> None:
        """Raise what is chosen of the open case."""
        sheet, actor = self._approvals.sheet, self._casework.door.actor
        if sheet is None or actor is None or not self.is_ready():
            return
        self._busy(busy=True)
        done = self._raiser.raise_of(actor, sheet.read, self.chosen, self.owner)
        self._answers.ask(done, self._raised, self._refuse)

    def raise_many(self, numbers: Sequence[int], owner: UnitId | None) -> None:
        """Raise all that could lead to a card of some cases of the list."""
        actor = self._casework.door.actor
        if self.is_busy or actor is None or not numbers:
            return
        self._busy(busy=True)
        self._errand, done = self._errands.send(partial(self._raise, actor, numbers, owner))
        self._timer.start()
        self._answers.ask(done, self._raised, self._refuse)

    def cancel(self) -> None:
        """Raise no more; what was raised stays."""
        if self._errand:
            self._errand.stop()

    def said_of(self, key: str) -> str:
        """Say what became of a candidate before, "" when it was never raised."""
        finding = self.standing.get(key)
        if finding is None:
            return ""
        return said("已提出：{0}").format(state_name(finding.state.value))

    def is_raisable(self, key: str) -> bool:
        """Tell whether a candidate could be raised now, as far as one can see from here.

        What was dismissed can be raised when the case is another; whether it is, the act tells.
        """
        finding = self.standing.get(key)
        return finding is None or finding.state is FindingState.DISMISSED

    def _raise(
        self, actor: Actor, numbers: Sequence[int], owner: UnitId | None, errand: Errand
    ) -> Raised:
        """On the errand's thread; what was raised before somebody stopped it shows in its place."""
        try:
            return self._raiser.raise_many(actor, numbers, errand.tell, owner)
        except Stopped:
            return Raised()

    def _begin(self) -> None:
        """Another case lies open, or the same one anew."""
        sheet = self._approvals.sheet
        if sheet is None:
            return
        self.chosen, self.standing = frozenset(), {}
        self.owner = None
        look = self._raiser.raised_of(CaseId(sheet.case.id))
        self._answers.ask(look, self._learn, self._refuse, "standing")

    def _learn(self, findings: tuple[Finding, ...]) -> None:
        self.standing = {candidate_key(each): each for each in findings}
        self.changed.emit()

    def _raised(self, raised: Raised) -> None:
        self._end()
        self.chosen = frozenset()
        self.raised.emit(raised)
        self._begin()

    def _refuse(self, error: Exception) -> None:
        self._end()
        self.refused.emit(error)

    def _end(self) -> None:
        self._errand = None
        self._timer.stop()
        self._busy(busy=False)

    def _busy(self, *, busy: bool) -> None:
        self.is_busy = busy
        self.changed.emit()


def raised_said(raised: Raised) -> str:
    """Say what came of it."""
    new = len(raised.findings)
    parts = [said("已提出 {0} 项，待两人核实。", n=new).format(new)] if new else []
    if raised.known:
        told = said("{0} 项此前已提出或已排除，没有新的情况。", n=raised.known)
        parts.append(told.format(raised.known))
    if raised.ownerless:
        names = "、".join(name or said("（空）") for name in raised.ownerless)
        parts.append(said("以下单位不在名录内，请选择责任单位：{0}。").format(names))
    return joined(*parts) or said("没有可致黄红牌的疑似问题。")
