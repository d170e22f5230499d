"""Whether a clerk has a phone by hand or face."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from video.vocabulary.detection import Detection, Kind
from video.vocabulary.geometry import Box
from video.vocabulary.observation import UNSEEN, Answer, Evidence
from video.windows.areas import Cut
from video.windows.persons import Person

LARGEST = 0.1  # of the clerk's area; what is larger is a screen
HANDS = 0.85  # share of the clerk's height above which hands are; what lies lower lies there
NO_PHONE = Evidence(Answer.NO, 0.85)


@dataclass(frozen=True, slots=True)
class Phone:
    """One in the picture; box in its fractions, score 0 to 1."""

    box: Box
    score: float


def phones_in(cut: Cut, found: Iterable[Detection]) -> tuple[Phone, ...]:
    """Bring what was found in a crop into the picture."""
    return tuple(
        Phone(cut.to_picture(one.box), one.score) for one in found if one.kind is Kind.PHONE
    )


def held(phones: Iterable[Phone], clerk: Sequence[Person]) -> Evidence:
    """Answer for one seat, from a detector that knows phones.

    Args:
        clerk: the persons who belong to the seat; without any nothing can be told.
    """
    if not clerk:
        return UNSEEN
    scores = [one.score for one in phones if any(_is_in_hand(one.box, who.box) for who in clerk)]
    return Evidence(Answer.YES, max(scores)) if scores else NO_PHONE


def _is_in_hand(phone: Box, person: Box) -> bool:
    across, down = (phone.x1 + phone.x2) / 2, (phone.y1 + phone.y2) / 2
    lowest = person.y1 + HANDS * (person.y2 - person.y1)
    within = person.x1 <= across <= person.x2 and person.y1 <= down <= lowest
    return within and phone.area <= LARGEST * person.area
