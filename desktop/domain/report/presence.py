"""Chapter 五: who was at the windows, from real timelines; what could not be judged is said."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.domain.evidence import StateSpan
from desktop.domain.identifiers import WindowId
from desktop.domain.periods import Period
from desktop.domain.report.facts import Facts, Outcome
from desktop.domain.report.running import day_of
from desktop.domain.report.values import Share, mean

# What the watching process writes into a span (its own vocabulary).
UNKNOWN = "UNKNOWN"
EMPTY = frozenset({"ABSENT", "UNATTENDED_CUSTOMER"})
ON_DUTY = "NONE"  # no overlay: open, not paused, nobody excused
OFF_POST_RULES = ("R-VID-02", "R-VID-03", "R-VID-04")


@dataclass(frozen=True, slots=True)
class WindowPresence:
    """One window's time on duty, in seconds, and what was confirmed there."""

    window_id: WindowId
    on_duty_s: int
    judged_s: int
    on_post_s: int
    faults: Mapping[str, int]
    inspection: Decimal | None

    @property
    def on_post(self) -> Share:
        """On post of what could be judged."""
        return Share(self.on_post_s, self.judged_s)

    @property
    def unknown(self) -> Share:
        """What could not be judged, of the time on duty."""
        return Share(self.on_duty_s - self.judged_s, self.on_duty_s)


@dataclass(frozen=True, slots=True)
class Presence:
    """All windows, and the days on which somebody was missing."""

    windows: tuple[WindowPresence, ...]
    days: Mapping[date, int]
    inspections: int

    @property
    def on_post(self) -> Share:
        """On post over all windows."""
        return Share(sum(w.on_post_s for w in self.windows), sum(w.judged_s for w in self.windows))

    @property
    def unknown(self) -> Share:
        """Not judged over all windows."""
        duty = sum(w.on_duty_s for w in self.windows)
        return Share(duty - sum(w.judged_s for w in self.windows), duty)


def presence(facts: Facts, period: Period) -> Presence:
    """Sum the timelines of the period."""
    spans: dict[WindowId, list[StateSpan]] = defaultdict(list)
    for span in facts.spans:
        if span.overlay == ON_DUTY and period.has(day_of(span.started_at)):
            spans[span.window_id].append(span)
    confirmed = [
        line
        for line in facts.findings
        if line.outcome is Outcome.CONFIRMED and line.window_id and period.has(line.on)
    ]
    inspected = [line for line in facts.inspections if period.has(line.on)]
    windows = []
    for window in facts.windows:
        own = spans[window.id]
        seconds = Counter[str]()
        for span in own:
            seconds[span.state] += round((span.ended_at - span.started_at).total_seconds())
        duty = seconds.total()
        judged = duty - seconds[UNKNOWN]
        empty = sum(seconds[state] for state in EMPTY)
        faults = Counter(line.rule_id for line in confirmed if line.window_id == window.id)
        scores = [line.score for line in inspected if line.window_id == window.id]
        windows.append(
            WindowPresence(window.id, duty, judged, judged - empty, faults, mean(scores))
        )
    days = Counter(line.on for line in confirmed if line.rule_id in OFF_POST_RULES)
    return Presence(tuple(windows), days, len(inspected))
