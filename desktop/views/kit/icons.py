"""Our icons: one grid of 24, one stroke of 1.75, drawn in the colour of the text beside them."""

from enum import Enum
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from desktop import assets

_RATIOS = (1.0, 1.5, 2.0, 3.0)  # device pixels a pixel; Qt takes the nearest for others


class Icon(Enum):
    """The drawings in `resources/icons`."""

    TODAY = "today"
    VIDEO = "video"
    APPROVALS = "approvals"
    INSPECTION = "inspection"
    CARDS = "cards"
    CASES = "cases"
    COMPLAINTS = "complaints"
    SPECIAL = "special"
    REPORTS = "reports"
    SYNC = "sync"
    SETTINGS = "settings"
    SEARCH = "search"
    PERSON = "person"
    PEOPLE = "people"
    CLOSE = "close"
    BACK = "back"
    FORWARD = "forward"
    PLAY = "play"
    PAUSE = "pause"
    STEP_BACK = "step_back"
    STEP_FORWARD = "step_forward"
    ZOOM_IN = "zoom_in"
    ZOOM_OUT = "zoom_out"
    FULL_SCREEN = "full_screen"
    WARNING = "warning"
    CHECK = "check"
    CAMERA = "camera"
    DOCUMENT = "document"
    SEAL = "seal"
    FOLD = "fold"
    UNFOLD = "unfold"
    CHEVRON_DOWN = "chevron_down"
    MORE = "more"
    PLUS = "plus"
    REFRESH = "refresh"
    UNDO = "undo"
    PRINTER = "printer"
    LOCK = "lock"
    SIGN_OUT = "sign_out"
    THEME = "theme"
    LANGUAGE = "language"
    OFFLINE = "offline"
    CLOCK = "clock"
    INFO = "info"
    EYE = "eye"
    LIST = "list"
    GRID = "grid"
    DOWNLOAD = "download"


def paint_icon(painter: QPainter, icon: Icon, place: QRectF, colour: str) -> None:
    """Draw an icon in a colour."""
    _renderer(icon, colour).render(painter, place)


def tinted(icon: Icon, colour: str, size: int = 20) -> QIcon:
    """Make an icon in a colour, crisp from 1x to 3x."""
    made = QIcon()
    for ratio in _RATIOS:
        made.addPixmap(_pixmap(icon, colour, size, ratio))
    return made


def _pixmap(icon: Icon, colour: str, size: int, ratio: float) -> QPixmap:
    key = f"{icon.value} {colour} {size} {ratio}"
    pixmap = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    if QPixmapCache.find(key, pixmap):
        return pixmap
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_icon(painter, icon, QRectF(pixmap.rect()), colour)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, pixmap)
    return pixmap


@lru_cache(maxsize=512)
def _renderer(icon: Icon, colour: str) -> QSvgRenderer:
    drawing = _drawings()[icon.value].replace("currentColor", colour)
    return QSvgRenderer(QByteArray(drawing.encode()))


@lru_cache(maxsize=1)
def _drawings() -> dict[str, str]:
    return dict(assets.icon_files())
