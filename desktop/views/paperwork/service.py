"""The form of service: which of the six ways, where, when, to whom, by whom."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QDateTime, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDateTimeEdit,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from desktop.domain.calendar import HALL_TIME
from desktop.domain.evidence import ServiceWay
from desktop.system.language import said
from desktop.system.theme import Space, Tone
from desktop.usecases.service import UNSIGNED_FOR
from desktop.viewmodels.paperwork.file import OpenFile
from desktop.viewmodels.paperwork.service import Served, ServiceForm, way_hint, way_name
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.dialogs import AnswerQuestion
from desktop.views.kit.fields import Field
from desktop.views.kit.labels import ElidedLabel
from desktop.views.kit.panels import Banner


class ServiceQuestion(AnswerQuestion):
    """Asks how a paper was served; what is missing is said before the button is pressed."""

    def __init__(
        self,
        parent: QWidget,
        file: OpenFile,
        form: ServiceForm,
        *,
        now: datetime,
    ) -> None:
        title = said("登记送达")
        words = said("{0} {1}，登记后印制送达回证。期限自收到之日的次日起算。")
        told = words.format(file.subject.doc_no or file.title, form.recipient)
        super().__init__(parent, title, told, said("登记送达"))
        self.setMinimumWidth(560)
        self._issued_at = file.subject.issued_at
        self._photo: Path | None = None
        self._photo_name = ElidedLabel(self.tr("签收后的回证可以拍照附上"), tone=Tone.SOFT)
        self._way = QComboBox()
        for way in ServiceWay:
            self._way.addItem(way_name(way), way)
        self._recipient, self._place = QLineEdit(form.recipient), QLineEdit(form.place)
        self._receiver, self._deliverers = QLineEdit(form.receiver), QLineEdit(form.deliverers)
        self._witness, self._note = QLineEdit(form.witness), QLineEdit(form.note)
        self._proxy, self._refusal = QLineEdit(form.proxy), QLineEdit(form.refusal)
        self._received = QDateTimeEdit()
        self._received.setCalendarPopup(True)
        self._received.setDisplayFormat("yyyy-MM-dd HH:mm")
        local = form.received_at.astimezone(HALL_TIME)
        self._received.setDateTime(QDateTime(local.year, local.month, local.day, local.hour,
                                             local.minute, 0))  # fmt: skip
        self._now = now
        self._missing = Banner()
        self._lay_out()
        self._connect()
        self._weigh()
        self._way.setFocus()

    def form(self) -> ServiceForm:
        """What was written."""
        at = self._received.dateTime().toPython()
        assert isinstance(at, datetime)  # QDateTime gives nothing else
        return ServiceForm(
            way=self._way.currentData(),
            recipient=self._recipient.text(),
            place=self._place.text(),
            received_at=at.replace(tzinfo=HALL_TIME),
            receiver=self._receiver.text(),
            deliverers=self._deliverers.text(),
            witness=self._witness.text(),
            note=self._note.text(),
            proxy=self._proxy.text(),
            refusal=self._refusal.text(),
        )

    def _lay_out(self) -> None:
        self._way_field = Field(self.tr("送达方式"), self._way)
        self._receiver_field = Field(self.tr("签收人"), self._receiver)
        self._witness_field = Field(self.tr("见证人"), self._witness)
        self._refusal_field = Field(self.tr("拒收事由和日期"), self._refusal)
        self._proxy_field = Field(self.tr("代收人及关系"), self._proxy)
        fields = (
            (self._way_field, Field(self.tr("收到时间"), self._received)),
            (Field(self.tr("受送达单位"), self._recipient), Field(self.tr("地点"), self._place)),
            (Field(self.tr("送达人（用顿号分开）"), self._deliverers), self._receiver_field),
            (self._witness_field, self._refusal_field),
            (Field(self.tr("备注"), self._note), self._proxy_field),
        )  # fmt: skip
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.CARD)
        grid.setVerticalSpacing(Space.CARD - 4)
        for row, pair in enumerate(fields):
            for column, field in enumerate(pair):
                grid.addWidget(field, row, column, Qt.AlignmentFlag.AlignTop)
        choose = Button(self.tr("附回证照片…"), Rank.SECONDARY)
        choose.clicked.connect(self._ask_photo)
        photo = QHBoxLayout()
        photo.setSpacing(Space.INSIDE)
        photo.addWidget(choose)
        photo.addWidget(self._photo_name, 1)
        self.body.addLayout(grid)
        self.body.addLayout(photo)
        self.body.addWidget(self._missing)

    def _connect(self) -> None:
        self._way.currentIndexChanged.connect(self._weigh)
        self._received.dateTimeChanged.connect(self._weigh)
        for line in (self._recipient, self._place, self._receiver, self._deliverers,
                     self._witness, self._note, self._proxy, self._refusal):  # fmt: skip
            line.textChanged.connect(self._weigh)

    def _weigh(self) -> None:
        form = self.form()
        self._way_field.set_hint(way_hint(form.way))
        self._receiver_field.setVisible(form.way not in UNSIGNED_FOR)
        self._proxy_field.setVisible(form.way is ServiceWay.ENTRUSTED)
        for field in (self._witness_field, self._refusal_field):
            field.setVisible(form.way is ServiceWay.LEFT)
        gaps = form.gaps(self._issued_at, self._now)
        self._missing.say(said("；", "list").join(gaps), Tone.NEAR)
        self.go.setEnabled(not gaps)

    def answer(self) -> Served:
        """How it was served."""
        return Served(self.form().service(), self._photo)

    def attach(self, name: str) -> None:
        """Attach the photograph of the signed receipt."""
        self._photo = Path(name)
        self._photo_name.setText(self._photo.name)

    def _ask_photo(self) -> None:
        dialog = QFileDialog(self, self.tr("附回证照片"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("图片 (*.png *.jpg *.jpeg)"))
        dialog.fileSelected.connect(self.attach)
        dialog.open()
