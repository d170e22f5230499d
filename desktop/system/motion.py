"""Whether the desktop asks for less motion; Qt 6.11 tells contrast, but not this."""

import configparser
import sys
from collections.abc import Mapping
from pathlib import Path

_CLIENT_AREA_ANIMATION = 0x1042  # SPI_GETCLIENTAREAANIMATION
_GTK = ("gtk-4.0/settings.ini", "gtk-3.0/settings.ini")


def wants_stillness(environment: Mapping[str, str]) -> bool:
    """Ask Windows, or the files in which GTK and KDE keep it; in doubt things may move."""
    if sys.platform == "win32":
        return _windows_is_still()
    home = environment.get("HOME", "")
    return _is_still(Path(environment.get("XDG_CONFIG_HOME") or f"{home}/.config"))


def _is_still(folder: Path) -> bool:
    gtk = (_value(folder / name, "Settings", "gtk-enable-animations") for name in _GTK)
    if any(value.lower() in {"0", "false"} for value in gtk):
        return True
    factor = _value(folder / "kdeglobals", "KDE", "AnimationDurationFactor")
    return factor != "" and not factor.strip("0.")


def _value(file: Path, section: str, name: str) -> str:
    read = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        read.read(file, "utf-8")
    except (configparser.Error, UnicodeDecodeError, OSError):
        return ""
    return read.get(section, name, fallback="")


if sys.platform == "win32":
    from ctypes import byref, c_int, windll

    def _windows_is_still() -> bool:
        """Read the switch "Animation effects" of the accessibility settings."""
        moves = c_int(1)
        windll.user32.SystemParametersInfoW(_CLIENT_AREA_ANIMATION, 0, byref(moves), 0)
        return not moves.value
