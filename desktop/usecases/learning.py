"""Marking pictures of a seat, and keeping, using and switching off what was learned from them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from desktop.domain.calendar import HALL_TIME
from desktop.domain.errors import Unproven
from desktop.domain.evidence import Evidence
from desktop.domain.findings import Finding
from desktop.domain.identifiers import Digest, WindowId, new_id
from desktop.domain.learning import (
    LessonScore,
    LessonUse,
    SeatLesson,
    SeatPicture,
    Seen,
    newest,
    shown_by,
)
from desktop.domain.organisation import Camera, Corners
from desktop.domain.rules.video import ABSENCE_RULES
from desktop.usecases.ports import Clock, Reading, UnitOfWork

AWAY = ("start", "half", "threshold")  # roles of evidence that show what was taken for an absence
BACK = "return"  # and the clerk again after it


@dataclass(frozen=True, slots=True)
class Seat:
    """A window's area on a camera as it is now."""

    window_id: WindowId
    camera: Camera
    corners: Corners


@dataclass(frozen=True, slots=True)
class Lead:
    """A sealed picture that teaches.

    Attributes:
        group: the finding or the day that it is from.
        is_whole: whether it is the camera's whole picture, of which the seat is a part.
    """

    group: str
    shown: Seen
    sha256: Digest
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Course:
    """What there is to learn a seat from, and what was learned of it last."""

    leads: tuple[Lead, ...]
    pictures: tuple[SeatPicture, ...]
    confirmed: int
    dismissed: int
    lesson: SeatLesson | None


def course_of(reading: Reading, seat: Seat) -> Course:
    """Gather the pictures of a seat that people have judged."""
    judged: list[Lead] = []
    told = {Seen.EMPTY: 0, Seen.CLERK: 0}
    for finding in reading.find(Finding, window_id=seat.window_id):
        shown = shown_by(finding)
        if shown is None or not _is_of(finding, seat):
            continue
        leads = tuple(_leads_of(reading, finding, shown))
        told[shown] += len(leads)
        judged += leads
    pictures = tuple(
        each
        for each in reading.find(SeatPicture, window_id=seat.window_id)
        if not each.withdrawn and (each.camera_id, each.seat) == (seat.camera.id, seat.corners)
    )
    marked = (
        Lead(f"{one.taken_at.astimezone(HALL_TIME):%Y-%m-%d}", one.shown, one.sha256, False)
        for one in pictures
    )
    lessons = newest(reading.find(SeatLesson, window_id=seat.window_id))
    return Course(
        (*judged, *marked),
        pictures,
        told[Seen.EMPTY],
        told[Seen.CLERK],
        lessons.get(seat.window_id),
    )


def mark_picture(
    work: UnitOfWork, seat: Seat, shown: Seen, sha256: Digest, *, clock: Clock
) -> SeatPicture:
    """Keep a picture of a seat that is in the vault already."""
    picture = SeatPicture(
        id=new_id(),
        hall_id=seat.camera.hall_id,
        window_id=seat.window_id,
        camera_id=seat.camera.id,
        shown=shown,
        seat=seat.corners,
        sha256=sha256,
        taken_at=clock.now(),
        marked_by=work.actor.user_id,
    )
    work.add(picture)
    work.note("seat.mark", f"seat_picture/{picture.id}", reason=shown.value)
    return picture


def withdraw_picture(work: UnitOfWork, picture: SeatPicture) -> SeatPicture:
    """Let a marked picture teach no more; whoever asks deletes its bytes."""
    gone = picture.taken_back()
    work.replace(gone)
    work.note("seat.withdraw", f"seat_picture/{picture.id}")
    return gone


def keep_lesson(
    work: UnitOfWork,
    seat: Seat,
    *,
    weights: str,
    score: LessonScore,
    heat: tuple[float, ...],
    clock: Clock,
) -> SeatLesson:
    """Keep what was just learned; it raises doubts from now on, and no more than doubts."""
    now = clock.now()
    lesson = SeatLesson(
        id=new_id(),
        hall_id=seat.camera.hall_id,
        window_id=seat.window_id,
        camera_id=seat.camera.id,
        use=LessonUse.DOUBTS,
        seat=seat.corners,
        weights=weights,
        score=score,
        heat=heat,
        taught_at=now,
        set_by=work.actor.user_id,
        set_at=now,
    )
    work.add(lesson)
    work.note("seat.teach", f"seat_lesson/{lesson.id}")
    return lesson


def use_lesson(work: UnitOfWork, lesson: SeatLesson, use: LessonUse, *, clock: Clock) -> SeatLesson:
    """Switch what was learned off, on again, or let it answer by itself.

    Raises:
        Unproven: to be trusted it must have been held against enough that it had not seen.
    """
    score = lesson.score
    if use is LessonUse.TRUSTED and not score.may_be_trusted:
        raise Unproven(score.groups, score.missed_up_to)
    successor = replace(lesson, id=new_id(), use=use, set_by=work.actor.user_id, set_at=clock.now())
    work.add(successor)
    work.note("seat.use", f"seat_lesson/{successor.id}", reason=use.value)
    return successor


def _is_of(finding: Finding, seat: Seat) -> bool:
    """Whether it is an absence that this camera saw."""
    return finding.rule_id in ABSENCE_RULES and finding.camera_id == seat.camera.id


def _leads_of(reading: Reading, finding: Finding, shown: Seen) -> Iterator[Lead]:
    for item in reading.find(Evidence, finding_id=finding.id):
        if item.masked_of is not None or not item.media_type.startswith("image/"):
            continue
        if item.role in AWAY:
            yield Lead(finding.id, shown, item.sha256, True)
        elif item.role == BACK and shown is Seen.EMPTY:
            yield Lead(finding.id, Seen.CLERK, item.sha256, True)
