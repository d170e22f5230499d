"""The observation strip: what was seen at every tick around an absence, and how well."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from video.evidence.canonical import canonical
from video.vocabulary.observation import Answer, Health, Observation

MEDIA_TYPE = "application/json"
_LETTERS = {Answer.YES: "y", Answer.NO: "n", Answer.UNKNOWN: "?"}
_HEALTH = {Health.OK: "o", Health.DEGRADED: "d", Health.BLIND: "b"}


@dataclass(frozen=True, slots=True)
class Noted:
    """One observation, reduced to what the strip tells."""

    at_s: float
    clerk: str
    score: float
    customer: str
    motion: str
    phone: str
    health: str
    cause: str


def noted(seen: Observation) -> Noted:
    """Reduce an observation."""
    return Noted(
        at_s=round(seen.at_s, 3),
        clerk=_LETTERS[seen.clerk.answer],
        score=round(seen.clerk.score, 2),
        customer=_LETTERS[seen.customer.answer],
        motion=_LETTERS[seen.motion.answer],
        phone=_LETTERS[seen.phone.answer],
        health=_HEALTH[seen.health],
        cause=seen.cause.value,
    )


def strip_of(window_id: str, ticks: Sequence[Noted]) -> bytes:
    """Write the strip as JSON.

    One letter a tick in each row: y yes, n no, ? not to be told; health o, d or b for OK,
    DEGRADED, BLIND. `health_trace` says from when on a health and its cause held.
    """
    return canonical(
        {
            "window_id": window_id,
            "at_s": [tick.at_s for tick in ticks],
            "clerk": "".join(tick.clerk for tick in ticks),
            "clerk_score": [tick.score for tick in ticks],
            "customer": "".join(tick.customer for tick in ticks),
            "motion": "".join(tick.motion for tick in ticks),
            "phone": "".join(tick.phone for tick in ticks),
            "health": "".join(tick.health for tick in ticks),
            "health_trace": _trace(ticks),
        }
    )


def _trace(ticks: Sequence[Noted]) -> list[dict[str, object]]:
    turns = groupby(ticks, key=lambda tick: (tick.health, tick.cause))
    return [
        {"from_s": next(group).at_s, "health": health, "cause": cause}
        for (health, cause), group in turns
    ]
