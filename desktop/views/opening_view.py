"""The first screen: opening, the PIN where there is no keyring, and trouble with a way on."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.opening import Opening, OpeningPhase
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.fields import Field
from desktop.views.kit.labels import Label
from desktop.views.kit.placeholders import Placeholder


class OpeningView(QWidget):
    """A small window until the program is open."""

    def __init__(self, model: Opening) -> None:
        super().__init__()
        self._model = model
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(self.tr("政务大厅效能督察"))
        self.resize(480, 360)
        self._stack = QStackedWidget()
        self._state = Placeholder()
        self._state.acted.connect(model.begin)
        self._quit = Button(self.tr("退出程序"), Rank.QUIET)
        self._quit.clicked.connect(self.close)
        self._stack.addWidget(self._state)
        self._stack.addWidget(self._pin_form())
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MARGIN, Space.MARGIN, Space.MARGIN, Space.CARD)
        column.addWidget(Label(self.tr("政务大厅效能督察"), size=Size.PAGE, bold=True))
        column.addWidget(self._stack, 1)
        column.addWidget(self._quit, 0, Qt.AlignmentFlag.AlignRight)
        model.changed.connect(self._show)
        self._show()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let an open prompt end."""
        self._model.give_up()
        super().closeEvent(event)

    def _pin_form(self) -> QWidget:
        form = QWidget()
        self._pin = QLineEdit()
        self._again = QLineEdit()
        for line in (self._pin, self._again):
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.returnPressed.connect(self._give)
        self._why = Label(tone=Tone.SOFT, wraps=True)
        self._first = Field(self.tr("本机密码"), self._pin)
        self._second = Field(self.tr("再输入一次"), self._again)
        self._ok = Button(self.tr("打开案卷库"), Rank.PRIMARY)
        self._ok.clicked.connect(self._give)
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.CARD - 4)
        column.addStretch(1)
        for each in (self._why, self._first, self._second):
            column.addWidget(each)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._ok)
        column.addLayout(row)
        column.addStretch(1)
        return form

    def _show(self) -> None:
        match self._model.phase:
            case OpeningPhase.PIN | OpeningPhase.NEW_PIN:
                self._show_prompt(new=self._model.phase is OpeningPhase.NEW_PIN)
            case OpeningPhase.TROUBLE:
                again = self.tr("重试") if self._model.can_retry else ""
                self._state.show_trouble(self._model.trouble, again)
                self._stack.setCurrentWidget(self._state)
            case _:
                self._state.show_loading(self._model.stage)
                self._stack.setCurrentWidget(self._state)

    def _show_prompt(self, *, new: bool) -> None:
        self._why.setText(
            self.tr("这台设备没有系统密钥环。请设一个密码保护本机的案卷库；忘记后只能从备份恢复。")
            if new
            else self.tr("请输入本机密码以打开案卷库。")
        )
        self._second.setVisible(new)
        self._first.show_trouble(self._model.trouble)
        for each in (self._pin, self._again):
            each.clear()
        self._stack.setCurrentIndex(1)
        self._pin.setFocus()

    def _give(self) -> None:
        if self._model.phase is OpeningPhase.NEW_PIN and self._pin.text() != self._again.text():
            self._second.show_trouble(self.tr("两次输入不一致。"))
            return
        self._model.give_pin(self._pin.text())
