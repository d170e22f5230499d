"""A hall's parameters from a file and to a file, and back to what was shipped."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desktop.system.language import said
from desktop.viewmodels.approvals.rules import RuleDesk
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.exports import ExportDialog

_NAME = "rules.toml"


class RuleFileButtons(QWidget):
    """Three quiet buttons below the parameters."""

    def __init__(self, desk: RuleDesk) -> None:
        super().__init__()
        self._desk = desk
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for text, act in (
            (said("默认参数"), desk.ship),
            (said("从文件读入…"), self._ask_for_file),
            (said("写成文件…"), self._ask_export),
        ):
            button = Button(text, Rank.QUIET)
            button.clicked.connect(act)
            row.addWidget(button)
        words = said("写出的参数可供另一大厅读入，也可用于命令行 check --rules。")
        self._exporting = ExportDialog(self, said("写出规则参数"), words)
        self._exporting.chosen.connect(desk.export)

    def _ask_export(self) -> None:
        self._exporting.ask(_NAME, "TOML (*.toml)")

    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self, said("读入规则参数"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("TOML (*.toml)")
        dialog.fileSelected.connect(self._take)
        dialog.open()

    def _take(self, name: str) -> None:
        self._desk.take_file(Path(name))
