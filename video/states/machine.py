"""One window from tick to tick: `step(memory, observation, overlay, rules)` and nothing hidden."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from video.settings import Profile
from video.states.changes import (
    Alerted,
    Change,
    Reminded,
    SpanEnded,
    SpellBegan,
    SpellEnded,
    SpellForgotten,
)
from video.states.history import Tick, tick_of, trimmed
from video.states.phone import KEPT_S, PhoneUse, phone_use
from video.states.presence import Presence, Turn, clerk_turn, customer_turn
from video.states.spell import MAX_GAP_S, Limits, Spell
from video.vocabulary.moment import Moment
from video.vocabulary.observation import Answer, Observation
from video.vocabulary.state import Overlay, WindowState


@dataclass(frozen=True, slots=True)
class Rules:
    """By what one window is judged."""

    profile: Profile
    limits: Limits

    @classmethod
    def of(cls, profile: Profile, limits: Limits) -> "Rules":
        """Join both; a profile with a threshold of its own asks for nothing else."""
        if profile.threshold_s is None:
            return cls(profile, limits)
        own = profile.threshold_s
        return cls(profile, Limits(own, float("inf"), float("inf")))


@dataclass(frozen=True, slots=True)
class Memory:
    """All that is known of a window after a tick.

    Attributes:
        free: from when on an absence counts, after an overlay and its grace.
        alone_s: for how long the clerk was seen to be there without a customer; unknown time
            pauses it, unless it is long.
        still: since when nothing moved, None while something does.
        moving: since when something moves, None while nothing does.
    """

    ticks: tuple[Tick, ...]
    clerk: Turn
    customer: Turn
    state: WindowState
    overlay: Overlay
    since: Moment
    free: Moment
    alone_s: float = 0.0
    still: Moment | None = None
    moving: Moment | None = None
    spell: Spell | None = None
    phone: PhoneUse | None = None

    @property
    def now(self) -> Moment:
        """When the last tick was."""
        return self.ticks[-1].moment


def begin(seen: Observation, overlay: Overlay) -> Memory:
    """Start watching: nothing is known yet, whatever was known before a restart."""
    tick = tick_of(seen)
    untold = Turn(Presence.UNTOLD, tick.moment)
    return Memory((tick,), untold, untold, WindowState.UNKNOWN, overlay, tick.moment, tick.moment)


def step(
    memory: Memory, seen: Observation, overlay: Overlay, rules: Rules
) -> tuple[Memory, tuple[Change, ...]]:
    """Take one observation; times never run backwards.

    Returns:
        What is known now, and what happened, oldest first.
    """
    changes: list[Change] = []
    tick = tick_of(seen)
    by_s = tick.moment.at_s - memory.now.at_s
    if by_s > rules.profile.max_gap_s:
        memory = _lost(memory, tick, changes)
    memory = _judged(memory, tick, rules.profile)
    memory = _overlaid(memory, overlay, rules.profile, changes)
    memory = _phoned(memory, tick, by_s, rules, changes)
    memory = _named(memory, rules.profile, changes)
    return _timed(memory, by_s, rules, changes), tuple(changes)


def finish(memory: Memory) -> tuple[Change, ...]:
    """End watching: the last span, and an alerted absence that is left open."""
    last = memory.now
    changes: list[Change] = []
    _end_span(memory, last, changes)
    if memory.spell is not None and memory.spell.alert is not None:
        changes.append(SpellEnded(memory.spell, memory.spell.back, last))
    elif memory.spell is not None:
        changes.append(SpellForgotten(memory.spell.back))
    if memory.phone is not None and not memory.phone.over:
        _end_phone(memory.phone, memory.now, None, changes)
    return tuple(changes)


def _lost(memory: Memory, tick: Tick, changes: list[Change]) -> Memory:
    """Nobody watched since the last tick: forget what was held true, keep the running absence."""
    untold = Turn(Presence.UNTOLD, memory.now)
    lost = _moved_to(memory, WindowState.UNKNOWN, memory.now, changes)
    blank = replace(tick, clerk=Answer.UNKNOWN, customer=Answer.UNKNOWN, motion=Answer.UNKNOWN)
    if lost.phone is not None and not lost.phone.over:
        _end_phone(lost.phone, memory.now, lost.phone.last, changes)
    return replace(
        lost, ticks=(blank,), clerk=untold, customer=untold, still=None, moving=None, phone=None
    )


def _judged(memory: Memory, tick: Tick, profile: Profile) -> Memory:
    keep_s = max(
        profile.clerk_leave_s,
        profile.clerk_enter_s,
        profile.customer_enter_s,
        profile.customer_leave_s,
        profile.unknown_s,
    )
    ticks = trimmed((*memory.ticks, tick), keep_s)
    moved = replace(
        memory,
        ticks=ticks,
        clerk=clerk_turn(memory.clerk, ticks, profile),
        customer=customer_turn(memory.customer, ticks, profile),
    )
    moved = replace(moved, alone_s=_alone_s(memory, moved))
    match tick.motion:
        case Answer.YES:
            moving = memory.moving or tick.moment
            calm = tick.moment.at_s - moving.at_s < profile.motion_s
            return replace(moved, moving=moving, still=memory.still if calm else None)
        case Answer.NO:
            return replace(moved, moving=None, still=memory.still or tick.moment)
        case Answer.UNKNOWN:
            return moved


def _alone_s(before: Memory, now: Memory) -> float:
    clerk, at_s = now.clerk, now.now.at_s
    if now.customer.presence is Presence.HERE or clerk.presence is Presence.AWAY:
        return 0.0
    if clerk.presence is Presence.UNTOLD:
        return now.alone_s if at_s - clerk.since.at_s <= MAX_GAP_S else 0.0
    if before.clerk.presence is Presence.HERE and before.customer.presence is not Presence.HERE:
        return now.alone_s + at_s - before.now.at_s
    return now.alone_s + at_s - max(clerk.since.at_s, now.customer.since.at_s)


def _overlaid(memory: Memory, overlay: Overlay, profile: Profile, changes: list[Change]) -> Memory:
    """Let data speak over pixels: it splits the timeline and ends what counts."""
    spell = memory.spell
    if overlay is not Overlay.NONE and spell is not None:
        end, alerted = spell.back or memory.now, spell.alert is not None
        changes.append(SpellEnded(spell, end, memory.now) if alerted else SpellForgotten(end))
        memory = replace(memory, spell=None)
    if overlay is memory.overlay:
        return memory
    _end_span(memory, memory.now, changes)
    freed = memory.now.moved(profile.overlay_grace_s)
    since = _later(memory.now, memory.since)
    return replace(memory, overlay=overlay, since=since, free=freed)


def _phoned(memory: Memory, tick: Tick, by_s: float, rules: Rules, changes: list[Change]) -> Memory:
    """Follow a phone in the clerk's hand, after an absence has let its evidence go."""
    here = memory.clerk.presence is Presence.HERE and memory.spell is None
    alone = here and memory.customer.presence is not Presence.HERE
    on_duty = alone and memory.overlay is Overlay.NONE
    use = phone_use(memory.phone, tick, by_s, rules.profile, alone=on_duty)
    if use is None:
        return replace(memory, phone=None)
    if use.over:
        _end_phone(use, memory.now, use.last, changes)
    elif not use.kept and use.lasted_s >= KEPT_S and use.is_sure:
        changes.append(SpellBegan(use.spell))
        use = replace(use, kept=True)
    elif use.kept and use.due(rules.limits):
        use = replace(use, spell=replace(use.spell, alert=rules.limits.phone_s))
        changes.append(Alerted(use.spell, memory.now))
    return replace(memory, phone=use)


