"""Whether a long day of troubles led to a false alert, or to one that never came."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from video.evaluation.timeline import EMPTY, Timeline
from video.messages import Report, WindowStatus
from video.vocabulary.observation import Answer
from video.vocabulary.spans import Spans, overlap_s, seconds, shared, united, without
from video.vocabulary.truth import Interval, TrueZone, Truth

LATE_S = 30.0  # for walking off, for certainty, and for a trouble of the camera until it is named


@dataclass(frozen=True, slots=True)
class Soaked:
    """What came of it.

    Attributes:
        due: true absences that could be seen for longer than the threshold, and a little more.
        found: those of them that were alerted.
        false_alerts: alerts of an absence that for its larger part was none.
        false_empty_s: seconds in which a clerk who could be seen was called absent.
    """

    due: int
    found: int
    alerts: int
    false_alerts: int
    false_empty_s: float


def soaked(truth: Truth, said: Timeline, *, threshold_s: float) -> Soaked:
    """Compare alerts with absences."""
    due = found = alerts = false = 0
    false_empty_s = 0.0
    for post in truth.posts:
        own = said.of_window(post.zone_id)
        empty, hidden = united(post.named("empty")), united(post.named("occluded"))
        told = _scored(post, [Interval(alert.start_s, alert.at_s) for alert in own.alerts])
        alerts += len(told)
        long = [
            one
            for one in _scored(post, empty)
            if seconds(without((one,), hidden)) >= threshold_s + LATE_S
        ]
        due += len(long)
        found += sum(any(_mostly(span, (one,)) for span in told) for one in long)
        false += sum(not _mostly(span, empty) for span in told)
        false_empty_s += seconds(shared(own.in_states(EMPTY), _visible(post)))
    return Soaked(due, found, alerts, false, false_empty_s)


def _scored(post: TrueZone, spans: Spans) -> Spans:
    """Those that begin in time that is scored."""
    ignored = post.named("ignore")
    return [one for one in spans if not any(span.holds(one.start_s) for span in ignored)]


def _mostly(span: Interval, spans: Spans) -> bool:
    return sum(overlap_s(span, one) for one in spans) > span.length_s / 2


@dataclass(slots=True)
class Recall:
    """Counts single verdicts on clerks who are there and can be seen, as reports pass by."""

    visible: Mapping[str, Spans]
    asked: int = 0
    found: int = 0

    @classmethod
    def of(cls, truth: Truth) -> "Recall":
        """Prepare for the posts of a truth."""
        return cls({post.zone_id: _visible(post) for post in truth.posts})

    @property
    def share(self) -> float | None:
        """Share of the verdicts that said yes, 0 to 1."""
        return self.found / self.asked if self.asked else None

    def counted(self, reports: Iterable[Report]) -> Iterator[Report]:
        """Let reports through."""
        for report in reports:
            if isinstance(report, WindowStatus):
                self._came(report)
            yield report

    def _came(self, status: WindowStatus) -> None:
        seen = status.observation
        spans = self.visible[status.window_id]
        index = bisect_right(spans, seen.at_s, key=lambda span: span.start_s) - 1
        if index >= 0 and spans[index].holds(seen.at_s):
            self.asked += 1
            self.found += seen.clerk.answer is Answer.YES


def _visible(post: TrueZone) -> Spans:
    unseen = united([*post.named("occluded"), *post.named("ignore")])
    return without(united(post.named("occupied")), unseen)
