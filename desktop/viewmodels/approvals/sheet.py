"""An open case in words: its clocks, its steps, and what was found with the reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.clocks import Lamp, Reading, lamp_of_case
from desktop.domain.items import Limit, LimitUnit
from desktop.domain.rules.catalogue import RuleSet
from desktop.domain.rules.explanation import as_json, explain
from desktop.domain.rules.judgement import Candidate
from desktop.system.language import headed, joined, said
from desktop.system.theme import Tone
from desktop.viewmodels.approvals.lamps import amount_said, limit_said, look_of_lamp
from desktop.viewmodels.approvals.ruler import Ruler, ruler_of
from desktop.viewmodels.approvals.words import (
    CHANNELS,
    CLOCK_FAULTS,
    DECISIONS,
    EVENTS,
    LEVELS,
)
from desktop.viewmodels.lines import Cells, Row, headings
from desktop.viewmodels.states import StateLook
from desktop.viewmodels.times import stamp
from desktop.workers.case_book import CaseSheet

_TONES = {0: Tone.SOFT, 1: Tone.NEAR, 2: Tone.NEAR, 3: Tone.BAD}


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found, as it explains itself.

    Attributes:
        key: what it is known by when it is raised.
        why: the rule's sentence with the facts of this case.
        unit: who answers for it, as its source calls it.
    """

    key: str
    rule_id: str
    name: str
    level: str
    tone: Tone
    why: str
    rule: str
    basis: str
    unit: str


class Sheet:
    """What the page of one case shows, in the language of now."""

    def __init__(self, read: CaseSheet, rules: RuleSet, unit: str) -> None:
        self.read, self._rules = read, rules
        self.case = read.bundle.case
        self.unit = unit

    @property
    def lamp(self) -> StateLook:
        """The lamp of the case."""
        return look_of_lamp(self._lamp())

    @property
    def trouble(self) -> str:
        """Why the clocks cannot be read, or that they have nothing to run to."""
        clocks = self.read.clocks
        if clocks.fault:
            return said(CLOCK_FAULTS[clocks.fault])
        if clocks.promised is None and clocks.statutory is None:
            return said("这件办件没有时限，或还没有受理，无法计算期限。")
        deemed = said("通知逾期，依法视为受理。") if clocks.deemed else ""
        return joined(deemed, self._moved())

    def _moved(self) -> str:
        """Say which due dates stood before the calendar changed (edge case 4)."""
        moved = self.read.moved
        days = dict.fromkeys(each.promised[0] or each.statutory[0] for each in moved)
        told = said("、", "list").join(day.isoformat() for day in days if day)
        return said("日历变更前的到期日：{0}。").format(told) if told else ""

    @property
    def ruler(self) -> Ruler | None:
        """The clocks on the days."""
        return ruler_of(self.read.bundle, self.read.clocks, self.read.scene)

    @property
    def asked(self) -> int:
        """How many rules could be asked."""
        return len(self.read.asked)

    def facts(self) -> Iterator[tuple[str, str]]:
        """What is known of the case, by name."""
        case = self.case
        decision = said(DECISIONS[case.decision]) if case.decision else ""
        given = (
            (said("办理单位"), self.unit),
            (said("事项编码"), case.item_code),
            (said("申请人"), case.applicant_name),
            (said("申办渠道"), said(CHANNELS[case.channel]) if case.channel else ""),
            (said("收件时间"), _stamp(case.received_at)),
            (said("受理时间"), _stamp(case.accepted_at)),
            (said("审批决定"), " ".join(filter(None, (_stamp(case.decided_at), decision)))),
            (said("办结时间"), _stamp(case.completed_at)),
        )
        return ((headed(name), value) for name, value in given if value)

    def clocks(self) -> tuple[Row, ...]:
        """Both clocks as rows."""
        clocks, case = self.read.clocks, self.case
        named = (
            (said("承诺时限"), clocks.promised, case.promised_limit),
            (said("法定时限"), clocks.statutory, case.statutory_limit),
        )
        return tuple(
            Row(name, (headed(name), *_clock_cells(reading, reading.limit or limit)))
            for name, reading, limit in named
            if reading
        )

    def steps(self) -> tuple[Row, ...]:
        """Everything that happened, in the order of time."""
        events = sorted(self.read.bundle.events, key=lambda event: event.at)
        return tuple(
            Row(
                str(number),
                (
                    stamp(event.at),
                    headed(said(EVENTS[event.kind])),
                    event.step if event.step != event.kind.value else "",
                    event.by,
                    event.opinion or event.doc_no,
                ),
            )
            for number, event in enumerate(events)
        )

    def interruptions(self) -> tuple[Row, ...]:
        """Stops and extensions, and whether they count."""
        ruler = self.ruler
        if ruler is None:
            return ()
        counts = said("计入")
        stops = [
            Row(
                f"stop-{n}",
                (each.name, each.first.isoformat(), each.last.isoformat(), each.fault or counts),
            )
            for n, each in enumerate(ruler.stops)
        ]
        extended = [
            Row(
                f"extension-{n}",
                (each.name, each.day.isoformat(), "", each.fault or counts),
            )
            for n, each in enumerate(ruler.extensions)
        ]
        return (*stops, *extended)

    def findings(self) -> tuple[Found, ...]:
        """What the rules find, the gravest first."""
        ordered = sorted(self.read.findings, key=lambda each: (-each.level, each.rule_id))
        return tuple(map(self._found, ordered))

    def _found(self, candidate: Candidate) -> Found:
        rule = self._rules.rule(candidate.rule_id)
        language = said("zh", "rules")
        wording = rule.wording[language]
        return Found(
            candidate.dedupe_key,
            rule.id,
            wording.name,
            headed(said(LEVELS[candidate.level])),
            _TONES[candidate.level],
            explain(rule, as_json(candidate.facts), language),
            wording.rule,
            "；".join(rule.basis),
            candidate.unit_id,
        )

    def _lamp(self) -> Lamp | None:
        return lamp_of_case(self.read.clocks, self.case, self.read.scene.rules)


def step_titles() -> Cells:
    """The titles of the table of steps."""
    return headings(said("时间"), said("类型"), said("环节"), said("办理人"), said("意见或文号"))


def clock_titles() -> Cells:
    """The titles of the table of clocks."""
    return headings(
        said("时钟"), said("时限"), said("已用"), said("扣除暂停"), said("延长"),
        said("到期日"), said("结果", "clock"),
    )  # fmt: skip


def interruption_titles() -> Cells:
    """The titles of the table of stops and extensions."""
    return headings(said("暂停与延期"), said("从", "day"), said("到", "day"), said("是否计入"))


def _clock_cells(reading: Reading, limit: Limit | None) -> Cells:
    unit = reading.limit.unit if reading.limit else LimitUnit.WORKING_DAY
    if reading.overdue:
        result = said("超 {0}").format(amount_said(reading.overdue, unit))
    elif reading.remaining:
        result = said("余 {0}").format(amount_said(reading.remaining, unit))
    else:
        result = said("未超期")
    due = stamp(reading.due_at) if reading.due_at else reading.due.isoformat()
    return (
        limit_said(limit) if limit else said("只有到期日"),
        str(reading.used),
        str(reading.excluded or "—"),
        str(reading.extended or "—"),
        said("{0}（暂定）").format(due) if reading.provisional else due,
        result,
    )


def _stamp(moment: datetime | None) -> str:
    return stamp(moment) if moment else ""
