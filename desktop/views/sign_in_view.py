"""The sign-in: a name, a password, and what to know without a network."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.sign_in import SignIn
from desktop.viewmodels.sign_in_code import CodeSignIn
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.fields import Field
from desktop.views.kit.labels import Label
from desktop.views.kit.panels import Banner, Panel


class CodePanel(QWidget):
    """A code in large letters, and what to do with it."""

    def __init__(self, model: CodeSignIn) -> None:
        super().__init__()
        self._model = model
        self._letters = Label(size=Size.NUMBER, bold=True)
        self._letters.setAlignment(Qt.AlignmentFlag.AlignCenter)
        back = Button(self.tr("取消"), Rank.SECONDARY)
        back.clicked.connect(model.cancel)
        words = self.tr(
            "在您已经登录的另一台设备上打开“同步中心”，在“我的设备”里选“批准新设备”，输入这个码。"
            "十分钟内有效；批准后这里自动进入。没有网络时这样登录不了，"
            "要离线工作请先用密码登录一次。"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.CARD)
        column.addWidget(self._letters)
        column.addWidget(Label(words, size=Size.SMALL, tone=Tone.SOFT, wraps=True))
        column.addWidget(back)
        model.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self._letters.setText(self._model.code)


class SignInView(QWidget):
    """Asks who is there; names that were here before are offered."""

    def __init__(self, model: SignIn, username: str = "") -> None:
        super().__init__()
        self._model = model
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._name = QComboBox()
        self._name.setEditable(True)
        self._name.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._name.setEditText(username)
        self._password = QLineEdit()
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password.returnPressed.connect(self._try)
        self._trouble = Banner(tone=Tone.NEAR)
        self._button = Button(self.tr("登录"), Rank.PRIMARY)
        self._button.clicked.connect(self._try)
        self._elsewhere = Button(self.tr("用我的另一台设备登录"), Rank.QUIET)
        self._elsewhere.clicked.connect(model.by_code.begin)
        self._code = CodePanel(model.by_code)
        self._asked = QWidget()
        self._lay_out()
        model.changed.connect(self._show)
        model.by_code.changed.connect(self._show)
        model.refresh()
        self._show()

    def sizeHint(self) -> QSize:
        """The whole window."""
        return QSize(1280, 720)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin where something is missing."""
        (self._password if self._name.currentText() else self._name).setFocus()
        super().showEvent(event)

    def _lay_out(self) -> None:
        panel = Panel(margin=Space.MARGIN + Space.INSIDE)
        panel.setFixedWidth(400)
        body = panel.body
        body.setSpacing(Space.CARD)
        body.addWidget(Label(self.tr("政务大厅效能督察"), size=Size.PAGE, bold=True))
        body.addWidget(Label(self.tr("请登录后开始工作。"), tone=Tone.SOFT))
        body.addWidget(self._trouble)
        body.addWidget(self._code)
        body.addWidget(self._asked)
        fields = QVBoxLayout(self._asked)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(Space.CARD)
        self._ask(fields)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(panel)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addLayout(row)
        column.addStretch(3)

    def _ask(self, body: QVBoxLayout) -> None:
        name = Field(self.tr("用户名"), self._name)
        line = self._name.lineEdit()
        if line:
            line.setAccessibleName(self.tr("用户名"))
        body.addWidget(name)
        body.addWidget(Field(self.tr("密码"), self._password))
        body.addWidget(self._button)
        body.addWidget(self._elsewhere)
        note = self.tr("没有网络时，在这台设备登录过的人仍可登录，工作会在恢复连接后同步。")
        body.addWidget(Label(note, size=Size.SMALL, tone=Tone.SOFT, wraps=True))

    def _show(self) -> None:
        by_code = self._model.by_code
        self._trouble.say(by_code.trouble or self._model.trouble, Tone.NEAR)
        self._code.setVisible(bool(by_code.code))
        self._asked.setVisible(not by_code.code)
        self._elsewhere.setEnabled(not by_code.busy)
        self._button.setEnabled(self._model.can_try)
        self._button.setText(self.tr("正在登录…") if self._model.busy else self.tr("登录"))
        self._offer_names()
        if not self._model.busy and self._model.trouble:
            self._password.selectAll()

    def _offer_names(self) -> None:
        names = [self._name.itemText(i) for i in range(self._name.count())]
        if names == list(self._model.known):
            return
        written = self._name.currentText()
        self._name.clear()
        self._name.addItems(list(self._model.known))
        if written or not self._model.known:
            self._name.setEditText(written)
        else:
            self._password.setFocus()

    def _try(self) -> None:
        self._model.try_in(self._name.currentText(), self._password.text())
