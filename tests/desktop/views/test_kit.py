from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.settings import Theme
from desktop.system.theme import DARK, LIGHT, Tone, colours
from desktop.viewmodels.row_roles import RowRole
from desktop.viewmodels.states import STATES, Shape
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.choices import Choice, Choices
from desktop.views.kit.fields import Field
from desktop.views.kit.glyphs import StateGlyph, paint_glyph
from desktop.views.kit.icons import Icon, tinted
from desktop.views.kit.look import Look
from desktop.views.kit.notices import NoticeBar
from desktop.views.kit.placeholders import Staged
from desktop.views.kit.rows import RowList, WorkRow
from desktop.views.kit.steps import Step, StepBar
from desktop.views.kit.tables import Table
from desktop.views.kit.tiles import StatTile
from video.vocabulary.state import WindowState


@pytest.fixture
def look(qtbot: QtBot) -> Iterator[Look]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    made = Look(application, Theme.LIGHT)
    yield made
    made.wear(Theme.LIGHT)


def painted(shape: Shape) -> QImage:
    image = QImage(32, 32, QImage.Format.Format_Alpha8)
    image.fill(0)
    painter = QPainter(image)
    paint_glyph(painter, shape, QRectF(0, 0, 32, 32), "#000000")
    painter.end()
    return image


def test_every_shape_is_painted_and_stays_apart_without_colour(qtbot: QtBot) -> None:
    pictures = {shape: painted(shape) for shape in Shape}
    for shape, picture in pictures.items():
        assert any(bytes(picture.constBits())), shape
    for one, other in combinations(Shape, 2):
        assert pictures[one] != pictures[other], (one, other)


@pytest.mark.parametrize("icon", Icon, ids=lambda i: i.value)
def test_every_icon_is_drawn_in_the_colour_asked_for(qtbot: QtBot, icon: Icon) -> None:
    picture = tinted(icon, "#FF0000", 24).pixmap(24, 24).toImage()
    inked = [
        picture.pixelColor(x, y)
        for x in range(24)
        for y in range(24)
        if picture.pixelColor(x, y).alpha() > 200
    ]
    assert inked
    assert all(pixel.red() > 200 and pixel.blue() < 40 for pixel in inked)


def test_the_theme_changes_while_the_program_runs(qtbot: QtBot, look: Look) -> None:
    glyph = StateGlyph(STATES[WindowState.SERVING])
    qtbot.addWidget(glyph)
    glyph.show()
    light = glyph.grab().toImage().pixelColor(8, 8).name().upper()

    with qtbot.waitSignal(look.changed):
        look.wear(Theme.DARK)

    dark = glyph.grab().toImage().pixelColor(8, 8).name().upper()
    assert (light, dark) == (LIGHT.good, DARK.good)
    assert colours() is DARK


def test_a_button_follows_the_theme_with_its_icon(qtbot: QtBot, look: Look) -> None:
    button = Button("打印", icon=Icon.PRINTER)
    qtbot.addWidget(button)
    button.show()
    light = button.icon().pixmap(18, 18).toImage()
    look.wear(Theme.DARK)
    assert button.icon().pixmap(18, 18).toImage() != light


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_buttons_and_tiles_are_pressed_by_keyboard(qtbot: QtBot, look: Look, key: Qt.Key) -> None:
    tile, button = StatTile("离岗"), Button("核实", Rank.ROW)
    for pressable in (tile, button):
        qtbot.addWidget(pressable)
        pressable.show()
        with qtbot.waitSignal(pressable.clicked):
            qtbot.keyClick(pressable, key)


def test_a_tile_reads_out_what_it_shows(qtbot: QtBot) -> None:
    tile = StatTile("离岗窗口")
    qtbot.addWidget(tile)
    tile.show_figures("2", "其中 1 个有人等候", Tone.BAD)
    assert tile.accessibleName() == "离岗窗口 2 其中 1 个有人等候"


