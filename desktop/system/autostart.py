"""Lets the program start when its user signs in to the machine, or no longer."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

NAME = "hallwatch"
ROOT = Path(__file__).resolve().parents[2]  # where `desktop` is found


def start_command() -> tuple[str, ...]:
    """Give the command that opens this very program, with its window put aside."""
    if getattr(sys, "frozen", False):
        return (sys.executable, "open", "--aside")
    # Nobody's working directory is known at sign-in.
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); from desktop.__main__ import main; main()"
    )
    return (sys.executable, "-c", code, "open", "--aside")


def set_autostart(
    *, on: bool, command: Sequence[str], environment: Mapping[str, str] = os.environ
) -> None:
    """Write the entry, or take it away.

    Raises:
        OSError: the system refuses.
    """
    if sys.platform == "win32":
        _set_run_key(on=on, command=command)
    else:
        _set_desktop_entry(_entry_file(environment), on=on, command=command)


def _entry_file(environment: Mapping[str, str]) -> Path:
    """Where the desktops of freedesktop.org look (Desktop Application Autostart 0.5)."""
    home = environment.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(home) / "autostart" / f"{NAME}.desktop"


def _set_desktop_entry(file: Path, *, on: bool, command: Sequence[str]) -> None:
    if not on:
        file.unlink(missing_ok=True)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    words = " ".join(map(_quoted, command))
    rows = (
        "[Desktop Entry]",
        "Type=Application",
        "Name=Hallwatch",
        f"Exec={words}",
        "Terminal=false",
    )
    file.write_text("\n".join((*rows, "")), "utf-8")


def _quoted(word: str) -> str:
    """Quote a word of a desktop entry: its string escapes come on top of those of the shell."""
    for letter in '\\"`$':
        word = word.replace(letter, f"\\{letter}")
    return '"' + word.replace("\\", "\\\\").replace("%", "%%") + '"'


if sys.platform == "win32":
    import winreg

    _RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"

    def _set_run_key(*, on: bool, command: Sequence[str]) -> None:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN, 0, winreg.KEY_SET_VALUE) as key:
            if on:
                words = subprocess.list2cmdline(command)
                winreg.SetValueEx(key, NAME, 0, winreg.REG_SZ, words)
                return
            try:
                winreg.DeleteValue(key, NAME)
            except FileNotFoundError:
                return
