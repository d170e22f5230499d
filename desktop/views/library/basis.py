"""The form of one article: what it is, what it is cited for, and from when to when it holds."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QHBoxLayout, QLineEdit, QWidget

from desktop.domain.organisation import LegalBasis
from desktop.system.language import headed, said
from desktop.system.theme import Space
from desktop.viewmodels.library.words import PURPOSES, RANKS, purpose_word
from desktop.views.kit.dialogs import Question
from desktop.views.kit.fields import Field


class BasisQuestion(Question):
    """Asks for an article; `given` carries it whole."""

    given = Signal(object)

    def __init__(self, parent: QWidget, title: str, basis: LegalBasis) -> None:
        super().__init__(
            parent, title, said("文书引用的是名称和条款原文，请照公布文本填写。"), said("保存")
        )
        self._basis = basis
        self._title, self._article = QLineEdit(basis.title), QLineEdit(basis.article)
        self._document = QLineEdit(basis.document)
        self._purpose, self._rank = QComboBox(), QComboBox()
        for purpose in PURPOSES:
            self._purpose.addItem(headed(purpose_word(purpose)), purpose)
        for rank, word in RANKS.items():
            self._rank.addItem(headed(said(word)), rank)
        self._from = _day_box(basis.valid_from)
        self._until = _day_box(basis.valid_to or basis.valid_from)
        self._ends = QCheckBox(said("已有失效日期"))
        self._lay_out()
        self._connect()
        self._purpose.setCurrentIndex(self._purpose.findData(basis.purpose))
        self._rank.setCurrentIndex(self._rank.findData(basis.rank))
        self._ends.setChecked(basis.valid_to is not None)
        self._weigh()
        self._title.setFocus()

    def basis(self) -> LegalBasis:
        """The article as it is written."""
        return replace(
            self._basis,
            title=self._title.text().strip().strip("《》"),
            article=self._article.text().strip(),
            document=self._document.text().strip(),
            purpose=self._purpose.currentData(),
            rank=self._rank.currentData(),
            valid_from=_day(self._from),
            valid_to=_day(self._until) if self._ends.isChecked() else None,
        )

    def _lay_out(self) -> None:
        pairs = (
            (Field(said("用途"), self._purpose), Field(said("层级"), self._rank)),
            (Field(said("施行日期"), self._from), Field(said("失效日期"), self._until)),
        )
        self._until_field = pairs[1][1]
        self.body.addWidget(Field(said("办法名称"), self._title))
        self.body.addWidget(Field(said("条款"), self._article))
        self.body.addWidget(Field(said("文号"), self._document))
        for pair in pairs:
            row = QHBoxLayout()
            row.setSpacing(Space.CARD)
            for field in pair:
                row.addWidget(field, 1)
            self.body.addLayout(row)
        self.body.addWidget(self._ends)

    def _connect(self) -> None:
        for line in (self._title, self._article):
            line.textChanged.connect(self._weigh)
        for day in (self._from, self._until):
            day.dateChanged.connect(self._weigh)
        self._ends.toggled.connect(self._weigh)
        self.agreed.connect(self._give)

    def _weigh(self) -> None:
        basis = self.basis()
        self._until.setEnabled(self._ends.isChecked())
        backwards = basis.valid_to is not None and basis.valid_to < basis.valid_from
        self._until_field.show_trouble(said("失效日期早于施行日期") if backwards else "")
        self.go.setEnabled(bool(basis.title and basis.article) and not backwards)

    def _give(self) -> None:
        self.given.emit(self.basis())


def _day_box(day: date) -> QDateEdit:
    box = QDateEdit(QDate(day.year, day.month, day.day))
    box.setCalendarPopup(True)
    box.setDisplayFormat("yyyy-MM-dd")
    return box


def _day(box: QDateEdit) -> date:
    day = box.date()
    return date(day.year(), day.month(), day.day())
