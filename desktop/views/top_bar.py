"""The bar above a page: what it is, search, the truth about sync, and who is here."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QSizePolicy, QWidget

from desktop.system.language import headed
from desktop.system.theme import CONTROL_HEIGHT, Radius, Size, Space, Tone, colours, typeface
from desktop.viewmodels.sync_truth import Mark, SyncTruth
from desktop.views.kit.icons import Icon, paint_icon
from desktop.views.kit.labels import Badge, ElidedLabel, Label, draw_elided
from desktop.views.kit.pressable import prepare_pressable, pressed_by_enter

HEIGHT = 56


class _Pill(QAbstractButton):
    """A painted button of the bar."""

    def __init__(self) -> None:
        super().__init__()
        prepare_pressable(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFont(typeface(Size.BODY))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Enter too."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def _paint_ground(self, *, field: bool = False) -> QPainter:
        painter, worn = QPainter(self), colours()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = worn.sunken if field else worn.surface
        painter.setBrush(QColor(worn.hover if self.underMouse() else ground))
        edge = QPen(QColor(worn.line), 1) if field else Qt.PenStyle.NoPen
        painter.setPen(QPen(QColor(worn.accent), 2) if self.hasFocus() else edge)
        place = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(place, Radius.CONTROL, Radius.CONTROL)
        return painter


class SearchPill(_Pill):
    """Looks like a field and opens the command palette."""

    def __init__(self, words: str, keys: str) -> None:
        super().__init__()
        self._words, self._keys = words, keys
        self.setAccessibleName(words)
        self.setToolTip(f"{words} ({keys})")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(256)

    def sizeHint(self) -> QSize:
        """A field."""
        return QSize(240, CONTROL_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """An icon and the keys."""
        return QSize(104, CONTROL_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field."""
        painter, worn = self._paint_ground(field=True), colours()
        paint_icon(painter, Icon.SEARCH, QRectF(10, 10, 16, 16), worn.soft)
        painter.setFont(typeface(Size.SMALL))
        painter.setPen(QColor(worn.soft))
        room = painter.fontMetrics().horizontalAdvance(self._keys) + 12
        keys = QRectF(self.width() - room - 8, 8, room, 20)
        painter.drawText(keys, Qt.AlignmentFlag.AlignCenter, self._keys)
        painter.setFont(typeface(Size.BODY))
        draw_elided(painter, self.rect().adjusted(34, 0, -room - 16, 0), self._words)


class SyncPill(_Pill):
    """The truth about sync in a few words, with a shape of its own for each."""

    def __init__(self) -> None:
        super().__init__()
        self._truth: SyncTruth | None = None

    def show_truth(self, truth: SyncTruth) -> None:
        """Say how things stand."""
        self._truth = truth
        self.setAccessibleName(truth.line)
        self.setAccessibleDescription(truth.sentence)
        self.setToolTip(truth.sentence or truth.line)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Shape and words."""
        line = self._truth.line if self._truth else ""
        return QSize(self.fontMetrics().horizontalAdvance(line) + 42, CONTROL_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """The shape alone."""
        return QSize(34, CONTROL_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw shape and words."""
        if self._truth is None:
            return
        painter, worn = self._paint_ground(), colours()
        ink = worn.ink(self._truth.tone)
        paint_icon(painter, _SHAPES[self._truth.mark], QRectF(9, 9, 18, 18), ink)
        calm = self._truth.tone in {Tone.GOOD, Tone.SOFT, Tone.ACCENT}
        painter.setPen(QColor(worn.soft if calm else ink))
        painter.setFont(self.font())
        draw_elided(painter, self.rect().adjusted(34, 0, -4, 0), self._truth.line)


_SHAPES = {
    Mark.DONE: Icon.CHECK,
    Mark.WAITING: Icon.CLOCK,
    Mark.RUNNING: Icon.SYNC,
    Mark.OFFLINE: Icon.OFFLINE,
    Mark.STOPPED: Icon.WARNING,
}


class UserChip(_Pill):
    """Who is here; opens the menu of the person."""

    def __init__(self, menu: QMenu) -> None:
        super().__init__()
        self._name, self._line = "", ""
        self._menu = menu
        self.clicked.connect(self._open)

    def show_person(self, name: str, line: str) -> None:
        """Say who is here; `line` is the name with the role."""
        self._name, self._line = name, line
        self.setAccessibleName(line)
        self.setToolTip(line)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Initial and line."""
        return QSize(self.fontMetrics().horizontalAdvance(self._line) + 66, CONTROL_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """The initial alone."""
        return QSize(44, CONTROL_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw initial, line and an arrow."""
        painter, worn = self._paint_ground(), colours()
        disc = QRectF(5, 5, 26, 26)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(worn.accent_soft))
        painter.drawEllipse(disc)
        painter.setPen(QColor(worn.accent))
        painter.setFont(typeface(Size.SMALL, bold=True))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, self._name[:1])
        if self.width() < self.sizeHint().width() - 40:
            return
        painter.setPen(QColor(worn.text))
        painter.setFont(self.font())
        draw_elided(painter, self.rect().adjusted(38, 0, -24, 0), self._line)
        paint_icon(painter, Icon.CHEVRON_DOWN, QRectF(self.width() - 22, 11, 14, 14), worn.soft)

    def _open(self) -> None:
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))


class TopBar(QWidget):
    """Title, one line of context, search, sync, person."""

    wants_palette = Signal()
    wants_sync = Signal()

    def __init__(self, menu: QMenu) -> None:
        super().__init__()
        self.setProperty("part", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self._title = Label(size=Size.PAGE, bold=True)
        self._context = ElidedLabel(tone=Tone.SOFT)
        self.search = SearchPill(self.tr("搜索或输入命令"), "Ctrl K")
        self.search.clicked.connect(self.wants_palette)
        self.sync = SyncPill()
        self.sync.clicked.connect(self.wants_sync)
        self.person = UserChip(menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.MARGIN, 0, Space.CARD, 0)
        row.setSpacing(Space.INSIDE)
        row.addWidget(self._title)
        row.addSpacing(Space.HAIR)
        row.addWidget(self._context, 1)
        self._samples = Badge(self.tr("演示数据"), Tone.NEAR)
        self._samples.setToolTip(self.tr("人物、单位和数据均为虚构"))
        self._samples.hide()
        for each in (self._samples, self.search, self.sync, self.person):
            row.addWidget(each)

    def mark_samples(self) -> None:
        """Say on every page that nothing here is real."""
        self._samples.show()

    def show_title(self, title: str) -> None:
        """Name the page."""
        self._title.setText(headed(title))

    def show_context(self, line: str) -> None:
        """Say where in the page one is."""
        self._context.setText(line)
