"""The profile of one organ: its names and code, what it issues and what it only transfers."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.organisation import MAY_ISSUE, Organ
from desktop.system.language import headed, said
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.library.desk import LibraryDesk
from desktop.viewmodels.library.words import KINDS
from desktop.viewmodels.papers.words import kind_name
from desktop.views.kit.buttons import Button
from desktop.views.kit.dialogs import Question
from desktop.views.kit.fields import Field
from desktop.views.kit.labels import Label, hairline
from desktop.views.kit.panels import emptied


class OrganQuestion(Question):
    """Asks for an organ's kind, names, code and contact as papers print them."""

    given = Signal(object)

    def __init__(self, parent: QWidget, organ: Organ) -> None:
        words = said("已印发的文书不变。机关代字改变后，文号从新的序列取号。")
        super().__init__(parent, said("修改机关信息"), words, said("保存"))
        self._organ = organ
        self._kind = QComboBox()
        for kind, word in KINDS.items():
            self._kind.addItem(headed(said(word)), kind)
        self._kind.setCurrentIndex(self._kind.findData(organ.organ_type))
        self._lines = {
            "name": (said("机关名称"), QLineEdit(organ.name)),
            "short_name": (said("简称"), QLineEdit(organ.short_name)),
            "doc_code": (said("机关代字"), QLineEdit(organ.doc_code)),
            "appeal_office": (said("申诉受理机构"), QLineEdit(organ.appeal_office)),
            "contact": (said("联系人"), QLineEdit(organ.contact)),
            "phone": (said("联系电话"), QLineEdit(organ.phone)),
        }
        self.body.addWidget(Field(said("机关类型"), self._kind))
        for label, line in self._lines.values():
            self.body.addWidget(Field(label, line))
            line.textChanged.connect(self._weigh)
        self.agreed.connect(self._give)

    def organ(self) -> Organ:
        """The organ as it is written; what its new kind may not issue is no longer switched off."""
        kind = self._kind.currentData()
        return replace(
            self._organ,
            organ_type=kind,
            papers_off=tuple(p for p in self._organ.papers_off if p in MAY_ISSUE[kind]),
            name=self._line("name"),
            short_name=self._line("short_name"),
            doc_code=self._line("doc_code"),
            appeal_office=self._line("appeal_office"),
            contact=self._line("contact"),
            phone=self._line("phone"),
        )

    def _line(self, name: str) -> str:
        return self._lines[name][1].text().strip()

    def _weigh(self) -> None:
        self.go.setEnabled(all(line.text().strip() for _label, line in self._lines.values()))

    def _give(self) -> None:
        self.given.emit(self.organ())


class OrganProfile(QWidget):
    """One organ: a tick for each paper that its kind may issue, and below what it hands over."""

    def __init__(self, desk: LibraryDesk) -> None:
        super().__init__()
        self._desk = desk
        self._organ: Organ | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.INSIDE)

    def show_organ(self, organ: Organ) -> None:
        """Show it as it now is."""
        self._organ = organ
        emptied(self._column)
        self._say(organ.name, bold=True)
        kind, code = headed(said(KINDS[organ.organ_type])), organ.doc_code
        self._say(said("{0}　机关代字：{1}").format(kind, code), soft=True)
        if self._desk.may_change_organs:
            change = Button(said("修改机关信息"))
            change.clicked.connect(self._ask)
            self._column.addWidget(change)
        self._column.addWidget(hairline())
        self._say(said("本机关印发"))
        for paper in sorted(MAY_ISSUE[organ.organ_type]):
            self._column.addWidget(self._tick(organ, paper))
        self._column.addWidget(hairline())
        self._say(said("只能移送"))
        names = said("、", "list").join(map(kind_name, organ.only_transfers)) or said("（无）")
        words = said("{0}：涉及这些处理的，用问题线索移送函移送有权机关。")
        self._say(words.format(names) if organ.only_transfers else names, soft=True)

    def _say(self, text: str, *, bold: bool = False, soft: bool = False) -> None:
        tone, size = (Tone.SOFT, Size.SMALL) if soft else (Tone.TEXT, Size.BODY)
        self._column.addWidget(Label(headed(text), bold=bold, tone=tone, size=size, wraps=True))

    def _tick(self, organ: Organ, paper: str) -> QCheckBox:
        box = QCheckBox(headed(kind_name(paper)))
        box.setChecked(organ.may_issue(paper))
        box.setEnabled(self._desk.may_change_organs)
        box.setProperty("paper", paper)
        box.toggled.connect(self._switch)
        return box

    def _switch(self, on: bool) -> None:  # Qt calls it so
        if self._organ is not None:
            self._desk.switch(self._organ, str(self.sender().property("paper")), on=on)

    def _ask(self) -> None:
        if self._organ is not None:
            question = OrganQuestion(self, self._organ)
            question.given.connect(self._desk.change)
            question.open()
