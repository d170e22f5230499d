"""Which windows a camera watches: tick those that are there, or make one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.identifiers import UnitId, WindowId
from desktop.domain.organisation import WindowKind
from desktop.system.language import said
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.cameras.editor import CameraEditor, WindowOption
from desktop.viewmodels.cameras.words import WINDOW_KINDS
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.fields import Field
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import ElidedLabel, Label, show_if
from desktop.views.kit.panels import emptied

_ROW = 32  # px


class WindowTick(QWidget):
    """One window with its box; `ticked` gives its id and whether it is chosen now."""

    ticked = Signal(object, bool)

    def __init__(self, option: WindowOption) -> None:
        super().__init__()
        self.window_id = option.window_id
        self.box = QCheckBox(option.title)
        self.box.setMinimumHeight(_ROW - Space.HAIR)
        self._remark = ElidedLabel(size=Size.SMALL, tone=Tone.SOFT)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, Space.INSIDE, 0)
        row.addWidget(self.box)
        row.addWidget(self._remark, 1)
        self.setFixedHeight(_ROW)
        self.show_option(option)
        self.box.toggled.connect(self._tell)

    def show_option(self, option: WindowOption) -> None:
        """Show how the window stands now."""
        self.box.setEnabled(option.free)
        self.box.setChecked(option.chosen)
        self.box.setAccessibleDescription(option.remark)
        self._remark.setText(option.remark)

    def _tell(self, chosen: bool) -> None:  # Qt calls it so
        self.ticked.emit(self.window_id, chosen)


class NewWindow(QWidget):
    """Number, name, kind and unit of a window that is not there yet."""

    def __init__(self, editor: CameraEditor) -> None:
        super().__init__()
        self._editor = editor
        self.number, self.name = QLineEdit(), QLineEdit()
        self.kind, self.unit = QComboBox(), QComboBox()
        for kind, word in WINDOW_KINDS.items():
            self.kind.addItem(said(word), kind)
        self.make = Button(said("添加窗口"), icon=Icon.PLUS)
        self.make.clicked.connect(self._make)
        self._why = Label(size=Size.SMALL, tone=Tone.SOFT, wraps=True)
        self.number.setPlaceholderText("05")
        self.name.setPlaceholderText(said("不填则为“05号窗口”"))
        self.number.textChanged.connect(self.refresh)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, Space.INSIDE, 0, 0)
        grid.addWidget(Field(said("窗口编号"), self.number), 0, 0)
        grid.addWidget(Field(said("窗口名称"), self.name), 0, 1)
        grid.addWidget(Field(said("窗口类别"), self.kind), 1, 0)
        grid.addWidget(Field(said("所属单位"), self.unit), 1, 1)
        grid.addWidget(self._why, 2, 0)
        grid.addWidget(self.make, 2, 1)
        grid.setColumnStretch(1, 1)

    def refresh(self) -> None:
        """Offer the units, and say why nothing can be made."""
        shown = [self.unit.itemData(n) for n in range(self.unit.count())]
        if shown != [unit.id for unit in self._editor.units]:
            self.unit.clear()
            for unit in self._editor.units:
                self.unit.addItem(unit.name, unit.id)
        why = self._editor.window_obstacle(self.number.text())
        self._why.setText(why)
        self.make.setEnabled(not why)

    def _make(self) -> None:
        kind, unit = WindowKind(self.kind.currentData()), UnitId(self.unit.currentData())
        self._editor.make_window(self.number.text(), self.name.text(), kind, unit)
        self.number.clear()
        self.name.clear()


class WindowPicker(QWidget):
    """The windows of the hall with boxes, and the making of one more."""

    def __init__(self, editor: CameraEditor) -> None:
        super().__init__()
        self._editor = editor
        self.ticks: list[WindowTick] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._new = NewWindow(editor)
        self._open = Button(said("新建窗口…"), Rank.QUIET, icon=Icon.PLUS)
        self._open.clicked.connect(self.unfold)
        show_if(self._new, wanted=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HAIR)
        head = QHBoxLayout()
        head.addWidget(Label(said("它看哪些窗口"), size=Size.SMALL, tone=Tone.SOFT), 1)
        head.addWidget(self._open)
        column.addLayout(head)
        column.addWidget(self._new)
        column.addLayout(self._list)
        self.refresh()

    def refresh(self) -> None:
        """Show the windows as they are now."""
        self._new.refresh()
        options = self._editor.options()
        shown = [tick.window_id for tick in self.ticks]
        if shown != [option.window_id for option in options]:
            self._rebuild(options)
        for tick, option in zip(self.ticks, options, strict=True):
            tick.show_option(option)

    def _rebuild(self, options: Sequence[WindowOption]) -> None:
        emptied(self._list)
        self.ticks = [WindowTick(option) for option in options]
        for tick in self.ticks:
            tick.ticked.connect(self._choose)
            self._list.addWidget(tick)

    def unfold(self) -> None:
        """Ask for a window that is not there yet."""
        self._open.hide()
        self._new.show()
        self._new.number.setFocus()

    def _choose(self, window_id: WindowId, chosen: bool) -> None:  # Qt calls it so
        self._editor.choose(window_id, chosen=chosen)
