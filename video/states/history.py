"""The last ticks of one window, and what share of them says yes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from video.vocabulary.moment import Moment
from video.vocabulary.observation import Answer, Health, Observation


@dataclass(frozen=True, slots=True)
class Tick:
    """What one observation answers, after its health is taken into account."""

    moment: Moment
    clerk: Answer
    customer: Answer
    motion: Answer
    phone: Answer = Answer.UNKNOWN


Question = Callable[[Tick], Answer]
TOLD = {Answer.YES, Answer.NO}


def tick_of(seen: Observation) -> Tick:
    """Reduce an observation; from a blind camera every answer is unknown."""
    moment = Moment(seen.at_s, seen.at_wall)
    if seen.health is Health.BLIND:
        return Tick(moment, Answer.UNKNOWN, Answer.UNKNOWN, Answer.UNKNOWN)
    answers = (seen.clerk, seen.customer, seen.motion, seen.phone)
    return Tick(moment, *(evidence.answer for evidence in answers))


def clerk(tick: Tick) -> Answer:
    """Whether the clerk was there."""
    return tick.clerk


def customer(tick: Tick) -> Answer:
    """Whether a customer was there."""
    return tick.customer


def trimmed(ticks: Sequence[Tick], keep_s: float) -> tuple[Tick, ...]:
    """Drop ticks that no window of `keep_s` reaches, keeping one beyond to know it is full."""
    edge = ticks[-1].moment.at_s - keep_s
    older = sum(1 for tick in ticks if tick.moment.at_s <= edge)
    return tuple(ticks[max(0, older - 1) :])


@dataclass(frozen=True, slots=True)
class Share:
    """Of the last seconds: share of known ticks, and share of yes among those; 0 to 1."""

    known: float
    yes: float
    full: bool

    @property
    def tells(self) -> bool:
        """Whether enough was known for long enough to conclude anything."""
        return self.full and self.known >= 0.5


def share(ticks: Sequence[Tick], over_s: float, ask: Question) -> Share:
    """Count the answers of the last `over_s` seconds; full when the history reaches that far."""
    edge = ticks[-1].moment.at_s - over_s
    answers = [ask(tick) for tick in ticks if tick.moment.at_s > edge]
    full = ticks[0].moment.at_s <= edge
    if not answers:  # a window shorter than the distance of two ticks
        answers = [ask(ticks[-1])]
    known = [answer for answer in answers if answer is not Answer.UNKNOWN]
    yes = sum(1 for answer in known if answer is Answer.YES)
    return Share(len(known) / len(answers), yes / len(known) if known else 0.0, full)


def onset(ticks: Sequence[Tick], over_s: float, ask: Question, wanted: Answer) -> Moment:
    """Find when the present answer began: the first such tick after which it prevails.

    It prevails when it holds four in five of the ticks from there on, and the tick beside it
    agrees; so a single flicker neither moves the beginning back nor forward. Ticks that tell
    nothing stand for neither.
    """
    edge = ticks[-1].moment.at_s - over_s
    recent = [
        tick for tick in ticks if tick.moment.at_s > edge and (ask(tick) in {wanted, *TOLD})
    ] or [ticks[-1]]
    hits = [ask(tick) is wanted for tick in recent]
    for index, hit in enumerate(hits):
        rest = hits[index:]
        if hit and all(rest[:2]) and sum(rest) >= 0.8 * len(rest):
            return recent[index].moment
    agreeing = [tick.moment for tick, hit in zip(recent, hits, strict=True) if hit]
    return agreeing[-1] if agreeing else recent[-1].moment
