from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from desktop.settings import Theme
from desktop.system.theme import (
    CONTRAST,
    DARK,
    LIGHT,
    Colours,
    Size,
    Tone,
    colours_for,
    contrast,
    typeface,
)
from desktop.system.typefaces import screen_font

THEMES = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}
# Where the kit writes in each tone.
GROUNDS = ("page", "surface", "sunken", "rail", "hover", "accent_soft")
TEXT_TONES = (Tone.TEXT, Tone.SOFT, Tone.ACCENT)


@pytest.mark.parametrize(("theme", "ground"), list(product(THEMES, GROUNDS)))
@pytest.mark.parametrize("tone", TEXT_TONES, ids=lambda t: t.value)
def test_text_is_legible_on_every_ground(theme: str, ground: str, tone: Tone) -> None:
    worn = THEMES[theme]
    assert contrast(worn.ink(tone), getattr(worn, ground)) >= 4.5


@pytest.mark.parametrize("worn", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("tone", Tone, ids=lambda t: t.value)
def test_every_tone_is_legible_on_its_wash_and_on_plain_grounds(worn: Colours, tone: Tone) -> None:
    for ground in (worn.wash(tone), worn.surface, worn.sunken, worn.page):
        assert contrast(worn.ink(tone), ground) >= 4.5


@pytest.mark.parametrize("worn", THEMES.values(), ids=THEMES)
def test_a_primary_button_is_legible_and_controls_are_recognised_by_their_outline(
    worn: Colours,
) -> None:
    assert contrast(worn.on_accent, worn.accent) >= 4.5
    assert contrast(worn.on_accent, worn.accent_hover) >= 4.5
    assert contrast(worn.outline, worn.surface) >= 3.0
    assert contrast(worn.accent, worn.surface) >= 3.0


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize(
    ("theme", "scheme", "worn"),
    [
        (Theme.LIGHT, Qt.ColorScheme.Dark, LIGHT),
        (Theme.DARK, Qt.ColorScheme.Light, DARK),
        (Theme.SYSTEM, Qt.ColorScheme.Dark, DARK),
        (Theme.SYSTEM, Qt.ColorScheme.Light, LIGHT),
        (Theme.SYSTEM, Qt.ColorScheme.Unknown, LIGHT),
        (Theme.CONTRAST, Qt.ColorScheme.Dark, CONTRAST),
    ],
)
def test_the_system_theme_follows_the_desktop(
    theme: Theme, scheme: Qt.ColorScheme, worn: Colours
) -> None:
    assert colours_for(theme, scheme) is worn


def test_high_contrast_is_seven_to_one_and_followed_where_the_system_asks_for_it() -> None:
    for tone in Tone:
        assert contrast(CONTRAST.ink(tone), CONTRAST.wash(tone)) >= 7.0
        assert contrast(CONTRAST.ink(tone), CONTRAST.hover) >= 7.0
    light, wanted = Qt.ColorScheme.Light, CONTRAST
    assert colours_for(Theme.SYSTEM, light, wants_contrast=True) is wanted
    assert colours_for(Theme.LIGHT, light, wants_contrast=True) is LIGHT


def test_a_bare_machine_writes_chinese_with_the_face_that_came_along(qtbot: QtBot) -> None:
    font = screen_font(installed=["DejaVu Sans"])

    metrics = QFontMetrics(font)
    assert all(metrics.inFontUcs4(ord(character)) for character in "督离岗黄牌A1")
    assert font.pixelSize() == Size.BODY


def test_the_systems_own_chinese_face_comes_first(qtbot: QtBot) -> None:
    assert screen_font(["Noto Sans SC", "Microsoft YaHei UI"]).family() == "Microsoft YaHei UI"


def test_digits_are_of_equal_width(qtbot: QtBot) -> None:
    metrics = QFontMetrics(typeface(Size.BODY))
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1
