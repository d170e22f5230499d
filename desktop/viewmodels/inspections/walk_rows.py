"""The items of the inspection that is gone through, as a list beside the form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop.domain.checklists import Item
from desktop.domain.inspections import Answer, Gap, Verdict
from desktop.system.language import marked, said
from desktop.system.theme import Tone
from desktop.viewmodels.inspections.walk import InspectionWalk
from desktop.viewmodels.inspections.words import gap_said, here, points_said, verdict_name
from desktop.viewmodels.lines import TwoLines
from desktop.viewmodels.states import Shape, StateLook

_LOOKS: Mapping[Verdict, StateLook] = {
    Verdict.OK: StateLook(marked("合格"), Shape.DISC, Tone.GOOD),
    Verdict.NOT: StateLook(marked("不合格"), Shape.TRIANGLE, Tone.BAD),
    Verdict.NA: StateLook(marked("不适用"), Shape.DASH, Tone.UNKNOWN),
}
_OPEN = StateLook(marked("未作答"), Shape.RING, Tone.SOFT)
_TOLD = StateLook(marked("已填写"), Shape.DISC, Tone.ACCENT)
_INCOMPLETE = StateLook(marked("不合格，未写全"), Shape.ALARM_TRIANGLE, Tone.NEAR)


@dataclass(frozen=True, slots=True)
class WalkRow:
    """One item with its answer."""

    number: int
    item: Item
    answer: Answer | None
    gap: Gap | None

    @property
    def key(self) -> str:
        """The item's key."""
        return self.item.key

    @property
    def title(self) -> str:
        """Number and words."""
        star = "★" if self.item.critical else ""
        return f"{self.number}. {star}{here(self.item.label)}"

    @property
    def look(self) -> StateLook:
        """Shape, word and tone."""
        answer = self.answer
        if answer is None or not answer.said:
            return _OPEN
        if answer.verdict is None:
            return _TOLD
        return _INCOMPLETE if self.gap else _LOOKS[answer.verdict]

    @property
    def detail(self) -> str:
        """What was said, or what is wanted."""
        if self.gap:
            return gap_said(self.gap)
        answer = self.answer
        if answer is None or not answer.said:
            return said("可不填")
        told = verdict_name(answer.verdict) if answer.verdict else answer.value
        return " · ".join(filter(None, (told, answer.note)))

    @property
    def remark(self) -> str:
        """Its points."""
        return points_said(self.item.points) if self.item.points else ""

    @property
    def spoken(self) -> tuple[str, ...]:
        """Both lines, and the look between them."""
        return (self.title, self.look.word, self.detail)


class WalkModel(TwoLines[WalkRow]):
    """Items as a list of two lines each; follows a walk."""

    def __init__(self, walk: InspectionWalk) -> None:
        super().__init__(walk)
        self._walk = walk
        walk.changed.connect(self.refresh)
        walk.opened.connect(self.refresh)
        walk.moved.connect(self.refresh)

    def refresh(self) -> None:
        """Show the items as they now are."""
        self.replace(tuple(_rows(self._walk)))


def _rows(walk: InspectionWalk) -> Iterator[WalkRow]:
    if walk.visit is None:
        return
    numbers, gaps = walk.visit.checklist.numbers, walk.gaps
    for item in walk.items:
        yield WalkRow(numbers[item.key], item, walk.answer(item.key), gaps.get(item.key))
