"""How far a card has come, who has it, and what this person can do about it."""

from collections.abc import Iterator
from datetime import datetime

from desktop.domain.cards import CardState
from desktop.domain.entities import Book
from desktop.domain.errors import DomainError
from desktop.domain.identifiers import UserId
from desktop.domain.roles import Actor, Role
from desktop.system.language import said
from desktop.viewmodels.cards.acts import Act
from desktop.viewmodels.cards.file import CardFile
from desktop.viewmodels.cards.track import Track
from desktop.viewmodels.casework import acts_open, bar_to, body_of
from desktop.viewmodels.naming import role_names, state_name
from desktop.viewmodels.paperwork.file import WayStep, done_by, walked
from desktop.viewmodels.times import stamp

_TO_SERVICE = (
    CardState.DRAFT,
    CardState.UNDER_CHECK,
    CardState.UNDER_APPROVAL,
    CardState.SIGNED,
    CardState.ISSUED,
)
_SERVED, _IN_APPEAL, _EFFECT, _RECTIFYING, _RECHECK, _CLOSING, _CLOSED = range(7)
_AFTER_SERVICE = {
    CardState.SERVED: _IN_APPEAL,
    CardState.APPEALED: _IN_APPEAL,
    CardState.EFFECTIVE: _RECTIFYING,
    CardState.RECTIFYING: _RECTIFYING,
    CardState.RETURNED: _RECTIFYING,
    CardState.CLOSED: _CLOSED,
}


def step_now(track: Track) -> int:
    """Count the steps that are done of the way to service, or of the way from it to closure."""
    card = track.card
    if card.state in _TO_SERVICE:
        return _TO_SERVICE.index(card.state)
    if card.served_at is None:  # void before service: as far as it came
        signs = (card.submitted_by, card.checked_at, card.signed_at, card.issued_at)
        return sum(sign is not None for sign in signs)
    if card.state is CardState.SUBMITTED:
        return _CLOSING if track.next_act is Act.CLOSE else _RECHECK
    reached = _RECTIFYING if card.effective_at else _IN_APPEAL
    return _AFTER_SERVICE.get(card.state, reached)


def steps(file: CardFile, book: Book) -> tuple[WayStep, ...]:
    """Tell the steps with their people: to service, and once it was served, to closure."""
    ways = _after_service(file) if file.card.served_at else _to_service(file)
    waiting = waits_for(file.track, book, file.card.drafted_by, file)
    return walked(ways, step_now(file.track), waiting)


def _to_service(file: CardFile) -> Iterator[tuple[str, str]]:
    card = file.card
    yield said("拟稿", "step"), done_by(file, card.drafted_by, card.drafted_at)
    yield said("核稿", "step"), done_by(file, card.checked_by, card.checked_at)
    yield said("签发", "step"), done_by(file, card.signed_by, card.signed_at)
    yield said("编号用印", "step"), done_by(file, card.sealed_by, card.issued_at)
    yield said("送达", "step"), ""


def _after_service(file: CardFile) -> Iterator[tuple[str, str]]:
    card, appeal, order = file.card, file.track.appeal, file.track.order
    yield said("送达", "step"), done_by(file, card.served_by, card.served_at)
    yield said("申诉期", "step"), state_name(appeal.state.value) if appeal else said("无申诉")
    yield said("生效", "step"), _day(card.effective_at)
    yield said("整改", "step"), _day(order.reported_at) if order else ""
    yield (
        said("复查", "step"),
        done_by(file, order.rechecked_by, order.rechecked_at) if order else "",
    )
    yield said("销号", "step"), done_by(file, card.closed_by, card.closed_at)


def _day(at: datetime | None) -> str:
    return stamp(at)[5:10] if at else ""


def waits_for(track: Track, book: Book, drafter: UserId | None, names: CardFile | None) -> str:
    """Say for whom a card waits: the drafter of a draft, otherwise the roles that come next."""
    act = track.next_act
    if act is None:
        return ""
    if act is Act.SUBMIT and names:
        return names.name(drafter)
    return said("待 {0}").format(role_names(roles_of(track, book, act)))


def roles_of(track: Track, book: Book, act: Act) -> tuple[str, ...]:
    """Name the roles that may do an act; while the unit's days run, the unit alone."""
    if track.waits_for_unit and act is track.next_act:
        return (Role.UNIT_LIAISON.value,)
    record = track.record(act.entity)
    if act.transition == "create" or record is None:
        return book.rule(act.entity).create_roles
    roles = book.roles_for(act.entity, body_of(record), act.transition)
    return tuple(role for role in roles if role != Role.MACHINE.value)


def acts_for(file: CardFile, book: Book, actor: Actor | None) -> tuple[Act, ...]:
    """Give what this person can do now, the way on first and the end last."""
    if actor is None:
        return ()
    track = file.track
    lacking = {Act.SUCCESSOR} if file.wanted_successor is None else set()
    if file.higher is None:
        lacking.add(Act.ESCALATE)
    if not decides(track, book, actor):
        lacking.add(Act.RECUSE)
    found = [act for act in Act if may(track, book, actor, act) and act not in lacking]
    return tuple(sorted(found, key=lambda act: (act is not track.next_act, act.ends)))


_DECISIONS = {Act.CHECK, Act.SIGN, Act.REVIEW, Act.DECIDE, Act.RECHECK, Act.CLOSE}


def decides(track: Track, book: Book, actor: Actor) -> bool:
    """Tell whether the next word is this person's: then he may have to stand aside."""
    act = track.next_act
    return act in _DECISIONS and act is not None and may(track, book, actor, act)


def may(track: Track, book: Book, actor: Actor, act: Act) -> bool:
    """Tell whether a person can do an act now."""
    if not track.fits(act):
        return False
    if act.transition == "create":
        roles = set(book.rule(act.entity).create_roles)
        if act is Act.AT_ONCE:  # who makes the entry reports on it in the same breath
            roles &= set(book.roles_for(act.entity, {}, "report"))
        return any(role.value in roles for role in actor.roles)
    record = track.record(act.entity)
    return record is not None and act.transition in acts_open(book, record, actor)


def is_mine(track: Track, book: Book, actor: Actor | None) -> bool:
    """Tell whether a card waits for this person; what the unit still has days for does not."""
    act = track.next_act
    if act is None or actor is None or not may(track, book, actor, act):
        return False
    return not track.waits_for_unit or actor.has(Role.UNIT_LIAISON)


def why_not(track: Track, book: Book, actor: Actor | None) -> DomainError | None:
    """Give what keeps this person from bringing the card forward; None when nothing does."""
    act = track.next_act
    record = track.record(act.entity) if act else None
    if act is None or actor is None or record is None or act.transition == "create":
        return None
    return bar_to(book, record, act.transition, actor)
