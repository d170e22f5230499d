"""Asks why something leaves the program and where to; nothing leaves without a reason."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.system.language import headed
from desktop.views.kit.dialogs import ReasonQuestion


class ExportDialog(QObject):
    """First the reason, then the place; `chosen` gives both."""

    chosen = Signal(object, str)  # a Path, the reason

    def __init__(self, window: QWidget, title: str, words: str) -> None:
        super().__init__(window)
        self._window, self._title, self._words = window, title, words
        self._name, self._filter, self._reason = "", "", ""

    def ask(self, file_name: str, name_filter: str) -> None:
        """Begin; `name_filter` as Qt writes it, as "CSV (*.csv)"."""
        self._name, self._filter = file_name, name_filter
        label, go_on = headed(self.tr("理由")), self.tr("选择位置…")
        question = ReasonQuestion(self._window, self._title, self._words, go_on, label=label)
        question.given.connect(self._choose)
        question.open()

    def _choose(self, reason: str) -> None:
        self._reason = reason
        dialog = QFileDialog(self._window, self._title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self._filter)
        dialog.setDefaultSuffix(Path(self._name).suffix.removeprefix("."))
        dialog.selectFile(self._name)
        dialog.fileSelected.connect(self._give)
        dialog.open()

    def _give(self, name: str) -> None:
        self.chosen.emit(Path(name), self._reason)
