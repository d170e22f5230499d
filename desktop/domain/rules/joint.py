"""Parallel approval (R-JNT, R-TIM-13): who holds a joint case up, and did it run in parallel."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from desktop.domain.approvals import ApproverLevel, JointCase, SubCase
from desktop.domain.clocks import Reading, Scene, read_limit
from desktop.domain.flows import Template
from desktop.domain.items import ServiceItem
from desktop.domain.rules.judgement import NONE, Hit, Hits, Values
from desktop.domain.stops import ExtensionRules, Life, excluded_spans


class JointFile(NamedTuple):
    """A joint case with its procedure and the items of its parts, by code."""

    case: JointCase
    flow: Template
    items: dict[str, ServiceItem]
    scene: Scene


class JointRule(NamedTuple):
    """A rule over one joint case."""

    rule_id: str
    judge: Callable[[JointFile, Values], Hits]


def clock_of_part(file: JointFile, part: SubCase) -> Reading:
    """Read the clock of one department's part.

    A hearing stops its own branch, and those that wait for it.
    """
    life = _life(file.scene, part.sent_at, part.opinion_at)
    stops = [
        stop
        for each in file.case.parts
        if each is part or part.unit_id in each.blocks
        for stop in each.stops
    ]
    item = file.items.get(part.item_code)
    spans = excluded_spans(stops, item, life, file.scene.calendar)
    return read_limit(life, part.limit, file.scene, spans)


def clock_of_whole(file: JointFile) -> Reading:
    """Read the clock of the whole; an extension is the government leader's to give."""
    case = file.case
    life = _life(file.scene, case.accepted_at, case.completed_at)
    extensions = (case.extension,) if case.extension else ()
    rules = replace(file.scene.rules, extension=_BY_GOVERNMENT)
    return read_limit(life, case.limit, replace(file.scene, rules=rules), (), extensions)


_BY_GOVERNMENT = ExtensionRules(max_amount=15, level=ApproverLevel.GOVERNMENT_LEADER)  # LL-02


def late_part(file: JointFile, _: Values) -> Hits:
    """R-JNT-01: a part is overdue; its own unit answers for it, not the lead."""
    hits = []
    for part in file.case.parts:
        clock = clock_of_part(file, part)
        if clock.overdue:
            facts = {"unit": part.unit_id, "due": clock.due, "overdue": clock.overdue}
            hits.append(Hit(facts, None, part.unit_id, part.unit_id, clock.provisional))
    return hits


def late_whole(file: JointFile, _: Values) -> Hits:
    """R-TIM-13: the whole took longer than the law gives for joint handling.

    The unit whose part was latest answers for it; the lead only where no part was late (7.4).
    """
    clock = clock_of_whole(file)
    if not clock.overdue:
        return NONE
    late = {part.unit_id: clock_of_part(file, part).overdue for part in file.case.parts}
    worst = max(late, key=late.__getitem__, default=file.case.lead_unit_id)
    answers = worst if late.get(worst) else file.case.lead_unit_id
    facts = {"due": clock.due, "overdue": clock.overdue, "used": clock.used}
    return (Hit(facts, unit=answers, provisional=clock.provisional),)


def lead_is_late(file: JointFile, values: Values) -> Hits:
    """R-JNT-02: the whole is late and no part was, so the lead answers for it."""
    if any(clock_of_part(file, part).overdue for part in file.case.parts):
        return NONE
    return late_whole(file, values)


def asked_twice(file: JointFile, values: Values) -> Hits:
    """R-JNT-03: several departments asked for the same material."""
    asked = Counter(name for part in file.case.parts for name in set(part.materials))
    often = sorted(name for name, units in asked.items() if units >= values["units"])
    return (Hit({"materials": often}, unit=file.case.lead_unit_id),) if often else NONE


def stage_missing(file: JointFile, _: Values) -> Hits:
    """R-JNT-04: a stage of the procedure has no record though the case is completed.

    A source that tells no stage at all says nothing of any.
    """
    if file.case.completed_at is None or not file.case.stages:
        return NONE
    done = {name for name, _at in file.case.stages}
    return [
        Hit({"stage": node.title}, None, node.name, file.case.lead_unit_id)
        for node in file.flow.nodes
        if not done & {node.name, *node.matches}
    ]


def project_too_long(file: JointFile, values: Values) -> Hits:
    """R-JNT-05: an engineering project took longer than the whole may take (LL-29)."""
    if not file.case.engineering:
        return NONE
    used = clock_of_whole(file).used
    if used <= values["limit_wd"]:
        return NONE
    return (Hit({"used": used}, unit=file.case.lead_unit_id),)


def one_after_the_other(file: JointFile, values: Values) -> Hits:
    """R-JNT-06: parts that may run in parallel were not sent at the same time."""
    sent = sorted(part.sent_at for part in file.case.parts if part.may_run_parallel)
    if len(sent) < 2:
        return NONE
    day, calendar = file.scene.calendar.day, file.scene.calendar
    apart = calendar.count(day(sent[0]), day(sent[-1]))
    if apart <= values["apart_wd"]:
        return NONE
    facts = {"first": sent[0], "last": sent[-1], "apart": apart}
    return (Hit(facts, unit=file.case.lead_unit_id),)


def no_opinion(file: JointFile, _: Values) -> Hits:
    """R-JNT-07: no opinion by the due date; recorded as not answered (逾期未反馈)."""
    return [
        Hit({"unit": part.unit_id, "due": clock.due}, None, part.unit_id, part.unit_id)
        for part in file.case.parts
        if part.opinion is None and (clock := clock_of_part(file, part)).overdue
    ]


def _life(scene: Scene, start: datetime, done: datetime | None) -> Life:
    day = scene.calendar.day
    return Life(day(start), scene.today, day(done) if done else None)


JOINT_RULES = (
    JointRule("R-TIM-13", late_whole),
    JointRule("R-JNT-01", late_part),
    JointRule("R-JNT-02", lead_is_late),
    JointRule("R-JNT-03", asked_twice),
    JointRule("R-JNT-04", stage_missing),
    JointRule("R-JNT-05", project_too_long),
    JointRule("R-JNT-06", one_after_the_other),
    JointRule("R-JNT-07", no_opinion),
)
