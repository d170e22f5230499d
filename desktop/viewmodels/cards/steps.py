"""How far a card has come, who has it, and what this person can do about it."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from desktop.domain.cards import Card, CardState
from desktop.domain.entities import Book
from desktop.domain.errors import DomainError
from desktop.domain.identifiers import UserId
from desktop.domain.roles import Actor
from desktop.system.language import said
from desktop.viewmodels.cards.file import CardFile
from desktop.viewmodels.cards.rows import way_on
from desktop.viewmodels.casework import acts_open, bar_to, body_of
from desktop.viewmodels.naming import role_names
from desktop.viewmodels.times import stamp


class Act(Enum):
    """What can be done to a card; the values are the names of the transitions."""

    SUBMIT = "submit"
    CHECK = "check"
    RETURN = "return"
    RETURN_APPROVAL = "return_approval"
    SIGN = "sign"
    ISSUE = "issue"
    SERVE = "serve"
    CANCEL = "cancel"

    @property
    def word(self) -> str:
        """What its button says."""
        words = {
            Act.SUBMIT: said("提交核稿", "button"),
            Act.CHECK: said("核稿通过"),
            Act.RETURN: said("退回修改"),
            Act.RETURN_APPROVAL: said("退回修改"),
            Act.SIGN: said("签发", "button"),
            Act.ISSUE: said("编号用印", "button"),
            Act.SERVE: said("登记送达"),
            Act.CANCEL: said("作废"),
        }
        return words[self]


@dataclass(frozen=True, slots=True)
class CardStep:
    """One step of the way; `person` did it, or has it."""

    title: str
    person: str = ""


_ORDER = (
    CardState.DRAFT,
    CardState.UNDER_CHECK,
    CardState.UNDER_APPROVAL,
    CardState.SIGNED,
    CardState.ISSUED,
)


def step_now(card: Card) -> int:
    """Count the steps that are done; all of them once the card was served."""
    return _ORDER.index(card.state) if card.state in _ORDER else len(_ORDER)


def steps(file: CardFile, book: Book) -> tuple[CardStep, ...]:
    """Tell the five steps with their people."""
    card, now = file.card, step_now(file.card)
    titles = (
        said("拟稿", "step"),
        said("核稿", "step"),
        said("签发", "step"),
        said("编号用印", "step"),
        said("送达", "step"),
    )
    done = (
        _done(file, card.drafted_by, card.drafted_at),
        _done(file, card.checked_by, card.checked_at),
        _done(file, card.signed_by, card.signed_at),
        _done(file, card.sealed_by, card.issued_at),
        _done(file, card.served_by, card.served_at),
    )
    waiting = _waiting_for(file, book)
    people = [done[n] if n < now else waiting if n == now else "" for n in range(len(done))]
    pairs = zip(titles, people, strict=True)
    return tuple(CardStep(title, person) for title, person in pairs)


def _done(file: CardFile, by: UserId | None, at: datetime | None) -> str:
    return f"{file.name(by)} {stamp(at)[5:16]}" if by and at else ""


def _waiting_for(file: CardFile, book: Book) -> str:
    act = way_on(file.card.state)
    if act is None:
        return ""
    if act == Act.SUBMIT.value:
        return file.name(file.card.drafted_by)
    return said("待 {0}").format(role_names(book.roles_for(Card.ENTITY, body_of(file.card), act)))


def acts_for(file: CardFile, book: Book, actor: Actor | None) -> tuple[Act, ...]:
    """Give what this person can do here now, the way on first and the end last.

    What follows service (appeal, rectification) is done elsewhere.
    """
    on, names = way_on(file.card.state), acts_open(book, file.card, actor)
    open_acts = (act for act in Act if act.value in names)
    return tuple(sorted(open_acts, key=lambda act: (act.value != on, act is Act.CANCEL)))


def why_not(file: CardFile, book: Book, actor: Actor | None) -> DomainError | None:
    """Give what keeps this person from bringing the card forward; None when nothing does."""
    on = way_on(file.card.state)
    return bar_to(book, file.card, on, actor) if on and actor else None
