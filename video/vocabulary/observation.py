"""What one tick saw at one window."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Health(Enum):
    """Whether the picture can be judged."""

    OK = "OK"
    DEGRADED = "DEGRADED"
    BLIND = "BLIND"


class HealthCause(Enum):
    """Why a camera is degraded or blind.

    CLOCK_OFF goes by what a network camera tells in RTCP sender reports or over ONVIF; a clock
    that is painted on the picture is not read.
    """

    NONE = "none"
    NO_FRAMES = "no_frames"
    FROZEN = "frozen"
    BLACK_OR_FLAT = "black_or_flat"
    COVERED = "covered"
    DEFOCUSED = "defocused"
    MOVED = "moved"
    DECODE_ERRORS = "decode_errors"
    CLOCK_OFF = "clock_off"


class Answer(Enum):
    """A piece of evidence: yes, no, or not to be told."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Evidence:
    """An answer with its score, 0 to 1 (0 when the answer is unknown)."""

    answer: Answer
    score: float = 0.0


UNSEEN = Evidence(Answer.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Observation:
    """One verdict about one window.

    Attributes:
        at_s: stream time in seconds, never running backwards within a session.
        at_wall: aware wall-clock time, for display only.
        motion: share of seat pixels that changed beyond the camera's own noise, or unknown.
        phone: whether the clerk has one by hand or face; unknown without a clerk, and always from
            a detector that knows no phones.
    """

    window_id: str
    at_s: float
    at_wall: datetime
    health: Health
    cause: HealthCause
    clerk: Evidence
    customer: Evidence = UNSEEN
    motion: Evidence = UNSEEN
    phone: Evidence = UNSEEN
