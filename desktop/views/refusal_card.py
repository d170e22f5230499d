"""A refused change side by side: as it was, theirs, mine; and what is to become of it."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.system.language import said
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.refused import Difference, RefusedChange, value_of
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.labels import Label

_MINE = 3  # column of what I wrote


class RefusalCard(QWidget):
    """One refused change; a person takes theirs, takes mine, or writes something else."""

    accepted = Signal(str)  # op_id
    redone = Signal(str, object)  # op_id; field to value, where another one was chosen

    def __init__(self, refused: RefusedChange) -> None:
        super().__init__()
        self._refused = refused
        self._written: dict[str, Callable[[], object]] = {}
        self._theirs = self._button(self.tr("采用服务器的内容"), self._accept)
        self._mine = self._button(self.tr("采用我的内容"), self._redo)
        self._edit = self._button(self.tr("逐项修改"), self._begin_editing)
        self._edit.setVisible(bool(refused.differences))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, Space.INSIDE)
        column.addLayout(self._head())
        self._grid = self._table()
        column.addLayout(self._grid)

    def release(self) -> None:
        """Let a person decide again, as when the decision was refused."""
        self._let_press(enabled=True)

    def _button(self, text: str, pressed: Callable[[], None]) -> Button:
        button = Button(text, Rank.ROW)
        button.setAccessibleDescription(self._refused.title)
        button.clicked.connect(pressed)
        return button

    def _head(self) -> QHBoxLayout:
        head, words = QHBoxLayout(), QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(self._refused.title, bold=True))
        reason = Label(self._refused.reason, size=Size.SMALL, tone=Tone.NEAR, wraps=True)
        words.addWidget(reason)
        head.addLayout(words, 1)
        for button in (self._edit, self._theirs, self._mine):
            head.addWidget(button)
        return head

    def _table(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.CARD)
        grid.setVerticalSpacing(Space.HAIR)
        titles = (
            (self.tr("项目"), ""),
            (self.tr("原来的"), ""),
            (self.tr("服务器上的"), self._refused.theirs_by),
            (self.tr("我填写的"), self._refused.mine_by),
        )
        for column, (title, by) in enumerate(titles):
            grid.addWidget(Label(title, size=Size.SMALL, tone=Tone.SOFT), 0, column)
            grid.addWidget(Label(by, size=Size.SMALL, tone=Tone.SOFT, wraps=True), 1, column)
            grid.setColumnStretch(column, 2 if column else 1)
        for row, each in enumerate(self._refused.differences, start=2):
            grid.addWidget(Label(each.field, tone=Tone.SOFT, wraps=True), row, 0)
            for column, text in enumerate((each.base, each.server, each.mine), start=1):
                grid.addWidget(Label(text, wraps=True), row, column)
        return grid

    def _begin_editing(self) -> None:
        """Put an editor in the place of each value of mine."""
        self._edit.hide()
        self._mine.setText(self.tr("采用修改后的内容"))
        for row, each in enumerate(self._refused.differences, start=2):
            place = self._grid.itemAtPosition(row, _MINE)
            shown = place.widget() if place else None
            if shown:
                self._grid.removeWidget(shown)
                shown.hide()
                shown.deleteLater()
            editor, read = _line(each) if each.is_written else _choice(each)
            editor.setAccessibleName(each.field)
            self._written[each.name] = read
            self._grid.addWidget(editor, row, _MINE)

    def _accept(self) -> None:
        self._let_press(enabled=False)
        self.accepted.emit(self._refused.op_id)

    def _redo(self) -> None:
        self._let_press(enabled=False)
        chosen = {name: read() for name, read in self._written.items()}
        self.redone.emit(self._refused.op_id, chosen)

    def _let_press(self, *, enabled: bool) -> None:
        for button in (self._edit, self._theirs, self._mine):
            button.setEnabled(enabled)


def _line(each: Difference) -> tuple[QWidget, Callable[[], object]]:
    line = QLineEdit(str(each.mine_value))
    return line, lambda: value_of(line.text(), each.mine_value)


def _choice(each: Difference) -> tuple[QWidget, Callable[[], object]]:
    box = QComboBox()
    box.addItem(said("我的：{0}").format(each.mine), each.mine_value)
    box.addItem(said("服务器：{0}").format(each.server), each.server_value)
    return box, lambda: (each.mine_value, each.server_value)[box.currentIndex()]
