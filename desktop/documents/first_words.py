"""What a paper says before the drafter has written a word: its matter, and its template's words."""

import string
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import cast

from desktop.documents.card_paper import cited, day, default_facts, found_by
from desktop.documents.slots import SlotKind, slots_of
from desktop.documents.template import Field, Template
from desktop.domain.appeals import Appeal
from desktop.domain.calendar import HALL_TIME, WorkingCalendar
from desktop.domain.cards import TEMPLATES, Card, CardKind
from desktop.domain.evidence import ServiceReceipt
from desktop.domain.findings import Finding
from desktop.domain.organisation import (
    BasisPurpose,
    Hall,
    LegalBasis,
    Organ,
    Unit,
    UserCard,
    Window,
)
from desktop.domain.rectification import LIMIT_WD, Rectification
from desktop.usecases.official_documents import Matter
from desktop.usecases.ports import Reading

_APPEAL_DAYS, _REPLY_DAYS, _EFFECT_MONTHS = "5", "30", "6"  # sections 7.3 and 11.5
_VOID_IN_COUNT = {"CANCELLED", "REVOKED", "REPLACED"}


class FirstWords:
    """Words a paper from one consistent picture of the case file."""

    def __init__(
        self,
        reading: Reading,
        templates: Mapping[str, Template],
        matter: Matter,
        *,
        calendar: WorkingCalendar,
        now: datetime,
    ) -> None:
        self._reading, self._templates, self._matter = reading, templates, matter
        self._calendar, self._now = calendar, now
        self._today = now.astimezone(HALL_TIME).date()

    def said(self) -> dict[str, Field]:
        """Give every place of the template what can be known of it; the rest is empty."""
        template = self._templates[self._matter.template]
        known = self._known()
        for name in template.texts_or("not_from_matter"):
            known.pop(name, None)
        first = cast(Mapping[str, str | Sequence[str]], template.content.get("first", {}))
        said: dict[str, Field] = {}
        for slot in slots_of(template):
            is_text = slot.kind in {SlotKind.LINE, SlotKind.LONG}
            value = known.get(slot.name) or _filled(first.get(slot.name, ""), known)
            if is_text and not isinstance(value, str):
                value = "；".join(str(part) for part in value)
            said[slot.name] = value if is_text or not isinstance(value, str) else _as_list(value)
        said["organ"] = known["organ"]
        return said

    def _known(self) -> dict[str, Field]:
        matter, reading = self._matter, self._reading
        known: dict[str, Field] = dict(self._of_office())
        if matter.unit_id:
            unit = reading.get(Unit, matter.unit_id)
            known |= {"unit": unit.name, "liaison": unit.liaison, "responsible": unit.liaison}
            known |= self._counts(unit)
        if matter.finding_ids:
            known |= self._of_findings()
        if matter.card_id:
            known |= self._of_card(reading.get(Card, matter.card_id))
        return known

    def _of_office(self) -> Iterator[tuple[str, Field]]:
        hall = self._reading.get(Hall, self._matter.hall_id)
        organ = self._reading.get(Organ, hall.organ_id)
        bases = [b for b in self._reading.find(LegalBasis) if b.in_force(self._today)]
        due = self._calendar.after(self._today, LIMIT_WD[CardKind.YELLOW]).day
        yield from {
            "organ": organ.name,
            "hall": hall.name,
            "contact": organ.contact,
            "phone": organ.phone,
            "appeal_office": organ.appeal_office,
            "appeal_days": _APPEAL_DAYS,
            "reply_days": _REPLY_DAYS,
            "effect_months": _EFFECT_MONTHS,
            "basis": _only(bases, BasisPurpose.CARD),
            "violated": _only(bases, BasisPurpose.CONDUCT),
            "rectify_due": day(due),
            "today": day(self._today),
            "period": self._matter.period,
        }.items()

    def _counts(self, unit: Unit) -> dict[str, Field]:
        """Count the unit's cards of this year that stand."""
        cards = [
            card.kind
            for card in self._reading.find(Card, unit_id=unit.id)
            if card.served_at is not None
            and card.served_at.astimezone(HALL_TIME).year == self._today.year
            and card.state.value not in _VOID_IN_COUNT
        ]
        yellow, red = cards.count(CardKind.YELLOW), cards.count(CardKind.RED)
        if not cards:
            return {}
        return {"yellow_before": str(yellow), "red_before": str(red)}

    def _of_findings(self) -> dict[str, Field]:
        words = self._templates[TEMPLATES[CardKind.YELLOW]]
        findings = [self._reading.get(Finding, each) for each in self._matter.finding_ids]
        windows = [self._window(finding) for finding in findings]
        told = [
            default_facts(words, finding, window, self._now).removeprefix("你单位").rstrip("。")
            for finding, window in zip(findings, windows, strict=True)
        ]
        names = "、".join(dict.fromkeys(window.name for window in windows if window))
        known: dict[str, Field] = {
            "problems": told,
            "facts": "你单位" + "；".join(told) + "。",
            "found_by": found_by(words, findings),
            "window": names,
            "subjects": names,
        }
        for case in (finding.case for finding in findings if finding.case):
            item = case.title or case.item_code
            known |= {"item": item, "case_no": case.case_no, "why": f"{case.why.rstrip('。')}。"}
        return known

    def _window(self, finding: Finding) -> Window | None:
        return self._reading.get(Window, finding.window_id) if finding.window_id else None

    def _of_card(self, card: Card) -> dict[str, Field]:
        title = self._templates[TEMPLATES[card.kind]].title
        bases = [self._reading.get(LegalBasis, each) for each in card.violated]
        powers = [self._reading.get(LegalBasis, each) for each in card.basis]
        known: dict[str, Field] = {
            "card_no": card.doc_no,
            "document": title,
            "facts": card.facts_text,
            "problems": [card.facts_text.removeprefix("你单位").rstrip("。")],
            "requirements": list(card.requirements),
            "violated": cited(bases),
            "basis": cited(powers),
            "rectify_due": day(card.rectify_due),
            "appeal_days": str(card.appeal_days),
        }
        for receipt in self._reading.find(ServiceReceipt, card_id=card.id):
            known["served_on"] = _on(receipt.received_at)
        for order in self._reading.find(Rectification, card_id=card.id):
            known |= self._of_order(order)
        for appeal in self._reading.find(Appeal, card_id=card.id):
            known |= self._of_appeal(appeal, known)
        return known

    def _of_order(self, order: Rectification) -> dict[str, Field]:
        known: dict[str, Field] = {
            "rectify_due": day(order.due),
            "measures": _lines(order.plan),
            "results": _lines(order.report),
            "reported_on": _on(order.reported_at),
            "recheck_way": order.recheck_way,
            "rechecked_on": _on(order.rechecked_at),
            "recheckers": self._person(order.rechecked_by),
            "conclusion": order.recheck_note,
            "closed_on": _on(order.closed_at),
        }
        return {name: value for name, value in known.items() if value}

    def _of_appeal(self, appeal: Appeal, known: Mapping[str, Field]) -> dict[str, Field]:
        told: dict[str, Field] = {
            "appealed_on": _on(appeal.received_at),
            "reviewer": self._person(appeal.accepted_by or appeal.reviewed_by),
            "decision_due": day(appeal.decision_due) if appeal.decision_due else "",
            "reasons": appeal.decision_reason or appeal.reason,
            "facts": appeal.facts,
        }
        chosen = appeal.decision or appeal.proposal
        if chosen:
            words = self._templates["T14B"].table("decisions")
            named = {"lower": self._templates["T02"].title, **known}
            told["decision"] = words[chosen.value].format(**named)
        return {name: value for name, value in told.items() if value}

    def _person(self, user_id: str | None) -> str:
        people = self._reading.find(UserCard) if user_id else ()
        return next((person.name for person in people if person.id == user_id), "")


def _only(bases: Sequence[LegalBasis], purpose: BasisPurpose) -> str:
    """Cite the one article of a purpose; where there is a choice, the drafter makes it."""
    fitting = [basis for basis in bases if basis.purpose is purpose]
    return cited(fitting) if len(fitting) == 1 else ""


def _filled(words: str | Sequence[str], known: Mapping[str, Field]) -> str | list[str]:
    """Fill a template's first words; what names something unknown is left out."""
    if isinstance(words, str):
        return _if_known(words, known)
    return [text for text in (_if_known(each, known) for each in words) if text]


def _if_known(words: str, known: Mapping[str, Field]) -> str:
    names = [name for _, name, _, _ in string.Formatter().parse(words) if name]
    if all(isinstance(known.get(name), str) and known[name] for name in names):
        return words.format(**known)
    return ""


def _as_list(value: str) -> list[str]:
    return _lines(value) if value else []


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _on(moment: datetime | date | None) -> str:
    if moment is None:
        return ""
    return day(moment.astimezone(HALL_TIME).date() if isinstance(moment, datetime) else moment)
