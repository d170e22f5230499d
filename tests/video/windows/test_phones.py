"""A phone counts where a clerk has it by hand or face, and the detector knows phones."""

import pytest

from video.vocabulary.detection import Detection, Kind
from video.vocabulary.geometry import Box
from video.vocabulary.observation import UNSEEN, Answer
from video.windows.areas import Cut
from video.windows.persons import Person, seen_in
from video.windows.phones import NO_PHONE, Phone, held, phones_in

CLERK = Person(Box(0.2, 0.2, 0.6, 0.8), 0.9)


def around(x: float, y: float, side: float = 0.04) -> Phone:
    return Phone(Box(x - side, y - side, x + side, y + side), 0.7)


@pytest.mark.parametrize(
    ("phone", "where"),
    [
        (around(0.4, 0.3), "at the face"),
        (around(0.25, 0.6), "in a hand"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_phone_in_hand_is_seen(phone: Phone, where: str) -> None:
    told = held([phone], [CLERK])

    assert (told.answer, told.score) == (Answer.YES, 0.7)


@pytest.mark.parametrize(
    ("phone", "where"),
    [
        (around(0.7, 0.5), "beside the clerk"),
        (around(0.4, 0.77), "on the desk before the clerk"),
        (around(0.4, 0.5, side=0.2), "as large as a screen"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_any_other_phone_is_none(phone: Phone, where: str) -> None:
    assert held([phone], [CLERK]) == NO_PHONE


def test_without_a_clerk_nothing_is_told_of_phones() -> None:
    assert held([around(0.4, 0.5)], []) == UNSEEN


def test_phones_are_no_persons_and_persons_are_no_phones() -> None:
    cut = Cut(0, 0, 100, 100, 200, 200)
    person, phone = Detection(Box(0, 0, 1, 1), 0.9), Detection(Box(0, 0, 0.1, 0.1), 0.5, Kind.PHONE)

    assert [one.score for one in seen_in(cut, (person, phone))] == [0.9]
    assert phones_in(cut, (person, phone)) == (Phone(Box(0, 0, 0.05, 0.05), 0.5),)
