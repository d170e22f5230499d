"""Judging a stream of cases without keeping it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields

from desktop.domain.approvals import CaseBundle
from desktop.domain.clocks import Clocks
from desktop.domain.imports import Complaint, StepDeadline, Taken
from desktop.domain.procedures import Straying
from desktop.domain.rules.checker import CaseChecker
from desktop.domain.rules.inputs import Input
from desktop.domain.rules.judgement import Candidate, CaseFile

TELL_EVERY = 2000  # cases; ten times a second or so


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of judging a file.

    Attributes:
        events: that were taken; an event without a name or a time is not.
        rejected: rows, events and cases that were not taken; `remarks` were, with a question.
        closed_cases: of which `overdue_cases` ended after their deadline.
        due_steps: finished steps with a deadline, their own or the procedure's; of which
            `overdue_steps` were finished after it.
        findings: how many by rule.
    """

    cases: int
    events: int
    rejected: int
    remarks: int
    closed_cases: int
    overdue_cases: int
    due_steps: int
    overdue_steps: int
    findings: Mapping[str, int]


def joined(verdicts: Sequence[Verdict]) -> Verdict:
    """Add up what came of the parts of a file."""
    findings = sum((Counter(each.findings) for each in verdicts), Counter[str]())
    sums = {
        each.name: sum(getattr(verdict, each.name) for verdict in verdicts)
        for each in fields(Verdict)
        if each.name != "findings"
    }
    return Verdict(**sums, findings=dict(sorted(findings.items())))


class Stopped(Exception):
    """Whoever asked does not want to know any more."""


def check_cases(
    stream: Iterable[Taken],
    checker: CaseChecker,
    *,
    by_law: bool,
    on_complaint: Callable[[Complaint], None],
    on_finding: Callable[[Candidate], None] = lambda _: None,
    go_on: Callable[[int], bool] = lambda _: True,
) -> Verdict:
    """Judge every case of a stream by every rule that can be asked.

    Args:
        by_law: a case is overdue by the legal limit; else by the promise. Where it has only one
            of them, by that.
        go_on: told the number of cases so far now and then; answers False to stop.

    Raises:
        Stopped: `go_on` said so.
    """
    tally = _Tally(checker, by_law=by_law)
    for taken in stream:
        for complaint in taken.complaints:
            tally.complain(complaint)
            on_complaint(complaint)
        if taken.bundle is None:
            continue
        for candidate in tally.judge(taken.bundle):
            on_finding(candidate)
        if tally.cases % TELL_EVERY == 0 and not go_on(tally.cases):
            raise Stopped
    for candidate in checker.finish():
        tally.findings[candidate.rule_id] += 1
        on_finding(candidate)
    return tally.verdict()


@dataclass(slots=True)
class _Tally:
    checker: CaseChecker
    by_law: bool = field(kw_only=True)
    steps_are_due: bool = field(init=False)
    cases: int = 0
    events: int = 0
    rejected: int = 0
    remarks: int = 0
    closed: int = 0
    overdue: int = 0
    due_steps: int = 0
    late_steps: int = 0
    findings: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.steps_are_due = Input.STEP_DUE in self.checker.inputs

    def complain(self, complaint: Complaint) -> None:
        """Count a complaint; the deadline of a step that was skipped still counts."""
        if complaint.kept:
            self.remarks += 1
            return
        self.rejected += 1
        if complaint.deadline:
            self._count_step(complaint.deadline)

    def judge(self, bundle: CaseBundle) -> list[Candidate]:
        """Judge a case and count what it has."""
        file = self.checker.open(bundle)
        found = self.checker.judge(file)
        self.cases += 1
        self.events += len(bundle.events)
        if bundle.case.closed_at is not None:
            self.closed += 1
            self.overdue += _is_overdue(file.clocks, by_law=self.by_law)
        for event in bundle.events if self.steps_are_due else ():
            if event.due_at is not None:
                self._count_step(StepDeadline(event.due_at, event.done_at))
        if file.flow:
            self._count_flow(file)
        for candidate in found:
            self.findings[candidate.rule_id] += 1
        return found

    def verdict(self) -> Verdict:
        """Give the sums."""
        return Verdict(
            self.cases, self.events, self.rejected, self.remarks, self.closed, self.overdue,
            self.due_steps, self.late_steps, dict(sorted(self.findings.items())),
        )  # fmt: skip

    def _count_step(self, deadline: StepDeadline) -> None:
        if deadline.done_at is not None:
            self.due_steps += 1
            self.late_steps += deadline.done_at > deadline.due_at

    def _count_flow(self, file: CaseFile) -> None:
        self.due_steps += self.checker.limited_steps(file)
        for stray in file.strays:
            # A step that is late by now and has not happened is no finished step yet.
            self.late_steps += stray.kind is Straying.LATE and stray.at != file.scene.now


def _is_overdue(clocks: Clocks, *, by_law: bool) -> bool:
    clock = clocks.statutory or clocks.promised if by_law else clocks.promised or clocks.statutory
    return clock is not None and clock.overdue > 0
