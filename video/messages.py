"""What the watching process and its owner say to one another, over one pipe."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from video.errors import FootageTrouble
from video.vocabulary.event import WindowEvent
from video.vocabulary.geometry import Box, Polygon
from video.vocabulary.lesson import Lesson
from video.vocabulary.model import ModelPlan
from video.vocabulary.observation import Health, HealthCause, Observation
from video.vocabulary.source import RtspPlan, SourcePlan
from video.vocabulary.state import Overlay, WindowState


@dataclass(frozen=True, slots=True)
class ZonePlan:
    """The areas of one window on one camera: its seat, and where its customer stands.

    Attributes:
        lesson: what was learned of the seat on the site, None where nothing is asked of it.
    """

    window_id: str
    seat: Polygon
    customer: Polygon | None = None
    lesson: Lesson | None = None


@dataclass(frozen=True, slots=True)
class CameraPlan:
    """One camera to watch.

    Attributes:
        source: what is analysed, the sub-stream where a camera has two.
        main: its main stream, kept for evidence and never decoded but for that.
    """

    camera_id: str
    source: SourcePlan
    zones: tuple[ZonePlan, ...]
    main: RtspPlan | None = None


@dataclass(frozen=True, slots=True)
class OverlaySpan:
    """Data that suppresses a window's alerts from one wall time to another (None: open)."""

    window_id: str
    overlay: Overlay
    from_wall: datetime
    to_wall: datetime | None


@dataclass(frozen=True, slots=True)
class StoredItem:
    """What a vault answers: the digest and size of the plain bytes."""

    sha256: str
    size: int


class Vault(Protocol):
    """Where evidence goes; it seals as it writes. Instances are pickled over the spawn pipe."""

    def put(self, data: bytes) -> StoredItem:
        """Write durably and return the SHA-256 (hex) of `data`. Raises FootageError DISK_FULL."""

    def get(self, sha256: str) -> bytes:
        """Read back and verify."""


@dataclass(frozen=True, slots=True)
class PreviewPlan:
    """Pictures for the wall: JPEG, at most so wide (pixels), at most so many a second."""

    per_second: float = 2.0
    max_width: int = 960


@dataclass(frozen=True, slots=True)
class WatchPlan:
    """Everything the process needs to know; sent once, then again whole when it changes.

    Attributes:
        model: what finds the persons, None for the model that comes with the program.
    """

    cameras: tuple[CameraPlan, ...]
    profile: str = "hall"
    threshold_s: float = 900.0  # R-VID-02, 15 minutes
    reminder_s: float = 300.0  # R-VID-01, 5 minutes
    waiting_threshold_s: float = 300.0  # R-VID-03, 5 minutes with somebody waiting
    phone_s: float = 180.0  # R-VID-06, 3 minutes; where the model knows phones
    overlays: tuple[OverlaySpan, ...] = ()
    preview: PreviewPlan | None = None
    model: ModelPlan | None = None


@dataclass(frozen=True, slots=True)
class Watch:
    """Watch this plan from now on; a running camera with an equal plan is left alone."""

    plan: WatchPlan


@dataclass(frozen=True, slots=True)
class PlayClip:
    """Decode a sealed clip and send it back as `ClipFrame`s, then `ClipEnd`."""

    request_id: int
    sha256: str
    max_width: int = 960


@dataclass(frozen=True, slots=True)
class StopClip:
    """Stop answering a `PlayClip`."""

    request_id: int


@dataclass(frozen=True, slots=True)
class PlayBack:
    """Judge the last minutes of a camera by other areas, and send them as `PlayedBack`s.

    What is watched, and what is told of it, stays as it is.
    """

    request_id: int
    camera_id: str
    zones: tuple[ZonePlan, ...]
    max_width: int = 640


@dataclass(frozen=True, slots=True)
class StopPlayBack:
    """Stop answering a `PlayBack`."""

    request_id: int


@dataclass(frozen=True, slots=True)
class Shutdown:
    """Finish what is being written and end."""


Command = Watch | PlayClip | StopClip | PlayBack | StopPlayBack | Shutdown


@dataclass(frozen=True, slots=True)
class Ready:
    """The process watches from now on; told again when the plan asks for another model.

    Attributes:
        detector: names the model, its digest and runtime; empty when it was refused.
        knows_phones: whether phones are judged at all.
    """

    pid: int
    detector: str
    knows_phones: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """A picture for the wall; only the last one of a camera matters.

    Attributes:
        persons: who was found near the areas, in fractions of the picture.
    """

    camera_id: str
    at_wall: datetime
    jpeg: bytes = field(repr=False)
    width: int = 0
    height: int = 0
    persons: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class WindowStatus:
    """What a window is in now, sent at every tick."""

    camera_id: str
    window_id: str
    state: WindowState
    overlay: Overlay
    since_s: float
    since_wall: datetime
    observation: Observation


