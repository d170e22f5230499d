"""One record of a register, field by field."""

from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.exchange.registers import Column
from desktop.system.language import said
from desktop.system.theme import Space, Tone
from desktop.viewmodels.registers.desk import NEW, RegisterDesk
from desktop.viewmodels.registers.shelf import Kind, label_of
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.fields import Field
from desktop.views.kit.labels import Label, show_if
from desktop.views.kit.panels import Panel, ScrollColumn, emptied

_LINES = 72  # px, of a field of several entries


class RecordForm(Panel):
    """Shows the record that lies open; what is wrong stands below its field."""

    def __init__(self, desk: RegisterDesk) -> None:
        super().__init__()
        self._desk = desk
        self._fields: dict[str, Field] = {}
        self._kind: Kind | None = None
        self._column = QVBoxLayout()
        self._column.setSpacing(Space.INSIDE)
        self._nothing = Label(said("选择一条记录，或新增。"), tone=Tone.SOFT, wraps=True)
        self.save = Button(said("保存"), Rank.PRIMARY)
        self.save.clicked.connect(self._keep)
        scroll = ScrollColumn()
        scroll.body.addWidget(self._nothing)
        scroll.body.addLayout(self._column)
        scroll.body.addStretch(1)
        self.body.addWidget(scroll, 1)
        self.body.addWidget(self.save)
        desk.opened.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the record."""
        desk = self._desk
        is_open = bool(desk.key)
        show_if(self._nothing, wanted=not is_open)
        show_if(self.save, wanted=is_open and desk.may_write())
        title = said("新增", "record") if desk.key == NEW else desk.texts.get("name", "")
        self.show_title(title)
        columns = desk.columns if is_open else ()
        if self._kind is not desk.kind or len(self._fields) != len(columns):
            self._lay_out(columns)
        for column in columns:
            field = self._fields[column.field]
            _write(field.editor, desk.texts.get(column.field, ""))
            field.show_trouble(desk.troubles.get(column.field, ""))
            field.setEnabled(desk.may_write())

    def field(self, name: str) -> Field:
        """The field of a name."""
        return self._fields[name]

    def _lay_out(self, columns: tuple[Column, ...]) -> None:
        emptied(self._column)
        self._fields, self._kind = {}, self._desk.kind
        for column in columns:
            field = Field(label_of(column.field, self._desk.kind), _editor(column), _hint(column))
            self._fields[column.field] = field
            self._column.addWidget(field)

    def _keep(self) -> None:
        self._desk.keep({name: _text(field.editor) for name, field in self._fields.items()})


def _editor(column: Column) -> QWidget:
    if column.several:
        lines = QPlainTextEdit()
        lines.setTabChangesFocus(True)
        lines.setFixedHeight(_LINES)
        return lines
    if column.choices:
        box = QComboBox()
        box.addItems(["", *column.choices])
        return box
    return QLineEdit()


def _hint(column: Column) -> str:
    hints = {
        "basis": said("每行一条：依据 | 失效日期"),
        "fees": said("每行一条：名称 | 依据 | 最低（元） | 最高（元） | 清单编号 | 档次"),
        "focus": said("每行一个重点领域"),
        "guide": said("每行一项：要素 | 内容"),
        "materials": said("每行一份：名称 | 必要或非必要 | 数据共享来源"),
        "promised_limit": said("如 5个工作日、当场办结"),
        "specials": said("每行一项：种类 | 最长工作日 | 依据"),
        "statutory_limit": said("如 20个工作日、45个自然日，或法定期限代码 LL-01"),
        "started_at": said("如 2026-03-02 09:00"),
        "ended_at": said("如 2026-03-02 11:30"),
        "day": said("如 2026-03-02"),
    }
    return hints.get(column.field, "")


def _write(editor: QWidget, text: str) -> None:
    match editor:
        case QPlainTextEdit():
            editor.setPlainText(text)
        case QComboBox():
            editor.setCurrentIndex(max(editor.findText(text), 0))
        case QLineEdit():
            editor.setText(text)


def _text(editor: QWidget) -> str:
    match editor:
        case QPlainTextEdit():
            return editor.toPlainText()
        case QComboBox():
            return editor.currentText()
        case QLineEdit():
            return editor.text()
    return ""
