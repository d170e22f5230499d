"""窗口: a table of the hall's windows, and a form for one of them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout

from desktop.domain.identifiers import WindowId
from desktop.domain.organisation import WindowKind
from desktop.system.language import said
from desktop.system.theme import Space
from desktop.viewmodels.cameras.words import WINDOW_KINDS
from desktop.viewmodels.setup.desk import SetupDesk, WindowDraft
from desktop.viewmodels.setup.facts import Chapter
from desktop.viewmodels.setup.tables import WindowTable, window_titles
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.fields import Field, LineField
from desktop.views.kit.panels import Panel
from desktop.views.kit.placeholders import Staged
from desktop.views.kit.tables import Table
from desktop.views.setup.chapter import ChapterView


class WindowsChapter(ChapterView):
    """Number, name, kind, unit and clerk; Enter on a row takes it into the form."""

    def __init__(self, desk: SetupDesk) -> None:
        super().__init__(desk, Chapter.WINDOWS)
        self._model = WindowTable(window_titles, self)
        self._table = Table(self.tr("窗口"))
        self._table.setModel(self._model)
        self._table.setMinimumHeight(220)
        self._table.opened.connect(self._take)
        self._staged = Staged(self._table)
        self._edited: WindowId | None = None
        self._fields = {
            "number": LineField(self.tr("窗口编号"), self.tr("与窗口牌上的一致，例如：01")),
            "name": LineField(self.tr("窗口名称")),
            "clerk": LineField(self.tr("窗口人员（可不填）")),
        }
        self._kind = QComboBox()
        for kind in WindowKind:
            self._kind.addItem(said(WINDOW_KINDS[kind]), kind)
        self._unit = QComboBox()
        self._unit.setEditable(True)
        self._unit.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._form = Panel(self.tr("加一个窗口"))
        self._keep = Button(self.tr("保存窗口"), Rank.PRIMARY)
        self._keep.clicked.connect(self._save)
        self._lay_out()
        desk.saved.connect(self._clear)

    def show_facts(self) -> None:
        """List the windows and the units one can choose."""
        facts = self.desk.facts
        self._model.show_facts(facts)
        if facts and facts.windows:
            self._staged.show_content()
            self._table.resizeColumnsToContents()
        else:
            self._staged.show_empty(self.tr("还没有窗口，在下面加第一个。"))
        written = self._unit.currentText()
        self._unit.clear()
        self._unit.addItems([unit.name for unit in facts.units] if facts else [])
        self._unit.setEditText(written)
        self._form.setEnabled(self.desk.may_change)

    def _lay_out(self) -> None:
        unit = Field(self.tr("所属单位"), self._unit, self.tr("选已有的，或直接写新的单位名称。"))
        grid = QGridLayout()
        grid.setSpacing(Space.CARD)
        fields = (
            self._fields["number"],
            self._fields["name"],
            Field(self.tr("窗口类别"), self._kind),
            unit,
            self._fields["clerk"],
        )
        for number, field in enumerate(fields):
            grid.addWidget(field, number // 2, number % 2, Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._keep)
        self._form.body.addLayout(grid)
        self._form.body.addLayout(row)
        self.body.addWidget(self._staged)
        self.body.addWidget(self._form)

    def _take(self, key: object) -> None:
        facts = self.desk.facts
        window = next((w for w in facts.windows if w.id == key), None) if facts else None
        if facts is None or window is None:
            return
        self._clear()
        self._edited = window.id
        self._form.show_title(self.tr("修改 {0} 号窗口").format(window.number))
        for name, field in self._fields.items():
            field.show_text(str(getattr(window, name)))
        self._kind.setCurrentIndex(self._kind.findData(window.kind))
        self._unit.setEditText(facts.unit_of(window))

    def _save(self) -> None:
        number, name = self._fields["number"].text(), self._fields["name"].text()
        unit = self._unit.currentText().strip()
        if not (number and unit):
            self.show_trouble(self.tr("请填写窗口编号和所属单位。"))
            return
        self.show_trouble("")
        name = name or self.tr("{0}号窗口").format(number)
        clerk = self._fields["clerk"].text()
        kind = self._kind.currentData()
        self.desk.save_window(WindowDraft(self._edited, number, name, kind, unit, clerk))

    def _clear(self) -> None:
        self._edited = None
        self._form.show_title(self.tr("加一个窗口"))
        for field in self._fields.values():
            field.clear()
        self._unit.setEditText("")
        self._kind.setCurrentIndex(0)
