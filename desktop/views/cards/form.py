"""The text of a card: fields to write while it is a draft, to read afterwards."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.cards import CardKind
from desktop.domain.identifiers import BasisId
from desktop.domain.organisation import BasisPurpose, LegalBasis
from desktop.system.theme import Size, Space, Tone, colours
from desktop.viewmodels.cards.desk import CardDesk
from desktop.viewmodels.cards.draft import LONGEST_APPEAL_WD, due_said, due_trouble, sentences_of
from desktop.viewmodels.cards.file import CardFile
from desktop.viewmodels.cards.rows import paper_name
from desktop.viewmodels.casework import Casework
from desktop.viewmodels.times import day_said
from desktop.views.kit.fields import Field, NumberBox
from desktop.views.kit.labels import Label, repolish
from desktop.views.kit.panels import emptied

_THUMB = (112, 63)
_IN_A_ROW = 4


class ArticlePicker(QWidget):
    """The articles one can cite, each with a tick."""

    picked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.HAIR)
        self._boxes: dict[BasisId, QCheckBox] = {}
        self._shown: tuple[list[LegalBasis], bool] = ([], False)

    def offer(
        self, bases: Sequence[LegalBasis], cited: Sequence[BasisId], *, writing: bool
    ) -> None:
        """Show articles to tick, or to read the cited ones alone."""
        shown = [basis for basis in bases if writing or basis.id in cited]
        if self._shown != (shown, writing):
            self._shown = (shown, writing)
            emptied(self._column)
            self._boxes = {basis.id: self._box(basis) for basis in shown} if writing else {}
            for basis in () if writing else shown:
                self._column.addWidget(Label(basis.citation, wraps=True))
            if not bases:
                words = self.tr("没有在施行期内的条款。请数据管理员先登记法律依据。")
                self._column.addWidget(Label(words, size=Size.SMALL, tone=Tone.NEAR, wraps=True))
        for basis_id, box in self._boxes.items():
            box.blockSignals(True)
            box.setChecked(basis_id in cited)
            box.blockSignals(False)

    def cited(self) -> tuple[BasisId, ...]:
        """The ticked ones."""
        return tuple(basis_id for basis_id, box in self._boxes.items() if box.isChecked())

    def _box(self, basis: LegalBasis) -> QCheckBox:
        box = QCheckBox(basis.citation)
        box.setToolTip(box.text())
        box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        box.setMinimumHeight(28)
        box.toggled.connect(self._pick)
        self._column.addWidget(box)
        return box

    def _pick(self, _ticked: bool) -> None:  # Qt calls it so
        self.picked.emit()


class Thumbs(QWidget):
    """The pictures that the paper prints, small."""

    def __init__(self, desk: CardDesk) -> None:
        super().__init__()
        self._gallery = desk.gallery
        self._gallery.changed.connect(self._show)
        self.setAccessibleName(self.tr("证据画面"))
        self._show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw them in rows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        width, height = _THUMB
        for number, item in enumerate(self._gallery.items):
            x = number % _IN_A_ROW * (width + Space.INSIDE)
            y = number // _IN_A_ROW * (height + Space.INSIDE)
            image = self._gallery.images.get(item.sha256)
            painter.fillRect(x, y, width, height, QColor(colours().unknown_soft))
            if image is not None and not image.isNull():
                wanted = image.size().scaled(width, height, Qt.AspectRatioMode.KeepAspectRatio)
                left, top = x + (width - wanted.width()) // 2, y + (height - wanted.height()) // 2
                scaled = image.scaled(
                    wanted * self.devicePixelRatioF(),
                    Qt.AspectRatioMode.IgnoreAspectRatio,
                    Qt.TransformationMode.SmoothTransformation,
                )
                scaled.setDevicePixelRatio(self.devicePixelRatioF())
                painter.drawImage(left, top, scaled)

    def _show(self) -> None:
        rows = -(-len(self._gallery.items) // _IN_A_ROW)
        self.setFixedHeight(max(0, rows * (_THUMB[1] + Space.INSIDE) - Space.INSIDE))
        self.setAccessibleDescription(self.tr("{0} 张").format(len(self._gallery.items)))
        self.update()


class CardForm(QWidget):
    """All fields of a card."""

    def __init__(self, desk: CardDesk, casework: Casework) -> None:
        super().__init__()
        self._desk, self._casework = desk, casework
        self._filling = False
        self._make()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.CARD - 4)
        self._lay_out(desk)
        self._connect()

    def _make(self) -> None:
        self._unit, self._due_read, self._appeal_read = QLineEdit(), QLineEdit(), QLineEdit()
        for line in (self._unit, self._due_read, self._appeal_read):
            line.setReadOnly(True)
        self._kind = QComboBox()
        self._measures, self._copy_to = QPlainTextEdit(), QLineEdit()
        self._person = QLineEdit()
        self._intent = QCheckBox(self.tr("查明系主观故意（一次红牌即建议诫勉）"))
        self._facts = QPlainTextEdit()
        self._requirements = QPlainTextEdit()
        heights = ((self._facts, 96), (self._requirements, 88), (self._measures, 64))
        for editor, height in heights:
            editor.setTabChangesFocus(True)
            editor.setFixedHeight(height)
        self._violated, self._basis = ArticlePicker(), ArticlePicker()
        self._due = QDateEdit()
        self._due.setCalendarPopup(True)
        self._due.setDisplayFormat("yyyy-MM-dd")
        self._appeal = NumberBox(1, LONGEST_APPEAL_WD)
        self._appeal.setSuffix(self.tr(" 个工作日"))

    def _lay_out(self, desk: CardDesk) -> None:
        hint = self.tr("一行一条，印制时自动编号")
        self._due_field = Field(self.tr("整改期限"), self._due)
        limits = QHBoxLayout()
        limits.setSpacing(Space.CARD)
        appeal = self.tr("申诉期限")
        self._written = (self._due_field, Field(appeal, self._appeal))
        self._read = (Field(self.tr("整改期限"), self._due_read), Field(appeal, self._appeal_read))
        for due, days in (self._written, self._read):
            limits.addWidget(due, 3, Qt.AlignmentFlag.AlignTop)
            limits.addWidget(days, 2, Qt.AlignmentFlag.AlignTop)
        self._kind_field = Field(self.tr("牌种"), self._kind)
        self._red: tuple[QWidget, ...] = (
            self._intent,
            Field(self.tr("处理建议"), self._measures, self.tr("建议通报、约谈等，由有权机关决定")),
            Field(self.tr("抄送"), self._copy_to),
        )
        self._column.addWidget(self._kind_field)
        self._column.addWidget(Field(self.tr("被警告单位"), self._unit))
        self._column.addWidget(
            Field(
                self.tr("责任人"), self._person, self.tr("当时在岗或经办的人；累计升级按责任人计算")
            )
        )
        self._column.addWidget(Field(self.tr("查实的问题"), self._facts))
        self._column.addWidget(Field(self.tr("违反的规定"), self._violated))
        self._column.addWidget(Field(self.tr("发牌依据"), self._basis))
        self._column.addWidget(Field(self.tr("整改要求"), self._requirements, hint))
        self._column.addLayout(limits)
        for field in self._red:
            self._column.addWidget(field)
        self._column.addWidget(Label(self.tr("证据画面"), size=Size.SMALL, tone=Tone.SOFT))
        self._column.addWidget(Thumbs(desk))

    def _connect(self) -> None:
        self._facts.textChanged.connect(self._write)
        self._requirements.textChanged.connect(self._write)
        self._measures.textChanged.connect(self._write)
        self._copy_to.textChanged.connect(self._write)
        self._person.textChanged.connect(self._write)
        self._intent.toggled.connect(self._write)
        self._kind.activated.connect(self._choose_kind)
        self._violated.picked.connect(self._write)
        self._basis.picked.connect(self._write)
        self._due.dateChanged.connect(self._write)
        self._appeal.valueChanged.connect(self._write)
        self._desk.editor.changed.connect(self._show_limits)

    def refresh(self) -> None:
        """Show the open card's text; what is being written is not disturbed."""
        file, editor = self._desk.file, self._desk.editor
        if file is None or editor.text is None:
            return
        self._filling = True
        text = editor.text
        self._offer_kinds(file, writing=editor.may_edit)
        self._unit.setText(file.unit.name)
        _set_text(self._facts, text.facts_text)
        if sentences_of(self._requirements.toPlainText()) != text.requirements:
            _set_text(self._requirements, "\n".join(text.requirements))
        _set_text(self._measures, text.measures)
        self._intent.setChecked(text.bad_intent)
        for line, said in ((self._copy_to, text.copy_to), (self._person, text.person)):
            if line.text() != said:
                line.setText(said)
        conduct, power = editor.bases(BasisPurpose.CONDUCT), editor.bases(BasisPurpose.CARD)
        self._violated.offer(conduct, text.violated, writing=editor.may_edit)
        self._basis.offer(power, text.basis, writing=editor.may_edit)
        self._due.setMaximumDate(_as_date(editor.today).addYears(1))
        self._due.setDate(_as_date(text.rectify_due))
        self._appeal.setValue(text.appeal_days)
        self._filling = False
        self._allow(writing=editor.may_edit)
        self._show_limits()

    def focus_first(self) -> None:
        """Go to the first field one can write."""
        self._facts.setFocus()

    def _offer_kinds(self, file: CardFile, *, writing: bool) -> None:
        self._kind.clear()
        for kind in file.kinds:
            self._kind.addItem(paper_name(kind), kind)
        self._kind.setCurrentIndex(self._kind.findData(file.card.kind))
        self._kind_field.setVisible(writing and len(file.kinds) > 1)
        for field in self._red:
            field.setVisible(file.card.kind is CardKind.RED)

    def _choose_kind(self) -> None:
        self._desk.choose_kind(self._kind.currentData())

    def _allow(self, *, writing: bool) -> None:
        lines = (self._copy_to, self._person)
        for editor in (self._facts, self._requirements, self._measures, *lines):
            editor.setReadOnly(not writing)
            repolish(editor)
        self._intent.setEnabled(writing)
        for field in self._written:
            field.setVisible(writing)
        for field in self._read:
            field.setVisible(not writing)

    def _write(self) -> None:
        text = self._desk.editor.text
        if self._filling or text is None:
            return
        self._desk.editor.take(
            replace(
                text,
                facts_text=self._facts.toPlainText(),
                violated=self._violated.cited(),
                basis=self._basis.cited(),
                requirements=sentences_of(self._requirements.toPlainText()),
                rectify_due=_day(self._due.date()),
                appeal_days=self._appeal.value(),
                measures=self._measures.toPlainText().strip(),
                copy_to=self._copy_to.text().strip(),
                person=self._person.text().strip(),
                bad_intent=self._intent.isChecked(),
            )
        )

    def _show_limits(self) -> None:
        editor = self._desk.editor
        if editor.text is None:
            return
        due, calendar = editor.text.rectify_due, self._casework.calendar
        trouble = due_trouble(due, calendar, editor.today) if editor.may_edit else ""
        self._due_field.show_trouble(trouble)
        said = due_said(due, calendar, editor.today) if editor.may_edit else day_said(due)
        if not trouble:
            self._due_field.set_hint(said)
        self._due_read.setText(said)
        self._appeal_read.setText(f"{editor.text.appeal_days}{self._appeal.suffix()}")


def _as_date(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _day(chosen: QDate) -> date:
    return date(chosen.year(), chosen.month(), chosen.day())


def _set_text(editor: QPlainTextEdit, text: str) -> None:
    """Take another text; the same one leaves the cursor where it is."""
    if editor.toPlainText() != text:
        editor.setPlainText(text)
