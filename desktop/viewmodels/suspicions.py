"""What rules find in no single case, listed and raised: lists, units, joint cases, many cases."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from desktop.domain.findings import Finding
from desktop.domain.identifiers import UnitId
from desktop.domain.rules.explanation import as_json, explain
from desktop.domain.rules.judgement import Candidate
from desktop.system.language import headed, said
from desktop.usecases.ports import Reading, UnitOfWork
from desktop.usecases.record_findings import Bench, raise_records
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.approvals.desk import ApprovalsDesk
from desktop.viewmodels.approvals.words import LEVELS
from desktop.viewmodels.casework import Casework, may_create
from desktop.viewmodels.lines import Lines, Row, headings
from desktop.viewmodels.naming import state_name


class Suspicions(QObject):
    """Candidates as rows, the gravest first; those that a person marks become findings.

    Attributes:
        model: the rows, by the candidates' keys.
    """

    raised = Signal(str)  # what came of it, in words
    refused = Signal(object)

    def __init__(
        self, casework: Casework, approvals: ApprovalsDesk, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._casework, self._approvals = casework, approvals
        self._answers = Answers(self)
        self._found: Sequence[Candidate] = ()
        self._standing: Mapping[str, Finding] = {}
        self.model = Lines(suspicion_titles, self)

    def stop(self) -> None:
        """Listen no more."""
        self._answers.close()

    def may_raise(self) -> bool:
        """Tell whether this person may raise anything."""
        return may_create(self._casework.book, Finding.ENTITY, self._casework.door.actor)

    def show(self, found: Sequence[Candidate]) -> None:
        """List these; what was raised before says so."""
        self._found = sorted(found, key=lambda each: (-each.level, each.rule_id, each.subject_id))
        self._list()
        self._answers.ask(self._casework.desk.look(_raised), self._learn, self._refuse, "standing")

    def raise_rows(self, rows: Collection[int]) -> None:
        """Let what stands in these rows become findings."""
        actor, hall = self._casework.door.actor, self._approvals.house.hall
        if actor is None or hall is None or not rows:
            return
        casework = self._casework
        lowest = casework.profile.grades[-1].name
        bench = Bench(casework.catalogue, casework.calendar, casework.clock, lowest)
        called = self._approvals.house.called
        chosen = [self._found[row] for row in sorted(rows)]
        owned = [each._replace(unit_id=called.get(each.unit_id, UnitId(""))) for each in chosen]

        def act(work: UnitOfWork) -> str:
            raised = raise_records(work, hall.id, owned, bench)
            work.note("finding.raise", f"hall/{hall.id}", reason=str(len(raised)))
            return _came_of(len(raised), len(chosen), sum(not each.unit_id for each in owned))

        self._answers.ask(casework.desk.act(actor, act), self._was_raised, self._refuse)

    def _list(self) -> None:
        rules, language = self._approvals.book.rules, said("zh", "rules")
        self.model.replace(
            [
                Row(
                    each.dedupe_key,
                    (
                        self._approvals.unit_name(each.subject_id),
                        rules.rule(each.rule_id).wording[language].name,
                        headed(said(LEVELS[each.level])),
                        self._state(each),
                        explain(rules.rule(each.rule_id), as_json(each.facts), language),
                    ),
                )
                for each in self._found
            ]
        )

    def _state(self, candidate: Candidate) -> str:
        finding = self._standing.get(candidate.dedupe_key)
        return headed(state_name(finding.state.value)) if finding else "—"

    def _learn(self, standing: Mapping[str, Finding]) -> None:
        self._standing = standing
        self._list()

    def _was_raised(self, told: str) -> None:
        self.raised.emit(told)
        self.show(self._found)

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)


def suspicion_titles() -> tuple[str, ...]:
    """The titles of the table."""
    return headings(said("对象"), said("规则"), said("等级"), said("核实情况"), said("发现的问题"))


def _raised(reading: Reading) -> Mapping[str, Finding]:
    return {each.dedupe_key: each for each in reading.find(Finding)}


def _came_of(raised: int, chosen: int, ownerless: int) -> str:
    told = [said("已提出 {0} 项，待两人核实。", n=raised).format(raised)] if raised else []
    if known := chosen - raised - ownerless:
        words = said("{0} 项此前已提出或已排除，没有新的情况。", n=known)
        told.append(words.format(known))
    if ownerless:
        words = said("{0} 项的责任单位不在名录内，没有提出。", n=ownerless)
        told.append(words.format(ownerless))
    return "".join(told)
