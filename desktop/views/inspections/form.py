"""The form that is gone through: the items at the left, the one item large, and the way on."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.system.language import said
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.inspections.desk import InspectionDesk
from desktop.viewmodels.inspections.walk_rows import WalkModel
from desktop.viewmodels.inspections.words import score_said
from desktop.views.inspections.item import ItemCard
from desktop.views.inspections.signature import FinishQuestion
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import ElidedLabel, hairline
from desktop.views.kit.panels import Panel, ScrollColumn
from desktop.views.kit.rows import RowList
from desktop.views.kit.touch import for_fingers

_SIDE, _NARROW = 300, 840  # px; below the second the list gives way to the item


class InspectionForm(QWidget):
    """One window's inspection under way; the keyboard alone goes through it.

    1 to 3 answer, up and down walk, Enter goes on, Ctrl+Enter finishes.
    """

    left = Signal()

    def __init__(self, desk: InspectionDesk) -> None:
        super().__init__()
        self._desk, self._walk = desk, desk.walk
        self._model = WalkModel(desk.walk)
        self._list = RowList(said("检查项目"))
        self._list.setModel(self._model)
        self._list.chosen.connect(self._go)
        self.card = ItemCard(desk.walk, desk.photos, self, desk.shutter)
        self.card.goes_on.connect(self.go_on)
        self._title = ElidedLabel(size=Size.SECTION, bold=True)
        self._result = ElidedLabel(size=Size.SMALL, tone=Tone.SOFT)
        self.finish = Button(said("完成并签名"), Rank.PRIMARY)
        self.finish.clicked.connect(self.ask_finish)
        self.card.wants_seen.connect(self._show_part)
        self._side = Panel(margin=12)
        self._column = ScrollColumn(margin=Space.CARD)
        self._lay_out()
        self._add_shortcuts()
        for signal in (desk.walk.opened, desk.walk.moved, desk.walk.changed, desk.walk.kept):
            signal.connect(self.refresh)

    def refresh(self) -> None:
        """Show what lies on the table."""
        walk = self._walk
        if walk.visit is None:
            return
        self._title.setText(walk.visit.window.name)
        answered = len(walk.items) - len(walk.gaps)
        counted = said("已答 {0}/{1}").format(answered, len(walk.items))
        kept = said("已保存到本机") if walk.is_kept else said("正在保存…")
        self._result.setText(" · ".join((counted, score_said(walk.score), kept)))
        self.finish.setVisible(walk.is_under_way)
        self.card.refresh()
        if walk.at:
            self._list.choose(walk.at)

    def take_focus(self) -> None:
        """Begin with the keyboard where digits and arrows work."""
        self._list.setFocus() if self._side.isVisible() else self.setFocus()

    def go_on(self) -> None:
        """Go to the next item; the keyboard is where digits answer again."""
        self._walk.step(+1)
        self.take_focus()

    def go_back(self) -> None:
        """Go to the item before."""
        self._walk.step(-1)
        self.take_focus()

    def ask_finish(self) -> None:
        """Take the signature, once nothing is open any more."""
        if not self._walk.may_finish():
            return
        question = FinishQuestion(self, score_said(self._walk.score))
        question.signed.connect(self._walk.finish_signed)
        question.declined.connect(self._walk.finish_refused)
        question.open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the list give way where there is no room, as at 200 %."""
        self._side.setVisible(event.size().width() >= _NARROW)
        super().resizeEvent(event)

    def _lay_out(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(said("巡查表"))
        back = Button(said("返回列表"), Rank.QUIET, icon=Icon.BACK)
        back.clicked.connect(self.left)
        top = QHBoxLayout()
        for widget in (back, self._title, self._result):
            top.addWidget(widget)
        top.setStretch(2, 1)
        top.addWidget(self.finish)
        self._side.setFixedWidth(_SIDE)
        self._side.body.addWidget(self._list, 1)
        middle = Panel(margin=0)
        column = self._column
        column.body.addWidget(self.card)
        column.body.addStretch(1)
        middle.body.setSpacing(0)
        middle.body.addWidget(column, 1)
        middle.body.addWidget(hairline())
        middle.body.addLayout(self._foot())
        row = QHBoxLayout()
        row.setSpacing(Space.CARD)
        row.addWidget(self._side)
        row.addWidget(middle, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(top)
        outer.addLayout(row, 1)
        for_fingers(back, self.finish)

    def _foot(self) -> QHBoxLayout:
        before, on = Button(said("上一项")), Button(said("下一项"))
        before.clicked.connect(self.go_back)
        on.clicked.connect(self.go_on)
        row = QHBoxLayout()
        row.setContentsMargins(Space.CARD, Space.INSIDE, Space.CARD, Space.INSIDE)
        row.setSpacing(Space.CARD)
        for button in (before, on):
            row.addWidget(button, 1)
        for_fingers(before, on)
        return row

    def _add_shortcuts(self) -> None:
        """Walk by arrows and Enter wherever nothing else wants the key."""
        keys = {
            Qt.Key.Key_Down: self.go_on,
            Qt.Key.Key_Up: self.go_back,
            Qt.Key.Key_Return: self.go_on,
            Qt.Key.Key_Enter: self.go_on,
        }
        inner, alone = (
            Qt.ShortcutContext.WidgetWithChildrenShortcut,
            Qt.ShortcutContext.WidgetShortcut,
        )
        for key, deed in keys.items():
            for widget, context in ((self._list, inner), (self.card.choices, inner), (self, alone)):
                self._shortcut(QKeySequence(key), widget, context, deed)
        self._shortcut(QKeySequence("Ctrl+Return"), self, inner, self.ask_finish)
        self._shortcut(QKeySequence("Ctrl+Shift+V"), self, inner, self.card.paste)

    @staticmethod
    def _shortcut(
        keys: QKeySequence, widget: QWidget, context: Qt.ShortcutContext, deed: object
    ) -> None:
        shortcut = QShortcut(keys, widget)
        shortcut.setContext(context)
        shortcut.activated.connect(deed)

    def _show_part(self, part: object) -> None:
        if isinstance(part, QWidget):
            QTimer.singleShot(
                0, self, partial(self._column.ensureWidgetVisible, part, 0, Space.CARD)
            )

    def _go(self, key: object) -> None:
        self._walk.go(str(key))
