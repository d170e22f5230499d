"""What a reviewer reads of an approval case: why, by which rule, and the case as sealed."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from desktop.domain.approvals import EventKind
from desktop.domain.findings import CaseMatter
from desktop.domain.rules.catalogue import Catalogue
from desktop.domain.rules.explanation import explain
from desktop.system.language import headed, joined, said
from desktop.system.theme import Tone
from desktop.viewmodels.approvals.words import CASE_FIELDS, EVENTS
from desktop.viewmodels.lines import Row
from desktop.viewmodels.papers.words import kind_name
from desktop.viewmodels.review.checks import Check
from desktop.viewmodels.review.exhibits import Records
from desktop.viewmodels.review.pack import Integrity, Pack
from desktop.viewmodels.times import stamp

_SHOWN = (
    "received_at", "accepted_at", "decided_at", "completed_at", "delivered_at", "due_promised",
    "due_statutory", "applicant_name", "acceptance_doc_no", "decision_doc_no", "refuse_reason",
)  # fmt: skip


def why_said(pack: Pack, catalogue: Catalogue) -> str:
    """Say in one sentence why it was found, in the language of the screen."""
    rule = catalogue.rule(pack.finding.rule_id)
    return explain(rule, pack.finding.facts, said("zh", "rules"))


def by_what(pack: Pack, catalogue: Catalogue) -> str:
    """Say the rule with its version, its basis, and by which parameters and days it judged."""
    finding = pack.finding
    rule = catalogue.rule(finding.rule_id)
    name = rule.wording[said("zh", "rules")].name
    told = said("规则 {0}（第 {1} 版）{2}；依据：{3}")
    words = told.format(rule.id, finding.rule_version, name, "；".join(rule.basis))
    if finding.case is None:
        return words
    versions = said("参数 {0} · 日历 {1}").format(
        finding.case.rule_set[:8], finding.case.calendar[:8]
    )
    return f"{words} · {versions}"


def measures_said(pack: Pack, catalogue: Catalogue) -> str:
    """Say what the rule proposes once it is confirmed, and what this organ may only transfer."""
    papers = catalogue.rule(pack.finding.rule_id).measures
    own = [kind_name(paper) for paper in papers if pack.organ.may_issue(paper)]
    others = [kind_name(paper) for paper in papers if not pack.organ.may_issue(paper)]
    between = said("、", "list")
    told = said("认定后建议办理：{0}。").format(between.join(own)) if own else ""
    words = said("本机关无权办理，只能移送有权机关：{0}。")
    return joined(told, words.format(between.join(others)) if others else "")


def provisional_said(pack: Pack) -> str:
    """Say that no card may follow, where a date may still move."""
    if not pack.finding.is_provisional:
        return ""
    return said("期限涉及尚未公布日历的年份，只是暂定，不能据此发牌。")


def case_checks(pack: Pack, records: Records) -> Iterator[Check]:
    """What is known of the case; its fields as they were sealed."""
    if matter := pack.finding.case:
        yield from _matter(matter, pack)
    told: Mapping[str, object] = records.extract.case if records.extract else {}
    for name in _SHOWN:
        if name in told:
            yield Check(said(CASE_FIELDS[name]), _value(told[name]))


def case_steps(records: Records) -> tuple[Row, ...]:
    """Everything that happened to it, in the order of time, as it was sealed."""
    events = records.extract.events if records.extract else ()
    ordered = sorted(events, key=lambda each: str(each["at"]))
    return tuple(Row(str(number), _step(event)) for number, event in enumerate(ordered))


def case_sealed(pack: Pack, integrity: Integrity | None) -> Check:
    """Say whether the sealed case is here and whole."""
    item = pack.extract
    if pack.finding.is_record:
        return Check("", said("由台账记录得出，没有另外封存的材料，请对照文书核实"), Tone.SOFT)
    if item is None:
        return Check("", said("没有封存的办件记录"), Tone.BAD)
    held = said("办件记录已封存，摘要 {0}").format(item.sha256[:12])
    if integrity is None:
        return Check("", said("{0}，正在校验摘要…").format(held), Tone.SOFT)
    if integrity.damaged:
        return Check("", said("{0}，未通过校验，不能作为证据").format(held), Tone.BAD)
    if integrity.missing:
        return Check("", said("{0}，尚未同步到本机").format(held), Tone.NEAR)
    return Check("", said("{0}，校验无误").format(held), Tone.GOOD)


def _matter(matter: CaseMatter, pack: Pack) -> Iterator[Check]:
    if pack.finding.is_record:
        yield Check(said("文书或责任人"), matter.case_no or "—")
    else:
        yield Check(said("办件编号"), matter.case_no)
    yield Check(said("责任单位"), pack.unit.name)
    if matter.title or matter.item_code:
        name = " ".join(filter(None, (matter.item_code, matter.title)))
        yield Check(said("事项"), name, is_wide=True)


def _step(event: Mapping[str, object]) -> tuple[str, ...]:
    kind = EventKind(str(event["kind"]))
    step = str(event.get("step", ""))
    return (
        _value(event["at"]),
        headed(said(EVENTS[kind])),
        step if step != kind.value else "",
        str(event.get("by", "")),
        str(event.get("opinion") or event.get("doc_no") or ""),
    )


def _value(value: object) -> str:
    text = str(value)
    return stamp(datetime.fromisoformat(text)) if "T" in text[:12] else text
