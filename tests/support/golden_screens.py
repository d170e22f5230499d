"""Golden pictures of a few screens, drawn with the shipped face alone.

python -m tests.support.golden_screens    draws them anew, after one has looked at the change
"""

import io
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QObject, QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.settings import Language, Settings, Theme
from desktop.system.typefaces import screen_font
from desktop.viewmodels.opening import Opening
from desktop.viewmodels.welcome import Step, Ways, Welcome
from desktop.views.appearance import Appearance
from desktop.views.help.page import help_entry
from desktop.views.main_window import MainWindow
from desktop.views.settings_page import settings_entry
from desktop.views.welcome.window import WelcomeWindow
from tests.support.screens import desk_with

FOLDER = Path(__file__).resolve().parents[1] / "golden" / "screens"
SIZE = QSize(1280, 720)
SHOWN = QSize(640, 360)  # lines, blocks and words can be told apart, letters hardly
DRESSES = {
    "zh-light": Settings(language=Language.CHINESE, theme=Theme.LIGHT),
    "en-dark": Settings(language=Language.ENGLISH, theme=Theme.DARK),
}


def welcome(_: Path) -> QWidget:
    """The form of a hall of one's own."""

    def nothing(*_: object) -> object:
        raise AssertionError("nothing is opened here")

    opening = Opening(nothing)  # type: ignore[arg-type]
    model = Welcome(Ways(nothing, nothing, nothing), opening)  # type: ignore[arg-type]
    window = WelcomeWindow(model)
    opening.setParent(window)
    model.setParent(window)
    model.show(Step.PEOPLE)
    opening.close()
    return window


def settings(folder: Path) -> QWidget:
    """The frame with the settings."""
    desk = desk_with(folder)
    window = MainWindow(desk, lambda: (settings_entry(desk.preferences), help_entry()))
    return _kept(window, desk.sign_in, desk.sync, desk.preferences, desk.health)


def sign_in(folder: Path) -> QWidget:
    """The sign-in."""
    desk = desk_with(folder, actor=None)
    return _kept(MainWindow(desk, tuple), desk.sign_in, desk.sync, desk.preferences, desk.health)


SCENES: Mapping[str, Callable[[Path], QWidget]] = {
    "welcome": welcome,
    "settings": settings,
    "sign-in": sign_in,
}


def drawn(
    application: QApplication, appearance: Appearance, scene: str, dress: str, folder: Path
) -> Image.Image:
    """Draw a scene in a dress, small and in grey."""
    appearance.take(DRESSES[dress])
    application.setFont(screen_font([]))  # whatever the machine has
    window = SCENES[scene](folder)
    window.resize(SIZE)
    window.show()
    application.processEvents()
    smooth = Qt.TransformationMode.SmoothTransformation
    shown = window.grab().toImage().scaled(SHOWN, mode=smooth)
    window.close()
    window.deleteLater()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    shown.save(buffer, "PNG")
    return Image.open(io.BytesIO(buffer.data().data())).convert("L")


def _kept(window: QWidget, *models: QObject) -> QWidget:
    """Let a window keep what it shows for as long as it lives."""
    for model in models:
        model.setParent(window)
    return window


def main() -> None:
    """Draw all of them."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([])
    appearance = Appearance(application, Settings())
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for scene in SCENES:
            for dress in DRESSES:
                picture = drawn(application, appearance, scene, dress, Path(folder))
                picture.quantize(32).save(FOLDER / f"{scene}-{dress}.png", optimize=True)


if __name__ == "__main__":
    main()
