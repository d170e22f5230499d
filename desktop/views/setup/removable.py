"""One thing that was ordered, with a button that takes it back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.system.theme import Size, Tone
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.labels import Label


class RemovableRow(QWidget):
    """What it is, by which order, and the way back; `removed` carries its key."""

    removed = Signal(object)

    def __init__(self, key: object, told: str, order_no: str, action: str) -> None:
        super().__init__()
        self._key = key
        words, row = QVBoxLayout(), QHBoxLayout(self)
        words.setSpacing(0)
        words.addWidget(Label(told, wraps=True))
        words.addWidget(Label(order_no, size=Size.SMALL, tone=Tone.SOFT))
        remove = Button(action, Rank.QUIET)
        remove.setAccessibleName(f"{action} {told}")
        remove.clicked.connect(self._remove)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(words, 1)
        row.addWidget(remove)

    def _remove(self) -> None:
        self.removed.emit(self._key)
