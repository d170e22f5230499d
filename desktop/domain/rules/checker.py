"""Judges cases by every rule on whose inputs an import can tell, one case after the other."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from desktop.domain.approvals import CaseBundle, CaseEvent
from desktop.domain.clocks import NO_CLOCKS, ClockRules, Scene, read_clocks
from desktop.domain.flows import Template
from desktop.domain.items import ServiceItem
from desktop.domain.procedures import Conformance
from desktop.domain.rules import cases, data, fees, procedure, stops, timing
from desktop.domain.rules.catalogue import Rule, RuleSet
from desktop.domain.rules.crowds import CROWD_RULES, CaseLine, CrowdRule, Found, line_of
from desktop.domain.rules.inputs import Input
from desktop.domain.rules.judgement import (
    Candidate,
    CaseFile,
    CaseRule,
    Hit,
    Hits,
    Part,
    Subject,
    Values,
)

CASE_RULES: tuple[CaseRule, ...] = (
    *timing.CASE_RULES,
    *stops.CASE_RULES,
    *procedure.CASE_RULES,
    *cases.CASE_RULES,
    *fees.CASE_RULES,
    *data.CASE_RULES,
)

_Bound = tuple[Rule, Callable[[CaseFile, Values], Hits], Values]

_CLOCKED = frozenset({Input.PROMISED, Input.STATUTORY, Input.RECEIVED, Input.ACCEPTED})
FOCUS = "F15"  # the rule that makes others weigh more
_HIGHEST = 3
_PROVISIONAL_LEVEL = 1  # a date that may still move never leads to a card


class CaseChecker:
    """A set of rules bound to what one import can tell; made once, asked for every case.

    A rule whose inputs are missing is not bound: it would only say that nothing is wrong.
    """

    def __init__(
        self,
        rules: RuleSet,
        inputs: Collection[Input],
        scene: Scene,
        *,
        items: Mapping[str, ServiceItem] | None = None,
        flows: Mapping[str, Template] | None = None,
        flow: Template | None = None,
    ) -> None:
        """Bind the rules.

        Args:
            items: by item code.
            flows: templates by name, as items name theirs.
            flow: the template of cases whose item names none.
        """
        self.rules = rules
        self.scene = replace(scene, rules=clock_rules(rules, scene.rules))
        self._inputs = frozenset(inputs)
        bound = [each for each in CASE_RULES if self._is_asked(each.rule_id, each.needs)]
        self._asked = {each.rule_id for each in bound}
        self._by_part = tuple(
            (CaseFile._fields.index(part.value), tuple(self._bind(bound, part))) for part in Part
        )
        self._crowd = [each for each in CROWD_RULES if self._is_asked(each.rule_id, each.needs)]
        self._lines: list[CaseLine] = []
        self._items = items or {}
        self._conformances = _conformances(flows or {}, flow, self.scene)
        self._reads_clocks = bool(self._inputs & _CLOCKED)
        self._reads_flow = Input.PROCEDURE in self._inputs

    def _is_asked(self, rule_id: str, needs: frozenset[Input]) -> bool:
        return self.rules.is_on(rule_id) and needs <= self._inputs

    @property
    def inputs(self) -> frozenset[Input]:
        """What the import can tell."""
        return self._inputs

    @property
    def bound(self) -> tuple[str, ...]:
        """The rules that are asked."""
        return tuple(sorted(self._asked | {each.rule_id for each in self._crowd}))

    @property
    def compares_cases(self) -> bool:
        """Whether a rule is asked that looks at many cases together."""
        return bool(self._crowd)

    def missing(self) -> Mapping[str, frozenset[Input]]:
        """Give what the rules that are not asked would need, at the least, by rule."""
        silent = {rule.id for rule in self.rules.rules()} - set(self.bound)
        wanted: dict[str, frozenset[Input]] = {}
        rest: list[CaseRule | CrowdRule] = [*CASE_RULES, *CROWD_RULES]
        for each in rest:
            lacks = each.needs - self._inputs
            known = wanted.get(each.rule_id)
            if each.rule_id in silent and (known is None or len(lacks) < len(known)):
                wanted[each.rule_id] = lacks
        return wanted

    def open(self, bundle: CaseBundle) -> CaseFile:
        """Lay out a case for judging: its events in the order of time, its clocks, its strays."""
        case, scene = bundle.case, self.scene
        item = self._items.get(case.item_code)
        events = in_order(bundle.events)
        clocks = read_clocks(bundle, item, scene) if self._reads_clocks else NO_CLOCKS
        conformance = self._conformance(item)
        strays = (
            conformance.deviations(events, closed=case.closed_at is not None, now=scene.now)
            if conformance
            else ()
        )
        return CaseFile(
            case, events, bundle.stops, bundle.extensions, bundle.fees, item, clocks, strays,
            conformance.template if conformance else None, scene,
        )  # fmt: skip

    def limited_steps(self, file: CaseFile) -> int:
        """Count the steps of a case that have happened and whose time its procedure limits."""
        conformance = self._conformance(file.item)
        return conformance.limited(file.events) if conformance else 0

    def check(self, bundle: CaseBundle) -> list[Candidate]:
        """Judge one case by every bound rule."""
        return self.judge(self.open(bundle))

    def judge(self, file: CaseFile) -> list[Candidate]:
        """Judge a case that was laid out."""
        found: list[Candidate] = []
        for part, bound in self._by_part:
            if file[part]:
                for rule, judge, values in bound:
                    hits = judge(file, values)
                    if hits:
                        found += [self._candidate(rule, file, hit) for hit in hits]
        if self._crowd:
            self._lines.append(line_of(file))
        return found

    def finish(self) -> Iterator[Candidate]:
        """Judge all cases together, after the last one."""
        for each in self._crowd:
            rule, values = self.rules.rule(each.rule_id), self.rules.values(each.rule_id)
            for found in each.judge(self._lines, values, self.scene.calendar):
                yield candidate(rule, self.rules, found)

    def _bind(self, rules: Iterable[CaseRule], part: Part) -> Iterator[_Bound]:
        for each in rules:
            if each.about is part:
                yield self.rules.rule(each.rule_id), each.judge, self.rules.values(each.rule_id)

    def _conformance(self, item: ServiceItem | None) -> Conformance | None:
        if not self._reads_flow:
            return None
        return self._conformances.get(item.procedure if item else "")

    def _candidate(self, rule: Rule, file: CaseFile, hit: Hit) -> Candidate:
        found = Found(Subject.CASE, file.case.case_no, hit)
        stricter = self._stricter(file.item) if file.item and file.item.focus else 0
        unit_id = file.case.unit_id
        return candidate(rule, self.rules, found, unit_id=unit_id, stricter=stricter)

    def _stricter(self, item: ServiceItem) -> int:
        """Give how many levels more a finding weighs in the item's focus areas (F15)."""
        if not self.rules.is_on(FOCUS):
            return 0
        values = self.rules.values(FOCUS)
        return int(max(values[area.value.lower()] for area in item.focus))


