"""The form of one camera: what it is, where its pictures come from, which windows it watches."""

from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.organisation import Camera, CameraKind, Transport
from desktop.system.language import said
from desktop.system.theme import Space
from desktop.viewmodels.cameras.editor import CameraEditor
from desktop.viewmodels.cameras.words import (
    ADDRESS_HINTS,
    ADDRESS_LABELS,
    KIND_HINTS,
    KINDS,
    TRANSPORTS,
)
from desktop.views.cameras.address import AddressInput, show_text
from desktop.views.cameras.finding import FindDialog
from desktop.views.cameras.trial import TrialPanel
from desktop.views.cameras.windows import WindowPicker
from desktop.views.kit.fields import Field
from desktop.views.kit.labels import show_if
from desktop.views.kit.panels import ScrollColumn

_FIELDS = 400  # px


class CameraForm(QWidget):
    """Everything about one camera; also part of the setting up. The editor keeps the draft."""

    def __init__(self, editor: CameraEditor) -> None:
        super().__init__()
        self.editor = editor
        self.name = QLineEdit()
        self.kind = QComboBox()
        self.address = AddressInput()
        self.username, self.password, self.main = QLineEdit(), QLineEdit(), QLineEdit()
        self.transport = QComboBox()
        self.windows = WindowPicker(editor)
        self.trial = TrialPanel(editor)
        self._fill()
        self._kind_field = Field(said("画面来源"), self.kind)
        self._address_field = Field("", self.address)
        words = said("可以不填。填了以后，识别用上面的子码流，取证用这一路清楚的画面。")
        self._main_field = Field(said("主码流地址（取证用）"), self.main, words)
        self._network = self._network_fields()
        self._lay_out()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Show the draft as it is now; what is being typed keeps its cursor."""
        camera, editor = self.editor.camera, self.editor
        show_text(self.name, camera.name)
        self.kind.setCurrentIndex(self.kind.findData(camera.kind))
        self._kind_field.set_hint(said(KIND_HINTS[camera.kind]))
        self._address_field.set_label(said(ADDRESS_LABELS[camera.kind]))
        self.address.show_address(camera.kind, camera.address)
        self._address_field.set_hint(said(ADDRESS_HINTS[camera.kind]))
        self._address_field.show_trouble(editor.address_trouble if camera.address else "")
        show_text(self.main, camera.main_address)
        self._main_field.show_trouble(editor.main_trouble)
        show_text(self.username, camera.username)
        show_text(self.password, editor.password or "")
        kept = not editor.is_new and bool(camera.username) and editor.password is None
        self.password.setPlaceholderText(said("已保存在系统密钥环，不改就留空") if kept else "")
        self.transport.setCurrentIndex(self.transport.findData(camera.transport))
        show_if(self._network, wanted=camera.kind is CameraKind.RTSP)
        self.windows.refresh()

    def _fill(self) -> None:
        for kind, word in KINDS.items():
            self.kind.addItem(said(word), kind)
        for transport, word in TRANSPORTS.items():
            self.transport.addItem(said(word), transport)
        self.name.setPlaceholderText(said("例如：一楼东 1 号机"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)

    def _network_fields(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.CARD - 4)
        row = QHBoxLayout()
        row.addWidget(Field(said("用户名"), self.username))
        row.addWidget(Field(said("密码"), self.password))
        column.addLayout(row)
        column.addWidget(Field(said("传输方式"), self.transport))
        column.addWidget(self._main_field)
        return box

    def _lay_out(self) -> None:
        fields = ScrollColumn(spacing=Space.CARD - 4)
        fields.setMinimumWidth(_FIELDS)
        place = said("大厅：{0}").format(self.editor.hall)
        for each in (
            Field(said("摄像机名称"), self.name, place if self.editor.hall else ""),
            self._kind_field,
            self._address_field,
            self._network,
        ):
            fields.body.addWidget(each)
        fields.body.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.MARGIN)
        row.addWidget(fields, 1)
        row.addLayout(self._right(), 1)

    def _right(self) -> QVBoxLayout:
        windows = ScrollColumn()
        windows.body.addWidget(self.windows)
        windows.body.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(Space.CARD)
        column.addWidget(self.trial)
        column.addWidget(windows, 1)
        return column

    def _connect(self) -> None:
        self.editor.changed.connect(self.refresh)
        self.name.textEdited.connect(self._take)
        self.kind.activated.connect(self._take)
        self.address.edited.connect(self._take)
        self.address.finds.connect(self._find)
        self.username.textEdited.connect(self._take)
        self.main.textEdited.connect(self._take)
        self.password.textEdited.connect(self.editor.type_password)
        self.transport.activated.connect(self._take)

    def _find(self) -> None:
        editor = self.editor
        who = editor.camera.username, editor.password or ""
        dialog = FindDialog(self.window(), editor.finder, *who)
        dialog.taken.connect(editor.take_offer)
        dialog.open()

    def _take(self, _: object) -> None:
        camera: Camera = self.editor.camera
        self.editor.change(
            replace(
                camera,
                name=self.name.text(),
                kind=CameraKind(self.kind.currentData()),
                address=self.address.address(),
                username=self.username.text(),
                main_address=self.main.text(),
                transport=Transport(self.transport.currentData()),
            )
        )
