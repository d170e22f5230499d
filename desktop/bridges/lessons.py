"""Between what a hall teaches and what the watching process learns of a seat."""

from base64 import b64decode, b64encode
from collections.abc import Sequence

from desktop.domain.learning import LessonScore, LessonUse, SeatLesson, Seen
from desktop.domain.organisation import Camera, Zone
from desktop.usecases.learning import Course, Lead, Seat
from video.vocabulary.geometry import Polygon
from video.vocabulary.lesson import Example, HeldOut, Lesson, Shown

_SHOWN = {Seen.CLERK: Shown.CLERK, Seen.EMPTY: Shown.EMPTY}


def examples_of(leads: Sequence[Lead], seat: Seat) -> tuple[Example, ...]:
    """Tell from which pictures to learn."""
    area = Polygon(seat.corners)
    return tuple(
        Example(lead.group, _SHOWN[lead.shown], lead.sha256, area if lead.is_whole else None)
        for lead in leads
    )


def lesson_in_use(lesson: SeatLesson | None, camera: Camera, zone: Zone) -> Lesson | None:
    """Give what is asked of a seat; nothing where it is off, or of another area."""
    if lesson is None or lesson.use is LessonUse.OFF or not lesson.fits(camera.id, zone.seat):
        return None
    return Lesson(b64decode(lesson.weights), trusted=lesson.use is LessonUse.TRUSTED)


def weights_text(lesson: Lesson) -> str:
    """Word what was learned so that a record can hold it."""
    return b64encode(lesson.weights).decode()


def score_of(held: HeldOut, course: Course) -> LessonScore:
    """Tell how well it judged what it had not seen, and from how much it learned."""
    return LessonScore(
        clerk_right=held.clerk.right,
        clerk_unsure=held.clerk.unsure,
        clerk_wrong=held.clerk.wrong,
        empty_right=held.empty.right,
        empty_unsure=held.empty.unsure,
        empty_wrong=held.empty.wrong,
        groups=held.groups,
        wrong=len(held.wrong_groups),
        missed=len(held.missed),
        confirmed=course.confirmed,
        dismissed=course.dismissed,
        marked=len(course.pictures),
    )
