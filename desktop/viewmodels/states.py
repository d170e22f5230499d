"""The one word, shape and tone of each state of a window, the same on every screen and paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from desktop.system.language import marked, said
from desktop.system.theme import Tone
from video.vocabulary.state import Overlay, WindowState


class Shape(Enum):
    """Shapes that stay apart without colour."""

    DISC = "disc"
    RING = "ring"
    HALF_DISC = "half_disc"
    BARRED_RING = "barred_ring"
    PHONE = "phone"
    TRIANGLE = "triangle"
    ALARM_TRIANGLE = "alarm_triangle"
    BROKEN_RING = "broken_ring"
    TWO_BARS = "two_bars"
    DIAMOND = "diamond"
    DASH = "dash"
    HATCHED_SQUARE = "hatched_square"
    DASHED_SQUARE = "dashed_square"


@dataclass(frozen=True, slots=True)
class StateLook:
    """How a state is shown; never by colour alone."""

    source: str
    shape: Shape
    tone: Tone

    @property
    def word(self) -> str:
        """The state in the current language."""
        return said(self.source)

    @property
    def alarming(self) -> bool:
        """Whether a person should look now."""
        return self.tone is Tone.BAD


STATES: Mapping[WindowState, StateLook] = {
    WindowState.SERVING: StateLook(marked("办理中"), Shape.DISC, Tone.GOOD),
    WindowState.READY: StateLook(marked("在岗"), Shape.RING, Tone.GOOD),
    WindowState.IDLE_WINDOW: StateLook(marked("空闲"), Shape.HALF_DISC, Tone.ACCENT),
    WindowState.IDLE_STILL: StateLook(marked("长时静止"), Shape.BARRED_RING, Tone.STILL),
    WindowState.PHONE: StateLook(marked("使用手机"), Shape.PHONE, Tone.STILL),
    WindowState.ABSENT: StateLook(marked("离岗"), Shape.TRIANGLE, Tone.BAD),
    WindowState.UNATTENDED_CUSTOMER: StateLook(
        marked("离岗·有人等候"), Shape.ALARM_TRIANGLE, Tone.BAD
    ),
    WindowState.STAFF_SHORT: StateLook(marked("人手不足"), Shape.BROKEN_RING, Tone.NEAR),
    WindowState.UNKNOWN: StateLook(marked("无法判断"), Shape.HATCHED_SQUARE, Tone.UNKNOWN),
}

OVERLAYS: Mapping[Overlay, StateLook] = {
    Overlay.PAUSED: StateLook(marked("暂停服务"), Shape.TWO_BARS, Tone.UNKNOWN),
    Overlay.EXCUSED: StateLook(marked("已登记离岗"), Shape.DIAMOND, Tone.ACCENT),
    Overlay.CLOSED: StateLook(marked("未开放"), Shape.DASH, Tone.UNKNOWN),
}

# No state of the machine: another one watches, and its spans come with the next round.
ELSEWHERE = StateLook(marked("他机监看"), Shape.DASHED_SQUARE, Tone.UNKNOWN)
# Nor this: nothing watched. Its time is neither presence nor absence (未监测).
UNWATCHED = StateLook(marked("未监测"), Shape.DASHED_SQUARE, Tone.UNKNOWN)


def look_of(state: WindowState, overlay: Overlay = Overlay.NONE) -> StateLook:
    """How a window is shown; what the schedule says lies over what the machine sees."""
    return OVERLAYS.get(overlay, STATES[state])
