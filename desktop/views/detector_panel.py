"""The part of the settings about the model: which is used, another one, and the way back."""

from enum import Enum
from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout

from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.detector import DetectorChoice
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.fields import Field
from desktop.views.kit.labels import Label, show_if
from desktop.views.kit.panels import Banner, Panel
from video.vocabulary.model import Device, ModelFamily


class DetectorPanel(Panel):
    """What is used, two choices, a file and what came of it."""

    def __init__(self, model: DetectorChoice) -> None:
        super().__init__()
        self._model = model
        self.show_title(self.tr("识别模型"))
        self._used = Label(wraps=True)
        self._chosen = Label(size=Size.SMALL, tone=Tone.SOFT, wraps=True)
        self._outcome = Banner()
        self.family, self.device = _choice(ModelFamily), _choice(Device)
        self.choose = Button(self.tr("选择模型文件…"))
        self.back = Button(self.tr("恢复自带模型"), Rank.QUIET)
        words = self.tr(
            "可以换用本单位的 ONNX 模型：先选类型和计算设备，再选文件。"
            "程序先试用一次，不合要求的说明原因；通过后固定文件的摘要，文件一旦改变就不再使用。"
        )
        for each in (self._used, self._chosen, self._outcome):
            self.body.addWidget(each)
        self.body.addLayout(self._row())
        self.body.addWidget(Label(words, size=Size.SMALL, tone=Tone.SOFT, wraps=True))
        self.choose.clicked.connect(self._ask)
        self.back.clicked.connect(model.go_back)
        model.changed.connect(self.refresh)
        self.family.setCurrentIndex(self.family.findData(model.family))
        self.device.setCurrentIndex(self.device.findData(model.device))
        self.refresh()

    def texts(self) -> tuple[str, str, str]:
        """What is used, what is chosen, what came of the last trial."""
        return self._used.text(), self._chosen.text(), self._outcome.text()

    def refresh(self) -> None:
        """Show how things stand."""
        self._used.setText(self._model.used())
        self._chosen.setText(self._model.chosen())
        self._outcome.say(*self._model.outcome())
        free = self._model.may_choose and not self._model.is_busy
        for each in (self.family, self.device, self.choose, self.back):
            each.setEnabled(free)
        show_if(self.back, wanted=not self._model.is_own)

    def try_file(self, name: str) -> None:
        """Try a file with the choices as they are."""
        family = cast("ModelFamily", self.family.currentData())
        self._model.choose(Path(name), family, cast("Device", self.device.currentData()))

    def _row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.CARD)
        row.addWidget(Field(self.tr("模型类型"), self.family))
        row.addWidget(Field(self.tr("计算设备"), self.device))
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.choose)
        return row

    def _ask(self) -> None:
        dialog = QFileDialog(self, self.tr("选择模型文件"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("ONNX 模型 (*.onnx)"))
        dialog.fileSelected.connect(self.try_file)
        dialog.open()


def _choice(kind: type[Enum]) -> QComboBox:
    box = QComboBox()
    for each in kind:
        box.addItem(str(each.value).upper(), each)  # as their makers write them
    return box