def test_a_number_key_decides_but_not_while_one_writes(qtbot: QtBot, look: Look) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    choices = Choices("结论", page)
    choices.setParent(page)
    note = QLineEdit(page)
    choices.offer([Choice("yes", "属实"), Choice("no", "不属实")])
    with qtbot.waitActive(page):
        page.show()

    note.setFocus()
    qtbot.keyClick(note, Qt.Key.Key_1)
    assert (note.text(), choices.current()) == ("1", None)

    page.setFocus()
    with qtbot.waitSignal(choices.chosen) as chosen:
        qtbot.keyClick(page, Qt.Key.Key_2)
    assert chosen.args == ["no"]
    assert choices.current() == "no"


def test_a_row_of_work_says_which_one_it_is(qtbot: QtBot, look: Look) -> None:
    row = WorkRow("finding-7", "离岗 15分12秒", "05 号窗口", "核实", Tone.BAD)
    qtbot.addWidget(row)
    button = row.findChild(Button)
    with qtbot.waitSignal(row.acted) as acted:
        button.click()
    assert acted.args == ["finding-7"]
    assert button.accessibleName() == "核实 离岗 15分12秒"


def rows(*titles: str) -> QStandardItemModel:
    model = QStandardItemModel()
    for title in titles:
        item = QStandardItem(title)
        item.setData(title.casefold(), RowRole.KEY)
        item.setData(STATES[WindowState.ABSENT], RowRole.LOOK)
        model.appendRow(item)
    return model


def test_arrows_walk_a_list(qtbot: QtBot, look: Look) -> None:
    lines = RowList("待核实")
    qtbot.addWidget(lines)
    model = rows("A", "B")
    lines.setModel(model)
    lines.show()
    lines.choose("a")
    with qtbot.waitSignal(lines.chosen) as chosen:
        qtbot.keyClick(lines, Qt.Key.Key_Down)
    assert chosen.args == ["b"]
    lines.grab()


def test_enter_opens_a_row_of_a_table_and_its_rows_are_copied_as_a_table(
    qtbot: QtBot, look: Look
) -> None:
    table = Table("黄红牌")
    qtbot.addWidget(table)
    model = rows("A", "B")
    model.setHorizontalHeaderLabels(["文号"])
    table.setModel(model)
    table.selectRow(1)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == ["b"]
    assert table.selected_text() == "文号\nB"
    assert table.rowHeight(0) == 36


def test_a_step_bar_reads_out_who_has_the_paper(qtbot: QtBot, look: Look) -> None:
    bar = StepBar()
    qtbot.addWidget(bar)
    bar.show_steps([Step("拟稿", "林敏"), Step("核稿", "赵敏"), Step("签发")], 1)
    bar.grab()
    assert bar.accessibleName() == "拟稿 林敏 已完成；核稿 赵敏 当前；签发 未开始"


def test_a_field_says_what_is_wrong_and_is_named_by_its_label(qtbot: QtBot, look: Look) -> None:
    field = Field("服务器地址", QLineEdit(), "以 https:// 开头")
    qtbot.addWidget(field)
    field.show_trouble("地址不完整")
    assert field.trouble() == "地址不完整"
    field.show_trouble("")
    assert field.trouble() == ""
    assert field.editor.accessibleName() == "服务器地址"


def test_a_page_without_content_says_one_sentence_and_offers_one_action(
    qtbot: QtBot, look: Look
) -> None:
    staged = Staged(QWidget())
    qtbot.addWidget(staged)
    staged.show_trouble("案卷库打不开", "重试")
    assert staged.placeholder.sentence() == "案卷库打不开"
    with qtbot.waitSignal(staged.acted):
        staged.placeholder.findChild(Button).click()
    staged.show_loading("正在读取")
    staged.show_empty("一切正常")
    staged.show_content()
    assert not staged.placeholder.isVisible()


def test_a_notice_can_be_taken_back(qtbot: QtBot, look: Look) -> None:
    page = QWidget()
    page.resize(800, 600)
    qtbot.addWidget(page)
    page.show()
    bar = NoticeBar(page)
    bar.say("已记为属实", Tone.GOOD, action="撤销", token="finding-7")
    assert page.rect().contains(bar.geometry())
    with qtbot.waitSignal(bar.acted) as acted:
        bar.findChild(Button).click()
    assert acted.args == ["finding-7"]
    assert bar.isHidden()
