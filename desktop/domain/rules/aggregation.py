"""Cards that add up (AG-1 to AG-8, section 7.2): what a unit's or a person's record leads to.

The machine proposes, as with every rule; parameters are data, and a hall sets its own.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain
from typing import NamedTuple

from desktop.domain.calendar import WorkingCalendar
from desktop.domain.cards import Card, CardKind, CardState
from desktop.domain.findings import Dismissal, Finding, FindingState
from desktop.domain.rules.crowds import Found
from desktop.domain.rules.judgement import Hit, Subject, Values

_WARNING = 1


class UnitRecord(NamedTuple):
    """What is known of one unit on a day.

    Attributes:
        cards: all of its cards; those in effect count.
        findings: all of its findings, as they were detected.
        leads: confirmed findings whose rule says that they may have to be handed over, by name.
        failed: the latest locked period in which it got the lowest grade, and that grade.
    """

    unit_id: str
    cards: Sequence[Card]
    findings: Sequence[Finding]
    leads: Sequence[tuple[Finding, Mapping[str, str]]]
    failed: tuple[str, str] | None
    today: date
    calendar: WorkingCalendar


class RecordRule(NamedTuple):
    """A rule over a unit's record."""

    rule_id: str
    judge: Callable[[UnitRecord, Values], Iterator[Found]]


def warned_in_a_row(record: UnitRecord, values: Values) -> Iterator[Found]:
    """AG-1: so many warnings confirmed one after another; one that was explained breaks the row."""
    row: list[Finding] = []
    for finding in record.findings:
        if finding.level != _WARNING or finding.rule_id.startswith("AG-"):
            continue
        if finding.dismissal is Dismissal.JUSTIFIED:
            row = []
        elif finding.state is FindingState.CONFIRMED:
            row.append(finding)
        if len(row) == values["row"]:
            facts = {"row": len(row), "numbers": [each.rule_id for each in row]}
            yield _on_unit(record, facts, row[-1].id)
            row = []


def yellow_of_a_person(record: UnitRecord, values: Values) -> Iterator[Found]:
    """AG-2: one person gathered yellow cards: a red one for the unit."""
    yield from _of_persons(record, values, CardKind.YELLOW, int(values["cards"]))


def cards_of_a_unit(record: UnitRecord, values: Values) -> Iterator[Found]:
    """AG-3: a unit gathered yellow cards, or a red one."""
    for kind, least in ((CardKind.YELLOW, values["cards"]), (CardKind.RED, values["red"])):
        for group in _groups(record, _counting(record, kind), int(least), values):
            yield _on_unit(record, _told(group, values), group[-1].id)


def red_of_a_unit(record: UnitRecord, values: Values) -> Iterator[Found]:
    """AG-4: a unit gathered red cards."""
    for group in _groups(record, _counting(record, CardKind.RED), int(values["red"]), values):
        yield _on_unit(record, _told(group, values), group[-1].id)


def red_of_a_person(record: UnitRecord, values: Values) -> Iterator[Found]:
    """AG-5: one person gathered red cards, or got one with intent: others decide what follows."""
    yield from _of_persons(record, values, CardKind.RED, int(values["red"]))


def leads_to_hand_over(record: UnitRecord, _: Values) -> Iterator[Found]:
    """AG-6: a confirmed finding hints at more than inefficiency."""
    for finding, name in record.leads:
        number = finding.case.case_no if finding.case else finding.rule_id
        yield _on_unit(record, {"name": name, "number": number}, finding.id)


def failed_evaluation(record: UnitRecord, _: Values) -> Iterator[Found]:
    """AG-8: the lowest grade in a locked report."""
    if record.failed:
        period, grade = record.failed
        yield _on_unit(record, {"period": period, "grade": grade}, period)


RECORD_RULES = (
    RecordRule("AG-1", warned_in_a_row),
    RecordRule("AG-2", yellow_of_a_person),
    RecordRule("AG-3", cards_of_a_unit),
    RecordRule("AG-4", red_of_a_unit),
    RecordRule("AG-5", red_of_a_person),
    RecordRule("AG-6", leads_to_hand_over),
    RecordRule("AG-8", failed_evaluation),
)


def _of_persons(record: UnitRecord, values: Values, kind: CardKind, least: int) -> Iterator[Found]:
    counting = _counting(record, kind)
    for person in dict.fromkeys(card.person for card in counting if card.person):
        own = [card for card in counting if card.person == person]
        meant = [card for card in own if kind is CardKind.RED and card.bad_intent]
        groups = _groups(record, own, least, values), _groups(record, meant, 1, values)
        for group in chain(*groups):
            hit = Hit({"person": person, **_told(group, values)}, part=group[-1].id)
            yield Found(Subject.PERSON, f"{record.unit_id}/{person}", hit)


def _counting(record: UnitRecord, kind: CardKind) -> list[Card]:
    """Give the cards of a kind that count, in the order of their effect.

    A card that gave way to a higher one counts as that one alone.
    """
    cards = [
        card
        for card in record.cards
        if card.kind is kind and card.effective_at and not card.state.is_void
        if card.state is not CardState.ESCALATED
    ]
    return sorted(cards, key=lambda card: (card.effective_at, card.id))


def _groups(
    record: UnitRecord, cards: Sequence[Card], least: int, values: Values
) -> Iterator[list[Card]]:
    """Gather so many cards within the days; each is counted once, and old groups are past."""
    days = timedelta(days=values["days"])
    row: list[Card] = []
    for card in cards:
        now = _effect(record, card)
        row = [each for each in row if now - _effect(record, each) < days] + [card]
        if len(row) >= least:
            if record.today - now < days:
                yield row
            row = []


def _effect(record: UnitRecord, card: Card) -> date:
    assert card.effective_at is not None  # only such cards count
    return record.calendar.day(card.effective_at)


def _told(group: Sequence[Card], values: Values) -> dict[str, object]:
    return {
        "cards": len(group),
        "days": int(values["days"]),
        "numbers": [card.doc_no for card in group],
        "rests_on": [card.id for card in group],
    }


def _on_unit(record: UnitRecord, facts: Mapping[str, object], part: str) -> Found:
    return Found(Subject.UNIT, record.unit_id, Hit(facts, part=part, unit=record.unit_id))
