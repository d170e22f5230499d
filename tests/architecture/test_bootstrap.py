"""The set-up script answers trouble with what to do about it."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "installers" / "bootstrap.py"


@pytest.fixture
def bootstrap() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_needs_nothing_but_the_standard_library() -> None:
    source = SCRIPT.read_text("utf-8")
    names = {
        line.split()[1].split(".")[0]
        for line in source.splitlines()
        if line.startswith(("import ", "from "))
    }
    assert names <= sys.stdlib_module_names


def test_every_sentence_is_said_in_both_languages(bootstrap: ModuleType) -> None:
    for chinese, english in bootstrap.WORDS.values():
        assert any("一" <= character <= "鿿" for character in chinese)
        assert english.isascii()
        assert chinese.count("{") == english.count("{")


def test_a_user_without_rights_gets_the_one_exact_command(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "OFFSCREEN", {"libnowhere.so.9": "libnowhere9"})
    monkeypatch.setattr(bootstrap, "FONTS", {})
    monkeypatch.setattr(bootstrap.sys, "platform", "linux")
    monkeypatch.setattr(bootstrap.shutil, "which", lambda _: "/usr/bin/apt-get")
    monkeypatch.setattr(bootstrap.os, "access", lambda *_: False)
    with pytest.raises(bootstrap.Refusal, match=r"sudo apt-get install -y .*libnowhere9"):
        bootstrap.bring_system_parts(with_window=False)


def test_a_failing_installation_shows_its_last_words_and_what_to_do(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    with pytest.raises(bootstrap.Refusal, match=r"(?s)no such luck.*run the same command again"):
        bootstrap.follow([sys.executable, "-c", "print('no such luck'); raise SystemExit(1)"], 1)


def test_an_old_interpreter_is_refused_by_its_version(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 9))
    with pytest.raises(bootstrap.Refusal, match=r"3\.11"):
        bootstrap.set_up(with_window=False)
