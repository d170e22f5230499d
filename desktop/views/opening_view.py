"""The first screen: opening, the PIN where there is no keyring, and trouble with a way on."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.opening import Opening, OpeningPhase
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.fields import Field
from desktop.views.kit.labels import Label, show_if
from desktop.views.kit.placeholders import Placeholder


class OpeningView(QWidget):
    """A small window until the program is open, or a part of the welcome."""

    def __init__(self, model: Opening, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(self.tr("政务大厅效能督察"))
        self.resize(480, 360)
        self._stack = QStackedWidget()
        self._state = Placeholder()
        self._state.acted.connect(model.begin)
        self._quit = Button(self.tr("退出程序"), Rank.QUIET)
        self._quit.clicked.connect(self._close)
        self._lost = Button(self.tr("输入恢复码…"), Rank.QUIET)
        self._lost.clicked.connect(self._recover)
        self._stack.addWidget(self._state)
        self._stack.addWidget(self._pin_form())
        self._stack.addWidget(self._code_form())
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MARGIN, Space.MARGIN, Space.MARGIN, Space.CARD)
        if parent is None:
            column.addWidget(Label(self.tr("政务大厅效能督察"), size=Size.PAGE, bold=True))
        column.addWidget(self._stack, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._lost)
        foot.addWidget(self._quit)
        column.addLayout(foot)
        model.changed.connect(self._show)
        self._show()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let an open prompt end."""
        self._model.give_up()
        super().closeEvent(event)

    def _recover(self) -> None:
        if self._model.phase is OpeningPhase.PIN:
            self._model.give_up()
        else:
            self._model.ask_code()

    def _close(self) -> None:
        self.window().close()

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

    def _code_form(self) -> QWidget:
        form = QWidget()
        self._code = QLineEdit()
        self._code.returnPressed.connect(self._give_code)
        self._code_field = Field(self.tr("恢复码"), self._code)
        go_on = Button(self.tr("取回密钥并打开"), Rank.PRIMARY)
        go_on.clicked.connect(self._give_code)
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.CARD - 4)
        column.addStretch(1)
        column.addWidget(
            Label(
                self.tr("建立大厅时抄下的恢复码共 14 组，每组 4 个字符。大小写和短横不影响。"),
                tone=Tone.SOFT,
                wraps=True,
            )
        )
        column.addWidget(self._code_field)
        column.addWidget(go_on, 0, Qt.AlignmentFlag.AlignRight)
        column.addStretch(1)
        return form

    def _show(self) -> None:
        phase = self._model.phase
        lost = phase is OpeningPhase.TROUBLE and self._model.can_restore
        show_if(self._lost, wanted=lost or phase is OpeningPhase.PIN)
        self._lost.setText(self.tr("输入恢复码…") if lost else self.tr("忘记密码"))
        match phase:
            case OpeningPhase.CODE:
                self._code_field.show_trouble(self._model.trouble if self._code.text() else "")
                self._stack.setCurrentIndex(2)
                self._code.setFocus()
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
            self.tr(
                "这台设备没有系统密钥环。请设一个密码保护本机的案卷库；忘记后只能用恢复码打开。"
            )
            if new
            else self.tr("请输入本机密码以打开案卷库。")
        )
        self._second.setVisible(new)
        self._first.show_trouble(self._model.trouble)
        for each in (self._pin, self._again):
            each.clear()
        self._stack.setCurrentIndex(1)
        self._pin.setFocus()

    def _give_code(self) -> None:
        self._model.give_code(self._code.text())

    def _give(self) -> None:
        if self._model.phase is OpeningPhase.NEW_PIN and self._pin.text() != self._again.text():
            self._second.show_trouble(self.tr("两次输入不一致。"))
            return
        self._model.give_pin(self._pin.text())