def _end_phone(use: PhoneUse, now: Moment, end: Moment | None, changes: list[Change]) -> None:
    if use.spell.alert is not None:
        changes.append(SpellEnded(use.spell, end, now))
    elif use.kept:
        changes.append(SpellForgotten(end))


def _named(memory: Memory, profile: Profile, changes: list[Change]) -> Memory:
    state = _state_of(memory, profile)
    if state is memory.state:
        return memory
    return _moved_to(memory, state, _turned(memory, state), changes)


def _turned(memory: Memory, state: WindowState) -> Moment:
    """Since when a state holds: back-dated to what first showed it, or from now on."""
    idle = {WindowState.IDLE_STILL, WindowState.IDLE_WINDOW}
    if state is WindowState.PHONE and memory.phone is not None:
        return memory.phone.spell.start
    if state in idle or (state is WindowState.READY and memory.state in idle):
        return memory.now
    if state is WindowState.READY and memory.state is WindowState.PHONE and memory.phone:
        return memory.phone.last
    return max(memory.clerk.since, memory.customer.since, key=lambda moment: moment.at_s)


def _state_of(memory: Memory, profile: Profile) -> WindowState:
    waiting = memory.customer.presence is Presence.HERE
    match memory.clerk.presence:
        case Presence.UNTOLD:
            return WindowState.UNKNOWN
        case Presence.AWAY:
            return WindowState.UNATTENDED_CUSTOMER if waiting else WindowState.ABSENT
        case Presence.HERE if waiting:
            return WindowState.SERVING
    phone = memory.phone
    if phone is not None and phone.held and not phone.over:
        return WindowState.PHONE
    return _idle_state(memory, profile)


