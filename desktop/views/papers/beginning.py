"""Asks what a new paper shall be and what it is about."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desktop.domain.identifiers import UnitId
from desktop.system.language import said
from desktop.system.theme import Tone
from desktop.viewmodels.papers.beginning import Kind, NewPaper, Offer, Subject
from desktop.views.kit.dialogs import Question
from desktop.views.kit.fields import Field
from desktop.views.kit.labels import Label
from desktop.views.kit.panels import Banner, ScrollColumn
from desktop.views.papers.form import Ticks

_WIDTH, _LIST_HEIGHT = 560, 132


class BeginQuestion(Question):
    """What cannot be chosen is grey and says why; what is missing is said beforehand."""

    given = Signal(object)  # a usecases.official_documents.Matter

    def __init__(self, parent: QWidget, offer: Offer, wish: NewPaper) -> None:
        title, go_on = said("起草文书"), said("起草", "button")
        words = said("先选文书和所涉事项，程序据此写出初稿，各处都可以改。")
        super().__init__(parent, title, words, go_on)
        self.setMinimumWidth(_WIDTH)
        self._offer = offer
        self._kind, self._unit, self._card = QComboBox(), QComboBox(), QComboBox()
        self._findings, self._period = Ticks(), QLineEdit(offer.period)
        self._nothing = Label(self.tr("没有可以引用的属实问题。"), tone=Tone.SOFT)
        self._gap = Banner()
        self._fill()
        self._lay_out()
        self._choose(wish)
        self._connect()
        self._narrow()

    def _fill(self) -> None:
        kinds = QStandardItemModel(self)
        for kind in self._offer.kinds:
            item = QStandardItem(f"{kind.name}　{kind.bar}" if kind.bar else kind.name)
            item.setData(kind, Qt.ItemDataRole.UserRole)
            item.setEnabled(not kind.bar)
            kinds.appendRow(item)
        self._kind.setModel(kinds)
        self._unit.addItem(self.tr("（不限单位）"), "")
        for unit in self._offer.units:
            self._unit.addItem(unit.name, unit.id)

    def _lay_out(self) -> None:
        found = ScrollColumn()
        found.setFixedHeight(_LIST_HEIGHT)
        found.body.addWidget(self._nothing)
        found.body.addWidget(self._findings)
        found.body.addStretch(1)
        self._findings_field = Field(self.tr("所依据的属实问题"), found)
        for widget in (
            Field(self.tr("文书", "field"), self._kind),
            Field(self.tr("单位"), self._unit),
            Field(self.tr("所涉黄红牌"), self._card),
            self._findings_field,
            Field(self.tr("所涉期间"), self._period),
            self._gap,
        ):
            self.body.addWidget(widget)

    def _choose(self, wish: NewPaper) -> None:
        """Begin with what another page wished for."""
        codes = [kind.template for kind in self._offer.kinds]
        subjects = {each.id: each for each in (*self._offer.cards, *self._offer.findings)}
        about = subjects.get(wish.card_id or wish.finding_id)
        if wish.template in codes:
            self._kind.setCurrentIndex(codes.index(wish.template))
        else:
            usable = (n for n, kind in enumerate(self._offer.kinds) if not kind.bar)
            self._kind.setCurrentIndex(next(usable, 0))
        if about is not None:
            self._unit.setCurrentIndex(self._unit.findData(about.unit_id))
        self._show_subjects()
        if wish.card_id:
            self._card.setCurrentIndex(self._card.findData(wish.card_id))
        if wish.finding_id:
            self._findings.offer(self._finding_words(), (wish.finding_id,), writing=True)

    def _connect(self) -> None:
        self._kind.currentIndexChanged.connect(self._narrow)
        self._unit.currentIndexChanged.connect(self._change_unit)
        self._card.currentIndexChanged.connect(self._narrow)
        self._findings.ticked.connect(self._narrow)
        self.agreed.connect(self._give)

    def _change_unit(self) -> None:
        self._show_subjects()
        self._narrow()

    def _show_subjects(self) -> None:
        self._card.blockSignals(True)
        self._card.clear()
        self._card.addItem(self.tr("（不涉及）"), "")
        for card in self._of_unit(self._offer.cards):
            self._card.addItem(card.words, card.id)
        self._card.blockSignals(False)
        words = self._finding_words()
        self._findings.offer(words, (), writing=True)
        self._nothing.setVisible(not words)

    def _narrow(self) -> None:
        kind = self._chosen()
        gap = kind.bar
        if not gap and kind.wants_unit and not self._unit.currentData():
            gap = self.tr("这种文书要选定一个单位。")
        if not gap and kind.wants_card and not self._card.currentData():
            gap = self.tr("这种文书要选定所涉的黄牌或红牌。")
        self._gap.say(gap, Tone.NEAR)
        self.go.setEnabled(not gap)

    def _chosen(self) -> Kind:
        kind = self._kind.currentData()
        assert isinstance(kind, Kind)  # nothing else is in the list
        return kind

    def _of_unit(self, subjects: tuple[Subject, ...]) -> list[Subject]:
        unit = self._unit.currentData()
        return [each for each in subjects if not unit or each.unit_id == unit]

    def _finding_words(self) -> list[tuple[str, str]]:
        return [(each.id, each.words) for each in self._of_unit(self._offer.findings)]

    def _give(self) -> None:
        unit = self._unit.currentData()
        self.given.emit(
            self._offer.matter(
                self._chosen(),
                UnitId(unit) if unit else None,
                str(self._card.currentData() or ""),
                self._findings.chosen(),
                self._period.text(),
            )
        )
