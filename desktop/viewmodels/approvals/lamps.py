"""The one word, shape and tone of each lamp (section 4.5), and what is said of the days left."""

from collections.abc import Mapping

from desktop.domain.case_entries import CaseEntry
from desktop.domain.clocks import Lamp
from desktop.domain.items import Limit, LimitUnit
from desktop.system.language import marked, said
from desktop.system.theme import Tone
from desktop.viewmodels.states import Shape, StateLook

LAMPS: Mapping[Lamp, StateLook] = {
    Lamp.RED: StateLook(marked("已超期"), Shape.TRIANGLE, Tone.BAD),
    Lamp.ORANGE: StateLook(marked("今日到期"), Shape.HALF_DISC, Tone.NEAR),
    Lamp.YELLOW: StateLook(marked("临近到期"), Shape.BROKEN_RING, Tone.NEAR),
    Lamp.BLUE: StateLook(marked("到期提示"), Shape.BARRED_RING, Tone.ACCENT),
    Lamp.GREEN: StateLook(marked("期限内"), Shape.DISC, Tone.GOOD),
    Lamp.GREY: StateLook(marked("暂停计时"), Shape.TWO_BARS, Tone.UNKNOWN),
    Lamp.BLACK: StateLook(marked("数据矛盾"), Shape.HATCHED_SQUARE, Tone.UNKNOWN),
}
NO_LAMP = StateLook(marked("无时限"), Shape.DASH, Tone.UNKNOWN)
UNREAD = StateLook(marked("计算中"), Shape.DASHED_SQUARE, Tone.UNKNOWN)

_UNITS: Mapping[LimitUnit, str] = {
    LimitUnit.WORKING_DAY: marked("{0} 个工作日"),
    LimitUnit.CALENDAR_DAY: marked("{0} 日"),
    LimitUnit.MONTH: marked("{0} 个月"),
    LimitUnit.HOUR: marked("{0} 小时"),
    LimitUnit.WORKING_MINUTE: marked("{0} 分钟"),
}


def look_of_lamp(lamp: Lamp | None) -> StateLook:
    """How a lamp is shown."""
    return LAMPS[lamp] if lamp else NO_LAMP


def amount_said(amount: int, unit: LimitUnit) -> str:
    """Say a length of time: 5 个工作日."""
    # What is counted of months is days; see domain.limits.passed.
    shown = LimitUnit.CALENDAR_DAY if unit is LimitUnit.MONTH else unit
    return said(_UNITS[shown], n=amount).format(amount)


def limit_said(limit: Limit) -> str:
    """Say a limit; nothing may pass where it is on the spot."""
    if limit.amount == 0:
        return said("当场办结")
    return said(_UNITS[limit.unit], n=limit.amount).format(limit.amount)


def left_said(entry: CaseEntry) -> str:
    """Say how much is left, or over."""
    if entry.due is None:
        return "—"
    if entry.overdue:
        return said("超 {0}").format(amount_said(entry.overdue, entry.unit))
    if entry.closed:
        return said("按期办结")
    if entry.lamp is Lamp.ORANGE:
        return said("今日到期")
    return said("余 {0}").format(amount_said(entry.remaining, entry.unit))
