"""What a reviewer reads of a finding that people made on the spot."""

from collections.abc import Iterator

from desktop.domain.rules.catalogue import Catalogue
from desktop.domain.rules.explanation import explain
from desktop.system.language import said
from desktop.system.theme import Tone
from desktop.viewmodels.review.checks import Check
from desktop.viewmodels.review.pack import Pack
from desktop.viewmodels.times import clock_short, stamp


def site_checks(pack: Pack) -> Iterator[Check]:
    """Tell what is known of the inspection."""
    finding, facts = pack.finding, pack.finding.facts
    end = clock_short(finding.ended_at) if finding.ended_at else ""
    yield Check(said("来源"), said("现场巡查"))
    yield Check(said("检查时间"), f"{stamp(finding.started_at)}–{end}", is_wide=True)
    if facts.get("note"):
        yield Check(said("情况说明"), str(facts["note"]), is_wide=True)
    if facts.get("rule"):
        yield Check(said("对应规则"), str(facts["rule"]))
    if facts.get("deduct"):
        yield Check(said("扣分"), f"{float(str(facts['deduct'])):g}")
    if facts.get("score") is not None:
        yield Check(said("巡查得分"), f"{float(str(facts['score'])):g}")
    if not pack.stills:
        yield Check(said("照片"), said("没有拍照"), Tone.NEAR)


def site_rule_said(pack: Pack, catalogue: Catalogue) -> str:
    """Say what was not in order, and by which rule that counts."""
    rule = catalogue.rule(pack.finding.rule_id)
    language = said("zh", "rules")
    told = said("规则 {0}（第 {1} 版）{2}：{3}")
    why = explain(rule, pack.finding.facts, language)
    return told.format(rule.id, pack.finding.rule_version, rule.wording[language].name, why)