@dataclass(frozen=True, slots=True)
class StateSpan:
    """A finished stretch of one state, for the timeline; spans of a window meet without gaps."""

    camera_id: str
    window_id: str
    state: WindowState
    overlay: Overlay
    start_s: float
    end_s: float
    start_wall: datetime
    end_wall: datetime


@dataclass(frozen=True, slots=True)
class AbsenceReminder:
    """Half-way notice (R-VID-01); nothing is issued.

    An absence that goes on to its threshold opens an event of the same `event_id`.
    """

    camera_id: str
    window_id: str
    since_wall: datetime
    event_id: str
    threshold_s: float


@dataclass(frozen=True, slots=True)
class ReminderEnded:
    """An absence that was reminded of ended before its threshold.

    `end_wall` is None when watching ended before it did.
    """

    camera_id: str
    window_id: str
    event_id: str
    end_wall: datetime | None


@dataclass(frozen=True, slots=True)
class EventOpened:
    """The threshold was reached; the evidence so far is sealed and listed."""

    event: WindowEvent


@dataclass(frozen=True, slots=True)
class EventClosed:
    """The same event with its end and its whole evidence pack.

    It comes up to ten seconds after the return, for the clip to show them: perhaps after the next
    absence of the same window has opened. Without an end when watching ended before the absence.
    """

    event: WindowEvent


@dataclass(frozen=True, slots=True)
class CameraHealth:
    """The health of a camera changed.

    Attributes:
        clock_off_s: how far its clock is ahead of ours, where that is the cause.
    """

    camera_id: str
    health: Health
    cause: HealthCause
    at_wall: datetime
    clock_off_s: float | None = None


@dataclass(frozen=True, slots=True)
class CameraStream:
    """What a camera sends, told when it is first known and when it changes.

    Attributes:
        codec: FFmpeg's name, `h264` or `hevc`.
        key_spacing_s: seconds between key frames, None until two have come.
        keys_alone: whether they come often enough for the pictures between to be left out.
    """

    camera_id: str
    codec: str
    width: int
    height: int
    key_spacing_s: float | None = None
    keys_alone: bool = False


@dataclass(frozen=True, slots=True)
class MainStream:
    """The main stream of a camera came, or cannot be had; evidence is of the sub-stream then."""

    camera_id: str
    trouble: FootageTrouble | None = None


@dataclass(frozen=True, slots=True)
class CameraTrouble:
    """A source cannot be had; `retry_s` tells when the next try comes, None when none will.

    Also, with `retry_s` 0: watching goes on, but evidence of it could not be kept.
    """

    camera_id: str
    trouble: FootageTrouble
    detail: str
    retry_s: float | None


@dataclass(frozen=True, slots=True)
class SourceEnded:
    """A recording or drawn script has played to its end; `ticks` verdicts were given."""

    camera_id: str
    ticks: int
    at_s: float


@dataclass(frozen=True, slots=True)
class Alive:
    """Heartbeat, every two seconds: the owner restarts a process that is silent for twenty."""

    at_mono: float
    peak_mb: float
    dropped: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ClipFrame:
    """One picture of a played clip: JPEG, and when to show it (seconds from the clip's start)."""

    request_id: int
    at_s: float
    jpeg: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ClipEnd:
    """A played clip has ended; `trouble` is set when it could not be played.

    A stopped one says nothing more.
    """

    request_id: int
    trouble: FootageTrouble | None = None


@dataclass(frozen=True, slots=True)
class PlayedBack:
    """One picture of the last minutes, and what each window was in by the areas in question."""

    request_id: int
    at_wall: datetime
    jpeg: bytes = field(repr=False)
    states: Mapping[str, WindowState]


@dataclass(frozen=True, slots=True)
class PlayBackEnd:
    """The last minutes were judged to their end; `trouble` is set when they could not be."""

    request_id: int
    trouble: FootageTrouble | None = None
    detail: str = ""


Report = (
    Ready
    | Preview
    | WindowStatus
    | StateSpan
    | AbsenceReminder
    | ReminderEnded
    | EventOpened
    | EventClosed
    | CameraHealth
    | CameraStream
    | MainStream
    | CameraTrouble
    | SourceEnded
    | Alive
    | ClipFrame
    | ClipEnd
    | PlayedBack
    | PlayBackEnd
)
