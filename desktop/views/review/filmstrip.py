"""The film strip: the moments side by side, and the pieces of film after them."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QSizePolicy, QWidget

from desktop.system.theme import Size, Space, Tone, typeface
from desktop.views.kit.icons import Icon, paint_icon
from desktop.views.kit.pressable import paint_surface, prepare_pressable, pressed_by_enter

_COLUMNS = 7
_CAPTION = 40


class FilmTile(QAbstractButton):
    """One moment, small, with two lines below; without a picture an icon stands for it."""

    def __init__(self, word: str, moment: str, icon: Icon) -> None:
        super().__init__()
        self._lines, self._icon, self._image = (word, moment), icon, QImage()
        prepare_pressable(self)
        self.setCheckable(True)
        self.setAccessibleName(f"{word} {moment}")
        self.setToolTip(f"{word} {moment}")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_image(self, image: QImage) -> None:
        """Show the picture, once it is there."""
        self._image = image
        self.update()

    def sizeHint(self) -> QSize:
        """A small picture of 16 to 9 and a line."""
        return QSize(96, self.heightForWidth(96))

    def minimumSizeHint(self) -> QSize:
        """Seven of them fit into a narrow column."""
        return QSize(48, self.heightForWidth(48))

    def hasHeightForWidth(self) -> bool:
        """As high as its picture is."""
        return True

    def heightForWidth(self, width: int) -> int:
        """16 to 9, and the caption."""
        return round((width - 4) * 9 / 16) + _CAPTION + 4

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Enter too."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tile."""
        painter = QPainter(self)
        worn = paint_surface(painter, self, chosen=self.isChecked())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        place = QRect(2, 2, self.width() - 4, self.height() - _CAPTION - 4)
        if self._image.isNull():
            painter.fillRect(place.adjusted(2, 2, -2, 0), QColor(worn.unknown_soft))
            square = QRectF(0, 0, 20, 20)
            square.moveCenter(QRectF(place).center())
            paint_icon(painter, self._icon, square, worn.ink(Tone.SOFT))
        else:
            painter.drawImage(place.adjusted(2, 2, -2, 0), self._image)
        painter.setFont(typeface(Size.SMALL))
        for number, text in enumerate(self._lines):
            ink = worn.accent if self.isChecked() else worn.soft if number else worn.text
            painter.setPen(QColor(ink))
            top = self.height() - _CAPTION + number * 17
            below = QRect(1, top, self.width() - 2, 18)
            mode = Qt.TextElideMode.ElideRight
            shown = painter.fontMetrics().elidedText(text, mode, below.width())
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, shown)


class FilmStrip(QWidget):
    """Tiles in a row; `chosen` gives the number of the one that was pressed."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("证据时刻"))
        self._tiles: list[FilmTile] = []
        self._shown: list[tuple[str, str, Icon]] = []
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.chosen)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(Space.HAIR)
        for column in range(_COLUMNS):  # a few tiles are no larger than many
            self._grid.setColumnStretch(column, 1)

    def lay_out(self, moments: Sequence[tuple[str, str, Icon]]) -> None:
        """Show these moments by word, time and icon; the same as before are left alone."""
        if self._shown == list(moments):
            return
        self._shown = list(moments)
        for tile in self._tiles:
            self._group.removeButton(tile)
            self._grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self._tiles = [FilmTile(*moment) for moment in moments]
        for number, tile in enumerate(self._tiles):
            self._group.addButton(tile, number)
            self._grid.addWidget(tile, number // _COLUMNS, number % _COLUMNS)

    def show_image(self, number: int, image: QImage) -> None:
        """Show a moment's picture."""
        self._tiles[number].show_image(image)

    def press(self, number: int) -> None:
        """Press one in, without telling; -1 presses none."""
        self._group.setExclusive(False)
        for at, tile in enumerate(self._tiles):
            tile.setChecked(at == number)
        self._group.setExclusive(True)
