"""A recorder's exports as they were found, and their order in time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path

from video.errors import FootageError, FootageTrouble
from video.vocabulary.source import Recording, RecordingsPlan


class BeginsBy(Enum):
    """How the beginning of a recording is known."""

    NAME = "name"
    CONTAINER = "container"  # written into the file by the recorder
    FILE_TIME = "file_time"  # guessed: when the file was last written, less its length
    PERSON = "person"  # somebody gave or corrected it
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Surveyed:
    """One file of a folder as it was found.

    Attributes:
        begins: when its first picture was taken; None where nothing tells.
        trouble: why it cannot be reviewed.
    """

    path: Path
    length_s: float = 0.0
    fingerprint: str = ""
    begins: datetime | None = None
    begins_by: BeginsBy = BeginsBy.NOTHING
    codec: str = ""
    width: int = 0
    height: int = 0
    trouble: FootageTrouble | None = None
    detail: str = ""


def placed(
    found: Iterable[Surveyed], start: datetime | None
) -> tuple[list[Recording], list[FootageError]]:
    """Place files in time, and refuse those that cannot be reviewed.

    Args:
        start: when the first file begins that tells no time itself; others that tell none follow
            on it, one after another. None refuses them.
    """
    recordings: list[Recording] = []
    refused: list[FootageError] = []
    for each in found:
        begins = each.begins
        if begins is None and each.trouble is None and start is not None:
            begins = start
            start += timedelta(seconds=each.length_s)
        if each.trouble is not None:
            refused.append(FootageError(each.trouble, each.path.name, each.detail))
        elif begins is None:
            refused.append(FootageError(FootageTrouble.NO_TIME, each.path.name))
        else:
            recordings.append(Recording(each.path, begins, each.length_s, each.fingerprint))
    return recordings, refused


def in_a_row(recordings: Iterable[Recording]) -> RecordingsPlan:
    """Put recordings in order of their beginnings; a copy of one is left out."""
    kept = {(r.fingerprint, r.start_wall): r for r in recordings}
    return RecordingsPlan(tuple(sorted(kept.values(), key=lambda r: (r.start_wall, r.path))))
