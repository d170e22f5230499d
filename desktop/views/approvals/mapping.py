"""How a file is read: what it is, its first rows, the column of each field, its codes."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QWidget

from desktop.exchange.glimpse import Mapped
from desktop.system.language import headed, said
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.approvals.importing import ImportDesk, file_said
from desktop.viewmodels.approvals.words import CASE_FIELDS, EVENT_FIELDS
from desktop.viewmodels.lines import Lines, Row
from desktop.views.approvals.codes import CodeRows
from desktop.views.approvals.profiles import ProfileButtons
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.labels import Label
from desktop.views.kit.panels import Panel, ScrollColumn
from desktop.views.kit.tables import Table


class MappingView(QWidget):
    """The step before the import: everything that was guessed can be corrected."""

    def __init__(self, desk: ImportDesk) -> None:
        super().__init__()
        self._desk = desk
        self._profile = QComboBox()
        self._profile.setAccessibleName(said("映射方案"))
        self._profile.activated.connect(self._use)
        self._panel = Panel(said("文件"))
        self._columns: tuple[str, ...] = ()
        self._rows = Lines(self._titles, self)
        self._preview = Table(said("前几行"))
        self._preview.setModel(self._rows)
        self._fields = QGridLayout()
        self._shown: tuple[tuple[str, bool], ...] = ()
        self._boxes: list[_Column] = []
        self._codes = CodeRows()
        self._codes.changed.connect(desk.recode)
        self._own = ProfileButtons(desk)
        self._go = Button(said("开始导入"), Rank.PRIMARY)
        self._go.clicked.connect(desk.begin)
        self._again = Button(said("换一个文件"))
        self._again.clicked.connect(desk.go_back)
        self._lay_out()

    def refresh(self) -> None:
        """Show the preview that there is."""
        preview, desk = self._desk.preview, self._desk
        self._go.setEnabled(bool(preview and preview.can_go and desk.may_import))
        rows = preview.beginning.rows if preview else ()
        self._rows.beginResetModel()
        self._columns = preview.beginning.columns if preview else ()
        self._rows.rows = [Row(str(n), cells) for n, cells in enumerate(rows)]
        self._rows.endResetModel()
        if preview is None:
            return
        self._panel.show_title(file_said(preview), preview.path.name)
        self._preview.resizeColumnsToContents()
        with QSignalBlocker(self._profile):
            self._profile.clear()
            for profile in preview.profiles:
                self._profile.addItem(profile.title[said("zh", "rules")], profile.id)
            self._profile.setCurrentIndex(self._profile.findData(preview.profile.id))
        self._own.refresh()
        self._show_fields()
        self._codes.show_codes(preview.codes)

    def _lay_out(self) -> None:
        self._panel.body.addWidget(self._preview, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._again)
        buttons.addWidget(self._go)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Space.CARD - 4)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(1, 3)
        grid.addWidget(self._panel, 0, 0)
        grid.addWidget(self._field_panel(), 0, 1)
        grid.addLayout(buttons, 1, 0, 1, 2)

    def _field_panel(self) -> Panel:
        choice = QHBoxLayout()
        choice.addWidget(Label(headed(said("映射方案")), size=Size.SMALL, tone=Tone.SOFT))
        choice.addWidget(self._profile, 1)
        self._fields.setVerticalSpacing(Space.INSIDE)
        self._fields.setColumnStretch(1, 1)
        scroll = ScrollColumn()
        scroll.body.addWidget(self._codes)
        scroll.body.addLayout(self._fields)
        scroll.body.addStretch(1)
        panel = Panel(said("字段对应的列"))
        panel.body.addLayout(choice)
        panel.body.addWidget(self._own)
        panel.body.addWidget(scroll, 1)
        return panel

    def _titles(self) -> tuple[str, ...]:
        return self._columns

    def _show_fields(self) -> None:
        preview = self._desk.preview
        if preview is None:
            return
        names = tuple((each.field, each.of_event) for each in preview.fields)
        if names != self._shown:
            self._lay_fields_out(preview.fields)
        for box, mapped in zip(self._boxes, preview.fields, strict=True):
            known = preview.names.event if mapped.of_event else preview.names.case
            box.show_mapped(mapped, sorted(known))

    def _lay_fields_out(self, fields: tuple[Mapped, ...]) -> None:
        while (item := self._fields.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._shown = tuple((each.field, each.of_event) for each in fields)
        self._boxes = []
        for row, each in enumerate(fields):
            box = _Column(_name_of(each))
            box.changed.connect(self._desk.remap)
            self._boxes.append(box)
            label = Label(_name_of(each), size=Size.SMALL, tone=Tone.SOFT)
            self._fields.addWidget(label, row, 0)
            self._fields.addWidget(box, row, 1)

    def _use(self) -> None:
        self._desk.use_profile(str(self._profile.currentData()))


class _Column(QComboBox):
    """The column of one field."""

    changed = Signal(object)  # the Mapped

    def __init__(self, name: str) -> None:
        super().__init__()
        self._mapped: Mapped | None = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(self._tell)

    def show_mapped(self, mapped: Mapped, columns: list[str]) -> None:
        """Show what the field is read from."""
        self._mapped = mapped
        if self.count() != len(columns) + 1:
            self.clear()
            self.addItem(said("（没有）"), "")
            for column in columns:
                self.addItem(column, column)
        self.setCurrentIndex(max(self.findData(mapped.column), 0))

    def _tell(self) -> None:
        if self._mapped is not None:
            column = str(self.currentData())
            self.changed.emit(Mapped(self._mapped.field, self._mapped.of_event, column))


def _name_of(mapped: Mapped) -> str:
    words = EVENT_FIELDS if mapped.of_event else CASE_FIELDS
    return headed(said(words[mapped.field]))
