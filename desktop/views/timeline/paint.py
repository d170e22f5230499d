"""How a stretch of state is filled, and the legend that says so."""

from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.system.language import said
from desktop.system.theme import Colours, Size, Tone, colours, typeface
from desktop.viewmodels.states import UNWATCHED, Shape, StateLook
from desktop.viewmodels.timeline.bands import LOOKS
from desktop.views.kit.glyphs import paint_hatching

# Where two looks share a tone, one of them is paler; a shape would not be seen in a band.
_PALE = frozenset({Shape.RING, Shape.HALF_DISC, Shape.TWO_BARS, Shape.DIAMOND, Shape.DASH})
_SWATCH = QSize(16, 12)


def paint_band(painter: QPainter, place: QRectF, look: StateLook, worn: Colours) -> None:
    """Fill a stretch; what was not judged is hatched, what was not watched stays empty."""
    if look is UNWATCHED:
        painter.setPen(QPen(QColor(worn.line), 1))
        painter.setBrush(QColor(worn.sunken))
        painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))
    elif look.shape is Shape.HATCHED_SQUARE:
        paint_hatching(painter, place, worn.ink(look.tone), worn.unknown_soft)
    else:
        painter.fillRect(place, band_colour(look, worn))
    if look.shape is Shape.ALARM_TRIANGLE:  # the worse of two absences: a seam tells them apart
        seam = QRectF(place.left(), place.center().y() - 1, place.width(), 2)
        painter.fillRect(seam, QColor(worn.surface))
    if place.width() > 4:
        painter.setPen(QPen(QColor(worn.surface), 1))
        painter.drawLine(place.topRight(), place.bottomRight())


def band_colour(look: StateLook, worn: Colours) -> QColor:
    """The colour of a band: the look's ink, paler for the quieter look of the same tone."""
    ink = QColor(worn.ink(look.tone))
    if look.shape not in _PALE:
        return ink
    return QColor(worn.good_pale) if look.tone is Tone.GOOD else _halfway(ink, QColor(worn.surface))


class BandLegend(QWidget):
    """What the fillings mean, for the looks that are shown."""

    def __init__(self) -> None:
        super().__init__()
        self._looks: tuple[StateLook, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_looks(self, looks: Iterable[StateLook]) -> None:
        """Explain these, in the usual order."""
        present = set(looks)
        self._looks = tuple(look for look in LOOKS if look in present)
        self.setAccessibleName(said("、", "list").join(look.word for look in self._looks))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the words."""
        return QSize(sum(map(self._width, self._looks)), 20)

    def minimumSizeHint(self) -> QSize:
        """It may be cut at the right, where the rarest looks stand."""
        return QSize(80, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a swatch and a word for each."""
        painter, worn, x = QPainter(self), colours(), 0
        painter.setFont(typeface(Size.SMALL))
        for look in self._looks:
            paint_band(painter, QRectF(x, 4, _SWATCH.width(), _SWATCH.height()), look, worn)
            painter.setPen(QColor(worn.soft))
            words = QRectF(x + _SWATCH.width() + 6, 0, self._width(look), 20)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, look.word)
            x += self._width(look)

    def _width(self, look: StateLook) -> int:
        metrics = QFontMetrics(typeface(Size.SMALL))
        return metrics.horizontalAdvance(look.word) + _SWATCH.width() + 22


def _halfway(one: QColor, other: QColor) -> QColor:
    return QColor(
        (one.red() + other.red()) // 2,
        (one.green() + other.green()) // 2,
        (one.blue() + other.blue()) // 2,
    )
