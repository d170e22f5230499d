"""Judges what is no single case: items of the list, joint cases, batches, units, cards."""

from collections.abc import Iterable, Sequence
from datetime import date

from desktop.domain.calendar import WorkingCalendar
from desktop.domain.findings import Finding
from desktop.domain.official_documents import OfficialDocument
from desktop.domain.organisation import Unit
from desktop.domain.replies import UnitReply
from desktop.domain.rules.aggregation import RECORD_RULES, UnitRecord
from desktop.domain.rules.catalogue import RuleSet
from desktop.domain.rules.checker import candidate
from desktop.domain.rules.crowds import Found, Warned, warned_in_a_row
from desktop.domain.rules.data import BATCH_RULES, Batch, nobody_to_call
from desktop.domain.rules.handling import (
    LIFE_RULES,
    PROPOSAL_RULE,
    WAITING_RULE,
    CardLife,
    unanswered,
    unverified,
)
from desktop.domain.rules.joint import JOINT_RULES, JointFile
from desktop.domain.rules.judgement import Candidate, Hit, Subject
from desktop.domain.rules.lists import ITEM_RULES, ItemFile

Judged = Iterable[tuple[str, Iterable[Hit]]]


def check_item(file: ItemFile, rules: RuleSet) -> list[Candidate]:
    """Judge one item of the power list."""
    judged = ((each.rule_id, each.judge(file, rules.values(each.rule_id))) for each in ITEM_RULES)
    return _candidates(judged, rules, Subject.ITEM, (file.item.code, file.item.unit_id))


def check_joint(file: JointFile, rules: RuleSet) -> list[Candidate]:
    """Judge one joint case."""
    judged = ((each.rule_id, each.judge(file, rules.values(each.rule_id))) for each in JOINT_RULES)
    owner = (file.case.case_no, file.case.lead_unit_id)
    return _candidates(judged, rules, Subject.JOINT_CASE, owner)


def check_batch(batch: Batch, rules: RuleSet, calendar: WorkingCalendar) -> list[Candidate]:
    """Judge what one unit sent for one period."""
    judged = (
        (each.rule_id, each.judge(batch, rules.values(each.rule_id), calendar))
        for each in BATCH_RULES
    )
    return _candidates(judged, rules, Subject.BATCH, (batch.batch_id, batch.unit_id))


def check_unit(unit: Unit, rules: RuleSet) -> list[Candidate]:
    """Judge a unit's own entry."""
    return _candidates([("R-DAT-06", nobody_to_call(unit))], rules, Subject.UNIT, (unit.id,) * 2)


def check_warnings(warnings: Iterable[Warned], rules: RuleSet, period: str) -> list[Candidate]:
    """Judge the warnings of a period, which the units answered or not."""
    if not rules.is_on("R-TIM-17"):
        return []
    rule = rules.rule("R-TIM-17")
    found = warned_in_a_row(warnings, rules.values(rule.id))
    return [candidate(rule, rules, each, period=period) for each in found]


def check_record(record: UnitRecord, rules: RuleSet) -> list[Candidate]:
    """Judge what a unit's cards and findings add up to."""
    return [
        candidate(rules.rule(each.rule_id), rules, found, unit_id=record.unit_id)
        for each in RECORD_RULES
        if rules.is_on(each.rule_id)
        for found in each.judge(record, rules.values(each.rule_id))
    ]


def check_life(life: CardLife, rules: RuleSet) -> list[Candidate]:
    """Judge how one card was handled."""
    judged = ((each.rule_id, each.judge(life, rules.values(each.rule_id))) for each in LIFE_RULES)
    return _candidates(judged, rules, Subject.CARD, (life.card.id, life.card.unit_id))


def check_waiting(
    finding: Finding, rules: RuleSet, today: date, calendar: WorkingCalendar
) -> list[Candidate]:
    """Judge whether a finding waits for its reviewers too long."""
    hits = unverified(finding, rules.values(WAITING_RULE), today, calendar)
    owner = (finding.id, finding.unit_id)
    return _candidates([(WAITING_RULE, hits)], rules, Subject.FINDING, owner)


def check_proposal(
    paper: OfficialDocument, replies: Sequence[UnitReply], rules: RuleSet, today: date
) -> list[Candidate]:
    """Judge whether a served proposal of supervision was answered."""
    hits = unanswered(paper, replies, today, rules.values(PROPOSAL_RULE))
    owner = (paper.id, paper.unit_id or "")
    return _candidates([(PROPOSAL_RULE, hits)], rules, Subject.PAPER, owner)


def _candidates(
    judged: Judged, rules: RuleSet, subject: Subject, owner: tuple[str, str]
) -> list[Candidate]:
    subject_id, unit_id = owner
    return [
        candidate(rules.rule(rule_id), rules, Found(subject, subject_id, hit), unit_id=unit_id)
        for rule_id, hits in judged
        if rules.is_on(rule_id)
        for hit in hits
    ]
