"""What a hall teaches its cameras about a seat, how well that works, and how far it is trusted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from math import sqrt
from typing import ClassVar

from desktop.domain.findings import Dismissal, Finding, FindingState
from desktop.domain.identifiers import CameraId, Digest, HallId, UserId, WindowId
from desktop.domain.organisation import Corners

TRUSTED_GROUPS = 20  # findings or days that were held out, before an opinion may be trusted
TRUSTED_MISSED = 0.2  # upper end of the interval of those in which a clerk was overlooked
NINETY_FIVE = 1.96  # standard deviations


class Seen(Enum):
    """What a picture shows of a seat."""

    CLERK = "CLERK"
    EMPTY = "EMPTY"


@dataclass(frozen=True, slots=True)
class SeatPicture:
    """A picture of a seat alone, marked by a person.

    Attributes:
        seat: its corners as it was cut out; a picture of another area teaches nothing.
        withdrawn: its bytes are gone.
    """

    ENTITY: ClassVar = "seat_picture"

    id: str
    hall_id: HallId
    window_id: WindowId
    camera_id: CameraId
    shown: Seen
    seat: Corners
    sha256: Digest
    taken_at: datetime
    marked_by: UserId
    withdrawn: bool = False

    def taken_back(self) -> "SeatPicture":
        """Teach nothing any more."""
        return replace(self, withdrawn=True)


class LessonUse(Enum):
    """Whether an opinion is asked, and how far it is trusted."""

    OFF = "OFF"
    DOUBTS = "DOUBTS"
    TRUSTED = "TRUSTED"


@dataclass(frozen=True, slots=True)
class LessonScore:
    """How an opinion judged pictures of findings and days that it had not learned from.

    Attributes:
        groups: findings and days that were held out; `wrong`: those with a wrong answer, `missed`:
            those in which a clerk was overlooked.
        confirmed, dismissed, marked: pictures that it learned from.
    """

    clerk_right: int
    clerk_unsure: int
    clerk_wrong: int
    empty_right: int
    empty_unsure: int
    empty_wrong: int
    groups: int
    wrong: int
    missed: int
    confirmed: int = 0
    dismissed: int = 0
    marked: int = 0

    @property
    def missed_up_to(self) -> float:
        """The upper end of the 95 % interval of the share of groups with a clerk overlooked."""
        return share_interval(self.missed, self.groups)[1]

    @property
    def may_be_trusted(self) -> bool:
        """Whether enough was held out, and little enough of it overlooked, to rely on it."""
        return self.groups >= TRUSTED_GROUPS and self.missed_up_to <= TRUSTED_MISSED


@dataclass(frozen=True, slots=True)
class SeatLesson:
    """What was learned of a window's seat and how it is used; the newest of a window counts.

    Attributes:
        weights: as the watching process takes them, base64.
        heat: where in the seat it looks, see `video.vocabulary.lesson.Taught`.
    """

    ENTITY: ClassVar = "seat_lesson"

    id: str
    hall_id: HallId
    window_id: WindowId
    camera_id: CameraId
    use: LessonUse
    seat: Corners
    weights: str
    score: LessonScore
    heat: tuple[float, ...]
    taught_at: datetime
    set_by: UserId
    set_at: datetime

    def fits(self, camera_id: CameraId, seat: Corners) -> bool:
        """Whether it was learned of this very area."""
        return self.camera_id == camera_id and self.seat == seat


def newest(lessons: Iterable[SeatLesson]) -> Mapping[WindowId, SeatLesson]:
    """Give what counts for each window."""
    return {each.window_id: each for each in sorted(lessons, key=lambda each: each.set_at)}


def shown_by(finding: Finding) -> Seen | None:
    """Tell what the pictures of an absence show by the word of those who looked at them.

    One that was justified was an absence all the same; one that nobody could decide tells nothing.
    """
    match finding.state, finding.dismissal:
        case FindingState.CONFIRMED, _:
            return Seen.EMPTY
        case FindingState.DISMISSED, Dismissal.JUSTIFIED:
            return Seen.EMPTY
        case FindingState.DISMISSED, Dismissal.FALSE_ALARM:
            return Seen.CLERK
    return None


def share_interval(count: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share that was counted (Wilson, 1927); all of it for nothing."""
    if not of:
        return 0.0, 1.0
    share, square = count / of, NINETY_FIVE**2 / of
    middle = (share + square / 2) / (1 + square)
    half = sqrt(square * (share * (1 - share) + square / 4)) / (1 + square)
    return max(0.0, middle - half), min(1.0, middle + half)
