"""Lets the application wear the theme and speak the language of the settings."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from desktop.settings import Settings
from desktop.system.language import Translators, spoken
from desktop.views.kit.look import Look


class Appearance(QObject):
    """Follows the settings from the first window to the last."""

    def __init__(self, application: QApplication, settings: Settings) -> None:
        super().__init__(application)
        self._translators = Translators(application)
        self._translators.speak(settings.language)
        self._look = Look(application, settings.theme)

    def take(self, settings: Settings) -> None:
        """Change what is different; a slot for `Preferences.changed`."""
        if self._look.theme is not settings.theme:
            self._look.wear(settings.theme)
        if self._translators.language is not spoken(settings.language):
            self._translators.speak(settings.language)
