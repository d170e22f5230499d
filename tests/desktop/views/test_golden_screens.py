"""A few screens look as they did when somebody last looked at them."""

from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.views.appearance import Appearance
from tests.support.golden_screens import DRESSES, FOLDER, SCENES, drawn

MEAN = 2.5  # grey levels of 255, over the whole picture
PATCH = 40.0  # over any square of 20 pixels: a word that is gone, a panel that moved
SIDE = 20


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize("scene", SCENES)
def test_the_screen_looks_as_it_did(
    qtbot: QtBot, appearance: Appearance, tmp_path: Path, scene: str, dress: str
) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    now = drawn(application, appearance, scene, dress, tmp_path)
    before = Image.open(FOLDER / f"{scene}-{dress}.png").convert("L")
    difference = ImageChops.difference(now, before)
    assert ImageStat.Stat(difference).mean[0] < MEAN
    patches = difference.resize((now.width // SIDE, now.height // SIDE), Image.Resampling.BOX)
    assert patches.getextrema()[1] < PATCH
