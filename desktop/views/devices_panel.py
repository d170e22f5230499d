"""A panel of the devices on which one has signed in, each with a way to end it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.devices import DeviceLine, Devices
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.dialogs import Question
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
