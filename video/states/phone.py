"""A clerk with a phone: found time and again for minutes, or it was a glance at the clock.

Only of a clerk without a customer: at many counters people are helped with the programs of their
own phones, and a machine cannot tell whose it is.
"""

from dataclasses import dataclass, replace

from video.settings import Profile
from video.states.history import Tick
from video.states.spell import Limits, Spell
from video.vocabulary.moment import Moment
from video.vocabulary.observation import Answer
from video.vocabulary.state import WindowState

MOSTLY = 0.6  # share of the ticks that tell anything
KEPT_S = 15.0  # after so long its pictures are kept, in case it goes on


@dataclass(frozen=True, slots=True)
class PhoneUse:
    """A stretch in which the phone was never missing for long.

    Attributes:
        spell: since when, what of it was seen, and the alert.
        last: when the phone was last seen.
        seen, told: ticks that showed it, and ticks that told anything.
        kept: whether its evidence is being kept.
        held: whether it has lasted for long enough to be the state of the window.
        over: whether it ended at `last`, a moment ago.
    """

    spell: Spell
    last: Moment
    seen: int = 0
    told: int = 0
    kept: bool = False
    held: bool = False
    over: bool = False

    @property
    def is_sure(self) -> bool:
        """Whether most of the ticks since it began showed the phone."""
        return self.seen >= MOSTLY * self.told

    @property
    def lasted_s(self) -> float:
        """Seconds from the first tick that showed it to the last."""
        return self.last.at_s - self.spell.start.at_s

    def due(self, limits: Limits) -> bool:
        """Whether somebody must be told now."""
        return self.held and self.spell.alert is None and self.spell.counted_s >= limits.phone_s


def phone_use(
    use: PhoneUse | None, tick: Tick, by_s: float, profile: Profile, *, alone: bool
) -> PhoneUse | None:
    """Take a tick; `alone` says that the clerk is there, without a customer and on duty."""
    if use is not None and use.over:
        use = None
    if use is None:
        return _begun(tick) if alone and tick.phone is Answer.YES else None
    if not alone or tick.moment.at_s - use.last.at_s >= profile.phone_leave_s:
        return replace(use, over=True)
    grown = _grown(use, tick, by_s)
    lasts = grown.lasted_s >= profile.phone_enter_s and grown.is_sure
    return replace(grown, held=grown.held or lasts)


def _begun(tick: Tick) -> PhoneUse:
    spell = Spell(tick.moment, alert_state=WindowState.PHONE)
    return PhoneUse(spell, tick.moment, seen=1, told=1)


def _grown(use: PhoneUse, tick: Tick, by_s: float) -> PhoneUse:
    match tick.phone:
        case Answer.UNKNOWN:
            return replace(use, spell=use.spell.unseen(by_s))
        case Answer.NO:
            return replace(use, spell=use.spell.lasted(by_s), told=use.told + 1)
        case Answer.YES:
            spell, seen, told = use.spell.lasted(by_s), use.seen + 1, use.told + 1
            return replace(use, spell=spell, last=tick.moment, seen=seen, told=told)
