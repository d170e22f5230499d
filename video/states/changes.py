"""What a step of the state machine can report."""

from dataclasses import dataclass

from video.states.spell import Spell
from video.vocabulary.moment import Moment
from video.vocabulary.state import Overlay, WindowState


@dataclass(frozen=True, slots=True)
class SpanEnded:
    """A stretch of one state is complete; the next begins where it ends."""

    state: WindowState
    overlay: Overlay
    start: Moment
    end: Moment


@dataclass(frozen=True, slots=True)
class SpellBegan:
    """The post is empty since `spell.start`; its evidence should be kept from now on."""

    spell: Spell


@dataclass(frozen=True, slots=True)
class SpellForgotten:
    """The absence ended, or was excused, before the threshold.

    Attributes:
        end: when somebody was back; None when watching ended before that.
    """

    end: Moment | None = None


@dataclass(frozen=True, slots=True)
class Reminded:
    """Half-way notice."""

    spell: Spell


@dataclass(frozen=True, slots=True)
class Alerted:
    """The threshold was reached at `at`."""

    spell: Spell
    at: Moment


@dataclass(frozen=True, slots=True)
class SpellEnded:
    """An absence that had alerted is over; `end` is None when watching ended before it did."""

    spell: Spell
    end: Moment | None
    last: Moment


Change = SpanEnded | SpellBegan | SpellForgotten | Reminded | Alerted | SpellEnded
