"""The refusals of supervision: each has a name and fields; wording belongs to the screens."""

from collections.abc import Sequence
from enum import Enum


class DomainError(Exception):
    """A rule says no."""

    def __init__(self, *fields: object) -> None:
        super().__init__(*fields)
        self.fields = fields


class NotFound(DomainError):
    """No such record: kind, id."""


class NotAllowed(DomainError):
    """The person's roles don't carry this act: entity, act, roles that would."""

    def __init__(self, entity: str, act: str, roles: Sequence[str]) -> None:
        super().__init__(entity, act, tuple(roles))
        self.entity, self.act, self.roles = entity, act, tuple(roles)


class WrongState(DomainError):
    """The record's state does not allow the act: entity, act, state."""

    def __init__(self, entity: str, act: str, state: str) -> None:
        super().__init__(entity, act, state)
        self.entity, self.act, self.state = entity, act, state


class SamePerson(DomainError):
    """Two acts that need two people: entity, act, field that names the same person."""

    def __init__(self, entity: str, act: str, field: str) -> None:
        super().__init__(entity, act, field)
        self.entity, self.act, self.field = entity, act, field


class MissingField(DomainError):
    """Something that the act needs is empty: entity, act, field."""

    def __init__(self, entity: str, act: str, field: str) -> None:
        super().__init__(entity, act, field)
        self.entity, self.act, self.field = entity, act, field


class BadField(DomainError):
    """A value is not of its kind: entity, field, value."""

    def __init__(self, entity: str, field: str, value: object) -> None:
        super().__init__(entity, field, value)
        self.entity, self.field, self.value = entity, field, value


class Sealed(DomainError):
    """The record never changes: entity, act."""


class AlreadyOff(DomainError):
    """The window is off its post in this way already: entity, window's name."""


class WindowWatched(DomainError):
    """Another camera watches the window already: window's name, camera's name."""


class Inconclusive(DomainError):
    """The camera could not judge enough of the time; no card may follow: finding id."""


class OrganMayNotIssue(DomainError):
    """The organ's profile does not allow this paper; it may only transfer: organ, paper."""


class BasisNotInForce(DomainError):
    """A legal basis is not valid on the day: basis id, day."""


class BasisCited(DomainError):
    """A signed card cites the article: it keeps its words, only its last day may change: title."""


class LocalRuleMissing(DomainError):
    """A card rests on the name and the article of a local rule in force: card id."""


class Recused(DomainError):
    """The person stands aside from this unit: unit id, the reason he gave."""


class FindingNotConfirmed(DomainError):
    """A card rests on confirmed findings only: finding id."""


class TooLightForCard(DomainError):
    """A reminder or a warning leads to no card: finding id."""


class DateMayMove(DomainError):
    """What rests on a provisional date leads to no card: finding id."""


class CardTooHigh(DomainError):
    """The finding carries a lower card only: finding id, its level."""


class FindingAlreadyCarded(DomainError):
    """The finding, or another one of its matter, already led to a card: finding id, card id."""


class CannotVerify(DomainError):
    """The person whom a finding is given to has no role to verify it: finding id, user id."""


class AskedNobodySo(DomainError):
    """The person was not asked for a word on this text, or has given it: document id."""


class AppealTooLate(DomainError):
    """The time to appeal is over: card id, last day."""


class ReplyUnmatched(DomainError):
    """A reply belongs to another paper, or to another text of this one: number of this paper."""


class ReplyTakenBefore(DomainError):
    """The same file was taken in before: number of the paper."""


class SuccessorUnfit(DomainError):
    """A card cannot give way to this one: card id, successor id."""


class AppealTimeRuns(DomainError):
    """The card cannot take effect while it may be appealed: card id, last day."""


class ExtensionRefused(DomainError):
    """More time is given once and before the due day: rectification id, due day."""


class EscalationUnfounded(DomainError):
    """Not overdue for so long that a higher card may follow: rectification id, days, wanted."""


class RecheckSaysOtherwise(DomainError):
    """The recheck's result does not allow the act: rectification id, result."""


class ReturnedBefore(DomainError):
    """A rectification is sent back once; then it escalates: id."""


class ContentChanged(DomainError):
    """The text is no longer the one that was signed: signed digest, digest now."""


class Unproven(DomainError):
    """What was learned was held against too little, or overlooked too much: groups, share."""


class MarkedOriginal(DomainError):
    """Marks are drawn on copies only, never on an original: evidence id."""


class NoNumberLeft(DomainError):
    """The device's leased block of document numbers is used up: series, year."""


class CalendarUnknown(DomainError):
    """A deadline touches a year whose days off are not known: year."""


class ClockWentBack(DomainError):
    """The clock stands earlier than the last signed act allows: now, last."""


class WrongPassword(DomainError):
    """The name or the password is wrong; seconds to wait before the next try."""

    def __init__(self, wait_s: float = 0.0) -> None:
        super().__init__(wait_s)
        self.wait_s = wait_s


class NeverSignedInHere(DomainError):
    """Without a network only people who signed in on this device before can sign in: name."""


class DutiesClash(DomainError):
    """Two roles that no one may hold together, of administration, audit and business: both."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(one, other)
        self.roles = one, other


class BadChecklist(DomainError):
    """A checklist is wrong: what (a ChecklistTrouble), where."""

    def __init__(self, trouble: Enum, where: str) -> None:
        super().__init__(trouble, where)
        self.trouble, self.where = trouble, where


class NotOnThisInspection(DomainError):
    """Only the two who were named inspect: inspection id."""


class InspectionIncomplete(DomainError):
    """Something of a form is still to be said: the keys of the items, and of how many."""

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__(tuple(keys), len(keys))
        self.keys = tuple(keys)


class OnHold(DomainError):
    """The case file is on hold: its id, why."""


class BadProfile(DomainError):
    """An evaluation profile's file is wrong: profile id, what."""


class CoefficientOutOfBounds(DomainError):
    """A unit's 折合系数 lies outside what the profile allows: unit, coefficient."""


class AlreadyReversed(DomainError):
    """The points were given back before: entry id."""


class PeriodLocked(DomainError):
    """The period is locked and nothing changed since: its first month, version."""


class ReportDoesNotAddUp(DomainError):
    """A table's sum differs from its ledger: table, what, sum, ledger."""
