"""A served card takes effect and costs points, or is taken back and restores them."""

from dataclasses import replace

from desktop.domain.appeals import Appeal, last_day
from desktop.domain.calendar import WorkingCalendar
from desktop.domain.cards import Card, CardState
from desktop.domain.errors import AppealTimeRuns, CalendarUnknown
from desktop.domain.findings import Finding
from desktop.domain.identifiers import CardId, new_id
from desktop.domain.scoring.card_charges import charges_of
from desktop.domain.scoring.entries import ScoreEntry, booked, entries_for, reversal, standing
from desktop.domain.scoring.profile import Profile
from desktop.usecases.ports import Clock, UnitOfWork
from desktop.usecases.precedence import is_outranked, lower_cards
from desktop.usecases.report_versions import closed_months


def let_take_effect(
    work: UnitOfWork,
    card_id: CardId,
    *,
    profile: Profile,
    calendar: WorkingCalendar,
    clock: Clock,
) -> Card:
    """Let a card take effect when its days of appeal passed unused, and enter its points.

    Raises:
        AppealTimeRuns: it may still be appealed against, or an appeal is open.
        CalendarUnknown: the last day cannot be counted yet.
    """
    card = work.get(Card, card_id)
    deadline = last_day(card, calendar)
    if deadline.provisional:
        raise CalendarUnknown(deadline.day.year)
    if any(appeal.state.is_open for appeal in work.find(Appeal, card_id=card_id)):
        raise AppealTimeRuns(card_id, deadline.day)
    card = card.takes_effect(clock.now(), deadline.day)
    work.replace(card)
    enter_points(work, card, profile=profile)
    take_the_place(work, card)
    work.note("card.take_effect", f"card/{card.id}")
    return card


def annul_card(
    work: UnitOfWork,
    card_id: CardId,
    reason: str,
    *,
    clock: Clock,
) -> Card:
    """Take back the office's own card when its facts prove wrong; points come back (7.3)."""
    card = work.get(Card, card_id).revoked(work.actor.user_id, clock.now(), reason)
    work.replace(card)
    restore_points(work, card, reason)
    charge_again(work, card)
    work.note("card.annul", f"card/{card.id}", reason=reason)
    return card


def take_the_place(work: UnitOfWork, higher: Card) -> None:
    """Let what a higher card in effect replaces give way: its points do not add up (7.4).

    Cards that were only added up for it go on to be put right; their points alone are replaced.
    """
    for card in lower_cards(work, higher):
        restore_points(work, card, higher.doc_no)
        if card.state.may_be_superseded and card.id not in higher.rests_on:
            work.replace(card.superseded(work.actor.user_id, higher.id))


def enter_points(work: UnitOfWork, card: Card, *, profile: Profile) -> tuple[ScoreEntry, ...]:
    """Enter the points of a card in effect, in its month or the next open one.

    A card whose matter has a higher one in effect costs nothing besides.
    """
    if card.state is not CardState.EFFECTIVE or is_outranked(work, card):
        return ()
    findings = [work.get(Finding, finding_id) for finding_id in card.finding_ids]
    entries = entries_for(profile, charges_of(profile, card, findings))
    locked = closed_months(work, card.hall_id)
    kept = tuple(booked(replace(entry, id=new_id()), locked) for entry in entries)
    for entry in kept:
        work.add(entry)
    return kept


def charge_again(work: UnitOfWork, gone: Card) -> None:
    """Enter anew what a card that was taken back had replaced of cards that still stand."""
    locked = closed_months(work, gone.hall_id)
    for card_id in gone.rests_on:
        ledger = work.find(ScoreEntry, source=f"card/{card_id}")
        replaced = {each.reverses for each in ledger if each.reason == gone.doc_no}
        if work.get(Card, card_id).state.is_void:
            continue
        for entry in ledger:
            if entry.id in replaced:
                again = replace(entry, id=new_id(), about=None, reason=gone.doc_no)
                work.add(booked(again, locked))


def restore_points(work: UnitOfWork, card: Card, reason: str) -> tuple[ScoreEntry, ...]:
    """Give back what a card cost, by entries that reverse its own; none is deleted."""
    ledger = work.find(ScoreEntry, source=f"card/{card.id}")
    locked = closed_months(work, card.hall_id)
    back = tuple(
        booked(reversal(entry, ledger, entry_id=new_id(), reason=reason), locked)
        for entry in standing(ledger)
    )
    for entry in back:
        work.add(entry)
    return back
