"""Who was at the windows of the demonstration, as cameras would tell it."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from random import Random

from desktop.domain.calendar import HALL_TIME
from desktop.domain.demonstration.stage import Stage
from desktop.domain.evidence import StateSpan
from desktop.domain.identifiers import CameraId
from desktop.domain.organisation import Window

# Shares of a session's pieces; what is rare is short.
_STATES = ("SERVING", "READY", "ABSENT", "UNKNOWN")
_WEIGHTS = (64, 27, 6, 3)
_LONGEST_S: Mapping[str, int] = {"SERVING": 4200, "READY": 1500, "ABSENT": 700, "UNKNOWN": 600}

Absences = Mapping[tuple[str, date], int]  # minutes by window and day


def make_spans(stage: Stage, absences: Absences, seed: int) -> Iterator[StateSpan]:
    """Fill every session of every window with spans; absences begin the afternoon."""
    for number, window in enumerate(stage.windows):
        random = Random(seed + number)
        for day in stage.days:
            minutes = absences.get((window.id, day), 0)
            for place, session in enumerate(stage.hall.sessions):
                start = datetime.combine(day, session.start, HALL_TIME)
                end = datetime.combine(day, session.end, HALL_TIME)
                if place and minutes:
                    left = start + timedelta(minutes=minutes)
                    yield _span(stage, window, "ABSENT", start, left)
                    start = left
                yield from _filled(stage, window, start, end, random)


def _filled(
    stage: Stage, window: Window, start: datetime, end: datetime, random: Random
) -> Iterator[StateSpan]:
    while start < end:
        state = random.choices(_STATES, _WEIGHTS)[0]
        longest = _LONGEST_S[state]
        later = min(end, start + timedelta(seconds=random.randint(longest // 5, longest)))
        yield _span(stage, window, state, start, later)
        start = later


def _span(stage: Stage, window: Window, state: str, start: datetime, end: datetime) -> StateSpan:
    return StateSpan(
        id=f"{window.id}-{start:%m%d%H%M%S}",
        hall_id=stage.hall.id,
        window_id=window.id,
        camera_id=CameraId(f"camera-{window.number}"),
        state=state,
        overlay="NONE",
        started_at=start,
        ended_at=end,
    )
