"""Where pictures come from, and how that is asked for."""

from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from enum import Enum
from pathlib import Path


class Pace(Enum):
    """How fast a recorded or drawn source plays."""

    REAL_TIME = "real_time"
    UNPACED = "unpaced"


@dataclass(frozen=True, slots=True)
class FilePlan:
    """A recording; `start_wall` is when its first picture was taken."""

    path: Path
    start_wall: datetime
    pace: Pace = Pace.UNPACED


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
    """A camera plugged into this machine, by its number: 0 is the first."""

    device: int


@dataclass(frozen=True, slots=True)
class StillsPlan:
    """A folder of single pictures.

    Attributes:
        zone: of the times in their names.
        follows: whether pictures that come later are waited for, and those before left alone, as
            of a camera that uploads snapshots; else all are played in order of their times.
    """

    folder: Path
    zone: tzinfo
    follows: bool = False
    pace: Pace = Pace.UNPACED


SourcePlan = FilePlan | RtspPlan | DrawnPlan | UsbPlan | StillsPlan