def candidate(
    rule: Rule,
    rules: RuleSet,
    found: Found,
    *,
    unit_id: str = "",
    period: str = "",
    stricter: int = 0,
) -> Candidate:
    """Make a candidate of a hit.

    Args:
        unit_id: who answers for it where the hit names nobody.
        period: of rules over a month or a quarter, so that each period has its own.
        stricter: levels more, up to the highest there is.
    """
    facts, level, part, unit, provisional = found.hit
    level = rule.level if level is None else min(level, rule.level)
    level = min(level + stricter, _HIGHEST)
    if provisional:
        level = min(level, _PROVISIONAL_LEVEL)
    subject = f"{found.subject.value}:{found.subject_id}"
    return Candidate(
        rule.id,
        rule.version,
        rules.version,
        rule.board,
        level,
        found.subject,
        found.subject_id,
        unit or unit_id,
        facts,
        dedupe_key=f"{rule.id}/{subject}/{part}/{level}/{period}",
        matter=f"{rule.group}/{subject}" if rule.group else f"{rule.id}/{part}/{subject}",
        provisional=provisional,
    )


def clock_rules(rules: RuleSet, base: ClockRules) -> ClockRules:
    """Give the clocks the parameters of the rules, so that lamp and finding agree."""
    near, silent = rules.values("R-TIM-01"), rules.values("R-TIM-08")
    return replace(
        base,
        warn_share=near["share_percent"] / 100,
        warn_min=int(near["least_wd"]),
        warn_max=int(near["most_wd"]),
        correction_wd=int(silent["limit_wd"]),
    )


def in_order(events: Sequence[CaseEvent]) -> Sequence[CaseEvent]:
    """Give the events in the order of time; what happened at one moment stays as it was told."""
    times = [event.at for event in events]
    return events if times == sorted(times) else sorted(events, key=attrgetter("at"))


def _conformances(
    flows: Mapping[str, Template], flow: Template | None, scene: Scene
) -> Mapping[str, Conformance]:
    made = {name: Conformance(each, scene.calendar) for name, each in flows.items()}
    return {**made, "": Conformance(flow, scene.calendar)} if flow else made
