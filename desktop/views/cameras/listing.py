"""The cameras of the hall with how they are, and what can be done with each."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout

from desktop.domain.organisation import Camera
from desktop.system.language import said
from desktop.viewmodels.cameras.editor import CameraEditor
from desktop.viewmodels.live.watch import LiveWatch
from desktop.viewmodels.live.words import camera_said
from desktop.viewmodels.row_roles import RowRole
from desktop.views.cameras.dialog import CameraDialog
from desktop.views.kit.buttons import Button
from desktop.views.kit.dialogs import Question
from desktop.views.kit.icons import Icon
from desktop.views.kit.panels import Panel
from desktop.views.kit.rows import RowList


class CameraList(Panel):
    """Rows and buttons; `chosen` gives the id of the camera one is on."""

    chosen = Signal(object)

    def __init__(self, editor: CameraEditor, live: LiveWatch) -> None:
        super().__init__(said("摄像机", "title"), margin=12)
        self._editor, self._live = editor, live
        self._asked: Camera | None = None
        self.rows = RowList(said("摄像机", "title"))
        self._models = QStandardItemModel(self)
        self.rows.setModel(self._models)
        self.add = Button(said("添加摄像机"), icon=Icon.PLUS)
        self.review = Button(said("查看录像…"), icon=Icon.PLAY)
        self.edit, self.retire = Button(said("修改", "camera")), Button()
        row = QHBoxLayout()
        row.addWidget(self.edit, 1)
        row.addWidget(self.retire, 1)
        self.body.addWidget(self.rows, 1)
        self.body.addWidget(self.add)
        self.body.addLayout(row)
        self.body.addWidget(self.review)
        self.rows.chosen.connect(self.chosen)
        self.rows.chosen.connect(self._weigh)
        self.add.clicked.connect(self.open_new)
        self.edit.clicked.connect(self._open)
        self.retire.clicked.connect(self._ask)
        live.ticked.connect(self.show_health)
        self.refresh()

    @property
    def current(self) -> Camera | None:
        """The camera one is on."""
        key = self.rows.currentIndex().data(RowRole.KEY)
        return next((camera for camera in self._cameras() if camera.id == key), None)

    def refresh(self) -> None:
        """List the cameras anew; those that nobody watches come last."""
        self._models.clear()
        for camera in self._cameras():
            item = QStandardItem(camera.name)
            item.setData(camera.id, RowRole.KEY)
            self._models.appendRow(item)
        self.show_health()
        self._weigh()

    def show_health(self) -> None:
        """Say how each is now."""
        moment = self._live.now()
        for n, camera in enumerate(self._cameras()):
            told = camera_said(camera, self._live.board.camera(camera.id), moment)
            item = self._models.item(n)
            if item is not None and item.data(RowRole.DETAIL) != told:
                item.setData(told, RowRole.DETAIL)

    def open_new(self) -> None:
        """Add a camera."""
        self._editor.begin()
        CameraDialog(self.window(), self._editor).open()

    def _open(self) -> None:
        if camera := self.current:
            self._editor.begin(camera)
            CameraDialog(self.window(), self._editor).open()

    def _ask(self) -> None:
        camera = self.current
        if camera is None:
            return
        if camera.retired:
            self._editor.retire(camera, retired=False)
            return
        words = said("停用后不再监看它的窗口，时间线记为未监测；以前的证据都保留，可以随时恢复。")
        title = said("停用“{0}”？", "camera").format(camera.name)
        question = Question(self.window(), title, words, said("停用", "camera"))
        question.agreed.connect(self._retire)
        self._asked = camera
        question.open()

    def _retire(self) -> None:
        if self._asked is not None:
            self._editor.retire(self._asked, retired=True)

    def _weigh(self, _: object = None) -> None:
        camera, barred = self.current, self._editor.may_change
        self.add.setEnabled(not barred)
        self.retire.setText(
            said("恢复", "camera") if camera and camera.retired else said("停用", "camera")
        )
        for button in (self.edit, self.retire):
            button.setEnabled(camera is not None and not barred)
        for button in (self.add, self.edit, self.retire):
            button.setToolTip(barred)

    def _cameras(self) -> tuple[Camera, ...]:
        roll = self._live.roll
        return (*roll.cameras.values(), *roll.retired.values())
