"""大厅与场次: the hall's name and hours, and the organ that its papers name."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QTimeEdit, QWidget

from desktop.domain.organisation import OrganType
from desktop.system.theme import Space
from desktop.usecases.setup import session_fault
from desktop.viewmodels.setup.desk import SetupDesk
from desktop.viewmodels.setup.facts import Chapter
from desktop.viewmodels.setup.words import organ_type_name
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.fields import Field, LineField
from desktop.views.kit.panels import Panel
from desktop.views.setup.chapter import ChapterView
from desktop.views.setup.plans import PlansPanel
from desktop.views.setup.sessions import SessionEdit


class HallChapter(ChapterView):
    """Two sessions a day, the second may be left out; and the days that have others."""

    def __init__(self, desk: SetupDesk) -> None:
        super().__init__(desk, Chapter.HALL)
        self._name = LineField(self.tr("大厅名称"))
        self._address = LineField(self.tr("大厅地址"))
        self._sessions = SessionEdit()
        self._hours = Field(self.tr("开放场次"), self._sessions)
        self._plans = PlansPanel(desk)
        self._organ = self._organ_fields()
        self._kind = QComboBox()
        for kind in OrganType:
            self._kind.addItem(organ_type_name(kind), kind)
        self._save = Button(self.tr("保存"), Rank.PRIMARY)
        self._save.clicked.connect(self._keep)
        self._lay_out()

    def show_facts(self) -> None:
        """Show hall and organ."""
        facts = self.desk.facts
        if facts is None:
            return
        self._name.show_text(facts.hall.name)
        self._address.show_text(facts.hall.address)
        for name, field in self._organ.items():
            field.show_text(str(getattr(facts.organ, name)))
        self._kind.setCurrentIndex(self._kind.findData(facts.organ.organ_type))
        self._sessions.show_sessions(facts.hall.sessions)
        self._plans.show_plans(facts.hall.plans)
        for each in self.findChildren(QWidget):
            if isinstance(each, QLineEdit | QTimeEdit | QComboBox):
                each.setEnabled(self.desk.may_change)
        self._save.setEnabled(self.desk.may_change)

    def _organ_fields(self) -> Mapping[str, LineField]:
        return {
            "name": LineField(self.tr("机关全称")),
            "short_name": LineField(self.tr("机关简称")),
            "doc_code": LineField(self.tr("发文代字"), self.tr("文号开头的几个字，例如：某效监")),
            "contact": LineField(self.tr("联系人")),
            "phone": LineField(self.tr("联系电话")),
            "appeal_office": LineField(
                self.tr("申诉受理机构"), self.tr("印在牌上，告知向谁申诉。")
            ),
        }

    def _lay_out(self) -> None:
        hall, organ = Panel(self.tr("大厅")), Panel(self.tr("机关"))
        top = Qt.AlignmentFlag.AlignTop
        row = QHBoxLayout()
        row.setSpacing(Space.CARD)
        row.addWidget(self._name, 1, top)
        row.addWidget(self._address, 1, top)
        hall.body.addLayout(row)
        hall.body.addWidget(self._hours)
        grid = QGridLayout()
        grid.setSpacing(Space.CARD)
        fields = [*self._organ.values(), Field(self.tr("机关类型"), self._kind)]
        for number, field in enumerate(fields):
            grid.addWidget(field, number // 2, number % 2, top)
        organ.body.addLayout(grid)
        self.body.addWidget(hall)
        self.body.addWidget(organ)
        self.body.addWidget(self._save, 0, Qt.AlignmentFlag.AlignRight)
        self.body.addWidget(self._plans)

    def _keep(self) -> None:
        facts, sessions = self.desk.facts, self._sessions.sessions()
        fault = session_fault(sessions)
        told = self.tr("每场要先开后关，下午场不能早于上午场结束。") if fault else ""
        self._hours.show_trouble(told)
        if facts is None or fault:
            return
        given = {name: field.text() for name, field in self._organ.items()}
        organ = replace(
            facts.organ,
            organ_type=self._kind.currentData(),
            name=given["name"],
            short_name=given["short_name"],
            doc_code=given["doc_code"],
            contact=given["contact"],
            phone=given["phone"],
            appeal_office=given["appeal_office"],
        )
        name, address = self._name.text(), self._address.text()
        self.desk.save_hall(
            replace(facts.hall, name=name, address=address, sessions=sessions), organ
        )
