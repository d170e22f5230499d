"""用户与角色: everybody of the office at the left, the one that is chosen at the right."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QStackedWidget,
)

from desktop.domain.identifiers import UnitId
from desktop.domain.roles import Role
from desktop.system.language import said
from desktop.system.theme import Size, Space, Tone
from desktop.usecases.founding import Newcomer
from desktop.viewmodels.naming import role_name
from desktop.viewmodels.users import Person, UserDesk, refusal_said
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.chips import Chips
from desktop.views.kit.dialogs import Question, ReasonQuestion
from desktop.views.kit.fields import Field, LineField
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import Label, show_if
from desktop.views.kit.panels import Banner, Panel, ScrollColumn
from desktop.views.kit.placeholders import Staged
from desktop.views.kit.tables import Table
from desktop.views.page import Notice, Page, PageEntry

USERS_PAGE = "users"
_WIDTHS = (88, 104, 300)
_RIGHTS = (160, 160)
_SIDE = 380  # px
_ACROSS = 2  # roles a row
_PEOPLE, _TABLE = "people", "rights"


class UsersPage(Page):
    """People and their roles; beside them the table of who may do what."""

    def __init__(self, desk: UserDesk) -> None:
        super().__init__()
        self._desk = desk
        views = {_PEOPLE: said("人员"), _TABLE: said("权限表")}
        self._views = Chips(said("显示"), views, columns=2)
        self._stand = Banner()
        self.table, self.rights = Table(said("人员")), Table(said("权限表"))
        self.table.setModel(desk.model)
        self.rights.setModel(desk.rights)
        self._stack = QStackedWidget()
        self._people = Staged(self.table)
        self._stack.addWidget(self._people)
        self._stack.addWidget(self.rights)
        self.new = Button(said("新增人员"), icon=Icon.PLUS)
        self.aside = Button(said("申明回避…"))
        self.sheet = PersonSheet(desk)
        self._lay_out()
        self._connect()
        self._show()

    def arrive(self) -> None:
        """Fetch."""
        self._desk.refresh()

    def open_subject(self, subject: object) -> None:
        """Show one person."""
        if isinstance(subject, str):
            self._show_view(_PEOPLE)
            self._desk.choose(subject)
            self.table.selectRow(self._desk.model.row_of(subject))

    def standing(self) -> str:
        """What is said of who keeps the accounts."""
        return self._stand.text()

    def _lay_out(self) -> None:
        for table, widths in ((self.table, _WIDTHS), (self.rights, _RIGHTS)):
            for column, width in enumerate(widths):
                table.setColumnWidth(column, width)
        top = QHBoxLayout()
        top.addWidget(self._views)
        top.addStretch(1)
        top.addWidget(self.aside)
        top.addWidget(self.new)
        panel = Panel(margin=12)
        panel.body.addLayout(top)
        panel.body.addWidget(self._stand)
        panel.body.addWidget(self._stack, 1)
        self.sheet.setFixedWidth(_SIDE)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.MARGIN, 20, Space.MARGIN, Space.MARGIN)
        row.setSpacing(Space.CARD)
        row.addWidget(panel, 1)
        row.addWidget(self.sheet)

    def _connect(self) -> None:
        desk = self._desk
        self._views.chosen.connect(self._show_view)
        self.table.opened.connect(self._choose)
        self.table.clicked.connect(self._choose_clicked)
        self.new.clicked.connect(self._begin)
        self.aside.clicked.connect(self._ask_aside)
        desk.changed.connect(self._show)
        desk.saved.connect(self._say_saved)
        desk.refused.connect(self._refuse)

    def _show(self) -> None:
        self._stand.say(*self._desk.stand())
        if self._desk.model.rows:
            self._people.show_content()
        else:
            self._people.show_empty(said("这台电脑上还没有人员名单，同步后显示。"), icon=Icon.INFO)
        self._views.press(_TABLE if self._stack.currentWidget() is self.rights else _PEOPLE)
        self.new.setVisible(self._desk.may_change)
        self.aside.setVisible(self._desk.may_stand_aside)
        self.sheet.refresh()

    def _show_view(self, view: object) -> None:
        self._stack.setCurrentWidget(self.rights if view == _TABLE else self._people)
        self.sheet.setVisible(view != _TABLE)
        self._show()

    def _choose(self, key: object) -> None:
        self._desk.choose(str(key))

    def _choose_clicked(self) -> None:
        row = self.table.currentIndex().row()
        self._desk.choose(self._desk.model.rows[row].key)

    def _begin(self) -> None:
        self.table.clearSelection()
        self._desk.choose("")
        self.sheet.begin()

    def _ask_aside(self) -> None:
        words = said("与对方有亲属等利害关系，或曾在该单位任职。此后您不再办理该单位的事项。")
        question = AsideQuestion(self, words, self._desk.units)
        question.told.connect(self._desk.stand_aside)
        question.open()

    def _say_saved(self, words: str) -> None:
        self.noticed.emit(Notice(words, Tone.GOOD))

    def _refuse(self, error: Exception) -> None:
        self.noticed.emit(Notice(refusal_said(error), Tone.BAD))


class AsideQuestion(ReasonQuestion):
    """From which unit one stands aside, and why; `told` carries both."""

    told = Signal(str, str)

    def __init__(self, parent: UsersPage, words: str, units: Sequence[tuple[UnitId, str]]) -> None:
        title = said("申明回避")
        super().__init__(parent, title, words, title, label=said("回避理由"))
        self._unit = QComboBox()
        for unit_id, name in units:
            self._unit.addItem(name, unit_id)
        self.body.insertWidget(0, Field(said("被监察单位"), self._unit))

        self.given.connect(self._tell)

    def _tell(self, reason: str) -> None:
        self.told.emit(self._unit.currentData(), reason)


class PersonSheet(Panel):
    """One person: name, roles, account; or the form for somebody new."""

    def __init__(self, desk: UserDesk) -> None:
        super().__init__()
        self._desk = desk
        self._is_new = False
        self._fields = {
            "name": LineField(said("姓名")),
            "username": LineField(said("用户名", "account")),
            "password": LineField(said("初始密码"), secret=True),
        }
        self.roles = {role: QCheckBox(role_name(role)) for role in Role if role is not Role.MACHINE}
        self._details = Label(size=Size.SMALL, tone=Tone.SOFT, wraps=True)
        self._aside = Label(size=Size.SMALL, tone=Tone.NEAR, wraps=True)
        self.save = Button(said("保存角色"), Rank.PRIMARY)
        self.enrol = Button(said("开户"), Rank.PRIMARY)
        self.reset = Button(said("重设密码…"))
        self.lock = Button(said("停用账号…"))
        self.unlock = Button(said("恢复账号"))
        self.again = Button(said("解除等待"))
        self._lay_out()
        self._connect()

    def begin(self) -> None:
        """Write somebody new."""
        self._is_new = True
        for field in self._fields.values():
            field.clear()
        self._check(())
        self.refresh()
        self._fields["name"].line.setFocus()

    def refresh(self) -> None:
        """Show the person that is chosen."""
        person, may = self._desk.person, self._desk.may_change
        self._is_new = self._is_new and person is None and may
        nobody = said("新增人员") if self._is_new else said("人员")
        self.show_title(person.name if person else nobody)
        for field in self._fields.values():
            show_if(field, wanted=self._is_new)
        for box in self.roles.values():
            show_if(box, wanted=self._is_new or person is not None)
            box.setEnabled(may)
        show_if(self.enrol, wanted=self._is_new)
        for button in (self.save, self.reset):
            show_if(button, wanted=person is not None and may)
        show_if(self.lock, wanted=person is not None and may and person.active)
        show_if(self.unlock, wanted=person is not None and may and not person.active)
        self._show_person(person)

    def details(self) -> str:
        """What is said of the person."""
        return self._details.text()

    def field(self, name: str) -> LineField:
        """A field of the form for somebody new."""
        return self._fields[name]

    def _show_person(self, person: Person | None) -> None:
        waits = person is not None and self._desk.is_administrator and self._desk.must_wait(person)
        show_if(self.again, wanted=waits)
        show_if(self._aside, wanted=bool(person and person.aside))
        if person is None:
            self._details.setText("" if self._is_new else said("选择一个人，查看其角色和账号。"))
            return
        self._check(person.roles)
        self._details.setText(self._desk.details(person))
        told = said("；", "list").join(f"{unit}（{reason}）" for unit, reason in person.aside)
        self._aside.setText(said("回避：{0}").format(told))

    def _check(self, roles: Sequence[Role]) -> None:
        for role, box in self.roles.items():
            box.setChecked(role in roles)

    def _lay_out(self) -> None:
        scroll = ScrollColumn()
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.CARD)
        for number, box in enumerate(self.roles.values()):
            grid.addWidget(box, number // _ACROSS, number % _ACROSS)
        for field in self._fields.values():
            scroll.body.addWidget(field)
        scroll.body.addLayout(grid)
        scroll.body.addWidget(self._details)
        scroll.body.addWidget(self._aside)
        scroll.body.addStretch(1)
        self.body.addWidget(scroll, 1)
        deeds = QGridLayout()
        buttons = (self.save, self.enrol, self.reset, self.lock, self.unlock, self.again)
        for number, button in enumerate(buttons):
            deeds.addWidget(button, number // 2, number % 2)
        self.body.addLayout(deeds)

    def _connect(self) -> None:
        self.save.clicked.connect(self._give_roles)
        self.enrol.clicked.connect(self._add)
        self.reset.clicked.connect(self._ask_reset)
        self.lock.clicked.connect(self._ask_lock)
        self.unlock.clicked.connect(self._desk.unlock)
        self.again.clicked.connect(self._desk.end_waiting)
        self._desk.misfilled.connect(self._show_troubles)

    def _checked(self) -> tuple[Role, ...]:
        return tuple(role for role, box in self.roles.items() if box.isChecked())

    def _give_roles(self) -> None:
        self._desk.give_roles(self._checked())

    def _add(self) -> None:
        texts = {name: field.text() for name, field in self._fields.items()}
        self._desk.add(Newcomer(**texts, roles=self._checked()))

    def _show_troubles(self, troubles: dict[str, str]) -> None:
        for name, field in self._fields.items():
            field.show_trouble(troubles.get(name, ""))

    def _ask_lock(self) -> None:
        words = said("该人员的登录立即在服务器上失效；未连接的设备在下次连接前仍可离线登录。")
        question = Question(self, said("停用账号"), words, said("停用账号"), rank=Rank.DANGER)
        question.agreed.connect(self._desk.lock)
        question.open()

    def _ask_reset(self) -> None:
        words = said("该人员在所有设备上的登录都会结束，须用新密码重新登录。")
        question = Question(self, said("重设密码"), words, said("重设"))
        field = LineField(said("新密码"), secret=True)
        question.body.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
        question.agreed.connect(lambda: self._desk.reset(field.line.text()))
        question.open()
        field.line.setFocus()


def users_entry(desk: UserDesk) -> PageEntry:
    """The page's place in the navigation."""
    return PageEntry(USERS_PAGE, Icon.PEOPLE, _title, partial(UsersPage, desk), at_foot=True)


def _title() -> str:
    return said("用户与角色")
