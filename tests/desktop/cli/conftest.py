"""What tests of the command line share."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from pytestqt.qtbot import QtBot

from desktop.settings import Language


@pytest.fixture(autouse=True)
def own_language(qtbot: QtBot) -> Iterator[None]:
    """Take back the language that a command speaks."""
    yield
    application = QCoreApplication.instance()
    assert application
    for translator in application.findChildren(QTranslator):
        application.removeTranslator(translator)
    QLocale.setDefault(QLocale(Language.CHINESE.value))
