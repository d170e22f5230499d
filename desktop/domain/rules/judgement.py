"""What a rule is given to judge by and what it answers."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import NamedTuple

from desktop.domain.approvals import (
    ApprovalCase,
    CaseEvent,
    ClockStop,
    EventKind,
    Extension,
    Fee,
)
from desktop.domain.clocks import Clocks, Scene
from desktop.domain.flows import Template
from desktop.domain.items import ServiceItem
from desktop.domain.procedures import Deviation
from desktop.domain.rules.catalogue import Board
from desktop.domain.rules.inputs import Input

Values = Mapping[str, float]
Facts = Mapping[str, object]


class CaseFile(NamedTuple):
    """All that is known of one case at one moment; its events are in the order of time."""

    case: ApprovalCase
    events: Sequence[CaseEvent]
    stops: Sequence[ClockStop]
    extensions: Sequence[Extension]
    fees: Sequence[Fee]
    item: ServiceItem | None
    clocks: Clocks
    strays: Sequence[Deviation]
    flow: Template | None
    scene: Scene

    def of(self, kind: EventKind) -> list[CaseEvent]:
        """Give the events of a kind."""
        return [event for event in self.events if event.kind == kind]

    def working_days(self, after: date, upto: date) -> int:
        """Count working days in (after, upto]."""
        return self.scene.calendar.count(after, upto)


class Hit(NamedTuple):
    """A rule says: here.

    Attributes:
        facts: the inputs that were used, by name, as JSON values with dates as they are.
        level: lower than the rule's own where the case is lighter; None is the rule's.
        part: what of the subject it concerns (a step, a stop, a fee), so that two parts are two
            findings.
        unit: who answers for it where it is not the unit of the case.
        provisional: rests on a date that may still move; never more than a warning.
    """

    facts: Facts
    level: int | None = None
    part: str = ""
    unit: str = ""
    provisional: bool = False


Hits = Sequence[Hit]
NONE: Hits = ()


class Part(Enum):
    """The part of a case that a rule is about: without it the rule has nothing to say."""

    CASE = "case"
    EVENTS = "events"
    STOPS = "stops"
    EXTENSIONS = "extensions"
    FEES = "fees"
    STRAYS = "strays"


class CaseRule(NamedTuple):
    """A rule over one case: a pure function and the inputs without which it says nothing.

    One rule may be judged in several ways, each by what an import can tell.
    """

    rule_id: str
    judge: Callable[[CaseFile, Values], Hits]
    needs: frozenset[Input]
    about: Part = Part.CASE


class Subject(Enum):
    """What a candidate is about."""

    CASE = "CASE"
    UNIT = "UNIT"
    PERSON = "PERSON"
    ITEM = "ITEM"
    JOINT_CASE = "JOINT_CASE"
    BATCH = "BATCH"
    CARD = "CARD"
    FINDING = "FINDING"
    PAPER = "PAPER"


class Candidate(NamedTuple):
    """A suspicion (疑似问题) as the machine found it; people decide whether it becomes more.

    Attributes:
        rule_set: version of the set of rules and parameters it was found by.
        facts: the inputs that were used.
        dedupe_key: rule, subject, level and period; the same thing found again has the same key.
        matter: what competes with it: findings of one group on one subject, else of one rule.
        provisional: rests on a date that may still move; no card may follow from it.
    """

    rule_id: str
    rule_version: str
    rule_set: str
    board: Board
    level: int
    subject: Subject
    subject_id: str
    unit_id: str
    facts: Facts
    dedupe_key: str
    matter: str
    provisional: bool = False
