"""The questions of the page of case files: what goes in, and a note."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QWidget,
)

from desktop.domain.dossiers import Dossier
from desktop.system.language import headed, said
from desktop.system.theme import ROW_HEIGHT
from desktop.usecases.dossiers import Filing
from desktop.viewmodels.dossiers.matter import Candidate
from desktop.viewmodels.dossiers.words import kind_name
from desktop.views.kit.dialogs import Question
from desktop.views.kit.fields import Field
from desktop.views.kit.labels import show_if
from desktop.views.kit.search import SearchField

_SHOWN = 8


class MatterQuestion(Question):
    """Asks what goes into a case file; a new one wants a title too."""

    chosen = Signal(str, object)  # title, list of Filing

    def __init__(
        self, parent: QWidget, title: str, action: str, offered: Sequence[Candidate], *, new: bool
    ) -> None:
        super().__init__(parent, title, "", action)
        self.setMinimumWidth(620)
        self._offered, self._new = offered, new
        self.title_line = QLineEdit(self)
        self.title_line.textChanged.connect(self._weigh)
        self.title_line.setVisible(new)
        if new:
            self.body.addWidget(Field(said("题名"), self.title_line))
        self.search = SearchField(said("搜索材料"), said("搜索窗口、单位、文号"))
        self.search.textChanged.connect(self._look_for)
        self.list = QListWidget()
        for each in offered:
            self.list.addItem(_item(each))
        self.list.setFixedHeight(ROW_HEIGHT * min(max(len(offered), 2), _SHOWN))
        self.list.itemChanged.connect(self._weigh)
        self.body.addWidget(self.search)
        hint = said("标“相关”的与卷内材料有关联。") if offered else said("没有可以收入的材料。")
        self.body.addWidget(Field(said("材料"), self.list, hint))
        self.agreed.connect(self._give)
        self._weigh()

    def ticked(self) -> list[object]:
        """What is ticked."""
        items = (self.list.item(row) for row in range(self.list.count()))
        checked = Qt.CheckState.Checked
        return [i.data(Qt.ItemDataRole.UserRole) for i in items if i.checkState() is checked]

    def _look_for(self, text: str) -> None:
        words = text.casefold().split()
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(not all(word in item.text().casefold() for word in words))

    def _weigh(self) -> None:
        titled = bool(self.title_line.text().strip())
        self.go.setEnabled(titled if self._new else bool(self.ticked()))

    def _give(self) -> None:
        self.chosen.emit(self.title_line.text().strip(), self.ticked())


class WhichQuestion(Question):
    """Asks into which case file something goes: an open one, or a new one with a title."""

    picked = Signal(object, object)  # the Filing, a DossierId
    begun = Signal(object, str)  # the Filing, a title

    def __init__(self, parent: QWidget, filing: Filing, offered: Sequence[Dossier]) -> None:
        super().__init__(parent, said("收入案卷"), filing.title, said("收入案卷"))
        self._filing = filing
        self.box = QComboBox()
        for each in offered:
            self.box.addItem(each.title, each.id)
        self.box.addItem(said("新立案卷"), None)
        self.title_line = QLineEdit(filing.title)
        self._titled = Field(said("题名"), self.title_line)
        self.body.addWidget(Field(said("案卷"), self.box))
        self.body.addWidget(self._titled)
        self.box.currentIndexChanged.connect(self._weigh)
        self.title_line.textChanged.connect(self._weigh)
        self.agreed.connect(self._give)
        self._weigh()

    def _weigh(self) -> None:
        is_new = self.box.currentData() is None
        show_if(self._titled, wanted=is_new)
        self.go.setEnabled(not is_new or bool(self.title_line.text().strip()))

    def _give(self) -> None:
        if (dossier_id := self.box.currentData()) is not None:
            self.picked.emit(self._filing, dossier_id)
        else:
            self.begun.emit(self._filing, self.title_line.text().strip())


class NoteQuestion(Question):
    """Asks for a note."""

    written = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, said("写备注"), "", said("收入案卷"))
        self.title_line, self.words = QLineEdit(), QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(120)
        self.body.addWidget(Field(said("题名"), self.title_line))
        self.body.addWidget(Field(headed(said("内容")), self.words))
        self.title_line.textChanged.connect(self._weigh)
        self.agreed.connect(self._give)
        self._weigh()

    def _weigh(self) -> None:
        self.go.setEnabled(bool(self.title_line.text().strip()))

    def _give(self) -> None:
        self.written.emit(self.title_line.text().strip(), self.words.toPlainText().strip())


class PickQuestion(Question):
    """Asks for one of some things."""

    picked = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        title: str,
        label: str,
        action: str,
        offered: Sequence[tuple[str, object]],
    ) -> None:
        super().__init__(parent, title, "", action)
        self.box = QComboBox()
        for word, value in offered:
            self.box.addItem(word, value)
        self.body.addWidget(Field(label, self.box))
        self.go.setEnabled(bool(offered))
        self.agreed.connect(self._give)

    def _give(self) -> None:
        self.picked.emit(self.box.currentData())


def _item(candidate: Candidate) -> QListWidgetItem:
    related = f"〔{said('相关')}〕" if candidate.related else ""
    kind = kind_name(candidate.filing.kind)
    item = QListWidgetItem(f"{related}{candidate.text}  · {kind}")
    item.setData(Qt.ItemDataRole.UserRole, candidate.filing)
    item.setCheckState(Qt.CheckState.Unchecked)
    item.setSizeHint(QSize(0, ROW_HEIGHT))
    return item
