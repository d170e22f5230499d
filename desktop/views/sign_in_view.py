"""The sign-in: a name, a password, and what to know without a network."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.sign_in import SignIn
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.fields import Field
from desktop.views.kit.labels import Label
from desktop.views.kit.panels import Banner, Panel


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
        self._lay_out()
        model.changed.connect(self._show)
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
        name = Field(self.tr("用户名"), self._name)
        line = self._name.lineEdit()
        if line:
            line.setAccessibleName(self.tr("用户名"))
        body.addWidget(name)
        body.addWidget(Field(self.tr("密码"), self._password))
        body.addWidget(self._trouble)
        body.addWidget(self._button)
        note = self.tr("没有网络时，在这台设备登录过的人仍可登录，工作会在恢复连接后同步。")
        body.addWidget(Label(note, size=Size.SMALL, tone=Tone.SOFT, wraps=True))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(panel)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addLayout(row)
        column.addStretch(3)

    def _show(self) -> None:
        self._trouble.say(self._model.trouble, Tone.NEAR)
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
