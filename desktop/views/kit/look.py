"""Dresses the application: one style, one face, one sheet, changed while it runs."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QStyleFactory

from desktop.settings import Theme
from desktop.system.theme import colours, colours_for, palette_of
from desktop.system.typefaces import screen_font
from desktop.views.kit.sheet import sheet_of


class Look(QObject):
    """What the application wears; follows the desktop's scheme while the theme is SYSTEM."""

    changed = Signal()

    def __init__(self, application: QApplication, theme: Theme = Theme.SYSTEM) -> None:
        super().__init__(application)
        self._application = application
        application.setStyle(QStyleFactory.create("Fusion"))
        application.setFont(screen_font())
        hints = application.styleHints()
        hints.colorSchemeChanged.connect(self._follow)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow)
        self.wear(theme)

    def wear(self, theme: Theme) -> None:
        """Put a theme on, title bars of the system included."""
        self.theme = theme
        hints = self._application.styleHints()
        match theme:
            case Theme.LIGHT | Theme.CONTRAST:
                hints.setColorScheme(Qt.ColorScheme.Light)
            case Theme.DARK:
                hints.setColorScheme(Qt.ColorScheme.Dark)
            case Theme.SYSTEM:
                hints.unsetColorScheme()
        self._dress()

    def _follow(self, _: object) -> None:
        self._dress()

    def _dress(self) -> None:
        hints = self._application.styleHints()
        strong = hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast
        wanted = colours_for(self.theme, hints.colorScheme(), wants_contrast=strong)
        if wanted is colours() and self._application.styleSheet():
            return
        # The palette first: whatever repaints because of the sheet asks the palette for colours.
        self._application.setPalette(palette_of(wanted))
        self._application.setStyleSheet(sheet_of(wanted))
        self.changed.emit()
