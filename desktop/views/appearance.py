"""Lets the application wear the theme and speak the language of the settings."""

import os

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from desktop.settings import Settings
from desktop.system.language import Translators, spoken
from desktop.system.motion import wants_stillness
from desktop.viewmodels.review.exhibits import ready_decoders
from desktop.views.kit.look import Look
from desktop.views.kit.placeholders import STILL


class Appearance(QObject):
    """Follows the settings from the first window to the last."""

    def __init__(self, application: QApplication, settings: Settings) -> None:
        super().__init__(application)
        ready_decoders()
        self._translators = Translators(application)
        self._translators.speak(settings.language)
        self._look = Look(application, settings.theme)
        still = wants_stillness(os.environ)
        application.setProperty(STILL, still)
        application.setEffectEnabled(Qt.UIEffect.UI_AnimateMenu, not still)
        application.setEffectEnabled(Qt.UIEffect.UI_AnimateCombo, not still)
        application.setEffectEnabled(Qt.UIEffect.UI_AnimateTooltip, not still)

    def take(self, settings: Settings) -> None:
        """Change what is different; a slot for `Preferences.changed`."""
        if self._look.theme is not settings.theme:
            self._look.wear(settings.theme)
        if self._translators.language is not spoken(settings.language):
            self._translators.speak(settings.language)
