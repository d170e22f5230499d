"""What of a picture is looked at: crops that changed, and now and then the others, to be sure."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from video.vocabulary.detection import Detection, Detector
from video.vocabulary.frame import Pixels
from video.windows.areas import Cut, cut_all
from video.windows.persons import Person, is_one, merged, seen_in
from video.windows.phones import Phone, phones_in

LEAST = 32  # pixels of a crop's side that are left for changes to be seen in
MOST_HALVED = 3
CHANGED = 6  # grey levels of a colour
NOISE = 8  # colours of pixels that may change so much by chance: where an encoder draws edges anew
REFRESH_S = 30.0
FAR = 2.0  # times its own side: a crop is looked at from no farther


@dataclass(slots=True, eq=False)
class View:
    """A crop, what was last found in it, and how it looked then."""

    cut: Cut
    glance: Pixels | None = None
    judged_s: float = float("-inf")
    persons: tuple[Person, ...] = ()
    phones: tuple[Phone, ...] = ()

    def saw(self, things: Sequence[Detection]) -> None:
        """Remember what was found."""
        self.persons, self.phones = seen_in(self.cut, things), phones_in(self.cut, things)


@dataclass(slots=True, eq=False)
class Desk:
    """The views of one window, and a crop around them all where that is of use.

    One look from a little farther off is enough to confirm what is known; whatever it shows
    otherwise is looked at closely.
    """

    views: tuple[View, ...]
    both: Cut | None

    @property
    def known(self) -> tuple[Person, ...]:
        """Everybody who was last found."""
        return merged([person for view in self.views for person in view.persons])

    def is_due(self, at_s: float) -> bool:
        """Whether it is long ago that all of it was looked at."""
        return any(at_s - view.judged_s >= REFRESH_S for view in self.views)

    def is_confirmed(self, seen: Sequence[Person]) -> bool:
        """Whether a look from farther off shows all who are wholly known, and nobody new."""
        known = self.known
        whole = [one for one in known if not one.truncated]
        near = [one for one in seen if any(view.cut.holds(one.box) for view in self.views)]
        return _are_among(whole, seen) and _are_among(near, known)


class Views:
    """All crops of one camera's pictures, of one size."""

    def __init__(self, cuts: Sequence[Sequence[Cut]], detector: Detector) -> None:
        """Prepare.

        Args:
            cuts: of each window, its seat first.
        """
        self._detector = detector
        self._desks = [
            # What is as small as a phone is found from near by alone.
            _desk_of([View(cut) for cut in each], joins=not detector.knows_phones)
            for each in cuts
        ]
        self._views = [view for desk in self._desks for view in desk.views]
        least = min((view.cut.least_side for view in self._views), default=1)
        self.halvings = min(MOST_HALVED, max(1, least // LEAST).bit_length() - 1)

    @property
    def persons(self) -> tuple[Person, ...]:
        """Everybody who was last found, each once."""
        return merged([person for view in self._views for person in view.persons])

    @property
    def phones(self) -> tuple[Phone, ...]:
        """All phones that were last found."""
        return tuple(phone for view in self._views for phone in view.phones)

    def look(self, pixels: Pixels, small: Pixels, at_s: float) -> bool:
        """Look at what needs it.

        Args:
            small: the picture, `halvings` times halved.

        Returns:
            Whether anything may be known otherwise than before.
        """
        changed = {view for view in self._views if self._differs(view, small)}
        due = [desk for desk in self._desks if desk.is_due(at_s)]
        far = [desk for desk in due if desk.both and changed.isdisjoint(desk.views)]
        near = {view for desk in due if desk not in far for view in desk.views}
        for view in changed | near | {view for desk in far for view in desk.views}:
            view.glance, view.judged_s = view.cut.halved(self.halvings).of(small), at_s
        doubted = self._glance_at(far, pixels)
        close = [view for view in self._views if view in changed or view in near]
        self._look_at(close, pixels)
        for desk in doubted:
            self._look_again(desk, pixels)
        return bool(close or doubted)

    def _differs(self, view: View, small: Pixels) -> bool:
        if view.glance is None:
            return True
        now = view.cut.halved(self.halvings).of(small)
        return bool(np.count_nonzero(cv2.absdiff(now, view.glance) >= CHANGED) > NOISE)

    def _look_at(self, views: Sequence[View], pixels: Pixels) -> None:
        found = self._detector.detect([view.cut.of(pixels) for view in views])
        for view, things in zip(views, found, strict=True):
            view.saw(things)

    def _glance_at(self, desks: Sequence[Desk], pixels: Pixels) -> list[Desk]:
        """Look at desks from farther off; give those that look otherwise than they are known."""
        cuts = [desk.both for desk in desks if desk.both is not None]
        found = self._detector.detect([cut.of(pixels) for cut in cuts])
        seen = [seen_in(cut, things) for cut, things in zip(cuts, found, strict=True)]
        return [desk for desk, one in zip(desks, seen, strict=True) if not desk.is_confirmed(one)]

    def _look_again(self, desk: Desk, pixels: Pixels) -> None:
        """Look closely; where that shows what was known, the farther look is of no use."""
        known = desk.known
        self._look_at(desk.views, pixels)
        if _are_among(known, desk.known) and _are_among(desk.known, known):
            desk.both = None


def _desk_of(views: Sequence[View], *, joins: bool) -> Desk:
    both = cut_all([view.cut for view in views])
    is_near = both.side <= FAR * min(view.cut.side for view in views)
    return Desk(tuple(views), both if joins and is_near and len(views) > 1 else None)


def _are_among(some: Sequence[Person], others: Sequence[Person]) -> bool:
    return all(any(is_one(one, other) or is_one(other, one) for other in others) for one in some)
