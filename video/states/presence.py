"""Whether the clerk and the customer are there, with memory: hard to lose, easy to find again."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from video.settings import Profile
from video.states.history import Tick, clerk, customer, onset, share
from video.vocabulary.moment import Moment
from video.vocabulary.observation import Answer


class Presence(Enum):
    """What is held true of the clerk until the evidence turns."""

    UNTOLD = "untold"
    HERE = "here"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Turn:
    """A presence and since when, back-dated to the first tick that showed it."""

    presence: Presence
    since: Moment


def clerk_turn(now: Turn, ticks: Sequence[Tick], profile: Profile) -> Turn:
    """Judge the clerk by the last ticks."""
    if _blinded(now, ticks, profile):
        since = onset(ticks, profile.unknown_s, clerk, Answer.UNKNOWN)
        return Turn(Presence.UNTOLD, since)
    if now.presence is not Presence.AWAY:
        missing = share(ticks, profile.clerk_leave_s, clerk)
        if missing.tells and missing.yes < 0.2:
            return Turn(Presence.AWAY, onset(ticks, profile.clerk_leave_s, clerk, Answer.NO))
    if now.presence is not Presence.HERE:
        away = now.presence is Presence.AWAY
        over_s = profile.clerk_return_s if away else profile.clerk_enter_s
        seen = share(ticks, over_s, clerk)
        if seen.tells and seen.yes >= (0.5 if away else 0.6):
            return Turn(Presence.HERE, onset(ticks, over_s, clerk, Answer.YES))
    return now


def _blinded(now: Turn, ticks: Sequence[Tick], profile: Profile) -> bool:
    if now.presence is Presence.UNTOLD:
        return False
    told = share(ticks, profile.unknown_s, clerk)
    return told.full and told.known < 0.5


def customer_turn(now: Turn, ticks: Sequence[Tick], profile: Profile) -> Turn:
    """Judge the customer by the last ticks; one who cannot be told stays as he was."""
    if now.presence is Presence.HERE:
        left = share(ticks, profile.customer_leave_s, customer)
        if left.tells and left.yes < 0.3:
            return Turn(Presence.AWAY, onset(ticks, profile.customer_leave_s, customer, Answer.NO))
        return now
    came = share(ticks, profile.customer_enter_s, customer)
    if came.tells and came.yes >= 0.6:
        return Turn(Presence.HERE, onset(ticks, profile.customer_enter_s, customer, Answer.YES))
    return now
