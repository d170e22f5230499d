"""One absence as it grows: what counts, what was not seen, and when somebody must be told."""

from dataclasses import dataclass, replace

from video.settings import Profile
from video.states.history import Tick
from video.vocabulary.moment import Moment
from video.vocabulary.observation import Answer
from video.vocabulary.state import WindowState

MAX_UNKNOWN_SHARE = 0.2
MAX_GAP_S = 60.0


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of absence, and of one other thing, after which a rule speaks."""

    threshold_s: float
    reminder_s: float
    waiting_threshold_s: float
    phone_s: float = float("inf")  # of a clerk with a phone


@dataclass(frozen=True, slots=True)
class Spell:
    """An absence from its first empty tick on, or another state that somebody is told of.

    Attributes:
        counted_s: seconds that were seen to be so; time in which nothing was seen pauses it.
        waiting_s: the part of them in which a customer waited.
        gap_s: the present stretch in which nothing could be seen, 0 outside of one.
        back: since when somebody is there again, None while empty.
        alert: the threshold that was reached, None before.
        alert_state: what the alert is about.
    """

    start: Moment
    counted_s: float = 0.0
    waiting_s: float = 0.0
    unknown_s: float = 0.0
    gap_s: float = 0.0
    longest_gap_s: float = 0.0
    back: Moment | None = None
    reminded: bool = False
    alert: float | None = None
    alert_state: WindowState = WindowState.ABSENT

    def grown(self, tick: Tick, by_s: float, *, waiting: bool) -> "Spell":
        """Add the seconds up to a tick during which the post was held to be empty."""
        if tick.clerk is Answer.UNKNOWN:
            return self.unseen(by_s)
        waiting_s = self.waiting_s + (by_s if waiting else 0.0)
        return replace(self.lasted(by_s), waiting_s=waiting_s)

    def lasted(self, by_s: float) -> "Spell":
        """Add seconds that were seen."""
        return replace(self, counted_s=self.counted_s + by_s, gap_s=0.0)

    def unseen(self, by_s: float) -> "Spell":
        """Add seconds in which nothing could be seen."""
        gap_s = self.gap_s + by_s
        return replace(
            self,
            unknown_s=self.unknown_s + by_s,
            gap_s=gap_s,
            longest_gap_s=max(self.longest_gap_s, gap_s),
        )

    def unknown_share(self, until_s: float) -> float:
        """Share of the time from the start in which nothing could be seen, 0 to 1."""
        elapsed = until_s - self.start.at_s
        return min(1.0, self.unknown_s / elapsed) if elapsed > 0 else 0.0

    def is_conclusive(self, until_s: float) -> bool:
        """Whether enough was seen for a card to be thinkable at all."""
        return self.unknown_share(until_s) <= MAX_UNKNOWN_SHARE and self.longest_gap_s <= MAX_GAP_S

    def due(self, limits: Limits) -> "Spell":
        """Mark what is due now: a reminder, an alert."""
        spell = self
        if not spell.reminded and spell.counted_s >= limits.reminder_s:
            spell = replace(spell, reminded=True)
        if spell.alert is not None:
            return spell
        if spell.counted_s >= limits.threshold_s:
            return replace(spell, alert=limits.threshold_s)
        if spell.waiting_s >= limits.waiting_threshold_s and spell.waiting_s > 0:
            return replace(
                spell,
                alert=limits.waiting_threshold_s,
                alert_state=WindowState.UNATTENDED_CUSTOMER,
            )
        return spell

    def is_over(self, now_s: float, profile: Profile) -> bool:
        """Whether the return has lasted long enough to be one."""
        return self.back is not None and now_s - self.back.at_s >= profile.return_grace_s
