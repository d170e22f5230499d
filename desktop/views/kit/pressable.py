"""A surface that is pressed as a whole: tiles and cards one can choose."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop.system.theme import Colours, Radius, colours


def prepare_pressable(widget: QAbstractButton) -> None:
    """Let a painted button take focus by keyboard and show that it can be pressed."""
    widget.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    widget.setCursor(Qt.CursorShape.PointingHandCursor)
    widget.setAttribute(Qt.WidgetAttribute.WA_Hover)


def pressed_by_enter(widget: QAbstractButton, event: QKeyEvent) -> bool:
    """Press on Enter; answers whether it was."""
    if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and widget.isEnabled():
        widget.click()
        return True
    return False


def paint_surface(
    painter: QPainter, widget: QWidget, *, chosen: bool = False, sunken: bool = False
) -> Colours:
    """Draw background, hairline and focus ring of a pressable; answers the colours worn."""
    worn = colours()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    background = worn.sunken if sunken else worn.surface
    if chosen:
        background = worn.accent_soft
    elif widget.underMouse() and widget.isEnabled():
        background = worn.hover
    ringed = widget.hasFocus() or chosen
    width = 2.0 if widget.hasFocus() else 1.0
    inset = width / 2
    painter.setPen(QPen(QColor(worn.accent if ringed else worn.line), width))
    painter.setBrush(QColor(background))
    place = QRectF(widget.rect()).adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(place, Radius.CARD, Radius.CARD)
    return worn
