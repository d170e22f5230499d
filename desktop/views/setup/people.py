"""人员与分工: who is in the office, which step still has nobody, and a way to let somebody in."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout

from desktop.domain.roles import Role
from desktop.system.language import said
from desktop.system.theme import Space, Tone
from desktop.usecases.founding import Newcomer
from desktop.viewmodels.naming import role_name, role_names
from desktop.viewmodels.setup.desk import SetupDesk
from desktop.viewmodels.setup.facts import Chapter
from desktop.viewmodels.setup.words import duty_name
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.fields import LineField
from desktop.views.kit.labels import show_if
from desktop.views.kit.panels import Banner, Panel, SectionHeader, emptied
from desktop.views.setup.chapter import ChapterView

_ACROSS = 4  # roles a row


class PeopleChapter(ChapterView):
    """The people and their duties."""

    def __init__(self, desk: SetupDesk) -> None:
        super().__init__(desk, Chapter.PEOPLE)
        self._missing = Banner()
        self._rows = QVBoxLayout()
        self._fields = {
            "name": LineField(self.tr("姓名")),
            "username": LineField(self.tr("用户名")),
            "password": LineField(self.tr("初始密码"), secret=True),
        }
        self._roles = {
            role: QCheckBox(role_name(role)) for role in Role if role is not Role.MACHINE
        }
        self._form = self._made_form()
        known = Panel(self.tr("已有人员"))
        known.body.addLayout(self._rows)
        self.body.addWidget(self._missing)
        self.body.addWidget(known)
        self.body.addWidget(self._form)
        desk.misfilled.connect(self._show_troubles)
        desk.saved.connect(self._clear)

    def show_facts(self) -> None:
        """Show who is there and what nobody does yet."""
        facts = self.desk.facts
        emptied(self._rows)
        for card in facts.people if facts else ():
            names = role_names(tuple(role.value for role in card.roles))
            self._rows.addWidget(SectionHeader(card.name, names))
        missing = facts.unmanned if facts else ()
        told = said("、", "list").join(duty_name(duty) for duty in missing)
        if missing:
            self._missing.say(self.tr("还没有人能办：{0}。").format(told), Tone.NEAR)
        else:
            self._missing.say(self.tr("从核实到用印，每一步都有人办。"), Tone.GOOD)
        show_if(self._form, wanted=self.desk.may_enrol)

    def _made_form(self) -> Panel:
        panel = Panel(self.tr("加一个人"))
        row = QHBoxLayout()
        row.setSpacing(Space.CARD)
        for field in self._fields.values():
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        grid = QGridLayout()
        for number, box in enumerate(self._roles.values()):
            grid.addWidget(box, number // _ACROSS, number % _ACROSS)
        add = Button(self.tr("开户"), Rank.PRIMARY)
        add.clicked.connect(self._enrol)
        panel.body.addLayout(row)
        panel.body.addLayout(grid)
        panel.body.addWidget(add, 0, Qt.AlignmentFlag.AlignRight)
        return panel

    def _enrol(self) -> None:
        roles = tuple(role for role, box in self._roles.items() if box.isChecked())
        if not roles:
            self.show_trouble(self.tr("请至少勾选一个角色。"))
            return
        self.show_trouble("")
        name, username = self._fields["name"].text(), self._fields["username"].text()
        self.desk.enrol(Newcomer(username, name, self._fields["password"].text(), roles))

    def _show_troubles(self, troubles: dict[str, str]) -> None:
        for name, field in self._fields.items():
            field.show_trouble(troubles.get(name, ""))

    def _clear(self) -> None:
        for field in self._fields.values():
            field.clear()
        for box in self._roles.values():
            box.setChecked(False)
