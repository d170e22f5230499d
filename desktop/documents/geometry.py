"""The page of GB/T 9704-2012, in points (1/72 inch)."""

from dataclasses import dataclass

from reportlab.lib.units import mm

PAGE_WIDTH = 210 * mm
PAGE_HEIGHT = 297 * mm
LEFT = 28 * mm  # 订口
TOP = 37 * mm  # 天头
TYPE_WIDTH = 156 * mm
TYPE_HEIGHT = 225 * mm
RIGHT_EDGE = LEFT + TYPE_WIDTH
TYPE_TOP = PAGE_HEIGHT - TOP
TYPE_BOTTOM = TYPE_TOP - TYPE_HEIGHT

LINES = 22
CHARACTERS = 28
LINE_PITCH = TYPE_HEIGHT / LINES  # 28.99 pt
CHARACTER_PITCH = TYPE_WIDTH / CHARACTERS  # 15.79 pt

SIZE_2 = 22.0  # 2号, titles
SIZE_3 = 16.0  # 3号, text
SIZE_4 = 14.0  # 4号, page numbers and imprint
SIZE_5 = 10.5  # 5号, tables and captions

RED_HEAD_DROP = 35 * mm  # top of the red head below the top of the type area
RULE_DROP = 4 * mm  # red rule below the number
PAGE_NUMBER_DROP = 7 * mm  # dash of the page number below the type area
THICK_RULE = 0.35 * mm
THIN_RULE = 0.25 * mm

# 信函格式 (10.1): rules of 170 mm, centred; from the edges of the paper.
LETTER_HEAD_DROP = 30 * mm
LETTER_RULE_WIDTH = 170 * mm
LETTER_FOOT = 20 * mm


@dataclass(frozen=True, slots=True)
class Area:
    """The type area as its reader holds the page: y grows upward, as in PDF."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def width(self) -> float:
        """From edge to edge."""
        return self.right - self.left

    @property
    def lines(self) -> int:
        """Whole lines of the grid."""
        return int((self.top - self.bottom) / LINE_PITCH + 0.01)


UPRIGHT = Area(LEFT, RIGHT_EDGE, TYPE_TOP, TYPE_BOTTOM)
# A table that lies on its side has its head at the binding edge of the same upright page.
ON_ITS_SIDE = Area(TYPE_BOTTOM, TYPE_TOP, PAGE_WIDTH - LEFT, PAGE_WIDTH - RIGHT_EDGE)
