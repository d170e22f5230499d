"""The places of a paper: fields to write while it is a draft, to read afterwards."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.documents.slots import Slot, SlotKind
from desktop.domain.evidence import Evidence
from desktop.domain.identifiers import Digest, UserId
from desktop.domain.organisation import LegalBasis
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.papers.attaching import (
    can_be_countersigned,
    evidence_words,
    people_words,
    picture_words,
)
from desktop.viewmodels.papers.desk import PapersDesk
from desktop.viewmodels.papers.editor import OWN_TEXT
from desktop.viewmodels.papers.file import PaperFile
from desktop.viewmodels.papers.words import place_name
from desktop.views.evidence.marking import MarkView
from desktop.views.kit.fields import Field
from desktop.views.kit.labels import Label, repolish
from desktop.views.kit.panels import emptied
from desktop.views.papers.rows_editor import RowsEditor

_LONG, _LIST, _WHOLE = 88, 76, 320  # heights
_CITED = {"basis", "violated"}


class PlaceField(QWidget):
    """One place with its label; `written` gives its name and what it now says."""

    written = Signal(str, object)

    def __init__(self, slot: Slot, hint: str = "") -> None:
        super().__init__()
        self.slot = slot
        self._filling = False
        name = slot.label or place_name(slot.name)
        self._line = QLineEdit() if slot.kind is SlotKind.LINE else None
        self._text = QPlainTextEdit() if slot.kind in {SlotKind.LONG, SlotKind.LIST} else None
        self._rows = RowsEditor(name, slot.columns) if slot.kind is SlotKind.TABLE else None
        self._cite = QComboBox() if slot.name in _CITED else None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HAIR)
        self._field = Field(name, self._connected(), hint)
        column.addWidget(self._field)
        if self._cite is not None:
            self._cite.setAccessibleName(self.tr("引用条款"))
            self._cite.activated.connect(self._insert)
            column.addWidget(self._cite)

    def focus(self) -> None:
        """Put the cursor here."""
        self._field.editor.setFocus()

    def show_value(self, value: object, *, writing: bool) -> None:
        """Show what the place says; what is the same stays where it is."""
        self._filling = True
        if self._line is not None:
            text = value if isinstance(value, str) else ""
            if self._line.text() != text:
                self._line.setText(text)
            self._line.setReadOnly(not writing)
        if self._text is not None and self.value() != value:
            lines = [value] if isinstance(value, str) else value
            self._text.setPlainText("\n".join(map(str, lines)) if isinstance(lines, list) else "")
        if self._text is not None:
            self._text.setReadOnly(not writing)
            repolish(self._text)
        if self._rows is not None:
            self._rows.show_rows(value, writing=writing)
        if self._cite is not None:
            self._cite.setVisible(writing)
        self._filling = False

    def offer(self, bases: Sequence[LegalBasis]) -> None:
        """Offer the articles of the library to cite."""
        if self._cite is not None and self._cite.count() != len(bases) + 1:
            self._cite.clear()
            self._cite.addItem(self.tr("引用条款…"))
            for basis in bases:
                self._cite.addItem(basis.citation)

    def value(self) -> object:
        """What the place says now."""
        if self._line is not None:
            return self._line.text()
        if self._rows is not None:
            return self._rows.model.rows()
        text = self._text.toPlainText() if self._text is not None else ""
        if self.slot.kind is SlotKind.LONG:
            return text
        return [line.strip() for line in text.splitlines() if line.strip()]

    def _connected(self) -> QWidget:
        if self._line is not None:
            self._line.textChanged.connect(self._write)
            return self._line
        if self._rows is not None:
            self._rows.written.connect(self._write)
            return self._rows
        assert self._text is not None  # the one kind that is left
        self._text.setTabChangesFocus(True)
        is_long = self.slot.kind is SlotKind.LONG
        self._text.setFixedHeight(
            _WHOLE if self.slot.name == OWN_TEXT else _LONG if is_long else _LIST
        )
        self._text.textChanged.connect(self._write)
        return self._text

    def _insert(self, number: int) -> None:
        """Add an article to what is cited; the first line of the choice is none."""
        if self._cite is None or number < 1:
            return
        cited = self._cite.itemText(number)
        before = str(self.value())
        self._cite.setCurrentIndex(0)
        if cited not in before:
            after = f"{before}、{cited}" if before else cited
            self.show_value(after, writing=True)
            self.written.emit(self.slot.name, after)

    def _write(self) -> None:
        if not self._filling:
            self.written.emit(self.slot.name, self.value())


class Ticks(QWidget):
    """Things to tick; `ticked` tells that a person changed one."""

    ticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.HAIR)
        self._boxes: dict[str, QCheckBox] = {}

    def offer(
        self, words: Sequence[tuple[str, str]], chosen: Sequence[str], *, writing: bool
    ) -> None:
        """Show things by key and words, and which are chosen."""
        if list(self._boxes) != [key for key, _ in words]:
            emptied(self._column)
            self._boxes = {key: self._box(text) for key, text in words}
        for key, box in self._boxes.items():
            box.blockSignals(True)
            box.setChecked(key in chosen)
            box.blockSignals(False)
            box.setEnabled(writing)

    def chosen(self) -> tuple[str, ...]:
        """The ticked ones."""
        return tuple(key for key, box in self._boxes.items() if box.isChecked())

    def _box(self, text: str) -> QCheckBox:
        box = QCheckBox(text)
        box.setToolTip(text)
        box.setMinimumHeight(28)
        box.toggled.connect(self._tick)
        self._column.addWidget(box)
        return box

    def _tick(self, _checked: bool) -> None:  # Qt calls it so
        self.ticked.emit()


class PaperForm(QWidget):
    """All places of a paper, its annexes, and who is asked for a word."""

    def __init__(self, desk: PapersDesk) -> None:
        super().__init__()
        self._desk = desk
        self._slots: tuple[Slot, ...] = ()
        self._places: list[PlaceField] = []
        self._own = QCheckBox(self.tr("自行编辑正文"))
        self._own.setToolTip(self.tr("以当前文字为底稿，逐段改写；取消后恢复模板文字"))
        self._own.toggled.connect(self._write_whole)
        self._whole = PlaceField(
            Slot(OWN_TEXT, SlotKind.LIST, self.tr("正文")), self.tr("一行一段")
        )
        self._whole.written.connect(desk.editor.write)
        self._fields = QVBoxLayout()
        self._fields.setSpacing(Space.CARD - 4)
        self._evidence, self._pictures, self._people = Ticks(), Ticks(), Ticks()
        self._annex_title = Label(self.tr("附件：证据"), size=Size.SMALL, tone=Tone.SOFT)
        self._mark = QComboBox()
        self._mark.setAccessibleName(self.tr("批注画面"))
        self._mark.activated.connect(self._draw_on)
        self._people_title = Label(self.tr("会签"), size=Size.SMALL, tone=Tone.SOFT)
        for ticks in (self._evidence, self._pictures):
            ticks.ticked.connect(self._attach)
        self._people.ticked.connect(self._ask)
        self._lay_out()
        desk.editor.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Show the open paper's text; what is being written is not disturbed."""
        file, editor = self._desk.file, self._desk.editor
        if file is None or editor.text is None:
            return
        if file.slots != self._slots:
            self._build(file.slots)
        own, writing = editor.has_own_text, editor.may_edit
        has_paragraphs = any(slot.in_text for slot in file.slots)
        self._own.blockSignals(True)
        self._own.setChecked(own)
        self._own.blockSignals(False)
        self._own.setVisible(writing and has_paragraphs)
        self._whole.setVisible(own)
        self._whole.show_value(editor.text.said.get(OWN_TEXT, []), writing=writing)
        bases = file.citable(editor.today)
        for place in self._places:
            place.setVisible(not (own and place.slot.in_text))
            place.offer(bases)
            place.show_value(editor.text.said.get(place.slot.name, ""), writing=writing)
        self._show_ticks()

    def focus_first(self) -> None:
        """Go to the first place that is still empty, or the first of all."""
        gaps = self._desk.editor.gaps
        shown = [place for place in self._places if not place.isHidden()]
        first = next((place for place in shown if place.slot.name in gaps), None)
        for place in (first, *shown):
            if place is not None:
                place.focus()
                return

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.CARD - 4)
        column.addWidget(self._own)
        column.addWidget(self._whole)
        column.addLayout(self._fields)
        for widget in (
            self._annex_title,
            self._evidence,
            self._pictures,
            self._mark,
            self._people_title,
            self._people,
        ):
            column.addWidget(widget)

    def _build(self, slots: tuple[Slot, ...]) -> None:
        self._slots = slots
        emptied(self._fields)
        self._places = []
        hint = self.tr("一行一条，印制时自动编号")
        for slot in slots:
            place = PlaceField(slot, hint if slot.kind is SlotKind.LIST else "")
            place.written.connect(self._desk.editor.write)
            self._places.append(place)
            self._fields.addWidget(place)

    def _show_ticks(self) -> None:
        file, editor = self._desk.file, self._desk.editor
        if file is None or editor.text is None:
            return
        writing = editor.may_edit
        self._evidence.offer(evidence_words(file), editor.text.evidence, writing=writing)
        self._pictures.offer(picture_words(file), editor.text.pictures, writing=writing)
        self._annex_title.setVisible(bool(file.evidence))
        self._offer_marking(file, writing=writing)
        people = people_words(file)
        chosen = editor.text.countersigners
        shown = people if writing else [each for each in people if each[0] in chosen]
        is_checked = can_be_countersigned(file, self._desk.book)
        self._people_title.setVisible(bool(shown) and is_checked)
        self._people.setVisible(is_checked)
        self._people.offer(shown, chosen, writing=writing)

    def _offer_marking(self, file: PaperFile, *, writing: bool) -> None:
        """Offer the copies that can be drawn on; the first line of the choice is none."""
        self._mark.setVisible(writing and bool(file.printable))
        if self._mark.count() != len(file.printable) + 1:
            self._mark.clear()
            self._mark.addItem(self.tr("在画面上批注…"))
            for item, (_, words) in zip(file.printable, picture_words(file), strict=True):
                self._mark.addItem(words, item)

    def _draw_on(self, number: int) -> None:
        chosen = self._mark.itemData(number)
        self._mark.setCurrentIndex(0)
        if isinstance(chosen, Evidence):
            self._desk.marking.open(chosen)
            view = MarkView(self, self._desk.marking)
            view.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            view.open()

    def _write_whole(self, own: bool) -> None:  # Qt calls it so
        self._desk.editor.write_whole(own=own)

    def _attach(self) -> None:
        evidence, pictures = self._evidence.chosen(), self._pictures.chosen()
        self._desk.editor.attach(tuple(map(Digest, evidence)), tuple(map(Digest, pictures)))

    def _ask(self) -> None:
        self._desk.editor.ask(tuple(map(UserId, self._people.chosen())))
