"""What the codes of a file mean: a row a code, with what it is to us."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout, QWidget

from desktop.exchange.glimpse import Coded
from desktop.system.language import headed, said
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.approvals.words import CODE_FIELDS, CODES
from desktop.views.kit.labels import Label, show_if


class CodeRows(QWidget):
    """Shows the codes; those that nobody has given a meaning are named above."""

    changed = Signal(object)  # the Coded

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[tuple[str, str], ...] = ()
        self._boxes: list[_Meaning] = []
        self._remark = Label(size=Size.SMALL, tone=Tone.NEAR, wraps=True)
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(Space.INSIDE)
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.INSIDE, 0, 0)
        column.addWidget(Label(headed(said("代码的含义")), bold=True))
        column.addWidget(self._remark)
        column.addLayout(self._grid)

    def show_codes(self, codes: tuple[Coded, ...]) -> None:
        """Show these; without any, nothing."""
        show_if(self, wanted=bool(codes))
        names = tuple((each.field, each.code) for each in codes)
        if names != self._shown:
            self._lay_out(codes)
        for box, coded in zip(self._boxes, codes, strict=True):
            box.show_coded(coded)
        unknown = sum(not each.meaning for each in codes)
        told = said("{0} 个代码还没有含义，含有它们的内容不会被采用。", n=unknown)
        self._remark.setText(told.format(unknown) if unknown else "")
        show_if(self._remark, wanted=bool(unknown))

    def _lay_out(self, codes: tuple[Coded, ...]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._shown = tuple((each.field, each.code) for each in codes)
        self._boxes = []
        for row, coded in enumerate(codes):
            name = f"{headed(said(CODE_FIELDS[coded.field]))} · {coded.code}"
            box = _Meaning(coded.field, name)
            box.changed.connect(self.changed)
            self._boxes.append(box)
            self._grid.addWidget(Label(name, size=Size.SMALL, tone=Tone.SOFT, wraps=True), row, 0)
            self._grid.addWidget(box, row, 1)


class _Meaning(QComboBox):
    """What one code means."""

    changed = Signal(object)  # the Coded

    def __init__(self, field: str, name: str) -> None:
        super().__init__()
        self._coded: Coded | None = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.addItem(said("（未指定）"), "")
        for value, word in CODES[field].items():
            self.addItem(headed(said(word)), value)
        self.activated.connect(self._tell)

    def show_coded(self, coded: Coded) -> None:
        """Show what it means."""
        self._coded = coded
        self.setCurrentIndex(max(self.findData(coded.meaning), 0))

    def _tell(self) -> None:
        if self._coded is not None:
            meaning = str(self.currentData())
            self.changed.emit(Coded(self._coded.field, self._coded.code, meaning))
