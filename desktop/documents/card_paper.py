"""Says on paper what a card, its findings and its service are."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from desktop.documents.annexes import Exhibit
from desktop.documents.template import Template
from desktop.domain.calendar import HALL_TIME
from desktop.domain.cards import Card, CardKind
from desktop.domain.evidence import Evidence, ServiceReceipt, ServiceWay
from desktop.domain.findings import CaseMatter, Finding
from desktop.domain.organisation import LegalBasis, Organ, Unit, Window
from desktop.domain.rules.video import PHONE_RULE

UNNUMBERED = "（待编号）"
# A screen sets figures off with spaces, a paper does not.
_SPACES = re.compile(r"(?<=[^\x00-\xff]) | (?=[^\x00-\xff])")
UNDATED = "　　　年　　月　　日"


@dataclass(frozen=True, slots=True)
class CardFile:
    """A card with all that its paper names.

    Attributes:
        before: the unit's cards that were served before it; None where its paper names none.
    """

    card: Card
    findings: tuple[Finding, ...]
    organ: Organ
    unit: Unit
    violated: tuple[LegalBasis, ...]
    basis: tuple[LegalBasis, ...]
    evidence: tuple[Evidence, ...]
    before: Mapping[CardKind, int] | None = None


def default_facts(
    template: Template, finding: Finding, window: Window | None, now: datetime
) -> str:
    """Word what was found, for the drafter to change."""
    words = template.table("words")
    if case := finding.case:
        return words["facts_record" if finding.is_record else "facts_found"].format(
            item=case.title or case.item_code,
            case_no=case.case_no,
            limits=_limits(template, case),
            why=_SPACES.sub("", case.why),
        )
    if finding.inspection_id:
        return words["facts_site"].format(
            window=window.name if window else "",
            start=moment(finding.started_at),
            why=_on_site(words, finding),
        )
    return words[_wording(finding)].format(
        window=window.name if window else "",
        start=moment(finding.started_at),
        end=moment(finding.ended_at) if finding.ended_at else "",
        lasted=lasting(finding.empty_s(now)),
        waiting=words["waiting"] if finding.customer_waited else "",
    )


def _on_site(words: Mapping[str, str], finding: Finding) -> str:
    """Name the item that was not in order, in Chinese; or the score of the whole."""
    facts = finding.facts
    if finding.answer_id is None:
        return words["site_score"].format(score=facts["score"])
    label = cast(Mapping[str, str], facts["item"])
    item = label.get("zh") or next(iter(label.values()))
    return words["site_item"].format(number=facts["number"], item=item, note=facts["note"])


def _limits(template: Template, case: CaseMatter) -> str:
    """Name the limits that the case stood under: （承诺时限5个工作日，法定时限20个工作日）."""
    words, units = template.table("words"), template.table("units")
    told = (
        words[name].format(
            units[limit.unit.value].format(limit.amount) if limit.amount else words["at_once"]
        )
        for name, limit in (("promised", case.promised), ("statutory", case.statutory))
        if limit
    )
    joined = "，".join(told)
    return f"（{joined}）" if joined else ""


def _wording(finding: Finding) -> str:
    """Say no more than was seen: short absences are not one, a session is not without a gap."""
    if finding.is_sum:
        return "facts_sum"
    if finding.rule_id == "R-VID-12":
        return "facts_never"
    if finding.rule_id == PHONE_RULE:
        return "facts_phone"
    return "facts" if finding.ended_at else "facts_open"


def default_requirements(template: Template, finding: Finding) -> tuple[str, ...]:
    """Word what is asked of the unit, for the drafter to change."""
    about = ""
    if finding.inspection_id:
        about = "_site"
    elif finding.case:
        about = "_record" if finding.is_record else "_case"
    return template.texts("words", f"requirements{about}")


def found_by(template: Template, findings: Sequence[Finding]) -> str:
    """Say how findings came to light, each way once."""
    words = template.table("words")
    return "、".join(dict.fromkeys(words[_found_by(finding)] for finding in findings))


def _found_by(finding: Finding) -> str:
    if finding.inspection_id:
        return "found_site"
    if finding.is_record:
        return "found_record"
    return "found_case" if finding.case else "found_video"


def card_fields(file: CardFile, template: Template) -> dict[str, str | Sequence[str]]:
    """Give the fields of a card's notice."""
    card, organ = file.card, file.organ
    return {
        "organ": organ.name,
        "doc_no": card.doc_no or UNNUMBERED,
        "unit": file.unit.name,
        "found_by": found_by(template, file.findings),
        "facts": card.facts_text,
        "violated": cited(file.violated),
        "basis": cited(file.basis),
        "requirements": card.requirements,
        "rectify_due": day(card.rectify_due),
        "appeal_days": str(card.appeal_days),
        "appeal_office": organ.appeal_office,
        "contact": organ.contact,
        "phone": organ.phone,
        "evidence": card.evidence,
        "measures": card.measures,
        "copy_to": card.copy_to,
        "issued_on": day(card.issued_at.astimezone(HALL_TIME).date())
        if card.issued_at
        else UNDATED,
        **_said_before(file),
    }


