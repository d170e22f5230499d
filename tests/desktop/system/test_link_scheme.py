import configparser
from pathlib import Path

import pytest

from desktop.system.link_scheme import DesktopScheme, RegistryScheme, launcher, link_scheme

COMMAND = ("/opt/hall watch/hallwatch", "open")
OTHERS = (
    "[Added Associations]\ntext/html=a.desktop;\n\n[Default Applications]\ntext/html=a.desktop\n"
)


@pytest.fixture
def scheme(tmp_path: Path) -> DesktopScheme:
    return DesktopScheme(tmp_path / "applications", tmp_path / "mimeapps.list", COMMAND)


def read(path: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, delimiters="=")
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(path, "utf-8")
    return parser


def test_links_come_here_once_claimed_and_no_more_once_released(
    scheme: DesktopScheme, tmp_path: Path
) -> None:
    assert not scheme.is_ours()
    scheme.claim()
    assert scheme.is_ours()
    entry = read(tmp_path / "applications" / "hallwatch-link.desktop")["Desktop Entry"]
    assert entry["Exec"] == '"/opt/hall watch/hallwatch" "open" %u'
    assert entry["MimeType"] == "x-scheme-handler/hallwatch;"
    scheme.release()
    assert not scheme.is_ours()
    assert not (tmp_path / "applications" / "hallwatch-link.desktop").exists()


def test_what_others_wrote_among_the_defaults_stays(scheme: DesktopScheme, tmp_path: Path) -> None:
    defaults = tmp_path / "mimeapps.list"
    defaults.write_text(OTHERS, "utf-8")
    scheme.claim()
    scheme.claim()
    listed = read(defaults)
    assert listed["Default Applications"]["text/html"] == "a.desktop"
    assert listed["Default Applications"]["x-scheme-handler/hallwatch"] == "hallwatch-link.desktop"
    scheme.release()
    assert defaults.read_text("utf-8") == OTHERS


def test_another_program_that_took_the_links_is_seen(scheme: DesktopScheme, tmp_path: Path) -> None:
    scheme.claim()
    other = DesktopScheme(tmp_path / "applications", tmp_path / "mimeapps.list", ("/other",))
    other.claim()
    assert not scheme.is_ours()
    scheme.claim()
    assert scheme.is_ours()


def test_the_users_own_folders_are_taken(tmp_path: Path) -> None:
    environment = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "conf")}
    made = link_scheme(environment)
    if isinstance(made, DesktopScheme):
        made.claim()
        assert (tmp_path / ".local/share/applications/hallwatch-link.desktop").exists()
        assert (tmp_path / "conf/mimeapps.list").exists()


def test_the_registry_says_what_windows_asks_of_a_link() -> None:
    written = {(key, name): value for key, name, value in RegistryScheme(COMMAND).entries()}
    assert ("hallwatch", "URL Protocol") in written
    command = written["hallwatch\\shell\\open\\command", ""]
    assert command == '"/opt/hall watch/hallwatch" "open" "%1"'


def test_the_command_opens_a_link() -> None:
    assert launcher()[-1] == "open"
