"""The dialog that finds cameras on the local network and takes their addresses over."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.system.language import said
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.cameras.finding import CameraFinder, Search
from desktop.viewmodels.row_roles import RowRole
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.fields import Field
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import Label, show_if
from desktop.views.kit.panels import Banner
from desktop.views.kit.placeholders import BusyBar
from desktop.views.kit.tables import Table

_SIZE = (640, 480)
_NAME = 320  # px


class FindDialog(QDialog):
    """A list of what answered; `taken` gives the offer, the user and the password."""

    taken = Signal(object, str, str)

    def __init__(self, parent: QWidget, finder: CameraFinder, username: str, password: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(said("查找摄像机"))
        self.setAccessibleName(said("查找摄像机"))
        self.resize(*_SIZE)
        self._finder = finder
        self.table = Table(said("找到的摄像机"))
        self.table.setModel(finder.model)
        self.table.setColumnWidth(0, _NAME)
        self.username, self.password = QLineEdit(username), QLineEdit(password)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.banner = Banner()
        self._progress = BusyBar()
        self._progress.setAccessibleName(said("正在查找，约需 5 秒…"))
        self.again = Button(said("重新查找"), icon=Icon.REFRESH)
        self.ask = Button(said("取地址"))
        self.take = Button(said("用这台摄像机"), Rank.PRIMARY)
        self._back = Button(said("取消"))
        self._lay_out()
        self._connect()
        finder.look()

    def done(self, result: int) -> None:
        """Close, and give up what is being asked."""
        self._finder.stop()
        super().done(result)

    def refresh(self) -> None:
        """Show how far it has come."""
        finder = self._finder
        busy = finder.search in {Search.LOOKING, Search.ASKING}
        wrong = finder.search is Search.REFUSED or (not finder.devices and not busy)
        self.banner.say(finder.told, Tone.NEAR if wrong else Tone.ACCENT)
        show_if(self._progress, wanted=busy)
        self.again.setEnabled(not busy)
        self.ask.setEnabled(bool(self._key()) and finder.search is not Search.ASKING)
        self.take.setEnabled(finder.offer is not None)

    def _lay_out(self) -> None:
        who, buttons = QHBoxLayout(), QHBoxLayout()
        who.addWidget(Field(said("用户名"), self.username), 1)
        who.addWidget(Field(said("密码"), self.password), 1)
        who.addWidget(self.ask, 0, Qt.AlignmentFlag.AlignBottom)
        buttons.addWidget(self.again)
        buttons.addStretch(1)
        buttons.addWidget(self._back)
        buttons.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MARGIN, Space.MARGIN, Space.MARGIN, Space.MARGIN)
        column.setSpacing(Space.CARD)
        column.addWidget(Label(said("查找摄像机"), size=Size.PAGE, bold=True))
        column.addWidget(self.table, 1)
        column.addLayout(who)
        column.addWidget(self.banner)
        column.addWidget(self._progress)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self._finder.changed.connect(self.refresh)
        self.table.selectionModel().currentRowChanged.connect(self.refresh)
        self.table.opened.connect(self._ask)
        self.again.clicked.connect(self._finder.look)
        self.ask.clicked.connect(self._ask)
        self.take.clicked.connect(self._take)
        self._back.clicked.connect(self.reject)

    def _key(self) -> str:
        index = self.table.currentIndex()
        return str(index.sibling(index.row(), 0).data(RowRole.KEY) or "")

    def _ask(self) -> None:
        self._finder.ask(self._key(), self.username.text(), self.password.text())

    def _take(self) -> None:
        if offer := self._finder.offer:
            self.taken.emit(offer, self.username.text().strip(), self.password.text())
            self.accept()
