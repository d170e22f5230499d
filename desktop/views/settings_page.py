"""The settings: each with its range, its default and when a change takes effect."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.system.language import said
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.preferences import Preferences, Setting
from desktop.views.kit.buttons import Button, IconButton
from desktop.views.kit.fields import DecimalBox, NumberBox
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import Label, hairline, repolish
from desktop.views.kit.panels import Panel, ScrollColumn
from desktop.views.kit.search import SearchField
from desktop.views.page import Notice, Page, PageEntry

PanelMaker = Callable[[], Panel]
COLUMN = 760  # px; wider lines are hard to follow from label to editor


class SettingRow(QWidget):
    """Label and hint at the left, the editor at the right, a way back to the default."""

    edited = Signal(str, object)
    reset = Signal(str)

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        self._setting = setting
        self._label = Label(setting.label)
        self._hint = Label(setting.hint, size=Size.SMALL, tone=Tone.SOFT, wraps=True)
        self._editor = self._editor_for(setting)
        self._editor.setAccessibleName(setting.label)
        self._editor.setAccessibleDescription(setting.hint)
        self._label.setBuddy(self._editor)
        self._back = IconButton(Icon.UNDO, self.tr("恢复默认值：{0}").format(setting.label))
        self._back.clicked.connect(self._go_back)
        words = QVBoxLayout()
        words.setSpacing(Space.HAIR)
        words.addWidget(self._label)
        words.addWidget(self._hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.CARD)
        row.addLayout(words, 1)
        row.addWidget(self._editor)
        row.addWidget(self._back)
        self.show_setting(setting)

    def show_setting(self, setting: Setting) -> None:
        """Show the value that holds now."""
        self._setting = setting
        self._back.setEnabled(setting.value != setting.default)
        self.show_trouble("")
        self._editor.blockSignals(True)
        match self._editor:
            case QComboBox():
                self._editor.setCurrentIndex(self._editor.findData(setting.value))
            case NumberBox() | DecimalBox():
                self._editor.setValue(setting.value)  # type: ignore[arg-type]  # of its own kind
            case QLineEdit():
                self._editor.setText(str(setting.value))
        self._editor.blockSignals(False)

    def show_trouble(self, sentence: str) -> None:
        """Say what is wrong with the value, or show the hint again."""
        self._hint.setText(sentence or self._setting.hint)
        self._hint.set_tone(Tone.NEAR if sentence else Tone.SOFT)
        self._hint.setVisible(bool(self._hint.text()))
        self._editor.setProperty("wrong", bool(sentence))
        repolish(self._editor)

    def trouble(self) -> str:
        """What is wrong with the value now."""
        return self._hint.text() if self._editor.property("wrong") else ""

    def _editor_for(self, setting: Setting) -> QWidget:
        editor: QComboBox | NumberBox | DecimalBox | QLineEdit
        if setting.options:
            editor = QComboBox()
            for value, word in setting.options:
                editor.addItem(word, value)
            editor.activated.connect(self._choose)
        elif isinstance(setting.default, float):
            editor = DecimalBox(setting.low or 0.0, setting.high or 0.0)
            editor.editingFinished.connect(self._finish)
        elif isinstance(setting.default, int):
            editor = NumberBox(int(setting.low or 0), int(setting.high or 0))
            editor.editingFinished.connect(self._finish)
        else:
            editor = QLineEdit(placeholderText="https://")
            editor.editingFinished.connect(self._finish)
        editor.setFixedWidth(240)
        return editor

    def _choose(self) -> None:
        if isinstance(self._editor, QComboBox):
            self.edited.emit(self._setting.name, self._editor.currentData())

    def _finish(self) -> None:
        if isinstance(self._editor, QLineEdit):
            self.edited.emit(self._setting.name, self._editor.text().strip())
        elif isinstance(self._editor, NumberBox | DecimalBox):
            self.edited.emit(self._setting.name, self._editor.value())

    def _go_back(self) -> None:
        self.reset.emit(self._setting.name)


class SettingsPage(Page):
    """All settings in groups; a change is kept at once."""

    def __init__(self, model: Preferences, *panels: PanelMaker) -> None:
        super().__init__()
        self._model = model
        self._rows: dict[str, SettingRow] = {}
        self._column = ScrollColumn(margin=Space.MARGIN)
        self._panels: list[tuple[Panel, tuple[Setting, ...]]] = []
        self._column.body.addWidget(self._head())
        for title, settings in model.groups():
            panel = self._panel(title, settings)
            self._panels.append((panel, settings))
            self._column.body.addWidget(panel)
        for make in panels:
            panel = make()
            panel.setMaximumWidth(COLUMN)
            self._column.body.addWidget(panel)
        self._column.body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._column)
        model.changed.connect(self._show)
        model.refused.connect(self._refuse)
        model.exported.connect(self._say_exported)
        model.imported.connect(self._say_imported)

    def arrive(self) -> None:
        """Say what the page is about."""
        self.context_changed.emit(self.tr("修改后自动保存在本机"))

    def row(self, name: str) -> SettingRow:
        """The row of a setting."""
        return self._rows[name]

    def _head(self) -> QWidget:
        search = SearchField(self.tr("查找设置"), self.tr("查找设置"))
        search.textChanged.connect(self._find)
        export = Button(self.tr("导出设置…"))
        export.clicked.connect(self._ask_place)
        take_in = Button(self.tr("导入设置…"))
        take_in.clicked.connect(self._ask_file)
        holder = QWidget()
        holder.setMaximumWidth(COLUMN)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(search, 1)
        row.addWidget(take_in)
        row.addWidget(export)
        return holder

    def _find(self, words: str) -> None:
        """Leave what has these words in its label or hint; other panels only without any."""
        wanted = words.strip().casefold()
        for panel, settings in self._panels:
            fits = [s for s in settings if wanted in f"{s.label} {s.hint} {s.name}".casefold()]
            for setting in settings:
                self._rows[setting.name].setVisible(setting in fits)
            panel.setVisible(bool(fits))
        known = {panel for panel, _ in self._panels}
        for panel in self._column.findChildren(Panel):
            if panel not in known:
                panel.setVisible(not wanted)

    def _ask_place(self) -> None:
        dialog = QFileDialog(self, self.tr("导出设置"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("TOML (*.toml)")
        dialog.setDefaultSuffix("toml")
        dialog.selectFile("hallwatch-settings.toml")
        dialog.fileSelected.connect(self._export)
        dialog.open()

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, self.tr("导入设置"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("TOML (*.toml)")
        dialog.fileSelected.connect(self._take_in)
        dialog.open()

    def _take_in(self, name: str) -> None:
        self._model.take_in(Path(name))

    def _say_imported(self, name: str) -> None:
        told = self.tr("已采用 {0} 中的设置。").format(name)
        self.noticed.emit(Notice(told, Tone.GOOD))

    def _export(self, name: str) -> None:
        self._model.export(Path(name))

    def _say_exported(self, name: str) -> None:
        told = self.tr("设置已导出到 {0}，其中没有密码。").format(name)
        self.noticed.emit(Notice(told, Tone.GOOD))

    def _panel(self, title: str, settings: tuple[Setting, ...]) -> Panel:
        panel = Panel(title)
        panel.setMaximumWidth(COLUMN)
        for number, setting in enumerate(settings):
            if number:
                panel.body.addWidget(hairline())
            row = SettingRow(setting)
            row.edited.connect(self._model.change)
            row.reset.connect(self._model.reset)
            self._rows[setting.name] = row
            panel.body.addWidget(row)
        return panel

    def _show(self) -> None:
        for name, row in self._rows.items():
            row.show_setting(self._model.setting(name))

    def _refuse(self, name: str, sentence: str) -> None:
        if name:
            self._rows[name].show_trouble(sentence)
        else:
            self.noticed.emit(Notice(sentence, Tone.NEAR))


def settings_title() -> str:
    """The page's name."""
    return said("设置")


def settings_entry(model: Preferences, *panels: PanelMaker) -> PageEntry:
    """The page's place at the foot of the navigation; `panels` follow the settings."""
    build = partial(SettingsPage, model, *panels)
    return PageEntry("settings", Icon.SETTINGS, settings_title, build, at_foot=True)
