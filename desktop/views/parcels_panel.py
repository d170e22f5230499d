"""A panel of the sync centre: what waits goes out on a stick, and the receipt comes back."""

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout

from desktop.system.language import said
from desktop.system.theme import Size, Tone
from desktop.viewmodels.parcels import ParcelDesk
from desktop.views.kit.buttons import Button
from desktop.views.kit.exports import ExportDialog
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import Label, show_if
from desktop.views.kit.panels import Panel

_FILES = "Hallwatch (*.hwparcel)"


class ParcelsPanel(Panel):
    """Where there is no network: two buttons and how far the exchange has come."""

    def __init__(self, desk: ParcelDesk) -> None:
        super().__init__(said("离线交换"))
        self._desk = desk
        self._stand = Label(tone=Tone.SOFT, wraps=True)
        self._number = QComboBox()
        self._number.setAccessibleName(said("数据包编号"))
        self.write = Button(said("写数据包…"), icon=Icon.DOWNLOAD)
        self.take = Button(said("读入回执…"))
        words = said(
            "待上报的更改和证据文件将加密写入文件，由 U 盘带到服务器。写出本身也写入审计链。"
        )
        self._out = ExportDialog(self, said("写数据包"), words)
        self._lay_out()
        self.write.clicked.connect(self._ask_target)
        self.take.clicked.connect(self._ask_source)
        self._out.chosen.connect(self._write)
        desk.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show how far the exchange has come."""
        numbers = self._desk.numbers
        self._stand.setText(self._desk.stand())
        self._number.clear()
        for number in reversed(numbers):
            self._number.addItem(said("第 {0} 包").format(number), number)
        show_if(self._number, wanted=len(numbers) > 1)

    def standing(self) -> str:
        """What is said of how far the exchange has come."""
        return self._stand.text()

    def _lay_out(self) -> None:
        words = said(
            "没有网络时使用。服务器上用 take-parcel 命令收取数据包并写出回执，把回执带回来读入。"
            "包有编号，漏了或重复都会指出；U 盘丢失时可按原编号重写。"
        )
        self.body.addWidget(Label(words, size=Size.SMALL, tone=Tone.SOFT, wraps=True))
        row = QHBoxLayout()
        row.addWidget(self._stand, 1)
        for each in (self._number, self.write, self.take):
            row.addWidget(each)
        self.body.addLayout(row)

    def _ask_target(self) -> None:
        number = self._number.currentData()
        self._out.ask(f"hallwatch-{number}.hwparcel", _FILES)

    def _write(self, target: Path, reason: str) -> None:
        self._desk.write_out(target, reason, int(self._number.currentData()))

    def _ask_source(self) -> None:
        dialog = QFileDialog(self, said("读入回执"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_FILES)
        dialog.fileSelected.connect(self._take)
        dialog.open()

    def _take(self, name: str) -> None:
        self._desk.take_in(Path(name))
