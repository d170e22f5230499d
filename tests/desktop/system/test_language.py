import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from pytestqt.qtbot import QtBot

from desktop import assets
from desktop.settings import Language
from desktop.system.language import Catalogue, Translators, catalogue_of, marked, said

ROOT = Path(__file__).resolve().parents[3]
CHINESE = re.compile(r"[㐀-鿿]")
TEXT_AT = {"tr": 0, "translate": 1, "marked": 0, "said": 0}


def spoken_texts(path: Path) -> Iterator[tuple[str, str]]:
    """Give disambiguation and text of everything a module says to people."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        at = TEXT_AT.get(name)
        if at is None or len(node.args) <= at:
            continue
        text = node.args[at]
        assert not isinstance(text, ast.JoinedStr), f"{path.name}: an f-string is never translated"
        if isinstance(text, ast.Constant) and isinstance(text.value, str):
            more = node.args[at + 1] if len(node.args) > at + 1 else None
            told = more.value if isinstance(more, ast.Constant) else None
            yield (told if isinstance(told, str) else ""), text.value


def chinese_texts(path: Path) -> set[str]:
    """Give the texts of a module that hold Chinese, but not what it says to its readers."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    constants = [n.value for n in nodes if isinstance(n, ast.Constant)]
    plates = {
        n.value.value
        for n in nodes
        if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)
    }
    shown = {text for text in constants if isinstance(text, str)} - plates
    return {text for text in shown if CHINESE.search(text)}


def all_texts() -> set[tuple[str, str]]:
    modules = sorted((ROOT / "desktop").rglob("*.py"))
    return {spoken for path in modules for spoken in spoken_texts(path)}


def test_every_text_has_an_english_translation() -> None:
    english = catalogue_of(Language.ENGLISH)
    missing = sorted(
        key for key in all_texts() if key not in english and ("", key[1]) not in english
    )
    assert not missing


def test_no_translation_is_without_its_text() -> None:
    unused = set(catalogue_of(Language.ENGLISH)) - all_texts()
    assert not unused


def places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w*)(?::[^}]*)?\}", text))  # a place may say how it is written


def test_english_is_english_and_keeps_the_places_of_values() -> None:
    for (_, source), entry in catalogue_of(Language.ENGLISH).items():
        for english in [entry] if isinstance(entry, str) else entry:
            assert english.strip()
            assert not CHINESE.search(english), source
            assert places(english) == places(source), source


def test_no_text_stands_in_two_topics() -> None:
    seen: dict[tuple[str, str], str] = {}
    for topic, text in assets.translation_files("en").items():
        for name, value in tomllib.loads(text).items():
            inner = [(name, source) for source in value] if isinstance(value, dict) else []
            for key in inner or [("", name)]:
                assert key not in seen, f"{key}: in {seen.get(key)} and {topic}"
                seen[key] = topic


def test_no_chinese_text_is_shown_without_being_marked() -> None:
    loose = [
        f"{path.name}: {text}"
        for path in sorted((ROOT / "desktop/views").rglob("*.py"))
        for text in chinese_texts(path) - {text for _, text in spoken_texts(path)}
    ]
    assert not loose


@pytest.fixture
def translators(qtbot: QtBot) -> Iterator[Translators]:
    application = QCoreApplication.instance()
    assert application
    made = Translators(application)
    yield made
    made.speak(Language.CHINESE)


def test_the_language_changes_while_the_program_runs(translators: Translators) -> None:
    text = marked("离岗")

    translators.speak(Language.ENGLISH)
    english = said(text)
    translators.speak(Language.CHINESE)

    assert (english, said(text)) == ("Absent", "离岗")


def test_an_object_speaks_the_language_too(translators: Translators) -> None:
    translators.speak(Language.ENGLISH)
    assert QObject().tr("离岗") == "Absent"


def test_qts_own_dialogs_speak_chinese(translators: Translators) -> None:
    translators.speak(Language.CHINESE)
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"


def test_one_and_several_are_told_apart(translators: Translators) -> None:
    catalogue = Catalogue({("", "{0} 件"): ["{0} case", "{0} cases"]}, QObject())
    assert catalogue.translate("", "{0} 件", None, 1) == "{0} case"
    assert catalogue.translate("", "{0} 件", None, 3) == "{0} cases"
