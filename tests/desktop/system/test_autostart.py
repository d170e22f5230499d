"""The program starts with the machine when it is asked to, and no longer when it is not."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.system.autostart import set_autostart, start_command

COMMAND = ("/opt/hall watch/run", "-c", 'print("100% $HOME `x` \\n")', "open")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    if sys.platform == "win32":
        pytest.skip("Windows keeps it in the registry")
    return tmp_path


def entry(home: Path) -> Path:
    return home / "autostart" / "hallwatch.desktop"


def switch(home: Path, *, on: bool) -> None:
    set_autostart(on=on, command=COMMAND, environment={"XDG_CONFIG_HOME": str(home)})


def test_an_entry_says_the_command_word_for_word(home: Path) -> None:
    switch(home, on=True)
    rows = dict(row.split("=", 1) for row in entry(home).read_text("utf-8").splitlines()[1:])
    # What a desktop does: its own string escapes first, then quoting, then field codes.
    unescaped = rows["Exec"].replace("\\\\", "\\")
    words = re.findall(r'"((?:[^"\\]|\\.)*)"', unescaped)
    told = [re.sub(r"\\(.)", r"\1", word).replace("%%", "%") for word in words]
    assert told == list(COMMAND)
    assert rows["Type"] == "Application"


def test_switching_off_takes_it_away_and_twice_is_harmless(home: Path) -> None:
    switch(home, on=True)
    switch(home, on=False)
    switch(home, on=False)
    assert not entry(home).exists()


def test_the_command_opens_this_program_from_any_folder(tmp_path: Path) -> None:
    command = [*start_command()[:-2], "--help"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "hallwatch" in done.stdout