def _said_before(file: CardFile) -> dict[str, str]:
    if file.before is None:
        return {}
    kinds = {"yellow_before": CardKind.YELLOW, "red_before": CardKind.RED}
    return {name: str(file.before.get(kind, 0)) for name, kind in kinds.items()}


def receipt_fields(
    template: Template,
    receipt: ServiceReceipt,
    *,
    organ: str,
    document: str,
    doc_no: str,
    recorded_by: str,
) -> dict[str, str]:
    """Give the fields of a proof of service; the way that was used is filled in.

    Args:
        document: title of the paper that was served.
    """
    names = template.table("ways")
    ways = [f"{'■' if way is receipt.way else '□'} {names[way.value]}" for way in ServiceWay]
    rows = ("　".join(ways[:3]), "　".join(ways[3:]))
    received = receipt.received_at.astimezone(HALL_TIME)
    return {
        "organ": organ,
        "document": document,
        "doc_no": doc_no,
        "recipient": receipt.recipient,
        "place": receipt.place,
        "ways": "\n".join(rows),
        "received_at": f"{day(received.date())}{received.hour}时{received.minute:02}分",
        "receiver": receipt.receiver,
        "witness": receipt.witness,
        "deliverers": "、".join(receipt.deliverers),
        "recorded_by": recorded_by,
        "note": receipt.note,
        "proxy": receipt.proxy,
        "refusal": receipt.refusal,
    }


def exhibits_of(template: Template, evidence: Sequence[Evidence]) -> tuple[Exhibit, ...]:
    """List evidence as the annex prints it: originals only, in the order they were taken."""
    names = template.table("roles")
    originals = [item for item in evidence if item.masked_of is None]
    return tuple(
        Exhibit(
            names.get(item.role, item.role),
            item.taken_at.astimezone(HALL_TIME),
            item.size,
            item.sha256,
        )
        for item in sorted(originals, key=lambda item: (item.taken_at, item.role))
    )


def caption_of(template: Template, item: Evidence) -> str:
    """Write below a picture what it shows and when; on a line of its own, the digest."""
    name = template.table("roles").get(item.role, item.role)
    taken = item.taken_at.astimezone(HALL_TIME)
    return f"{name}　{taken:%Y-%m-%d %H:%M:%S}\n摘要 {(item.masked_of or item.sha256)[:12]}"


def cited(bases: Sequence[LegalBasis]) -> str:
    """Cite articles: 《title》article、…"""
    return "、".join(basis.citation for basis in bases)


def day(when: date) -> str:
    """Write a date as papers do: Arabic digits, full year, no leading zero."""
    return f"{when.year}年{when.month}月{when.day}日"


def moment(when: datetime) -> str:
    """Write a moment in hall time to the second."""
    local = when.astimezone(HALL_TIME)
    return f"{day(local.date())}{local.hour}时{local.minute:02}分{local.second:02}秒"


def lasting(seconds: float) -> str:
    """Write a duration in minutes and seconds."""
    minutes, rest = divmod(round(seconds), 60)
    if minutes and rest:
        return f"{minutes}分{rest}秒"
    return f"{minutes}分钟" if minutes else f"{rest}秒"
