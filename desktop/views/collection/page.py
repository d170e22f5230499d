"""数据报送: who owes what, what came, and the reminder to who did not send it."""

from datetime import date
from functools import partial

from PySide6.QtCore import QDate, QModelIndex, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QHBoxLayout,
    QLineEdit,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.system.language import headed, said
from desktop.system.theme import Space, Tone
from desktop.viewmodels.collection import CollectionDesk, Received
from desktop.viewmodels.quality import QualityDesk
from desktop.viewmodels.row_roles import RowRole
from desktop.viewmodels.wording import sentence
from desktop.views.collection.quality import QualityView
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.dialogs import Question
from desktop.views.kit.exports import ExportDialog
from desktop.views.kit.fields import Field, NumberBox
from desktop.views.kit.icons import Icon
from desktop.views.kit.panels import Panel
from desktop.views.kit.placeholders import Staged
from desktop.views.kit.tables import Table
from desktop.views.page import Notice, Page, PageEntry

COLLECTION_PAGE = "collection"
_WIDTHS = (128, 176, 112, 128, 104, 80, 80)
_MOST = 9_999_999


class CollectionPage(Page):
    """Every duty for every period that is over."""

    def __init__(self, desk: CollectionDesk, quality: QualityDesk) -> None:
        super().__init__()
        self._desk, self._quality = desk, quality
        self._tabs = QTabWidget()
        for each in (self._tabs, self._tabs.tabBar()):
            each.setAccessibleName(said("数据报送"))
        self._table = Table(said("数据报送"))
        self._table.setModel(desk.model)
        for column, width in enumerate(_WIDTHS):
            self._table.setColumnWidth(column, width)
        self._staged = Staged(self._table)
        self._only = QCheckBox(said("只看未报、少报"))
        self._record = Button(said("登记报送…"), Rank.PRIMARY)
        self._remind = Button(said("打印催报单…"), icon=Icon.PRINTER)
        self._exporting = ExportDialog(self, said("打印催报单"), said("催报单会记入审计记录。"))
        self._lay_out()
        self._connect()
        self.refresh()

    def arrive(self) -> None:
        """Fetch."""
        self._desk.refresh()

    def refresh(self) -> None:
        """Show how the duties stand."""
        desk, chosen = self._desk, self._desk.chosen
        self._record.setEnabled(chosen is not None and desk.may_record())
        self._remind.setEnabled(chosen is not None and chosen.wants_reminder)
        if desk.model.rows:
            self._staged.show_content()
        elif desk.total:
            self._staged.show_empty(said("都已按时报全。"), icon=Icon.CHECK)
        else:
            words = said("还没有到期的报送责任。请在“事项与单位”登记谁报什么、多久一次。")
            self._staged.show_empty(words, icon=Icon.INFO)
        told = said("{0} 期待催报", n=desk.owing).format(desk.owing)
        self.context_changed.emit(told if desk.owing else "")

    def said_instead(self) -> str:
        """What is said in place of an empty list."""
        return self._staged.placeholder.sentence()

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.addWidget(self._only)
        tools.addStretch(1)
        tools.addWidget(self._remind)
        tools.addWidget(self._record)
        panel = Panel(margin=12)
        panel.body.addLayout(tools)
        panel.body.addWidget(self._staged, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.MARGIN, 20, Space.MARGIN, Space.MARGIN)
        self._tabs.addTab(panel, said("报送情况"))
        self._tabs.addTab(QualityView(self._quality), headed(said("数据质量")))
        whole.addWidget(self._tabs)

    def _connect(self) -> None:
        desk = self._desk
        self._only.toggled.connect(self._narrow)
        self._table.selectionModel().currentChanged.connect(self._choose)
        self._record.clicked.connect(self._ask)
        self._remind.clicked.connect(self._ask_reminder)
        self._exporting.chosen.connect(desk.remind)
        desk.listed.connect(self.refresh)
        desk.recorded.connect(self._was_recorded)
        desk.exported.connect(self._was_exported)
        desk.refused.connect(self._refuse)
        self._quality.exported.connect(self._was_exported)
        self._quality.refused.connect(self._refuse)

    def _narrow(self, only: bool) -> None:  # Qt calls it so
        self._desk.narrow(only_owed=only)

    def _choose(self, current: QModelIndex) -> None:
        key = current.siblingAtColumn(0).data(RowRole.KEY)
        if key is not None:
            self._desk.choose(str(key))

    def _ask(self) -> None:
        question = ReceivedQuestion(self, self._desk.today())
        question.given.connect(self._desk.record)
        question.open()

    def _ask_reminder(self) -> None:
        if chosen := self._desk.chosen:
            name = said("催报单 {0}").format(chosen.period.months[-1])
            self._exporting.ask(f"{name}.pdf", "PDF (*.pdf)")

    def _was_recorded(self) -> None:
        self.noticed.emit(Notice(said("报送情况已登记。"), Tone.GOOD))

    def _was_exported(self, name: str) -> None:
        self.noticed.emit(Notice(said("已导出 {0}，并记入审计记录。").format(name), Tone.GOOD))

    def _refuse(self, error: Exception) -> None:
        self.noticed.emit(Notice(sentence(error), Tone.BAD))


class ReceivedQuestion(Question):
    """Asks what came, and when."""

    given = Signal(object)  # the Received

    def __init__(self, parent: QWidget, today: date) -> None:
        words = said("独立计数是叫号、收件等记录的件数；填 0 表示没有独立计数。")
        super().__init__(parent, said("登记报送"), words, said("登记"))
        self.day = QDateEdit(QDate(today.year, today.month, today.day))
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setMaximumDate(self.day.date())
        self.reported, self.counted = NumberBox(0, _MOST), NumberBox(0, _MOST)
        self.note = QLineEdit()
        for label, editor in (
            (said("收到日期"), self.day),
            (said("报送件数"), self.reported),
            (said("独立计数"), self.counted),
            (said("备注"), self.note),
        ):
            self.body.addWidget(Field(label, editor))
        self.agreed.connect(self._give)

    def _give(self) -> None:
        day = self.day.date()
        self.given.emit(
            Received(
                date(day.year(), day.month(), day.day()),
                self.reported.value(),
                self.counted.value() or None,
                self.note.text().strip(),
            )
        )


def collection_entry(desk: CollectionDesk, quality: QualityDesk) -> PageEntry:
    """The page's place in the navigation."""
    build = partial(CollectionPage, desk, quality)
    return PageEntry(COLLECTION_PAGE, Icon.SYNC, _title, build)


def _title() -> str:
    return said("数据报送")
