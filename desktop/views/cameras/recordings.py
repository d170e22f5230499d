"""The dialog that reviews recordings: choose, check the times, let it run, see what came."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QDateTime, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateTimeEdit,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.calendar import HALL_TIME
from desktop.domain.identifiers import CameraId
from desktop.system.language import said
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.cameras.recordings import RecordingsDesk, Stage
from desktop.viewmodels.row_roles import RowRole
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.fields import Field
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import Label, show_if
from desktop.views.kit.panels import Banner
from desktop.views.kit.tables import Table

_SIZE = (940, 640)
_WIDTHS = (240, 168, 88, 96)


class RecordingsDialog(QDialog):
    """Shows a recordings desk; `goes_on` comes when somebody wants to see what was found."""

    goes_on = Signal()

    def __init__(self, parent: QWidget, desk: RecordingsDesk) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(said("查看录像"))
        self.setAccessibleName(said("查看录像"))
        self.resize(*_SIZE)
        self._desk = desk
        self.camera = QComboBox()
        self.browse = Button(said("选择录像文件夹…"), icon=Icon.DOCUMENT)
        self.table = Table(said("录像文件"))
        self.table.setModel(desk.model)
        for column, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(column, width)
        self.times = TimeRow()
        self.banner = Banner()
        self._progress = QProgressBar()
        self._progress.setRange(0, 1000)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(said("查看进度"))
        self.go = Button(said("开始查看"), Rank.PRIMARY)
        self.stop = Button(said("停止"))
        self.results = Button(said("去核实"), Rank.PRIMARY)
        self._close = Button(said("关闭"))
        self._lay_out()
        self._connect()
        self._offer_cameras()
        self.refresh()

    def refresh(self) -> None:
        """Show how far it has come."""
        desk, stage = self._desk, self._desk.stage
        running, over = stage is Stage.RUNNING, stage is Stage.RESULT
        obstacle = "" if running or over else desk.obstacle
        wrong = desk.trouble is not None and not running
        self.banner.say(obstacle or desk.told, Tone.NEAR if obstacle or wrong else Tone.ACCENT)
        show_if(self._progress, wanted=running)
        self._progress.setValue(round(desk.share * 1000))
        self.browse.setEnabled(not running)
        self.camera.setEnabled(not running)
        show_if(self.times, wanted=stage is Stage.FILES)
        show_if(self.stop, wanted=running)
        show_if(self.go, wanted=not running and not over)
        self.go.setEnabled(not obstacle and stage is Stage.FILES)
        new = desk.reviewed is not None and bool(desk.reviewed.findings)
        show_if(self.results, wanted=over and new)
        self._show_time()

    def _lay_out(self) -> None:
        words = said(
            "把录像机导出的文件或抓拍图片放在一个文件夹里（可以分子文件夹），选择它们是哪台摄像机拍的。"
            "离岗等情况按录像自己的时间提出，仍由人核实。"
        )
        top = QHBoxLayout()
        top.setSpacing(Space.CARD)
        top.addWidget(Field(said("哪台摄像机拍的"), self.camera), 1)
        top.addWidget(self.browse, 0, Qt.AlignmentFlag.AlignBottom)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self._close, self.stop, self.go, self.results):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MARGIN, Space.MARGIN, Space.MARGIN, Space.MARGIN)
        column.setSpacing(Space.CARD)
        column.addWidget(Label(said("查看录像"), size=Size.PAGE, bold=True))
        column.addWidget(Label(words, tone=Tone.SOFT, wraps=True))
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addWidget(self.times)
        column.addWidget(self.banner)
        column.addWidget(self._progress)
        column.addLayout(buttons)

    def _connect(self) -> None:
        desk = self._desk
        desk.changed.connect(self.refresh)
        desk.progressed.connect(self.refresh)
        self.camera.activated.connect(self._choose_camera)
        self.browse.clicked.connect(self._browse)
        self.table.selectionModel().currentRowChanged.connect(self._show_time)
        self.times.given.connect(self._correct)
        self.go.clicked.connect(desk.begin)
        self.stop.clicked.connect(desk.cancel)
        self.results.clicked.connect(self.goes_on)
        self.results.clicked.connect(self.accept)
        self._close.clicked.connect(self.reject)

    def _offer_cameras(self) -> None:
        for camera in self._desk.cameras():
            self.camera.addItem(camera.name, camera.id)
        at = self.camera.findData(self._desk.camera_id)
        self.camera.setCurrentIndex(max(0, at))
        if self.camera.count():
            self._choose_camera(self.camera.currentIndex())

    def _choose_camera(self, at: int) -> None:
        self._desk.choose_camera(CameraId(self.camera.itemData(at)))

    def _browse(self) -> None:
        dialog = QFileDialog(self, said("选择录像文件夹…"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._take)
        dialog.open()

    def _take(self, name: str) -> None:
        self._desk.choose_folder(Path(name))

    def _key(self) -> str:
        index = self.table.currentIndex()
        return str(index.sibling(index.row(), 0).data(RowRole.KEY) or "")

    def _show_time(self) -> None:
        key = self._key()
        file = next((each for each in self._desk.files if str(each.path) == key), None)
        self.times.setEnabled(file is not None and file.trouble is None)
        if file is not None:
            self.times.show_time(file.path.name, file.begins)

    def _correct(self, begins: datetime, carries: bool) -> None:  # Qt calls it so
        self._desk.set_begin(self._key(), begins, carries=carries)


class TimeRow(QWidget):
    """The beginning of the chosen file, for correction."""

    given = Signal(object, bool)  # the datetime, whether those after it move along

    def __init__(self) -> None:
        super().__init__()
        self._words = Label(said("选择一个文件可以改它的开始时间"), size=Size.SMALL, tone=Tone.SOFT)
        self.editor = QDateTimeEdit()
        self.editor.setDisplayFormat("yyyy-MM-dd HH:mm:ss")
        self.editor.setAccessibleName(said("开始时间"))
        self.editor.lineEdit().setTextMargins(10, 0, 0, 0)  # the sheet's padding stays outside
        self.carries = QCheckBox(said("之后的文件一起改"))
        self.carries.setMinimumHeight(28)
        self.carries.setChecked(True)
        self.give = Button(said("改开始时间"))
        self.give.clicked.connect(self._give)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._words, 1)
        for each in (self.editor, self.carries, self.give):
            row.addWidget(each)

    def show_time(self, name: str, begins: datetime | None) -> None:
        """Show what is known."""
        self._words.setText(name)
        known = (begins or datetime.now(HALL_TIME)).astimezone(HALL_TIME)
        clock = (known.hour, known.minute, known.second)
        self.editor.setDateTime(QDateTime(known.year, known.month, known.day, *clock))

    def _give(self) -> None:
        naive = self.editor.dateTime().toPython()
        assert isinstance(naive, datetime)
        self.given.emit(naive.replace(tzinfo=HALL_TIME), self.carries.isChecked())
