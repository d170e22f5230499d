"""The keyboard card: every key that works here and now, read from the commands themselves."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.system.language import said
from desktop.system.theme import Size, Space
from desktop.views.kit.buttons import Button
from desktop.views.kit.labels import Label
from desktop.views.kit.tables import Table

_SIZE = (560, 560)


class KeysCard(QDialog):
    """A table of commands and keys; Esc closes it."""

    def __init__(self, parent: QWidget, groups: Mapping[str, Sequence[QAction]]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(said("快捷键一览"))
        self.setAccessibleName(said("快捷键一览"))
        self.resize(*_SIZE)
        self.model = QStandardItemModel(self)
        self.model.setHorizontalHeaderLabels([said("在哪里"), said("做什么"), said("按什么")])
        for where, actions in groups.items():
            for text, keys in keyed(actions):
                self.model.appendRow([QStandardItem(each) for each in (where, text, keys)])
        table = Table(said("快捷键一览"))
        table.setModel(self.model)
        table.resizeColumnsToContents()
        close = Button(said("关闭"))
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MARGIN, Space.MARGIN, Space.MARGIN, Space.MARGIN)
        column.setSpacing(Space.CARD)
        column.addWidget(Label(said("快捷键一览"), size=Size.PAGE, bold=True))
        column.addWidget(table, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)


def keyed(actions: Sequence[QAction]) -> list[tuple[str, str]]:
    """Give the text and keys of every action that has both, each once."""
    native = QKeySequence.SequenceFormat.NativeText
    told = {
        action.text().replace("&", ""): action.shortcut().toString(native)
        for action in actions
        if action.text() and not action.shortcut().isEmpty()
    }
    return list(told.items())
