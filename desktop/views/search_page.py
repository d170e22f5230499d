"""搜索: everything by a few characters; without any, what one pinned and opened lately."""

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout

from desktop.system.language import said
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.links import RecordLink
from desktop.viewmodels.row_roles import RowRole
from desktop.viewmodels.search import SearchDesk, Span, Wishes, more_said
from desktop.viewmodels.wording import sentence
from desktop.views.kit.buttons import Button
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import Label
from desktop.views.kit.panels import Panel
from desktop.views.kit.placeholders import Staged
from desktop.views.kit.search import SearchField
from desktop.views.kit.tables import Table
from desktop.views.page import Notice, Page, PageEntry
from desktop.views.places import place_of

SEARCH_PAGE = "search"
_WIDTHS = (112, 250, 320, 128)
_CHOICE = 10  # characters of a filter
_PAUSE_MS = 120  # between two strokes of somebody who types


class SearchPage(Page):
    """A field, four filters, and what is found."""

    def __init__(self, desk: SearchDesk) -> None:
        super().__init__()
        self._desk = desk
        hint = said("标题、文号、单位、当事人、正文……任意几个字")
        self.field = SearchField(said("搜索全部记录"), hint)
        self._kind, self._span = _choice(said("种类")), _choice(said("时间"))
        self._hall, self._state = _choice(said("大厅")), _choice(said("状态"))
        self._heading = Label(size=Size.SMALL, tone=Tone.SOFT)
        self.table = Table(said("搜索结果"))
        self.table.setModel(desk.model)
        for column, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(column, width)
        self._staged = Staged(self.table)
        self.pin, self.copy = Button(said("固定")), Button(said("复制链接"))
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._lay_out()
        self._connect()
        self._show()

    def arrive(self) -> None:
        """Look again, and let one type."""
        self._desk.refresh()
        self.field.setFocus()
        self.field.selectAll()

    def open_subject(self, subject: object) -> None:
        """Look for words."""
        if isinstance(subject, str):
            self.field.setText(subject)
            self._ask()

    def commands(self) -> Sequence[QAction]:
        """What the command palette offers here."""
        return self.actions()

    def said_instead(self) -> str:
        """What is said in place of an empty list."""
        return self._staged.placeholder.sentence()

    def heading(self) -> str:
        """What stands above the list."""
        return self._heading.text()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        for box in (self._kind, self._span, self._hall, self._state):
            row.addWidget(box)
        row.addStretch(1)
        row.addWidget(self.pin)
        row.addWidget(self.copy)
        panel = Panel()
        panel.body.addWidget(self.field)
        panel.body.addLayout(row)
        panel.body.addWidget(self._heading)
        panel.body.addWidget(self._staged, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MARGIN, 20, Space.MARGIN, Space.MARGIN)
        column.addWidget(panel)

    def _connect(self) -> None:
        desk = self._desk
        self.field.textChanged.connect(self._pause.start)
        self.field.returnPressed.connect(self._go_down)
        self._pause.timeout.connect(self._ask)
        for box in (self._kind, self._span, self._hall, self._state):
            box.activated.connect(self._ask)
        self.table.opened.connect(self._open)
        self.table.selectionModel().currentChanged.connect(self._show_deeds)
        self.pin.clicked.connect(self._turn_pin)
        self.copy.clicked.connect(self._copy_link)
        desk.changed.connect(self._show)
        desk.opened.connect(self._lead)
        desk.refused.connect(self._refuse)
        self._add(said("固定或取消固定"), "Ctrl+D", self._turn_pin)

    def _add(self, text: str, keys: str, deed: object) -> None:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(deed)
        self.addAction(action)

    def _ask(self) -> None:
        kind = str(self._kind.currentData() or "")
        state = str(self._state.currentData() or "") if kind == self._desk.wishes.kind else ""
        span = self._span.currentData() or Span.ANY
        wishes = Wishes(kind, span, str(self._hall.currentData() or ""), state)
        self._desk.search(self.field.text(), wishes)

    def _show(self) -> None:
        desk, wishes = self._desk, self._desk.wishes
        _offer(self._kind, [("", said("全部种类")), *desk.kinds()], wishes.kind)
        _offer(self._span, [(span, span.word) for span in Span], wishes.span)
        _offer(self._hall, [("", said("全部大厅")), *desk.halls], wishes.hall_id)
        _offer(self._state, [("", said("全部状态")), *desk.states()], wishes.state)
        self._state.setEnabled(self._state.count() > 1)
        self._heading.setText(self._headed())
        if desk.model.rows:
            self._staged.show_content()
            if not self.table.currentIndex().isValid():
                self.table.setCurrentIndex(desk.model.index(0, 0))
        elif desk.count is None:
            words = said("输入任意几个字查找全部记录；打开过的和固定的会列在这里。")
            self._staged.show_empty(words, icon=Icon.SEARCH)
        else:
            self._staged.show_empty(said("没有找到。可以换几个字，或放宽筛选。"), icon=Icon.SEARCH)
        self._show_deeds()

    def _headed(self) -> str:
        desk = self._desk
        told = said("固定的和最近打开的") if desk.count is None else more_said(desk.count)
        return " · ".join(filter(None, (told, said("正在建立索引…") if desk.is_behind else "")))

    def _show_deeds(self) -> None:
        key = self._key()
        self.pin.setText(said("取消固定") if self._desk.is_pinned(key) else said("固定"))
        self.pin.setEnabled(self._desk.may_pin(key))
        self.copy.setEnabled(bool(self._desk.link_of(key)))

    def _key(self) -> str:
        index = self.table.currentIndex()
        return str(index.sibling(index.row(), 0).data(RowRole.KEY)) if index.isValid() else ""

    def _go_down(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self._ask()
        self.table.setFocus()

    def _open(self, key: object) -> None:
        self._desk.open(str(key))

    def _lead(self, link: RecordLink) -> None:
        page, subject = place_of(link)
        self.goes_to.emit(page, subject)

    def _turn_pin(self) -> None:
        self._desk.turn_pin(self._key())

    def _copy_link(self) -> None:
        QGuiApplication.clipboard().setText(self._desk.link_of(self._key()))
        self.noticed.emit(Notice(said("链接已复制，可以粘贴到别处或发给同事。"), Tone.GOOD))

    def _refuse(self, error: Exception) -> None:
        self.noticed.emit(Notice(sentence(error), Tone.BAD))


def _choice(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    # The names of halls may be long: the box keeps its width, its list shows them whole.
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(_CHOICE)
    box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return box


def _offer(box: QComboBox, wanted: Iterable[tuple[object, str]], chosen: object) -> None:
    offers = list(wanted)
    if [(box.itemData(n), box.itemText(n)) for n in range(box.count())] != offers:
        box.clear()
        for key, name in offers:
            box.addItem(name, key)
    box.setCurrentIndex(max(box.findData(chosen), 0))


def search_entry(desk: SearchDesk) -> PageEntry:
    """The page's place in the navigation."""
    return PageEntry(SEARCH_PAGE, Icon.SEARCH, _title, partial(SearchPage, desk))


def _title() -> str:
    return said("搜索")
