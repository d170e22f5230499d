"""The list of findings: what waits, and what was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from desktop.domain.findings import Finding, FindingState
from desktop.domain.identifiers import WindowId
from desktop.domain.organisation import Unit, Window
from desktop.system.language import marked, said
from desktop.system.theme import Tone
from desktop.usecases.ports import Reading
from desktop.viewmodels.casework import names_in
from desktop.viewmodels.lines import TwoLines, WordSearch
from desktop.viewmodels.states import STATES, Shape, StateLook
from desktop.viewmodels.times import clock_short, lasting, stamp_short
from video.vocabulary.state import WindowState


class Queue(Enum):
    """Whose turn it is."""

    FIRST = "first"
    SECOND = "second"
    NOTICES = "notices"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"

    @property
    def word(self) -> str:
        """The queue in the current language."""
        words = {
            Queue.FIRST: said("待核实", "queue"),
            Queue.SECOND: said("待复核"),
            Queue.NOTICES: said("提示"),
            Queue.CONFIRMED: said("已认定"),
            Queue.DISMISSED: said("已排除"),
        }
        return words[self]


STATES_IN: Mapping[Queue, tuple[FindingState, ...]] = {
    Queue.FIRST: (FindingState.DETECTED, FindingState.ASSIGNED),
    Queue.NOTICES: (FindingState.DETECTED, FindingState.ASSIGNED),
    Queue.SECOND: (FindingState.VERIFYING,),
    Queue.CONFIRMED: (FindingState.CONFIRMED,),
    Queue.DISMISSED: (FindingState.DISMISSED, FindingState.MERGED, FindingState.EXPIRED),
}

_FAMILIES: Mapping[str, StateLook] = {
    "R-TIM": StateLook(marked("办理时限"), Shape.ALARM_TRIANGLE, Tone.BAD),
    "R-STP": StateLook(marked("暂停计时"), Shape.TWO_BARS, Tone.NEAR),
    "R-PRC": StateLook(marked("办理程序"), Shape.BROKEN_RING, Tone.NEAR),
    "R-CASE": StateLook(marked("办件质量"), Shape.DIAMOND, Tone.NEAR),
    "R-FEE": StateLook(marked("收费"), Shape.DIAMOND, Tone.BAD),
    "R-LST": StateLook(marked("事项清单"), Shape.DIAMOND, Tone.NEAR),
    "R-JNT": StateLook(marked("联合办理"), Shape.BROKEN_RING, Tone.NEAR),
    "AG": StateLook(marked("累计处置"), Shape.ALARM_TRIANGLE, Tone.BAD),
    "R-RCT": StateLook(marked("整改不力"), Shape.ALARM_TRIANGLE, Tone.BAD),
    "R-LIM": StateLook(marked("办理超期"), Shape.HALF_DISC, Tone.NEAR),
    "R-INS": StateLook(marked("巡查不合格"), Shape.BROKEN_RING, Tone.NEAR),
    "R-DAT": StateLook(marked("数据质量"), Shape.HATCHED_SQUARE, Tone.UNKNOWN),
}

_LOOKS: Mapping[str, StateLook] = {
    "R-VID-01": StateLook(marked("离岗提醒"), Shape.TRIANGLE, Tone.NEAR),
    "R-VID-02": STATES[WindowState.ABSENT],
    "R-VID-03": STATES[WindowState.UNATTENDED_CUSTOMER],
    "R-VID-04": StateLook(marked("长时脱岗"), Shape.TRIANGLE, Tone.BAD),
    "R-VID-06": STATES[WindowState.PHONE],
    "R-VID-09": StateLook(marked("迟开早关"), Shape.TRIANGLE, Tone.NEAR),
    "R-VID-11": StateLook(marked("画面异常"), Shape.HATCHED_SQUARE, Tone.UNKNOWN),
    "R-VID-12": StateLook(marked("应开未开"), Shape.TRIANGLE, Tone.BAD),
    "R-VID-13": STATES[WindowState.IDLE_WINDOW],
    "R-WIN-01": StateLook(marked("暂停无公示"), Shape.TWO_BARS, Tone.NEAR),
    "R-WIN-02": StateLook(marked("暂停超时"), Shape.TWO_BARS, Tone.NEAR),
    "R-WIN-03": StateLook(marked("无人顶岗"), Shape.DIAMOND, Tone.NEAR),
    "R-WIN-04": StateLook(marked("排队超时"), Shape.HALF_DISC, Tone.NEAR),
}


def queue_of(finding: Finding) -> Queue:
    """Tell in which queue a finding is; what only reminds waits apart."""
    fitting = (queue for queue, states in STATES_IN.items() if finding.state in states)
    first = next(fitting)
    return Queue.NOTICES if first is Queue.FIRST and finding.level == 0 else first


def look_of_rule(rule_id: str) -> StateLook:
    """Show a rule by what it is about."""
    family = rule_id.rpartition("-")[0]
    return _LOOKS.get(rule_id) or _FAMILIES.get(family, STATES[WindowState.UNKNOWN])


def place_of(finding: Finding, windows: Mapping[WindowId, Window]) -> str:
    """Say where it is: the number of the case, or the window."""
    if finding.case:
        return finding.case.case_no
    return windows[finding.window_id].name if finding.window_id else ""


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding in the list.

    Attributes:
        place: the window, or the number of the case.
        clerk: who sits there.
    """

    finding: Finding
    place: str
    clerk: str
    unit: Unit
    first_reviewer: str
    now: datetime

    @property
    def key(self) -> str:
        """The finding's id."""
        return self.finding.id

    @property
    def look(self) -> StateLook:
        """Shape, word and tone."""
        return look_of_rule(self.finding.rule_id)

    @property
    def title(self) -> str:
        """The window or the case, and what is the matter with it."""
        return f"{self.place} {self.look.word}"

    @property
    def detail(self) -> str:
        """When it was, how long it took, and whom it waits for."""
        finding = self.finding
        start = stamp_short(finding.started_at, self.now)
        if finding.case:
            parts = [self.unit.short_name, said("{0} 列入").format(start)]
        elif finding.ended_at is None:
            parts = [said("{0} 起").format(start), said("进行中")]
        else:
            lasted = lasting(finding.lasted_s(self.now))
            parts = [f"{start}–{clock_short(finding.ended_at)}", lasted]
        if finding.state is FindingState.VERIFYING:
            parts.append(said("第一人 {0}").format(self.first_reviewer))
        return " · ".join(parts)

    @property
    def remark(self) -> str:
        """What keeps it from being confirmed, or from leading to a card."""
        if self.finding.is_provisional:
            return said("期限暂定")
        return "" if self.finding.conclusive else said("不能定论")

    @property
    def spoken(self) -> tuple[str, ...]:
        """Both lines and the remark."""
        return (self.title, self.detail, self.remark)

    @property
    def searched(self) -> tuple[str, ...]:
        """Where it was, and whom it is about."""
        return (self.title, self.unit.name, self.unit.short_name, self.clerk, self.detail)


