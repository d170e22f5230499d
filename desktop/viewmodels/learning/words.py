"""What was learned of a seat, in the user's words and with its counts."""

from collections.abc import Mapping

from desktop.domain.learning import LessonScore, LessonUse, SeatLesson, Seen, share_interval
from desktop.system.language import joined, marked, said
from desktop.system.theme import Tone
from desktop.usecases.learning import Course, Seat
from desktop.viewmodels.times import stamp

SHOWN: Mapping[Seen, str] = {Seen.CLERK: marked("有人"), Seen.EMPTY: marked("空座")}
USES: Mapping[LessonUse, str] = {
    LessonUse.OFF: marked("不用"),
    LessonUse.DOUBTS: marked("只作怀疑"),
    LessonUse.TRUSTED: marked("信任"),
}
EFFECTS: Mapping[LessonUse, str] = {
    LessonUse.OFF: marked("不用：判断与没有学习时完全一样。"),
    LessonUse.DOUBTS: marked("只作怀疑：与原判断不一致时改为“无法判断”，不会自己判离岗或在岗。"),
    LessonUse.TRUSTED: marked("信任：原来无法判断的时候由它回答；与原判断不一致时仍为“无法判断”。"),
}
UNTRIED = marked("还没有学习。")
STALE = marked("区域在学习之后改过，这个结果不再使用。请重新学习。")


def use_said(lesson: SeatLesson | None, seat: Seat | None) -> tuple[str, Tone]:
    """Say how what was learned is used."""
    if lesson is None or seat is None:
        return said(UNTRIED), Tone.SOFT
    if not lesson.fits(seat.camera.id, seat.corners):
        return said(STALE), Tone.NEAR
    tone = Tone.SOFT if lesson.use is LessonUse.OFF else Tone.ACCENT
    return said(EFFECTS[lesson.use]), tone


def course_said(course: Course) -> str:
    """Say what there is to learn from."""
    marks = {kind: sum(one.shown is kind for one in course.pictures) for kind in Seen}
    return said(
        "可供学习：认定的离岗 {0} 张，误报 {1} 张，参考图 {2} 张（有人 {3}，空座 {4}）。"
    ).format(
        course.confirmed,
        course.dismissed,
        len(course.pictures),
        marks[Seen.CLERK],
        marks[Seen.EMPTY],
    )


def score_said(lesson: SeatLesson) -> str:
    """Say how it judged what it had not seen, with counts and an interval."""
    score = lesson.score
    learned = said("学习于 {0}，用了 {1} 张图像。").format(
        stamp(lesson.taught_at), score.confirmed + score.dismissed + score.marked
    )
    low, high = share_interval(score.missed, score.groups)
    held = said(
        "检验（每次留出一些问题或日期不学，只用来检验）：共 {0} 个，其中 {1} 个漏看了人，"
        "占 {2:.0%}（95% 区间 {3:.0%} 至 {4:.0%}）；{5} 个有任何答错。"
    ).format(
        score.groups,
        score.missed,
        score.missed / score.groups if score.groups else 0.0,
        low,
        high,
        score.wrong,
    )
    return joined(learned, held, _counts_said(score))


def trust_said(score: LessonScore) -> str:
    """Say why it may not be trusted yet; "" when it may."""
    if score.may_be_trusted:
        return ""
    return said(
        "还不能信任：须检验过至少 20 个问题或日期，漏看的上限不超过 20%（现在 {0} 个，{1:.0%}）。"
    ).format(score.groups, score.missed_up_to)


def _counts_said(score: LessonScore) -> str:
    clerk = said("有人的图像 {0} 张答对，{1} 张拿不准，{2} 张答错；").format(
        score.clerk_right, score.clerk_unsure, score.clerk_wrong
    )
    empty = said("空座的图像 {0} 张答对，{1} 张拿不准，{2} 张答错。").format(
        score.empty_right, score.empty_unsure, score.empty_wrong
    )
    return joined(clerk, empty)
