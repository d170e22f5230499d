"""The list of cases with what narrows it: lamps, unit, item, what is open, words."""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.clocks import Lamp
from desktop.domain.identifiers import UnitId
from desktop.system.language import said
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.approvals.desk import ApprovalsDesk
from desktop.viewmodels.approvals.lamps import LAMPS
from desktop.viewmodels.approvals.raising import Raising
from desktop.viewmodels.approvals.sampling import Sampling
from desktop.viewmodels.approvals.views import CaseViews
from desktop.views.approvals.lamps import LampDelegate
from desktop.views.approvals.raising import ManyQuestion
from desktop.views.approvals.views import ViewBar
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.chips import Chips
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import Label
from desktop.views.kit.panels import Panel
from desktop.views.kit.placeholders import Staged
from desktop.views.kit.search import SearchField
from desktop.views.kit.tables import Table

_WIDTHS = (108, 160, 184, 84, 112, 104, 148, 80)
_LAMPS = (Lamp.RED, Lamp.ORANGE, Lamp.YELLOW, Lamp.GREEN, Lamp.GREY, Lamp.BLACK)
_TYPING_MS = 120  # a pause in typing


class CaseList(QWidget):
    """`opened` gives the id of a case, the others ask for another part of the page."""

    opened = Signal(object)
    import_asked = Signal()
    rules_asked = Signal()

    def __init__(
        self, desk: ApprovalsDesk, raising: Raising, views: CaseViews, sampling: Sampling
    ) -> None:
        super().__init__()
        self._desk, self._raising = desk, raising
        self._views = ViewBar(views, sampling, desk)
        words: dict[Lamp | None, str] = {None: said("全部")}
        words |= {lamp: LAMPS[lamp].word for lamp in _LAMPS}
        self._chips = Chips(said("按期限状态筛选"), words, columns=len(words))
        self._search = SearchField(said("搜索办件"), said("编号、名称、申请人、单位"))
        self._unit = _choice(said("按办理单位筛选"))
        self._item = _choice(said("按事项筛选"))
        self._open = QCheckBox(said("只看未办结"))
        self._late = QCheckBox(said("只看超期"))
        self._progress = Label(size=Size.SMALL, tone=Tone.SOFT)
        self._import = Button(said("导入办件…"), Rank.PRIMARY, icon=Icon.DOWNLOAD)
        self._rules = Button(said("规则与试算"))
        self._raise = Button(said("提交核实…"))
        self._stop = Button(said("停止"))
        self._table = Table(said("办件"))
        self._table.setModel(desk.model)
        self._table.setItemDelegateForColumn(0, LampDelegate(self._table))
        self._staged = Staged(self._table)
        self._asked_of: tuple[int, ...] = ()
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._lay_out()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Show the list as it stands."""
        desk = self._desk
        counts = {lamp: desk.found.lamps.get(lamp, 0) for lamp in _LAMPS}
        self._chips.show_numbers({None: desk.total, **counts})
        self._chips.press(desk.wish.lamp)
        _offer(self._unit, said("全部单位"), desk.units, desk.wish.unit_id)
        _offer(self._item, said("全部事项"), {i: i for i in desk.items}, desk.wish.item_code)
        for box, wanted in ((self._open, desk.wish.open), (self._late, desk.wish.overdue)):
            with QSignalBlocker(box):
                box.setChecked(wanted)
        self._show_progress()
        self._stage()

    def focus_search(self) -> None:
        """Let the person type what to look for."""
        self._search.setFocus()

    def focus_rows(self) -> None:
        """Go to the list."""
        self._table.setFocus()

    def said_instead(self) -> str:
        """What is said in place of an empty list."""
        return self._staged.placeholder.sentence()

    def show_trouble(self, words: str) -> None:
        """Say why there is no list."""
        self._staged.show_trouble(words, said("重试"))

    def _lay_out(self) -> None:
        self._search.setFixedWidth(248)
        for column, width in enumerate(_WIDTHS):
            self._table.setColumnWidth(column, width)
        upper, lower, tools = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        upper.addWidget(self._chips)
        upper.addStretch(1)
        upper.addWidget(self._import)
        lower.setSpacing(Space.CARD - 4)
        for each in (self._search, self._unit, self._item, self._open, self._late):
            lower.addWidget(each)
        lower.addStretch(1)
        tools.addWidget(self._views)
        tools.addStretch(1)
        tools.addWidget(self._progress)
        for button in (self._stop, self._raise, self._rules):
            tools.addWidget(button)
        panel = Panel(margin=12)
        panel.body.addLayout(upper)
        panel.body.addLayout(lower)
        panel.body.addLayout(tools)
        panel.body.addWidget(self._staged, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(panel)

    def _connect(self) -> None:
        desk = self._desk
        self._chips.chosen.connect(self._show_lamp)
        self._search.textChanged.connect(self._typing.start)
        self._typing.timeout.connect(self._look_for)
        self._unit.activated.connect(self._narrow)
        self._item.activated.connect(self._narrow)
        self._open.toggled.connect(self._narrow)
        self._late.toggled.connect(self._narrow)
        self._import.clicked.connect(self.import_asked)
        self._rules.clicked.connect(self.rules_asked)
        self._raise.clicked.connect(self._ask_to_raise)
        self._stop.clicked.connect(self._raising.cancel)
        self._raising.changed.connect(self._show_progress)
        self._raising.progressed.connect(self._show_progress)
        self._staged.acted.connect(self._act)
        self._table.opened.connect(self._open_key)
        desk.listed.connect(self.refresh)
        desk.choices_changed.connect(self.refresh)
        desk.progressed.connect(self._show_progress)

    def _stage(self) -> None:
        desk = self._desk
        if not desk.is_listed:
            self._staged.show_loading(said("正在读取…"))
        elif desk.model.rowCount():
            self._staged.show_content()
        elif desk.is_narrowed:
            self._staged.show_empty(said("没有符合的办件。"), said("显示全部"), icon=Icon.SEARCH)
        elif desk.house.hall is None:
            self._staged.show_empty(said("还没有大厅。请先登录并同步。"), icon=Icon.INFO)
        else:
            words = said("还没有办件。导入部门交来的表格或日志，就能看到每件的期限。")
            self._staged.show_empty(words, said("导入办件…"), icon=Icon.APPROVALS)

    def _act(self) -> None:
        """The one thing to do where the list is missing."""
        desk = self._desk
        if desk.is_narrowed:
            with QSignalBlocker(self._search):
                self._search.clear()
            desk.widen()
        elif desk.is_listed and desk.house.hall:
            self.import_asked.emit()
        else:
            desk.refresh()

    def _show_progress(self) -> None:
        raising, reading = self._raising.share, self._desk.reading_share
        told = said("正在计算期限 {0}%").format(round(reading * 100)) if reading else ""
        if raising is not None:
            told = said("正在提交核实 {0}%").format(round(raising * 100))
        self._progress.setText(told)
        self._stop.setVisible(raising is not None)
        can_raise = self._raising.may_raise() and self._desk.model.rowCount() > 0
        self._raise.setVisible(can_raise and raising is None)

    def _show_lamp(self, lamp: Lamp | None) -> None:
        self._desk.show_lamp(lamp)

    def _look_for(self) -> None:
        self._desk.search(self._search.text())

    def _narrow(self) -> None:
        unit, item = self._unit.currentData(), self._item.currentData()
        self._desk.narrow(
            unit_id=UnitId(unit) if unit else None,
            item_code=item or None,
            open=self._open.isChecked(),
            overdue=self._late.isChecked(),
        )

    def _ask_to_raise(self) -> None:
        """Of the marked cases, or of all that are listed."""
        numbers = self._desk.model.numbers_at(self._table.selected_rows())
        question = ManyQuestion(self, len(numbers), self._raising.units)
        self._asked_of = numbers
        question.wanted.connect(self._raise_many)
        question.open()

    def _raise_many(self, owner: UnitId | None) -> None:
        self._raising.raise_many(self._asked_of, owner)

    def _open_key(self, key: object) -> None:
        if key is not None:
            self.opened.emit(key)


def _choice(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setFixedWidth(148)
    return box


def _offer(
    box: QComboBox,
    everything: str,
    names: Mapping[UnitId, str] | Mapping[str, str],
    chosen: str | None,
) -> None:
    wanted = [("", everything), *names.items()]
    if [(box.itemData(n), box.itemText(n)) for n in range(box.count())] != wanted:
        box.clear()
        for key, name in wanted:
            box.addItem(name, key)
    box.setCurrentIndex(max(box.findData(chosen or ""), 0))
