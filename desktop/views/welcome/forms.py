"""The forms of the welcome: the server, the hall and its organ, the first three people."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.organisation import OrganType
from desktop.system.theme import Size, Space, Tone
from desktop.usecases.founding import FIRST_ROLES, Bureau, Newcomer
from desktop.viewmodels.naming import role_names
from desktop.viewmodels.setup.words import organ_type_name
from desktop.viewmodels.welcome import Step, Welcome
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.fields import Field
from desktop.views.kit.labels import Label
from desktop.views.kit.panels import Banner, Panel


class StepForm(QWidget):
    """A title, why it is asked, fields with their troubles, and the way on and back."""

    def __init__(self, model: Welcome, title: str, words: str, action: str, back: Step) -> None:
        super().__init__()
        self._model, self._back = model, back
        self.fields: dict[str, Field] = {}
        self._trouble = Banner(tone=Tone.NEAR)
        self._next = Button(action, Rank.PRIMARY)
        self._next.clicked.connect(self._submit)
        go_back = Button(self.tr("返回"))
        go_back.clicked.connect(self._go_back)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(go_back)
        foot.addWidget(self._next)
        self.body = QVBoxLayout()
        self.body.setSpacing(Space.CARD)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.CARD)
        column.addWidget(Label(title, size=Size.PAGE, bold=True))
        column.addWidget(Label(words, tone=Tone.SOFT, wraps=True))
        column.addWidget(self._trouble)
        column.addLayout(self.body)
        column.addLayout(foot)

    def take_focus(self) -> None:
        """Begin at the first field, or at the first that is wrong."""
        wrong = (field for field in self.fields.values() if field.trouble())
        first = next(wrong, next(iter(self.fields.values())))
        first.editor.setFocus()

    def show_faults(self) -> None:
        """Say beside each field what is wrong with it."""
        self._trouble.say(self._model.trouble, Tone.NEAR)
        for name, field in self.fields.items():
            field.show_trouble(self._model.faults.get(name, ""))

    def add_line(self, name: str, label: str, hint: str = "", *, secret: bool = False) -> Field:
        """Add one line of text."""
        line = QLineEdit()
        if secret:
            line.setEchoMode(QLineEdit.EchoMode.Password)
        line.returnPressed.connect(self._submit)
        self.fields[name] = Field(label, line, hint)
        return self.fields[name]

    def line(self, name: str) -> QLineEdit:
        """The editor of a line."""
        editor = self.fields[name].editor
        assert isinstance(editor, QLineEdit)
        return editor

    def text(self, name: str) -> str:
        """What is written in a line."""
        return self.line(name).text().strip()

    def _go_back(self) -> None:
        self._model.show(self._back)

    def _submit(self) -> None:
        """Give the answers to the view-model; each form has its own."""


class ServerForm(StepForm):
    """Where the server is, and who signs in."""

    def __init__(self, model: Welcome) -> None:
        super().__init__(
            model,
            self.tr("连接单位的服务器"),
            self.tr("先在服务器上核对账号，成功后才在本机建立加密的案卷库。"),
            self.tr("连接并登录"),
            Step.CHOICE,
        )
        for field in (
            self.add_line(
                "url", self.tr("服务器地址"), self.tr("由管理员提供，以 https:// 开头。")
            ),
            self.add_line("username", self.tr("用户名")),
            self.add_line("password", self.tr("密码"), secret=True),
        ):
            self.body.addWidget(field)
        self.line("url").setPlaceholderText("https://")

    def _submit(self) -> None:
        password = self.line("password").text()
        self._model.join(self.text("url"), self.text("username"), password)


class BureauForm(StepForm):
    """The hall, and the organ in whose name its papers go out."""

    def __init__(self, model: Welcome) -> None:
        super().__init__(
            model,
            self.tr("新建本机大厅 · 1／2 大厅和机关"),
            self.tr("机关的名称、代字和电话印在文书上，以后可以在“大厅设置”里修改。"),
            self.tr("下一步"),
            Step.CHOICE,
        )
        self._kind = QComboBox()
        for kind in OrganType:
            self._kind.addItem(organ_type_name(kind), kind)
        hint = self.tr("决定可以印发哪些文书。")
        self.fields["organ_type"] = Field(self.tr("机关类型"), self._kind, hint)
        self.body.addLayout(self._grid())

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.CARD)
        grid.setVerticalSpacing(Space.CARD)
        kind = self.fields.pop("organ_type")
        fields = (
            self.add_line("hall", self.tr("大厅名称"), self.tr("例如：某市政务服务大厅")),
            self.add_line("organ", self.tr("机关全称"), self.tr("例如：某市行政效能监察办公室")),
            self.add_line("short_name", self.tr("机关简称")),
            kind,
            self.add_line(
                "doc_code", self.tr("发文代字"), self.tr("文号开头的几个字，例如：某效监")
            ),
            self.add_line("phone", self.tr("联系电话")),
        )
        for number, field in enumerate(fields):
            grid.addWidget(field, number // 2, number % 2, Qt.AlignmentFlag.AlignTop)
        self.fields["organ_type"] = kind
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _submit(self) -> None:
        self._model.name_bureau(
            Bureau(
                hall=self.text("hall"),
                organ=self.text("organ"),
                short_name=self.text("short_name"),
                organ_type=self._kind.currentData(),
                doc_code=self.text("doc_code"),
                phone=self.text("phone"),
            )
        )


class PeopleForm(StepForm):
    """Three people, because two must look at every case and neither runs the system."""

    def __init__(self, model: Welcome) -> None:
        super().__init__(
            model,
            self.tr("新建本机大厅 · 2／2 三个人"),
            self.tr(
                "一个疑似问题要两个人先后核实才能认定，管系统的人不参与认定，所以至少要三个人。"
                "缺了第二核实人，问题会一直停在“待第二人核实”，发不出牌。其他人以后再加。"
            ),
            self.tr("建立大厅"),
            Step.BUREAU,
        )
        titles = (self.tr("管理员"), self.tr("监察员"), self.tr("第二核实人"))
        for number, (title, roles) in enumerate(zip(titles, FIRST_ROLES, strict=True)):
            panel = Panel(title, role_names(tuple(role.value for role in roles)))
            panel.body.addLayout(self._row(number))
            self.body.addWidget(panel)

    def _row(self, number: int) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.CARD)
        for field in (
            self.add_line(f"{number}.name", self.tr("姓名")),
            self.add_line(f"{number}.username", self.tr("用户名")),
            self.add_line(f"{number}.password", self.tr("密码"), secret=True),
        ):
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        return row

    def _submit(self) -> None:
        self._model.found(tuple(self._person(number) for number in range(len(FIRST_ROLES))))

    def _person(self, number: int) -> Newcomer:
        username, name = self.text(f"{number}.username"), self.text(f"{number}.name")
        return Newcomer(username, name, self.line(f"{number}.password").text())
