"""A panel of the devices on which one has signed in, each with a way to end it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.devices import DeviceLine, Devices
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.dialogs import Question
from desktop.views.kit.fields import LineField
from desktop.views.kit.labels import Label
from desktop.views.kit.panels import Panel, emptied


class DeviceRow(QWidget):
    """One device."""

    ended = Signal(object)  # the DeviceLine

    def __init__(self, line: DeviceLine) -> None:
        super().__init__()
        self._line = line
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(line.title, bold=True))
        words.addWidget(Label(line.told, size=Size.SMALL, tone=Tone.SOFT, wraps=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(words, 1)
        if line.may_end:
            button = Button(self.tr("停用"), Rank.ROW)
            button.setAccessibleDescription(line.title)
            button.clicked.connect(self._end)
            row.addWidget(button)

    def _end(self) -> None:
        self.ended.emit(self._line)


class DevicesPanel(Panel):
    """Shows the devices; before one is ended, it says what that means."""

    def __init__(self, model: Devices) -> None:
        super().__init__()
        self.show_title(self.tr("我的设备"))
        self._model = model
        self._asked = ""
        self._rows = QVBoxLayout()
        self._rows.setSpacing(Space.CARD)
        self.body.addLayout(self._rows)
        self._more = Button(self.tr("批准新设备"), Rank.SECONDARY)
        self._more.clicked.connect(self._ask_code)
        row = QHBoxLayout()
        row.addWidget(self._more)
        row.addStretch(1)
        self.body.addLayout(row)
        model.found.connect(self._be_sure)
        model.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        emptied(self._rows)
        if self._model.trouble:
            self._rows.addWidget(Label(self._model.trouble, tone=Tone.NEAR, wraps=True))
        for line in self._model.lines():
            row = DeviceRow(line)
            row.ended.connect(self._ask)
            self._rows.addWidget(row)

    def _ask_code(self) -> None:
        title = self.tr("批准新设备")
        words = self.tr("输入那台设备登录页上显示的码。它将以您的身份登录。")
        question = Question(self, title, words, self.tr("查找"))
        code = LineField(self.tr("码"))
        question.body.addWidget(code)
        question.agreed.connect(lambda: self._model.find(code.line.text()))
        question.open()
        code.line.setFocus()

    def _be_sure(self, code: str, told: str) -> None:
        title = self.tr("让这台设备以您的身份登录？")
        words = self.tr("{0}只有它就在您面前时才批准：有人叫您输入的码，可能是他自己的设备。")
        question = Question(self, title, words.format(told), self.tr("批准"))
        question.agreed.connect(lambda: self._model.confirm(code))
        question.open()

    def _ask(self, line: DeviceLine) -> None:
        title = self.tr("停用“{0}”？").format(line.title)
        words = self.tr(
            "它不能再登录和同步；尚未上报的更改最后上报一次，只供人工查看，不会生效。此操作不能撤销。"
        )
        question = Question(self, title, words, self.tr("停用"), rank=Rank.DANGER)
        question.agreed.connect(self._end)
        self._asked = line.device_id
        question.open()

    def _end(self) -> None:
        self._model.revoke(self._asked)
