"""What rules find in no single case: a table, and a button that puts it before reviewers."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.system.language import said
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.suspicions import Suspicions
from desktop.views.kit.buttons import Button
from desktop.views.kit.labels import Label, show_if
from desktop.views.kit.tables import Table

_WIDTHS = (128, 148, 96, 84)


class SuspicionTable(QWidget):
    """Rows that are marked are raised together."""

    def __init__(self, suspicions: Suspicions, name: str) -> None:
        super().__init__()
        self._suspicions = suspicions
        self.table = Table(name)
        self.table.setModel(suspicions.model)
        for column, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(column, width)
        self._hint = Label(
            said("选中要提出的行（可多选），由两人核实后才能发牌。"),
            size=Size.SMALL,
            tone=Tone.SOFT,
            wraps=True,
        )
        self.button = Button(said("提出为疑似问题"))
        self.button.clicked.connect(self._raise)
        self.table.selectionModel().selectionChanged.connect(self.refresh)
        foot, whole = QHBoxLayout(), QVBoxLayout(self)
        foot.addWidget(self._hint, 1)
        foot.addWidget(self.button)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.INSIDE)
        whole.addWidget(self.table, 1)
        whole.addLayout(foot)
        self.refresh()

    def refresh(self) -> None:
        """Offer to raise what is marked."""
        may = self._suspicions.may_raise()
        show_if(self.button, wanted=may)
        show_if(self._hint, wanted=may)
        self.button.setEnabled(bool(self.table.selected_rows()))

    def _raise(self) -> None:
        self._suspicions.raise_rows(self.table.selected_rows())
