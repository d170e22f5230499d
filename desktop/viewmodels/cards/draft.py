"""A card's text while it is written: what it begins with, and what it still lacks."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date, datetime

from desktop.documents.card_paper import default_facts, default_requirements
from desktop.documents.template import Template
from desktop.domain.calendar import WorkingCalendar
from desktop.domain.cards import Card
from desktop.domain.errors import CalendarUnknown
from desktop.domain.findings import Finding
from desktop.domain.identifiers import BasisId
from desktop.domain.organisation import BasisPurpose, LegalBasis, Window
from desktop.system.language import said
from desktop.usecases.cards import CardText
from desktop.viewmodels.naming import field_name
from desktop.viewmodels.times import day_of, day_said
from desktop.viewmodels.wording import sentence

RECTIFY_WD = 5  # section 7.3: working days, the least of 3, 5, 10 and 15
APPEAL_WD = 5
LONGEST_APPEAL_WD = 60


def first_text(
    template: Template,
    finding: Finding,
    window: Window | None,
    *,
    bases: Sequence[LegalBasis],
    calendar: WorkingCalendar,
    now: datetime,
) -> CardText:
    """Write what the program can write by itself; where the law leaves no choice it cites it."""
    today = day_of(now)
    return CardText(
        facts_text=default_facts(template, finding, window, now),
        violated=_only(bases, BasisPurpose.CONDUCT, today),
        basis=_only(bases, BasisPurpose.CARD, today),
        requirements=default_requirements(template, finding),
        rectify_due=calendar.after(today, RECTIFY_WD).day,
        appeal_days=APPEAL_WD,
        person=window.clerk if window else str(finding.facts.get("person", "")),
    )


def text_of(card: Card) -> CardText:
    """Give a card's text."""
    return CardText(**{part.name: getattr(card, part.name) for part in fields(CardText)})


def with_text(card: Card, text: CardText) -> Card:
    """Give the card as it would be with another text, for its preview."""
    return replace(card, **{part.name: getattr(text, part.name) for part in fields(text)})


def missing(text: CardText, calendar: WorkingCalendar, today: date) -> tuple[str, ...]:
    """Say what keeps a text from being submitted, one short sentence each."""
    wanted = {
        "facts_text": text.facts_text.strip(),
        "violated": text.violated,
        "basis": text.basis,
        "requirements": text.requirements,
    }
    gaps = [said("还缺“{0}”").format(field_name(n)) for n, v in wanted.items() if not v]
    if trouble := due_trouble(text.rectify_due, calendar, today):
        gaps.append(trouble)
    return tuple(gaps)


def due_trouble(due: date, calendar: WorkingCalendar, today: date) -> str:
    """Say why a day cannot be the limit; "" when it can."""
    if due <= today:
        return said("整改期限须晚于今天")
    try:
        return "" if calendar.is_working(due) else said("整改期限落在非工作日")
    except CalendarUnknown as error:
        return sentence(error)


def due_said(due: date, calendar: WorkingCalendar, today: date) -> str:
    """Say a limit in a sentence: its day, its weekday and how many working days it leaves."""
    return said("{0}，{1} 个工作日").format(day_said(due), calendar.count(today, due))


def sentences_of(text: str) -> tuple[str, ...]:
    """Read requirements, one a line."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _only(bases: Sequence[LegalBasis], purpose: BasisPurpose, today: date) -> tuple[BasisId, ...]:
    fitting = [b.id for b in bases if b.purpose is purpose and b.in_force(today)]
    return tuple(fitting) if len(fitting) == 1 else ()
