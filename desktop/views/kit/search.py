"""A field to search a list by."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLineEdit

from desktop.system.theme import colours
from desktop.views.kit.icons import Icon, tinted


class SearchField(QLineEdit):
    """A line with a lens before and a cross behind the words."""

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setClearButtonEnabled(True)
        self._lens = self.addAction(
            tinted(Icon.SEARCH, colours().soft), QLineEdit.ActionPosition.LeadingPosition
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme with the lens."""
        if event.type() == QEvent.Type.StyleChange:
            self._lens.setIcon(tinted(Icon.SEARCH, colours().soft))
        super().changeEvent(event)
