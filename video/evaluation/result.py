"""What came of playing clips, for people to read and for machines to score again."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from video.evaluation.score import Score, score_of
from video.evaluation.shares import Shares, shares_of
from video.evaluation.tally import Tally, tally_window
from video.evaluation.timeline import Stretch, Timeline
from video.settings import Profile
from video.vocabulary.truth import Truth

Record = Mapping[str, Any]


@dataclass(frozen=True)
class ClipResult:
    """One clip that was played: its truth, and what was said of it."""

    clip: str
    truth: Truth
    timeline: Timeline
    idle_s: float

    @cached_property
    def tally(self) -> Tally:
        """Counts over the posts of the clip."""
        return Tally.summed(
            tally_window(post, self.timeline.of_window(post.zone_id), self.truth.duration_s)
            for post in self.truth.posts
        )

    @cached_property
    def shares(self) -> tuple[Shares, ...]:
        """Of every post whose customers the truth tells."""
        found = (
            shares_of(
                post,
                self.truth.customers_of(post),
                self.timeline.of_window(post.zone_id),
                idle_s=self.idle_s,
            )
            for post in self.truth.posts
        )
        return tuple(shares for shares in found if shares is not None)

    @property
    def score(self) -> Score:
        """Ratios of this clip alone."""
        return score_of(self.tally, self.truth.duration_s)


def total_of(results: Sequence[ClipResult]) -> Score:
    """Score all clips together; real and drawn ones are not to be mixed."""
    seconds = sum(result.truth.duration_s for result in results)
    return score_of(Tally.summed(result.tally for result in results), seconds)


def record_of(results: Sequence[ClipResult], profile: Profile) -> Record:
    """Everything, so that anybody can score it with another program."""
    drawn = bool(results) and results[0].truth.drawn
    return {
        "footage": "drawn" if drawn else "real",
        "profile": asdict(profile),
        "total": _scored(total_of(results), results),
        "clips": {result.clip: _scored(result.score, [result]) for result in results},
        "timeline": [
            _row(result.clip, stretch)
            for result in results
            for stretch in result.timeline.stretches
        ],
    }


def _scored(score: Score, results: Sequence[ClipResult]) -> Record:
    shares = [one for result in results for one in result.shares]
    if not shares:
        return asdict(score)
    errors = Shares.summed(shares).errors()
    return {**asdict(score), "share_errors": {s.value: error for s, error in errors.items()}}


def _row(clip: str, stretch: Stretch) -> Record:
    is_open = stretch.is_open and stretch.state.is_empty
    return {
        "clip": clip,
        "window": stretch.window_id,
        "state": stretch.state.value,
        "start_s": round(stretch.span.start_s, 3),
        "end_s": None if is_open else round(stretch.span.end_s, 3),
    }
