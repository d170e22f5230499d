"""Keeping how a file is read as a profile of the hall, and sharing it as a file."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLineEdit, QWidget

from desktop.system.language import headed, said
from desktop.viewmodels.approvals.importing import ImportDesk
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.dialogs import Question
from desktop.views.kit.exports import ExportDialog
from desktop.views.kit.fields import Field

_FILTER = "TOML (*.toml)"


class ProfileButtons(QWidget):
    """Save, withdraw, take in, write out."""

    def __init__(self, desk: ImportDesk) -> None:
        super().__init__()
        self._desk = desk
        self.save = Button(said("保存方案…"), Rank.QUIET)
        self._withdraw = Button(said("停用方案"), Rank.QUIET)
        self._take = Button(said("从文件读入…"), Rank.QUIET)
        self._write = Button(said("写成文件…"), Rank.QUIET)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        for place, button in enumerate((self.save, self._withdraw, self._take, self._write)):
            grid.addWidget(button, place // 2, place % 2)
        words = said("写出的方案可供另一大厅读入，也可用于命令行 --mapping。")
        self._exporting = ExportDialog(self, said("写出映射方案"), words)
        self._exporting.chosen.connect(desk.export_profile)
        self.save.clicked.connect(self._ask_name)
        self._withdraw.clicked.connect(desk.withdraw_profile)
        self._take.clicked.connect(self._ask_for_file)
        self._write.clicked.connect(self._ask_export)

    def refresh(self) -> None:
        """Offer what can be done now."""
        desk = self._desk
        self.save.setEnabled(desk.may_import)
        self._write.setEnabled(desk.may_import)
        self._withdraw.setEnabled(desk.may_import and desk.is_own)

    def _ask_name(self) -> None:
        preview = self._desk.preview
        first = preview.profile.id if preview and self._desk.is_own else ""
        words = said("以后遇到同样的文件会自动采用，命令行可用这个名称。同名的方案被替换。")
        question = NameQuestion(self, first, said("保存映射方案"), words)
        question.given.connect(self._desk.name_profile)
        question.open()

    def _ask_export(self) -> None:
        if preview := self._desk.preview:
            self._exporting.ask(f"{preview.profile.id}.toml", _FILTER)

    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self, said("读入映射方案"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_FILTER)
        dialog.fileSelected.connect(self._take_file)
        dialog.open()

    def _take_file(self, name: str) -> None:
        self._desk.take_profile(Path(name))


class NameQuestion(Question):
    """Asks under which name; without one there is no going on."""

    given = Signal(str)

    def __init__(self, parent: QWidget, first: str, title: str, words: str) -> None:
        super().__init__(parent, title, words, said("保存"))
        self.editor = QLineEdit(first)
        self.editor.textChanged.connect(self._weigh)
        self.body.addWidget(Field(headed(said("名称")), self.editor))
        self.agreed.connect(self._give)
        self._weigh()

    def _weigh(self) -> None:
        self.go.setEnabled(bool(self.editor.text().strip()))

    def _give(self) -> None:
        self.given.emit(self.editor.text().strip())
