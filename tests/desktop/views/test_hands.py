from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.settings import Settings, Theme, load_settings, save_settings
from desktop.viewmodels.row_roles import RowRole
from desktop.views.appearance import Appearance
from desktop.views.kit.layouts import keep_layouts_in
from desktop.views.kit.rows import RowList
from desktop.views.kit.search import SearchField
from desktop.views.kit.tables import Table
from desktop.views.settings_page import SettingsPage
from tests.support.screens import desk_with


def made_table(qtbot: QtBot) -> Table:
    model = QStandardItemModel(2, 3)
    model.setHorizontalHeaderLabels(["编号", "名称", "单位"])
    for row in range(2):
        for column in range(3):
            model.setItem(row, column, QStandardItem(f"{row}{column}"))
    table = Table("表")
    model.setParent(table)
    table.setModel(model)
    qtbot.addWidget(table)
    table.resize(600, 200)
    table.show()
    return table


def test_columns_come_back_as_they_were_left(qtbot: QtBot, tmp_path: Path) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    keep_layouts_in(application, tmp_path / "layout.ini")
    first = made_table(qtbot)
    first.setColumnWidth(0, 177)
    first.setColumnHidden(1, True)
    first.hide()
    second = made_table(qtbot)
    application.setProperty("layouts", None)
    assert second.columnWidth(0) == 177
    assert second.isColumnHidden(1)


def test_a_row_is_copied_from_its_menu(qtbot: QtBot) -> None:
    table = made_table(qtbot)
    table.selectRow(1)
    copy = next(action for action in table.actions() if action.text() == "复制为表格")
    copy.trigger()
    assert QGuiApplication.clipboard().text() == "编号\t名称\t单位\n10\t11\t12"


def test_rows_of_a_list_are_copied_with_all_they_say(qtbot: QtBot) -> None:
    rows = RowList("疑似问题")
    model = QStandardItemModel(rows)
    for number in ("03", "06"):
        item = QStandardItem(f"{number}号窗口 离岗")
        item.setData("进行中", RowRole.DETAIL)
        model.appendRow(item)
    rows.setModel(model)
    qtbot.addWidget(rows)
    with qtbot.waitActive(rows):
        rows.show()
        rows.activateWindow()
    rows.setFocus()
    rows.selectAll()
    qtbot.keyClick(rows, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "03号窗口 离岗\t进行中\t\n06号窗口 离岗\t进行中\t"


def test_settings_are_found_by_their_words_and_exported(
    qtbot: QtBot, appearance: Appearance, tmp_path: Path
) -> None:
    model = desk_with(tmp_path).preferences
    page = SettingsPage(model)
    qtbot.addWidget(page)
    page.show()
    page.findChildren(SearchField)[0].setText("同步间隔")
    assert page.row("sync_every_s").isVisible()
    assert not page.row("theme").isVisible()
    page.findChildren(SearchField)[0].clear()
    assert page.row("theme").isVisible()
    with qtbot.waitSignal(model.exported):
        model.export(tmp_path / "out.toml")
    assert load_settings(tmp_path / "out.toml") == model.settings


def test_settings_of_a_file_are_taken_whole_or_not_at_all(qtbot: QtBot, tmp_path: Path) -> None:
    model = desk_with(tmp_path).preferences
    save_settings(tmp_path / "in.toml", Settings(theme=Theme.DARK, sync_every_s=60))
    with qtbot.waitSignal(model.imported) as told:
        model.take_in(tmp_path / "in.toml")
    assert told.args == ["in.toml"]
    assert model.settings.sync_every_s == 60
    (tmp_path / "bad.toml").write_text('theme = "light"\nsync_every_s = 1\n')
    with qtbot.waitSignal(model.refused):
        model.take_in(tmp_path / "bad.toml")
    assert model.settings.theme is Theme.DARK


def test_every_setting_names_its_default_and_when_it_holds(qtbot: QtBot, tmp_path: Path) -> None:
    model = desk_with(tmp_path).preferences
    later = []
    for _, settings in model.groups():
        for each in settings:
            assert "默认" in each.hint or each.default == "", each.name
            assert each.at_once is ("下次打开程序时生效" not in each.hint)
            later += [] if each.at_once else [each.name]
    assert later == ["scale_percent", "server_url", "keep_free_mb"]
