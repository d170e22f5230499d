"""What a finding was checked against: only what this program really knows, and what it does not."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.duties import Duty
from desktop.domain.findings import Finding
from desktop.domain.rules.catalogue import Catalogue
from desktop.domain.rules.video import PHONE_RULE
from desktop.system.language import said
from desktop.system.theme import Tone
from desktop.viewmodels.duties_said import duty_said
from desktop.viewmodels.live.words import CAUSES, cause_said
from desktop.viewmodels.review.exhibits import Exhibits, Records
from desktop.viewmodels.review.pack import Integrity, Pack
from desktop.viewmodels.review.strip import Mark, Strip
from desktop.viewmodels.times import lasting, stamp
from video.vocabulary.observation import HealthCause


@dataclass(frozen=True, slots=True)
class Check:
    """One line: what was looked up, and what it says; a wide one has a row to itself."""

    label: str
    text: str
    tone: Tone = Tone.TEXT
    is_wide: bool = False


def checks(pack: Pack, records: Records) -> tuple[Check, ...]:
    """Tell what is known about the time of the finding."""
    clerk = pack.window.clerk if pack.window else ""
    return (
        _opening(pack),
        Check(
            said("窗口人员"),
            clerk or said("未登记"),
            Tone.TEXT if clerk else Tone.SOFT,
        ),
        _waiting(pack),
        _picture(pack, records.strip),
        Check(said("持续"), _lasted(pack), is_wide=True),
        _registered(said("暂停服务"), pack.duties.pauses),
        _registered(said("请假、顶岗"), pack.duties.excuses),
        _queue(pack.waiting),
        *_recording(pack.finding),
        _roster(pack),
    )


def _roster(pack: Pack) -> Check:
    if pack.rostered:
        return Check(said("排班"), said("、", "list").join(pack.rostered))
    return Check(said("排班"), said("未登记，须人工核对"), Tone.NEAR)


def _opening(pack: Pack) -> Check:
    sessions = "、".join(f"{s.start:%H:%M}–{s.end:%H:%M}" for s in pack.hall.sessions)
    if pack.was_open:
        return Check(said("开放时间"), sessions, Tone.GOOD)
    return Check(said("开放时间"), said("{0}，当时未开放").format(sessions), Tone.BAD)


def _registered(label: str, duties: Sequence[Duty]) -> Check:
    """Tell what was registered for the window over the time of the finding."""
    if not duties:
        return Check(label, said("当时没有登记"), is_wide=True)
    return Check(label, "；".join(map(duty_said, duties)), Tone.NEAR, is_wide=True)


def _waiting(pack: Pack) -> Check:
    if pack.finding.customer_waited:
        return Check(said("柜台前"), said("有人等候"), Tone.BAD)
    return Check(said("柜台前"), said("未见有人等候"))


def _queue(waiting: int | None) -> Check:
    """Tell who queued for the window meanwhile, by the tickets that were imported."""
    if waiting is None:
        return Check(said("排队"), said("当天没有导入叫号记录"), Tone.SOFT, is_wide=True)
    if not waiting:
        return Check(said("排队"), said("没有本窗口可叫的号在等候"), is_wide=True)
    text = said("本窗口可叫的号最多 {0} 人同时等候").format(waiting)
    return Check(said("排队"), text, Tone.NEAR, is_wide=True)


def _recording(finding: Finding) -> Sequence[Check]:
    """Tell that it was not seen live, and in which file."""
    told = finding.facts.get("recording")
    if not told:
        return ()
    text = said("录像文件 {0}").format(told) if isinstance(told, str) else said("由录像得出")
    return (Check(said("来源"), text, Tone.NEAR, is_wide=True),)


def _picture(pack: Pack, strip: Strip | None) -> Check:
    if (told := pack.finding.facts.get("cause")) is not None:
        off_s = pack.finding.facts.get("clock_off_s")
        cause = cause_said(HealthCause(told), None if off_s is None else float(str(off_s)))
        return Check(said("摄像机"), cause, Tone.NEAR)
    share = pack.finding.unknown_share
    if not share:
        return Check(said("摄像机"), said("全程可判断"), Tone.GOOD)
    causes = "、".join(said(CAUSES[HealthCause(cause)]) for cause in strip.causes) if strip else ""
    text = said("其间 {0} 无法判断").format(f"{share:.0%}")
    tone = Tone.NEAR if pack.finding.conclusive else Tone.BAD
    return Check(said("摄像机"), f"{text}（{causes}）" if causes else text, tone)


def _lasted(pack: Pack) -> str:
    finding = pack.finding
    limit = lasting(finding.threshold_s)
    if finding.is_sum:
        times, summed = (
            finding.facts.get("absences", 0),
            lasting(finding.empty_s(finding.started_at)),
        )
        return said("一小时内离岗 {0} 次，合计 {1}，认定时长 {2}").format(times, summed, limit)
    if finding.rule_id == PHONE_RULE:
        return _used(finding, limit)
    if not finding.threshold_s and finding.ended_at is not None:
        return lasting(finding.lasted_s(finding.ended_at))
    if finding.ended_at is None:
        return said("尚未返岗，已达到 {0}").format(limit)
    lasted = lasting(finding.lasted_s(finding.ended_at))
    if not finding.end_seen:
        return said("至少 {0}，此后未监测，没有看到返岗").format(lasted)
    return said("{0}，认定时长 {1}").format(lasted, limit)


def _used(finding: Finding, limit: str) -> str:
    """How long a phone was used, or how often."""
    if "uses" in finding.facts:
        return said("一小时内使用手机 {0} 次").format(finding.facts["uses"])
    if finding.ended_at is None:
        return said("尚未结束，已达到 {0}").format(limit)
    lasted = lasting(finding.lasted_s(finding.ended_at))
    return said("{0}，认定时长 {1}").format(lasted, limit)


def rule_said(pack: Pack, catalogue: Catalogue) -> str:
    """Say the rule in words, in the language of the screen."""
    rule = catalogue.rule(pack.finding.rule_id)
    words = rule.wording[said("zh", "rules")]
    minutes = lasting(pack.finding.threshold_s)
    text = words.rule.format(minutes=minutes)
    if pack.finding.is_sum:
        text = said("一小时内多次短时离岗，合计超过 {0}").format(minutes)
    if pack.finding.facts.get("which") == "queue":
        waiting = pack.finding.facts.get("waiting", 0)
        text = said("有人在岗而无人办理，同时有 {0} 人排队等候本窗口可叫的号，持续 {1} 以上")
        text = text.format(waiting, minutes)
    if "uses" in pack.finding.facts:
        text = said("一小时内使用手机 {0} 次").format(pack.finding.facts["uses"])
    version = pack.finding.rule_version
    return said("规则 {0}（第 {1} 版）{2}：{3}").format(rule.id, version, words.name, text)


def judged_by(pack: Pack, records: Records) -> str:
    """Say with what it was judged: detector, settings and outline by their digests."""
    manifest = records.manifest
    detector = manifest.detector if manifest else str(pack.finding.facts.get("detector", ""))
    parts = [said("检测器 {0}").format(detector)] if detector else []
    if manifest:
        parts += [
            said("参数 {0} {1}").format(manifest.profile, manifest.profile_sha256[:8]),
            said("区域 {0}").format(manifest.seat_sha256[:8]),
        ]
    return " · ".join(parts)


def sealed_said(pack: Pack, integrity: Integrity | None) -> Check:
    """Say what the pack holds, and whether every digest still fits."""
    if not pack.evidence:
        return Check("", said("由时间线或登记得出，没有图像证据，须人工核实"), Tone.SOFT)
    held = said("证据包：{0} 张图、{1} 段视频").format(len(pack.stills), len(pack.clips))
    if integrity is None:
        return Check("", said("{0}，正在校验摘要…").format(held), Tone.SOFT)
    if integrity.damaged:
        text = said("{0}，{1} 项未通过校验，不能作为证据").format(held, integrity.damaged)
        return Check("", text, Tone.BAD)
    if integrity.missing:
        text = said("{0}，{1} 项尚未同步到本机").format(held, integrity.missing)
        return Check("", text, Tone.NEAR)
    return Check("", said("{0}，{1} 项摘要全部校验").format(held, integrity.intact), Tone.GOOD)


def ticks_said(strip: Strip) -> str:
    """Say the strip in figures, for a tool tip and for who cannot see it."""
    rows = (strip.clerk, strip.customer, strip.healthy, strip.phone)
    told = said("座席有人 {0}，柜台前有人 {1}，画面可判断 {2}")
    if strip.phone:
        told = said("座席有人 {0}，柜台前有人 {1}，画面可判断 {2}，看到手机 {3}")
    return told.format(*(f"{strip.share(row, Mark.YES):.0%}" for row in rows))


def ticks_title(strip: Strip | None) -> str:
    """Say how much time a cell of the strip stands for."""
    if strip is None or not strip.tick_s:
        return said("判断依据")
    return said("判断依据（每 {0} 秒一格）").format(f"{strip.tick_s:g}")


def caption_of(pack: Pack, exhibits: Exhibits) -> str:
    """Say what the large picture is: which camera, when, how far into the absence."""
    still = exhibits.current
    if still is None:
        return ""
    since = (still.original.taken_at - pack.finding.started_at).total_seconds()
    parts = [pack.camera_name, stamp(still.original.taken_at)]
    if since > 0:
        parts.append(said("第 {0}").format(lasting(since)))
    return "  ".join(parts)
