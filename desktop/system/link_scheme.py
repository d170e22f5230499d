"""Tells the system that hallwatch: links are ours: an XDG desktop entry, or Windows' registry."""

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

SCHEME = "hallwatch"
_MIME = f"x-scheme-handler/{SCHEME}"
_ENTRY = "hallwatch-link.desktop"
_DEFAULTS = "[Default Applications]"
_LINE = re.compile(rf"^{re.escape(_MIME)}=.*\n?", re.MULTILINE)


class LinkScheme(Protocol):
    """One system's way to hand a link to a program; every call may raise OSError."""

    def is_ours(self) -> bool:
        """Tell whether a link would come to this program."""

    def claim(self) -> None:
        """Let links come here."""

    def release(self) -> None:
        """Let them come here no more."""


def launcher() -> tuple[str, ...]:
    """Give the command that opens this program: its own file, or this Python with the package."""
    if getattr(sys, "frozen", False):
        return (sys.executable, "open")
    command = Path(sys.executable).with_name("hallwatch")
    if command.exists():
        return (str(command), "open")
    return (sys.executable, "-m", "desktop", "open")


def link_scheme(environment: Mapping[str, str]) -> LinkScheme:
    """Give the way of the system that the program runs on."""
    windows = sys.platform == "win32"
    return RegistryScheme(launcher()) if windows else _desktop_scheme(environment)


def _desktop_scheme(environment: Mapping[str, str]) -> "DesktopScheme":
    home = Path(environment.get("HOME", "~")).expanduser()
    data = Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share")
    config = Path(environment.get("XDG_CONFIG_HOME") or home / ".config")
    return DesktopScheme(data / "applications", config / "mimeapps.list", launcher())


class DesktopScheme:
    """A desktop entry of the user's own, named in his list of defaults (freedesktop.org)."""

    def __init__(self, applications: Path, defaults: Path, command: Sequence[str]) -> None:
        self._entry = applications / _ENTRY
        self._defaults = defaults
        self._command = tuple(command)

    def is_ours(self) -> bool:
        """Tell whether a link would come to this program."""
        try:
            entry, defaults = self._entry.read_text("utf-8"), self._defaults.read_text("utf-8")
        except FileNotFoundError:
            return False
        return entry == self._text() and f"{_MIME}={_ENTRY}" in defaults.splitlines()

    def claim(self) -> None:
        """Let links come here."""
        self._entry.parent.mkdir(parents=True, exist_ok=True)
        self._defaults.parent.mkdir(parents=True, exist_ok=True)
        self._entry.write_text(self._text(), "utf-8")
        others = _LINE.sub("", self._list())
        line = f"{_MIME}={_ENTRY}\n"
        if _DEFAULTS not in others:
            others = f"{others.rstrip()}\n\n{_DEFAULTS}\n".lstrip()
        self._defaults.write_text(
            others.replace(f"{_DEFAULTS}\n", f"{_DEFAULTS}\n{line}", 1), "utf-8"
        )

    def release(self) -> None:
        """Let them come here no more; what others wrote stays."""
        self._entry.unlink(missing_ok=True)
        if self._defaults.exists():
            self._defaults.write_text(_LINE.sub("", self._list()), "utf-8")

    def _list(self) -> str:
        return self._defaults.read_text("utf-8") if self._defaults.exists() else ""

    def _text(self) -> str:
        command = " ".join(map(_quoted, self._command))
        return (
            "[Desktop Entry]\n"
            "Type=Application\n"
            "Name=Hallwatch\n"
            "Name[zh_CN]=政务大厅效能督察\n"
            f"Exec={command.replace('%', '%%')} %u\n"
            f"Path={Path(__file__).parents[2]}\n"  # where the package lies, if not installed
            "NoDisplay=true\n"
            f"MimeType={_MIME};\n"
        )


def _quoted(part: str) -> str:
    """Write an argument as desktop entries ask: in double quotes, four characters escaped."""
    return '"{}"'.format(re.sub(r'(["`$\\])', r"\\\\\1", part))


class RegistryScheme:
    """Keys below the user's own classes; no rights of an administrator are needed."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = tuple(command)

    def entries(self) -> tuple[tuple[str, str, str], ...]:
        """Give what stands in the registry: key below Software\\Classes, name, value."""
        command = " ".join(f'"{part}"' for part in self._command)
        return (
            (SCHEME, "", "URL:Hallwatch"),
            (SCHEME, "URL Protocol", ""),
            (rf"{SCHEME}\shell\open\command", "", f'{command} "%1"'),
        )

    def is_ours(self) -> bool:
        """Tell whether a link would come to this program."""
        return all(_registry_value(key, name) == value for key, name, value in self.entries())

    def claim(self) -> None:
        """Let links come here."""
        for key, name, value in self.entries():
            _set_registry_value(key, name, value)

    def release(self) -> None:
        """Let them come here no more."""
        for key in (r"\shell\open\command", r"\shell\open", r"\shell", ""):
            _drop_registry_key(f"{SCHEME}{key}")


if sys.platform == "win32":
    import winreg

    _CLASSES = "Software\\Classes\\"

    def _registry_value(key: str, name: str) -> str | None:
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _CLASSES + key) as opened:
                return str(winreg.QueryValueEx(opened, name)[0])
        except FileNotFoundError:
            return None

    def _set_registry_value(key: str, name: str, value: str) -> None:
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _CLASSES + key) as opened:
            winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, value)

    def _drop_registry_key(key: str) -> None:
        try:
            winreg.DeleteKey(winreg.HKEY_CURRENT_USER, _CLASSES + key)
        except FileNotFoundError:
            return

else:

    def _registry_value(key: str, name: str) -> str | None:
        raise OSError(f"no registry here: {key} {name}")

    def _set_registry_value(key: str, name: str, value: str) -> None:
        raise OSError(f"no registry here: {key} {name} {value}")

    def _drop_registry_key(key: str) -> None:
        raise OSError(f"no registry here: {key}")