def read_rows(
    reading: Reading, queues: Sequence[Queue], now: datetime
) -> Mapping[Queue, tuple[FindingRow, ...]]:
    """Fetch the findings of some queues, the latest first."""
    windows = {window.id: window for window in reading.find(Window)}
    units = {unit.id: unit for unit in reading.find(Unit)}
    names = names_in(reading)

    def row(finding: Finding) -> FindingRow:
        first = names.get(finding.first_review_by, "") if finding.first_review_by else ""
        window = windows.get(finding.window_id) if finding.window_id else None
        place, clerk = place_of(finding, windows), window.clerk if window else ""
        return FindingRow(finding, place, clerk, units[finding.unit_id], first, now)

    return {queue: tuple(map(row, _findings(reading, queue))) for queue in queues}


def _findings(reading: Reading, queue: Queue) -> list[Finding]:
    found = [f for state in STATES_IN[queue] for f in reading.find(Finding, state=state)]
    mine = (finding for finding in found if queue_of(finding) is queue)
    return sorted(mine, key=lambda finding: finding.started_at, reverse=True)


class FindingsModel(TwoLines[FindingRow]):
    """Findings as a list of two lines each."""


class FindingsSearch(WordSearch[FindingRow]):
    """Keeps the findings whose window, unit or clerk has all the words that are searched for."""
