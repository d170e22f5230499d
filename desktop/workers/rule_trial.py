"""A set of rules over all cases of a hall: what it finds in each, and in many together."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from desktop import assets
from desktop.domain.approvals import CaseBundle
from desktop.domain.clocks import Scene
from desktop.domain.flows import Template, read_templates
from desktop.domain.identifiers import CaseId
from desktop.domain.items import ServiceItem
from desktop.domain.rules.catalogue import RuleSet
from desktop.domain.rules.checker import CaseChecker
from desktop.domain.rules.inputs import Input
from desktop.domain.rules.joining import JointRoom
from desktop.domain.rules.joint import JOINT_RULES
from desktop.domain.rules.judgement import Candidate
from desktop.domain.rules.subjects import check_joint

Levels = Mapping[str, int]  # by rule


class Trial(NamedTuple):
    """What two sets of rules find in the same cases; no finding is kept.

    Attributes:
        asked: the rules that could be asked of some of the cases.
        crowd: what the rules as they are find in many cases together.
        hits: what they find in single cases, the first of them only.
        turns: cases of which one rule says something else, the first of them only.
    """

    cases: int
    before: Mapping[str, int]
    after: Mapping[str, int]
    asked: frozenset[str]
    turns: tuple["Turn", ...] = ()
    crowd: tuple[Candidate, ...] = ()
    hits: tuple["Turn", ...] = ()


class Turn(NamedTuple):
    """A case of which a rule says something else: its level before and after, None for nothing."""

    case_id: CaseId
    case_no: str
    rule_id: str
    before: int | None
    after: int | None


@cache
def flows() -> Mapping[str, Template]:
    """Give the templates of procedures by name."""
    return read_templates(assets.procedure_files())


def checker_for(
    rules: RuleSet, inputs: frozenset[Input], items: Mapping[str, ServiceItem], scene: Scene
) -> CaseChecker:
    """Bind the rules to what an import can tell, and the hall: its list, flows, and hours."""
    known = {
        Input.ITEMS: bool(items),
        Input.SESSIONS: scene.opening is not None,
        Input.PROCEDURE: any(item.procedure in flows() for item in items.values()),
    }
    told = inputs | {each for each, is_known in known.items() if is_known}
    return CaseChecker(rules, told, scene, items=items, flows=flows())


def turns_of(bundle: CaseBundle, before: Levels, after: Levels) -> Iterator[Turn]:
    """Name the rules that say something else of a case."""
    for rule_id in sorted(before.keys() | after.keys()):
        old, new = before.get(rule_id), after.get(rule_id)
        if old != new:
            yield Turn(bundle.case.id, bundle.case.case_no, rule_id, old, new)


class Side:
    """One set of rules over the cases of several imports, each asked what it can tell."""

    def __init__(self, rules: RuleSet, items: Mapping[str, ServiceItem], scene: Scene) -> None:
        self._rules, self._items, self._scene = rules, items, scene
        self._checkers: dict[str, CaseChecker] = {}
        self._joint = JointRoom(flows()["joint"])
        self._crowd: tuple[Candidate, ...] | None = None
        self.found: Counter[str] = Counter()

    def judge(self, bundle: CaseBundle, inputs: Callable[[str], frozenset[Input]]) -> Levels:
        """Judge a case; answer the gravest level by rule.

        Args:
            inputs: what an import can tell, by its id.
        """
        batch = bundle.case.source_batch
        if batch not in self._checkers:
            self._checkers[batch] = checker_for(
                self._rules, inputs(batch), self._items, self._scene
            )
        levels: dict[str, int] = {}
        file = self._checkers[batch].open(bundle)
        self._joint.add(file)
        for candidate in self._checkers[batch].judge(file):
            self.found[candidate.rule_id] += 1
            levels[candidate.rule_id] = max(candidate.level, levels.get(candidate.rule_id, 0))
        return levels

    def finish(self) -> tuple[Candidate, ...]:
        """Judge the cases together, once all were given."""
        if self._crowd is None:
            found = [each for checker in self._checkers.values() for each in checker.finish()]
            for file in self._joint.files(self._scene):
                found += check_joint(file, self._rules)
            self._crowd = tuple(found)
            self.found.update(each.rule_id for each in found)
        return self._crowd

    def asked(self) -> frozenset[str]:
        """Give the rules that some of the cases could be asked."""
        joint = any(True for _ in self._joint.files(self._scene))
        together = {rule.rule_id for rule in JOINT_RULES if self._rules.is_on(rule.rule_id)}
        bound = frozenset(rule for each in self._checkers.values() for rule in each.bound)
        return bound | together if joint else bound
