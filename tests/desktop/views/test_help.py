import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop import assets
from desktop.settings import Language, Settings
from desktop.viewmodels.help import manual
from desktop.views.appearance import Appearance
from desktop.views.frame import Frame
from desktop.views.help.keys import KeysCard
from desktop.views.help.page import HELP_PAGE, HelpPage, ManualText, help_entry
from desktop.views.kit.icons import Icon
from desktop.views.page import Page, PageEntry
from tests.support.screens import clipped, too_small, unnamed

CHINESE = re.compile(r"[㐀-鿿]")


def test_both_manuals_have_the_same_chapters_and_every_picture_is_there() -> None:
    zh, en = assets.manual_files("zh"), assets.manual_files("en")
    assert set(zh) == set(en)
    pictures = assets.folder("manual") / "pictures"
    for text in (*zh.values(), *en.values()):
        assert text.startswith("# ")
        for name in re.findall(r"!\[[^]]+\]\(([^)]+)\)", text):
            assert (pictures / name).is_file(), name


def test_the_english_manual_is_english() -> None:
    for name, text in assets.manual_files("en").items():
        assert not CHINESE.search(text), name


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_news_speak_one_language(language: str) -> None:
    told = manual.news(language, sorted(assets.news_files()))
    lines = [line for line in told.splitlines() if line.startswith("- ")]
    assert len(lines) == len(assets.news_files())
    assert all(bool(CHINESE.search(line)) is (language == "zh") for line in lines)


def test_the_glossary_names_its_sources() -> None:
    told = manual.chapter("zh", manual.GLOSSARY)
    assert "行政许可法第三十二条第四项" in told
    assert told.count("\n| **") >= 25
    assert "|  |" not in told


def test_a_search_finds_the_chapter_in_which_the_words_stand() -> None:
    assert "cards" in [name for name, _ in manual.found("zh", "编号用印")]
    assert manual.found("zh", "没有这样的话") == []


def test_nothing_is_fetched_from_elsewhere(qtbot: QtBot, appearance: Appearance) -> None:
    text = ManualText()
    qtbot.addWidget(text)
    kind = 3  # a style sheet
    assert text.loadResource(kind, QUrl("https://example.org/a.css")) is None


def test_f1_explains_the_page_one_is_on(
    qtbot: QtBot, appearance: Appearance, tmp_path: Path
) -> None:
    menu = QMenu()
    entries = (PageEntry("cards", Icon.CARDS, lambda: "黄红牌", Page), help_entry())
    frame = Frame(entries, menu)
    qtbot.addWidget(menu)
    qtbot.addWidget(frame)
    frame.resize(1280, 720)
    with qtbot.waitActive(frame):
        frame.show()
        frame.activateWindow()
    frame.show_page("cards")
    qtbot.keyClick(frame, Qt.Key.Key_F1)
    assert frame.current_id == HELP_PAGE
    page = frame.page(HELP_PAGE)
    assert isinstance(page, HelpPage)
    text = page.findChildren(ManualText)[0]
    assert text.toPlainText().startswith("黄红牌与整改")
    page.findChildren(QLineEdit)[0].setText("恢复码")
    with qtbot.waitSignal(page.goes_to) as went:
        text.anchorClicked.emit(QUrl("page:setup"))
    assert went.args == ["setup", None]
    page.findChildren(QLineEdit)[0].clear()
    for problem in (unnamed, too_small, clipped):
        assert not problem(page)

    qtbot.keyClick(frame, Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    (card,) = frame.findChildren(KeysCard)
    keys = [card.model.item(row, 2).text() for row in range(card.model.rowCount())]
    assert {"F1", "Ctrl+K", "Ctrl+1"} <= set(keys)
    card.close()


def test_the_manual_follows_the_language(qtbot: QtBot, appearance: Appearance) -> None:
    assert manual.tongue() == "zh"
    appearance.take(Settings(language=Language.ENGLISH))
    assert manual.tongue() == "en"
    page: QWidget = HelpPage()
    qtbot.addWidget(page)
    assert page.findChildren(ManualText)[0].toPlainText().startswith("Start here")