def _idle_state(memory: Memory, profile: Profile) -> WindowState:
    now_s, alone_s = memory.now.at_s, memory.alone_s
    if alone_s >= profile.idle_s:  # the graver of both: R-VID-13 makes it a candidate
        return WindowState.IDLE_WINDOW
    if memory.still is not None and min(now_s - memory.still.at_s, alone_s) >= profile.still_s:
        return WindowState.IDLE_STILL
    return WindowState.READY


def _timed(memory: Memory, by_s: float, rules: Rules, changes: list[Change]) -> Memory:
    spell = _continued(memory, by_s, rules.profile, changes)
    if spell is None:
        return replace(memory, spell=None)
    due = spell.due(rules.limits) if spell.back is None else spell
    if due.alert is not None and spell.alert is None:
        changes.append(Alerted(due, memory.now))
    elif due.reminded and not spell.reminded:
        changes.append(Reminded(due))
    leaving = memory.ticks[-1].clerk is Answer.NO  # perhaps gone again already
    if not leaving and due.is_over(memory.now.at_s, rules.profile):
        alerted = due.alert is not None
        ended = SpellEnded(due, due.back, memory.now) if alerted else SpellForgotten(due.back)
        changes.append(ended)
        return replace(memory, spell=None)
    return replace(memory, spell=due)


def _continued(
    memory: Memory, by_s: float, profile: Profile, changes: list[Change]
) -> Spell | None:
    """Grow the running absence by one tick, or begin one."""
    spell, tick = memory.spell, memory.ticks[-1]
    waiting = memory.customer.presence is Presence.HERE
    match memory.clerk.presence:
        case Presence.HERE if spell is not None and spell.back is None:
            return replace(spell, back=_later(memory.clerk.since, spell.start))
        case Presence.UNTOLD if spell is not None and spell.back is None:
            return spell.unseen(by_s)
        case Presence.AWAY if spell is None:
            return _begun(memory, changes)
        case Presence.AWAY if spell is not None and spell.back is not None:
            return _recounted(replace(spell, back=None), memory.ticks, memory.clerk.since)
        case Presence.AWAY if spell is not None:
            return spell.grown(tick, by_s, waiting=waiting)
    return spell


def _begun(memory: Memory, changes: list[Change]) -> Spell | None:
    if memory.overlay is not Overlay.NONE or memory.now.at_s < memory.free.at_s:
        return None
    start = _later(memory.clerk.since, memory.free)
    spell = _recounted(Spell(start), memory.ticks, start)
    changes.append(SpellBegan(spell))
    return spell


def _recounted(spell: Spell, ticks: Sequence[Tick], since: Moment) -> Spell:
    """Count the ticks that had passed before the absence was certain."""
    last_s = since.at_s
    for tick in ticks:
        if tick.moment.at_s > last_s:
            spell = spell.grown(tick, tick.moment.at_s - last_s, waiting=False)
            last_s = tick.moment.at_s
    return spell


def _moved_to(memory: Memory, state: WindowState, at: Moment, changes: list[Change]) -> Memory:
    if state is memory.state:
        return memory
    since = _later(at, memory.since)
    _end_span(memory, since, changes)
    return replace(memory, state=state, since=since)


def _end_span(memory: Memory, end: Moment, changes: list[Change]) -> None:
    if end.at_s > memory.since.at_s:
        changes.append(SpanEnded(memory.state, memory.overlay, memory.since, end))


def _later(one: Moment, other: Moment) -> Moment:
    return one if one.at_s >= other.at_s else other
