"""Where things stand on the wall: pure arithmetic of pixels."""

from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QRect, QRectF, QSize

ASPECT = 16 / 9
GAP = 12
HEAD = 30  # px, the line with a camera's name
CELL_WIDTH, CELL_HEIGHT = 108, 46  # px, the least that a window's word and time need
TALLEST = 128  # px, more would not make the words larger
ROOMY = QSize(220, 180)  # px; smaller tiles keep to the picture and its marks


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns and rows of equal tiles."""

    columns: int
    rows: int


def best_grid(count: int, room: QSize, windows: int) -> Grid:
    """Choose the grid in which pictures are widest.

    Args:
        windows: the most windows on one camera; they need room below each picture.
    """
    grids = [Grid(columns, ceil(count / columns)) for columns in range(1, max(1, count) + 1)]
    return max(grids, key=lambda grid: (_picture_width(grid, room, windows), -grid.columns))


def tile_places(count: int, room: QSize, windows: int) -> list[QRect]:
    """Place tiles row by row; a last row that is not full starts at the left like the others."""
    grid = best_grid(count, room, windows)
    width = (room.width() - GAP * (grid.columns - 1)) // grid.columns
    height = (room.height() - GAP * (grid.rows - 1)) // grid.rows
    return [
        QRect(n % grid.columns * (width + GAP), n // grid.columns * (height + GAP), width, height)
        for n in range(count)
    ]


@dataclass(frozen=True, slots=True)
class TilePlan:
    """The parts of one tile; `head` and `strip` are empty where there is no room for words."""

    head: QRect
    picture: QRect
    strip: QRect
    columns: int


def plan_tile(size: QSize, windows: int, aspect: float = ASPECT) -> TilePlan:
    """Divide a tile: its name above, the picture, and its windows below with the rest of the room.

    Args:
        aspect: width by height of the camera's picture.
    """
    whole = QRect(0, 0, size.width(), size.height()).adjusted(2, 2, -2, -2)
    if size.width() < ROOMY.width() or size.height() < ROOMY.height():
        return TilePlan(QRect(), fitted(whole, aspect), QRect(), 0)
    rows = ceil(windows / max(1, whole.width() // CELL_WIDTH)) or 1
    columns = ceil(windows / rows) or 1
    lowest = rows * CELL_HEIGHT
    room = whole.adjusted(0, HEAD, 0, -lowest)
    picture = fitted(room, aspect)
    picture.moveTop(room.top())
    head = QRect(whole.left(), whole.top(), whole.width(), HEAD)
    strip = QRect(whole.left(), picture.bottom() + 1, whole.width(), 0)
    strip.setBottom(min(whole.bottom(), strip.top() + rows * TALLEST))
    return TilePlan(head, picture, strip, columns)


def fitted(room: QRect, aspect: float) -> QRect:
    """The largest rectangle of an aspect in the middle of a room."""
    width = min(room.width(), round(room.height() * aspect))
    height = round(width / aspect)
    left = room.left() + (room.width() - width) // 2
    return QRect(left, room.top() + (room.height() - height) // 2, width, height)


def cell_places(plan: TilePlan, windows: int) -> list[QRectF]:
    """Divide the strip below a picture among its windows."""
    if plan.strip.isEmpty() or not windows:
        return []
    width = plan.strip.width() / plan.columns
    height = plan.strip.height() / ceil(windows / plan.columns)
    return [
        QRectF(
            plan.strip.left() + n % plan.columns * width,
            plan.strip.top() + n // plan.columns * height,
            width,
            height,
        )
        for n in range(windows)
    ]


def _picture_width(grid: Grid, room: QSize, windows: int) -> int:
    width = (room.width() - GAP * (grid.columns - 1)) // grid.columns
    height = (room.height() - GAP * (grid.rows - 1)) // grid.rows
    return plan_tile(QSize(width, height), windows).picture.width()
