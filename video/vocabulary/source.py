"""Where pictures come from, and how that is asked for."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from enum import Enum
from pathlib import Path


class Pace(Enum):
    """How fast a recorded or drawn source plays."""

    REAL_TIME = "real_time"
    UNPACED = "unpaced"


@dataclass(frozen=True, slots=True)
class FilePlan:
    """A recording; `start_wall` is when its first picture was taken.

    Attributes:
        begins_s: the stream second of its first picture, where another recording came before.
    """

    path: Path
    start_wall: datetime
    pace: Pace = Pace.UNPACED
    begins_s: float = 0.0


@dataclass(frozen=True, slots=True)
class RtspPlan:
    """A network camera; the password travels apart from the address and is never shown.

    Attributes:
        url: may hold `{user}` and `{password}` where a recorder wants them within.
        transport: tcp or udp.
    """

    url: str
    username: str = ""
    password: str = field(default="", repr=False)
    transport: str = "tcp"


@dataclass(frozen=True, slots=True)
class DrawnPlan:
    """A drawn camera: the text of a hall script (TOML; format in `video/sources/script.py`)."""

    script: str
    start_wall: datetime
    pace: Pace = Pace.REAL_TIME
    rounds: int = 1  # how often the script is played, in a row


@dataclass(frozen=True, slots=True)
class UsbPlan:
    """A camera plugged into this machine, by its number as text: 0 is the first."""

    device: str


@dataclass(frozen=True, slots=True)
class StillsPlan:
    """A folder of single pictures.

    Attributes:
        zone: of the times in their names.
        follows: whether pictures that come later are waited for, and those before left alone, as
            of a camera that uploads snapshots; else all are played in order of their times.
        start_wall: when the first was taken, where its own time was corrected.
        begins_s: the stream second of the first, where other recordings came before.
    """

    folder: Path
    zone: tzinfo
    follows: bool = False
    start_wall: datetime | None = None
    begins_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Recording:
    """A file of a recorder, as it is to be reviewed.

    Attributes:
        start_wall: when its first picture was taken.
        fingerprint: SHA-256 (hex) of samples of the file: the same file always has the same.
    """

    path: Path
    start_wall: datetime
    length_s: float
    fingerprint: str

    @property
    def end_wall(self) -> datetime:
        """When its last picture was taken."""
        return self.start_wall + timedelta(seconds=self.length_s)


@dataclass(frozen=True, slots=True)
class RecordingsPlan:
    """Recordings of one camera by their beginnings; time between them was not watched."""

    recordings: tuple[Recording, ...]

    def begins_s(self, recording: Recording) -> float:
        """The stream second at which one begins; the first begins at 0."""
        return (recording.start_wall - self.recordings[0].start_wall).total_seconds()


SourcePlan = FilePlan | RtspPlan | DrawnPlan | UsbPlan | StillsPlan | RecordingsPlan
