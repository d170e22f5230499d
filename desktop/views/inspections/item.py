"""One item of the form, large enough for a finger: the question, the answer, note, photographs."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.checklists import AnswerKind, Item
from desktop.domain.inspections import Verdict
from desktop.system.language import headed, said
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.inspections.photos import PhotoIntake
from desktop.viewmodels.inspections.shutter import Shutter
from desktop.viewmodels.inspections.walk import InspectionWalk
from desktop.viewmodels.inspections.words import gap_said, here, points_said, verdict_name
from desktop.viewmodels.times import stamp
from desktop.views.inspections.shutter import ShutterQuestion
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.choices import Choice, Choices
from desktop.views.kit.fields import DecimalBox, Field
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import Badge, Label, show_if
from desktop.views.kit.touch import for_fingers
from desktop.views.review.filmstrip import FilmStrip

_NOTE, _DEDUCT = 76, 132  # px


class NoteEdit(QPlainTextEdit):
    """A note of a few lines; Enter goes on, Shift+Enter begins a line."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on at Enter."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.entered.emit()
            return
        super().keyPressEvent(event)


class ItemCard(QWidget):
    """The item one stands at; digits answer anywhere in `scope`."""

    goes_on = Signal()
    wants_seen = Signal(object)  # the part that has the keyboard now

    def __init__(
        self,
        walk: InspectionWalk,
        photos: PhotoIntake,
        scope: QWidget,
        shutter: Shutter | None = None,
    ) -> None:
        super().__init__()
        self._walk, self._photos, self._shutter = walk, photos, shutter
        self._place = Label(size=Size.SMALL, tone=Tone.SOFT)
        self._badges = [Badge("", Tone.NEAR), Badge("", Tone.ACCENT)]
        self._question = Label(size=Size.PAGE, bold=True, wraps=True)
        self._hint = Label(tone=Tone.SOFT, wraps=True)
        self.choices = Choices(said("检查结果"), scope)
        self.choices.chosen.connect(self._decide)
        self.value = QLineEdit()
        self.value.editingFinished.connect(self._tell)
        self.options = QComboBox()
        self.options.activated.connect(self._pick)
        self.deduct = DecimalBox(0, 100)
        self.deduct.editingFinished.connect(self._take_off)
        self.note = NoteEdit()
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(_NOTE)
        self.note.textChanged.connect(self._write)
        self.note.entered.connect(self.goes_on)
        self._gap = Label(size=Size.SMALL, tone=Tone.NEAR)
        self._strip = FilmStrip()
        self._shown: Item | None = None
        self._lay_out()
        for_fingers(self.value, self.options, self.deduct, self.place)
        for_fingers(self.files, self.camera, self._paste, self._folder)
        photos.changed.connect(self._show_photos)

    def refresh(self) -> None:
        """Show the item as it now is; what is being written stays under the cursor."""
        item = self._walk.item
        if item is None:
            return
        if item != self._shown:
            self._shown = item
            self._show_question(item)
        self._show_answer(item)
        self._show_photos()

    def ask_files(self) -> None:
        """Choose picture files."""
        dialog = QFileDialog(self, said("添加照片"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(said("图片 (*.jpg *.jpeg *.png *.webp *.bmp *.tif *.tiff)"))
        dialog.filesSelected.connect(self._add_files)
        dialog.open()

    def ask_shot(self) -> None:
        """Photograph with a camera of this machine."""
        if self._shutter is not None:
            ShutterQuestion(self, self._shutter).open()

    def paste(self) -> None:
        """Take the picture from the clipboard."""
        picture = QGuiApplication.clipboard().image()
        if not picture.isNull():
            self._photos.add_picture(picture)

    def ask_folder(self) -> None:
        """Choose the folder a camera writes into, or watch it no more."""
        if self._photos.folder is not None:
            self._photos.watch(None)
            return
        dialog = QFileDialog(self, said("监视文件夹"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._watch)
        dialog.open()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.INSIDE)
        top = QHBoxLayout()
        top.addWidget(self._place)
        for badge in self._badges:
            top.addWidget(badge)
        top.addStretch(1)
        column.addLayout(top)
        for part in (self._question, self._hint, self.choices):
            column.addWidget(part)
        self._value_field = Field(said("填写"), self.value)
        self._option_field = Field(said("选择"), self.options)
        self._deduct_field = Field(said("扣分"), self.deduct)
        self._deduct_field.setMaximumWidth(_DEDUCT)
        for field in (self._value_field, self._option_field):
            column.addWidget(field)
        column.addWidget(Field(said("情况说明"), self.note))
        column.addWidget(self._gap)
        column.addWidget(self._deduct_field)
        column.addLayout(self._photo_buttons())
        column.addWidget(self._strip)

    def _photo_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.INSIDE)
        self.files = Button(said("添加照片…"), icon=Icon.PLUS)
        self.files.clicked.connect(self.ask_files)
        self.camera = Button(said("拍照…"), icon=Icon.CAMERA)
        show_if(self.camera, wanted=self._shutter is not None)
        self.camera.clicked.connect(self.ask_shot)
        self._paste = Button(said("粘贴"))
        self._paste.setAccessibleName(said("粘贴剪贴板中的照片"))
        self._paste.clicked.connect(self.paste)
        self._folder = Button(said("监视文件夹…"), Rank.QUIET)
        self._folder.clicked.connect(self.ask_folder)
        self.place = QLineEdit(placeholderText=said("拍照地点（可不填）"))
        self.place.setAccessibleName(said("拍照地点"))
        self.place.textChanged.connect(self._photos.note_place)
        for button in (self.files, self.camera, self._paste, self._folder):
            row.addWidget(button)
        row.addWidget(self.place, 1)
        return row

    def _show_question(self, item: Item) -> None:
        visit = self._walk.visit
        if visit is None:
            return
        numbers = visit.checklist.numbers
        place = said("第 {0} 项，共 {1} 项").format(numbers[item.key], len(numbers))
        parts = (place, points_said(item.points) if item.points else "", item.rule)
        self._place.setText(" · ".join(filter(None, parts)))
        self._badges[0].show_text(said("★ 关键项目"), Tone.NEAR)
        self._badges[1].show_text(said("不合格须拍照"), Tone.ACCENT)
        show_if(self._badges[0], wanted=item.critical)
        show_if(self._badges[1], wanted=item.photo_on_fail)
        self._question.setText(here(item.label))
        self._hint.setText(here(item.hint))
        show_if(self._hint, wanted=bool(item.hint))
        self.deduct.setMaximum(item.points)
        self.options.clear()
        if item.kind is AnswerKind.VERDICT:
            self._offer(None)
        for value, label in item.choices:
            self.options.addItem(here(label), value)

    def _show_answer(self, item: Item) -> None:
        answer, walk = self._walk.answer(item.key), self._walk
        verdict = answer.verdict if answer else None
        judged, chosen = item.kind is AnswerKind.VERDICT, item.kind is AnswerKind.CHOICE
        if judged and self.choices.current() != verdict:
            self._offer(verdict)
        show_if(self.choices, wanted=judged)
        show_if(self._option_field, wanted=chosen)
        show_if(self._value_field, wanted=not judged and not chosen)
        show_if(self._deduct_field, wanted=verdict is Verdict.NOT and item.points > 0)
        value = answer.value if answer else ""
        if self.value.text() != value and not self.value.hasFocus():
            self.value.setText(value)
        self.options.setCurrentIndex(self.options.findData(value) if value else -1)
        off = answer.deduct if answer and answer.deduct is not None else item.points
        if not self.deduct.hasFocus():
            self.deduct.setValue(off)
        if self.note.toPlainText() != walk.note(item.key):
            self.note.setPlainText(walk.note(item.key))
        gap = walk.gaps.get(item.key)
        self._gap.setText(headed(gap_said(gap)) if gap and answer and answer.said else "")
        show_if(self._gap, wanted=bool(self._gap.text()))
        for widget in (self.choices, self.value, self.options, self.deduct, self.files):
            widget.setEnabled(walk.is_under_way)
        self.note.setReadOnly(not walk.is_under_way)

    def _offer(self, verdict: Verdict | None) -> None:
        details = {
            Verdict.OK: said("符合要求"),
            Verdict.NOT: said("写明情况，按项扣分"),
            Verdict.NA: said("不计入得分"),
        }
        offered = [Choice(each, verdict_name(each), details[each]) for each in Verdict]
        self.choices.offer(offered, verdict)

    def _show_photos(self) -> None:
        photos = self._photos.photos()
        self._strip.lay_out([(stamp(p.taken_at)[5:16], p.device, Icon.CAMERA) for p in photos])
        for number, photo in enumerate(photos):
            self._strip.show_image(number, self._photos.thumb(photo))
        show_if(self._strip, wanted=bool(photos))
        folder = self._photos.folder
        watched = said("停止监视“{0}”").format(folder.name) if folder else said("监视文件夹…")
        self._folder.setText(watched)

    def _decide(self, verdict: object) -> None:
        if isinstance(verdict, Verdict):
            self._walk.decide(verdict)
            if verdict is Verdict.NOT:
                self.note.setFocus()
                self.wants_seen.emit(self.note)

    def _tell(self) -> None:
        if self._walk.item is self._shown and self.value.isVisible():
            self._walk.tell(self.value.text().strip())

    def _pick(self, row: int) -> None:
        self._walk.tell(str(self.options.itemData(row)))

    def _take_off(self) -> None:
        if self.deduct.isVisible() and self._shown is not None:
            whole = self.deduct.value() == self._shown.points
            self._walk.deduct(None if whole else self.deduct.value())

    def _write(self) -> None:
        self._walk.write(self.note.toPlainText())

    def _add_files(self, names: list[str]) -> None:
        self._photos.add_files([Path(name) for name in names])

    def _watch(self, name: str) -> None:
        self._photos.watch(Path(name))
