"""What an event is known by."""

from collections.abc import Callable
from uuid import UUID, uuid4, uuid5

from video.vocabulary.moment import Moment
from video.vocabulary.source import RecordingsPlan, SourcePlan

EventName = Callable[[str, Moment], str]  # window id, beginning
_SPACE = UUID("6f1d1c0e-0b55-4c0b-9b0a-5e5d3f5f3a11")  # ours alone


def any_name(window_id: str, start: Moment) -> str:
    """Give a name that nothing else has."""
    return str(uuid4())


def name_for(source: SourcePlan) -> EventName:
    """Choose how events of a source are named."""
    return recorded_name(source) if isinstance(source, RecordingsPlan) else any_name


def recorded_name(plan: RecordingsPlan) -> EventName:
    """Name events by the file they begin in and where: seen again, they are the same events."""

    def name(window_id: str, start: Moment) -> str:
        holds = [r for r in plan.recordings if plan.begins_s(r) <= start.at_s + 0.001]
        recording = holds[-1] if holds else plan.recordings[0]
        into_s = start.at_s - plan.begins_s(recording)
        begins = recording.start_wall.isoformat()
        told = f"{recording.fingerprint}/{begins}/{window_id}/{into_s:.1f}"
        return str(uuid5(_SPACE, told))

    return name
