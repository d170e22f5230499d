"""Where a camera's pictures come from, as each kind is asked for it: typed, browsed or chosen."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QWidget

from desktop import assets
from desktop.domain.organisation import CameraKind
from desktop.system.language import said
from desktop.system.theme import Space
from desktop.views.kit.buttons import Button
from desktop.views.kit.labels import show_if

_DEVICES = 8  # that may be plugged in
_FILES = "*.mp4 *.mkv *.avi *.ts *.mov *.flv *.dav"


class AddressInput(QWidget):
    """A line, with a button where something can be browsed for; a box where one is chosen."""

    edited = Signal(str)  # the address
    finds = Signal()  # somebody wants to look for cameras on the network

    def __init__(self) -> None:
        super().__init__()
        self._kind = CameraKind.RTSP
        self.line, self.box = QLineEdit(), QComboBox()
        self.browse = Button()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.INSIDE)
        for each in (self.line, self.box, self.browse):
            row.addWidget(each, 0 if each is self.browse else 1)
        self.line.textEdited.connect(self.edited)
        self.box.activated.connect(self._choose)
        self.browse.clicked.connect(self._browse)

    def address(self) -> str:
        """What stands there now."""
        return str(self.box.currentData() or "") if self._chooses else self.line.text()

    def show_address(self, kind: CameraKind, address: str) -> None:
        """Ask as this kind is asked, and show what is there."""
        if kind is not self._kind or not self.box.count():
            self._kind = kind
            self.box.clear()
            for word, value in _choices(kind):
                self.box.addItem(word, value)
        show_if(self.line, wanted=not self._chooses)
        show_if(self.box, wanted=self._chooses)
        show_if(self.browse, wanted=not self._chooses)
        self.browse.setText(said("查找…") if kind is CameraKind.RTSP else said("浏览…"))
        self.line.setPlaceholderText("rtsp://" if kind is CameraKind.RTSP else "")
        self.box.setAccessibleName(self.accessibleName())
        if self._chooses:
            self.box.setCurrentIndex(self.box.findData(address))
        else:
            show_text(self.line, address)

    @property
    def _chooses(self) -> bool:
        return self._kind in {CameraKind.DRAWN, CameraKind.USB}

    def _choose(self, _: int) -> None:  # Qt calls it so
        self.edited.emit(self.address())

    def _browse(self) -> None:
        if self._kind is CameraKind.RTSP:
            self.finds.emit()
            return
        folder = self._kind is CameraKind.STILLS
        dialog = QFileDialog(self, said("选择图片文件夹") if folder else said("选择录像文件"))
        mode = QFileDialog.FileMode
        dialog.setFileMode(mode.Directory if folder else mode.ExistingFile)
        if not folder:
            dialog.setNameFilters([f"{said('录像')} ({_FILES})", f"{said('所有文件')} (*)"])
        dialog.fileSelected.connect(self._take)
        dialog.open()

    def _take(self, name: str) -> None:
        self.line.setText(name)
        self.edited.emit(name)


def _choices(kind: CameraKind) -> list[tuple[str, str]]:
    if kind is CameraKind.USB:
        return [(said("第 {0} 个").format(n + 1), str(n)) for n in range(_DEVICES)]
    return [(name, name) for name in assets.hall_scripts()]


def show_text(line: QLineEdit, text: str) -> None:
    """Show a text; one that stands there already keeps its cursor."""
    if line.text() != text:
        line.setText(text)
