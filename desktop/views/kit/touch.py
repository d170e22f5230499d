"""Controls that a finger hits: 44 px high, as WCAG 2.5.5 asks for."""

from PySide6.QtWidgets import QWidget


def for_fingers(*widgets: QWidget) -> None:
    """Let controls be as high as a finger needs; the style sheet knows them by a property."""
    for widget in widgets:
        widget.setProperty("touch", True)
