"""A seat is learned from judged pictures, held out to be tried, and only ever makes doubtful."""

from functools import cache

import pytest

from tests.support.painted import hall, pictures
from video.errors import FootageError, FootageTrouble
from video.messages import ZonePlan
from video.sources.layout import truth_of, zones_of
from video.sources.script import Script
from video.vocabulary.frame import Frame
from video.vocabulary.lesson import Lesson, Shown, Taught
from video.vocabulary.observation import UNSEEN, Answer, Evidence
from video.windows.areas import cut_tight
from video.windows.opinion import FEATURES, Opinion
from video.windows.teaching import Picture, picture_of, taught

COMINGS = [f"{at} {'leave' if at % 16 == 4 else 'return'} window-1" for at in range(4, 68, 8)]
YES, NO = Evidence(Answer.YES, 0.9), Evidence(Answer.NO, 0.85)
STILL = Evidence(Answer.NO, 0.0)


@cache
def script() -> Script:
    return hall(*COMINGS, length_s=70, fps=1)


def seat() -> ZonePlan:
    (zone,) = zones_of(script())
    return zone


@cache
def seen() -> tuple[tuple[Frame, Picture], ...]:
    """Pictures well inside of each coming and going, grouped by it."""
    (post,) = truth_of(script()).posts
    found = []
    for frame in pictures(script()):
        for shown, name in ((Shown.CLERK, "occupied"), (Shown.EMPTY, "empty")):
            for number, span in enumerate(post.named(name)):
                if span.start_s + 2 <= frame.at_s < span.end_s - 2:
                    height, width = frame.pixels.shape[:2]
                    cut = cut_tight(post.polygon.bounds, width=width, height=height)
                    picture = picture_of(f"{name}-{number}", shown, cut.of(frame.pixels))
                    found.append((frame, picture))
    return tuple(found[::2])


@cache
def learned() -> Taught:
    return taught([picture for _, picture in seen()][:13])


def test_what_it_has_not_seen_is_judged_right_and_counted_by_groups() -> None:
    held = learned().held_out
    assert held.groups >= 6
    assert held.missed == held.wrong_groups == ()
    assert held.clerk.wrong == held.empty.wrong == 0
    assert held.clerk.right > held.clerk.all / 2


def test_later_pictures_of_the_seat_are_judged_right() -> None:
    opinion = Opinion(seat().seat, learned().lesson)
    said = [(opinion.of(frame), picture.shown) for frame, picture in seen()[13:]]
    assert all(told in {shown, None} for told, shown in said)
    assert {told for told, _ in said} >= set(Shown)


def test_where_it_looks_is_told_for_every_part_of_the_seat() -> None:
    heat = learned().heat
    assert len(heat) == 64
    assert max(map(abs, heat)) == 1.0


def test_a_wrongly_labelled_group_is_found_by_holding_it_out() -> None:
    turned = [
        Picture(p.group, Shown.EMPTY, p.patch) if p.group == "occupied-0" else p for _, p in seen()
    ]
    assert "occupied-0" in taught(turned).held_out.wrong_groups


def test_too_few_pictures_of_a_kind_are_refused_with_their_count() -> None:
    with pytest.raises(FootageError) as refusal:
        taught([picture for _, picture in seen() if picture.shown is Shown.CLERK])
    assert refusal.value.trouble is FootageTrouble.TOO_FEW
    assert refusal.value.subject == "empty"


@pytest.mark.parametrize(
    "weights", [b"", b"123", bytes(4 * FEATURES), b"\xff" * 4 * (FEATURES + 1)]
)
def test_weights_that_teaching_never_made_are_refused(weights: bytes) -> None:
    with pytest.raises(FootageError):
        Opinion(seat().seat, Lesson(weights))


class Saying(Opinion):
    """An opinion whose word a test chooses."""

    def __init__(self, word: Shown | None, *, trusted: bool = False) -> None:
        super().__init__(seat().seat, Lesson(bytes(4 * (FEATURES + 1)), trusted))
        self._word = word

    def of(self, frame: Frame) -> Shown | None:
        return self._word


@pytest.mark.parametrize(
    ("held", "says", "answer"),
    [
        (NO, Shown.CLERK, Answer.UNKNOWN),  # the costly error: doubted
        (NO, Shown.EMPTY, Answer.NO),
        (NO, None, Answer.NO),
        (YES, Shown.EMPTY, Answer.UNKNOWN),  # a coat
        (YES, Shown.CLERK, Answer.YES),
        (UNSEEN, Shown.CLERK, Answer.UNKNOWN),
        (UNSEEN, Shown.EMPTY, Answer.UNKNOWN),
    ],
)
def test_untrusted_it_confirms_or_doubts_and_nothing_else(
    held: Evidence, says: Shown | None, answer: Answer
) -> None:
    frame = seen()[0][0]
    assert Saying(says).weighed(held, STILL, frame, hidden=False).answer is answer


@pytest.mark.parametrize(("says", "answer"), [(Shown.CLERK, Answer.YES), (Shown.EMPTY, Answer.NO)])
def test_trusted_it_answers_where_nothing_else_can_tell_unless_the_seat_is_hidden(
    says: Shown, answer: Answer
) -> None:
    trusted, frame = Saying(says, trusted=True), seen()[0][0]
    assert trusted.weighed(UNSEEN, STILL, frame, hidden=False).answer is answer
    assert trusted.weighed(UNSEEN, STILL, frame, hidden=True).answer is Answer.UNKNOWN
    other = NO if says is Shown.CLERK else YES
    assert trusted.weighed(other, STILL, frame, hidden=False).answer is Answer.UNKNOWN


def test_whoever_moves_is_no_coat() -> None:
    moving = Evidence(Answer.YES, 0.1)
    frame = seen()[0][0]
    assert Saying(Shown.EMPTY).weighed(YES, moving, frame, hidden=False) == YES
