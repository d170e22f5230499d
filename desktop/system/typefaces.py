"""Finds a face that can write Chinese on this machine."""

import logging
from collections.abc import Sequence
from importlib.resources import as_file, files

from PySide6.QtGui import QFont, QFontDatabase

from desktop.system.theme import Size, with_equal_digits

log = logging.getLogger(__name__)

# The sans faces of Windows, of Linux desktops and of macOS, the best for a screen first.
PREFERRED = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "HarmonyOS Sans SC",
    "PingFang SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
)


def screen_font(installed: Sequence[str] | None = None) -> QFont:
    """Give the body font: the system's Chinese sans, else the one that came with the program.

    Args:
        installed: families to choose from; the system's own when not given.
    """
    known = set(QFontDatabase.families() if installed is None else installed)
    family = next((each for each in PREFERRED if each in known), "") or _shipped_family()
    log.info("screens are written in %s", family)
    font = QFont(family)
    font.setPixelSize(Size.BODY)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    if not any("Bold" in style for style in QFontDatabase.styles(family)):
        # Thickened on whole pixels, the dot of an i runs into its stem.
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return with_equal_digits(font)


def _shipped_family() -> str:
    shipped = files("paperang_p2_fonts_cjk").joinpath("fonts", "wqy-microhei.ttc")
    with as_file(shipped) as path:
        number = QFontDatabase.addApplicationFont(str(path))
    families = QFontDatabase.applicationFontFamilies(number)
    return (
        families[0]
        if families
        else QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    )
