"""The paper beside its text: pages as they will print, turned and enlarged."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.system.theme import Size, Space, Tone, colours
from desktop.viewmodels.paperwork.preview import PIXELS_A_POINT, Shown
from desktop.viewmodels.wording import sentence
from desktop.views.kit.buttons import IconButton
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import ElidedLabel, Label
from desktop.views.kit.placeholders import Staged

ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
_EDGE = 12


class Sheet(QWidget):
    """One page on its ground."""

    def __init__(self) -> None:
        super().__init__()
        self._page = QImage()
        self._width = 0

    def show_page(self, page: QImage, width: int) -> None:
        """Show a page so many pixels wide."""
        self._page, self._width = page, width
        height = round(width * page.height() / page.width()) if page.width() else 0
        self.setFixedHeight(height + 2 * _EDGE)
        self.setMinimumWidth(width + 2 * _EDGE)
        self.update()

    def sizeHint(self) -> QSize:
        """The page and an edge."""
        return QSize(self._width + 2 * _EDGE, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page: paper is white in every theme."""
        if self._page.isNull():
            return
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        height = self.height() - 2 * _EDGE
        place = QRect((self.width() - self._width) // 2, _EDGE, self._width, height)
        shown = self._page.scaled(
            place.size() * ratio,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        shown.setDevicePixelRatio(ratio)
        painter.drawImage(place.topLeft(), shown)
        painter.setPen(QPen(QColor(colours().line), 1))
        painter.drawRect(place.adjusted(0, 0, -1, -1))


class PaperView(QWidget):
    """A page with its tools above; the wheel turns pages at the ends."""

    def __init__(self, preview: Shown) -> None:
        super().__init__()
        self._preview = preview
        self._number = 0
        self._zoom: float | None = None  # None: as large as there is room
        self._whole = False
        self._sheet = Sheet()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        # Always there, or the room for a page would depend on the page.
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._area.setWidget(self._sheet)
        self._area.setAccessibleName(self.tr("文书页面"))
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._staged = Staged(self._area)
        self._where = Label(size=Size.SMALL, tone=Tone.SOFT)
        self._state = ElidedLabel(size=Size.SMALL, tone=Tone.SOFT)
        self.tools = QHBoxLayout()
        self._back = self._button(Icon.BACK, self.tr("上一页"), self.turn_back)
        self._forward = self._button(Icon.FORWARD, self.tr("下一页"), self.turn_forward)
        self._out = self._button(Icon.ZOOM_OUT, self.tr("缩小"), self.zoom_out)
        self._in = self._button(Icon.ZOOM_IN, self.tr("放大"), self.zoom_in)
        self._fit = self._button(Icon.FULL_SCREEN, self.tr("整页"), self.fit)
        self._lay_out()
        preview.changed.connect(self.refresh)
        self.refresh()

    @property
    def number(self) -> int:
        """The page that is shown, from 0."""
        return self._number

    def turn_back(self) -> None:
        """Go to the page before."""
        self._turn(self._number - 1)

    def turn_forward(self) -> None:
        """Go to the next page."""
        self._turn(self._number + 1)

    def zoom_in(self) -> None:
        """Enlarge."""
        now = self._scale()
        self._zoom = next((zoom for zoom in ZOOMS if zoom > now + 0.01), ZOOMS[-1])
        self._draw()

    def zoom_out(self) -> None:
        """Make smaller."""
        now = self._scale()
        self._zoom = next((zoom for zoom in reversed(ZOOMS) if zoom < now - 0.01), ZOOMS[0])
        self._draw()

    def fit(self) -> None:
        """Make it as wide as there is room; the next time, show the whole page."""
        self._whole = self._zoom is None and not self._whole
        self._zoom = None
        self._draw()

    def refresh(self) -> None:
        """Show what the preview has."""
        preview = self._preview
        if not preview.pages:
            if preview.trouble is not None:
                self._staged.show_trouble(sentence(preview.trouble))
            else:
                self._staged.show_loading(self.tr("正在排版…"))
        else:
            self._number = min(self._number, len(preview.pages) - 1)
            self._staged.show_content()
        self._show_state()
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay as wide as there is room."""
        if self._zoom is None:
            self._draw()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn the page where there is nothing left to scroll."""
        self._turn(self._number + (1 if event.angleDelta().y() < 0 else -1))

    def _lay_out(self) -> None:
        self.tools.setSpacing(2)
        for widget in (self._back, self._where, self._forward):
            self.tools.addWidget(widget)
        self.tools.addWidget(self._state, 1)
        for widget in (self._out, self._in, self._fit):
            self.tools.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HAIR)
        column.addLayout(self.tools)
        column.addWidget(self._staged, 1)

    @staticmethod
    def _button(icon: Icon, name: str, slot: object) -> IconButton:
        button = IconButton(icon, name)
        button.clicked.connect(slot)
        return button

    def _show_state(self) -> None:
        preview = self._preview
        tone, words = Tone.SOFT, ""
        if preview.is_busy and preview.pages:
            words = self.tr("正在更新…")
        elif preview.trouble is not None and preview.pages:
            tone, words = Tone.BAD, sentence(preview.trouble)
        self._state.setText(words)
        self._state.set_tone(tone)

    def _turn(self, number: int) -> None:
        if 0 <= number < len(self._preview.pages):
            self._number = number
            self._draw()
            self._area.verticalScrollBar().setValue(0)

    def _scale(self) -> float:
        if self._zoom is not None:
            return self._zoom
        pages = self._preview.pages
        if not pages:
            return 1.0
        room = self._area.viewport().size()
        wide = (room.width() - 2 * _EDGE) * PIXELS_A_POINT / pages[0].width()
        high = (room.height() - 2 * _EDGE) * PIXELS_A_POINT / pages[0].height()
        return min(wide, high) if self._whole else wide

    def _draw(self) -> None:
        pages = self._preview.pages
        count = len(pages)
        self._where.setText(f"{self._number + 1} / {count}" if count else "")
        self._back.setEnabled(self._number > 0)
        self._forward.setEnabled(self._number + 1 < count)
        for button in (self._out, self._in, self._fit):
            button.setEnabled(count > 0)
        is_wide = self._zoom is None and not self._whole
        self._fit.set_name(self.tr("整页") if is_wide else self.tr("适合宽度"))
        if count:
            page = pages[self._number]
            width = max(120, round(page.width() / PIXELS_A_POINT * self._scale()))
            self._sheet.show_page(page, width)
