"""A number that wants a person, for the navigation."""

from PySide6.QtCore import QObject, Signal


class Waiting(QObject):
    """Counts; a views.page.Counter."""

    changed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._number = 0

    def number(self) -> int:
        """How much waits now."""
        return self._number

    def count(self, number: int) -> None:
        """Tell another number."""
        if number != self._number:
            self._number = number
            self.changed.emit(number)
