"""Text on a screen: plain always, in one of five sizes and a tone."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from desktop.system.theme import Size, Tone, colours, typeface


class Label(QLabel):
    """A piece of text; never read as markup, because it may come from outside."""

    def __init__(
        self,
        text: str = "",
        *,
        size: Size = Size.BODY,
        tone: Tone = Tone.TEXT,
        bold: bool = False,
        wraps: bool = False,
    ) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(typeface(size, bold=bold))
        self.setWordWrap(wraps)
        self.setProperty("tone", tone.value)
        self.setText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height that the wrapped text needs; layouts alone would clip it."""
        self._ask_height(event.size().width())
        super().resizeEvent(event)

    def setText(self, text: str) -> None:
        """Say something else, which may need more lines."""
        super().setText(text)
        if self.isVisible():
            self._ask_height(self.width())

    def _ask_height(self, width: int) -> None:
        if self.wordWrap():
            self.setMinimumHeight(max(0, self.heightForWidth(width)))

    def set_tone(self, tone: Tone) -> None:
        """Wear another tone."""
        if self.property("tone") != tone.value:
            self.setProperty("tone", tone.value)
            repolish(self)


class ElidedLabel(QWidget):
    """One line that gives way with an ellipsis; the whole text is its tool tip."""

    def __init__(
        self,
        text: str = "",
        *,
        size: Size = Size.BODY,
        tone: Tone = Tone.TEXT,
        bold: bool = False,
    ) -> None:
        super().__init__()
        self._text, self._tone = "", tone
        self.setFont(typeface(size, bold=bold))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def setText(self, text: str) -> None:
        """Show another text."""
        self._text = text
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.updateGeometry()
        self.update()

    def set_tone(self, tone: Tone) -> None:
        """Wear another tone."""
        self._tone = tone
        self.update()

    def sizeHint(self) -> QSize:
        """The whole text, if there is room."""
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self._text) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        """An ellipsis."""
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance("……"), metrics.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much as there is room for."""
        painter = QPainter(self)
        painter.setPen(QColor(colours().ink(self._tone)))
        draw_elided(painter, self.rect(), self._text)


class Badge(QLabel):
    """A count or a word in a pill."""

    def __init__(self, text: str = "", tone: Tone = Tone.SOFT) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("part", "badge")
        self.setProperty("tone", tone.value)
        self.setFont(typeface(Size.SMALL, bold=True))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedHeight(20)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str, tone: Tone) -> None:
        """Say something else."""
        self.setText(text)
        self.setProperty("tone", tone.value)
        repolish(self)


def draw_elided(painter: QPainter, place: QRect, text: str, *, right: bool = False) -> None:
    """Draw one line of text in the painter's face and colour; it gives way with an ellipsis."""
    mode = Qt.TextElideMode.ElideRight
    shown = painter.fontMetrics().elidedText(text, mode, place.width())
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, shown)


def hairline() -> QFrame:
    """A thin line between two parts."""
    line = QFrame()
    line.setProperty("part", "line")
    line.setFixedHeight(1)
    return line


def show_if(widget: QWidget, *, wanted: bool) -> None:
    """Show or hide a part; one that has no parent yet is shown together with its parent later.

    Qt would open a window for it, if only for a moment.
    """
    if not wanted:
        widget.hide()
    elif widget.parentWidget() is not None:
        widget.show()
    else:
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)


def repolish(widget: QWidget) -> None:
    """Let the style sheet look at a widget's properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
