"""The saved views above the list of cases, and the way out as a log."""

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from desktop.system.language import said
from desktop.system.theme import Space
from desktop.viewmodels.approvals.desk import ApprovalsDesk
from desktop.viewmodels.approvals.sampling import Sampling
from desktop.viewmodels.approvals.views import CaseViews
from desktop.views.approvals.profiles import NameQuestion
from desktop.views.approvals.sampling import DrawQuestion
from desktop.views.kit.buttons import IconButton
from desktop.views.kit.exports import ExportDialog
from desktop.views.kit.icons import Icon

_WIDTH = 148


class ViewBar(QWidget):
    """Choose a view, save one, offer it no more, and write the list as a log."""

    def __init__(self, views: CaseViews, sampling: Sampling, desk: ApprovalsDesk) -> None:
        super().__init__()
        self._views, self._sampling, self._desk = views, sampling, desk
        self.draw = IconButton(Icon.GRID, said("抽取样本…"))
        self.draw.clicked.connect(self._ask_draw)
        self.box = QComboBox()
        self.box.setAccessibleName(said("视图"))
        self.box.setFixedWidth(_WIDTH)
        self.box.activated.connect(self._show)
        self.save = IconButton(Icon.PLUS, said("保存视图…"))
        self.save.clicked.connect(self._ask_name)
        self.withdraw = IconButton(Icon.CLOSE, said("停用视图"))
        self.withdraw.clicked.connect(views.withdraw)
        self.log = IconButton(Icon.DOWNLOAD, said("导出事件日志…"))
        self.log.clicked.connect(self._ask_export)
        words = said("把列表中的办件写成 XES 事件日志，供其他分析工具使用。")
        self._exporting = ExportDialog(self, said("导出事件日志"), words)
        self._exporting.chosen.connect(views.export)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.HAIR)
        for each in (self.box, self.save, self.withdraw, self.draw, self.log):
            row.addWidget(each)
        views.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the views as they stand, and which of them the list shows."""
        views = self._views
        wanted = [("", said("全部办件")), *((name, name) for name in views.views)]
        if [
            (self.box.itemData(n), self.box.itemText(n)) for n in range(self.box.count())
        ] != wanted:
            self.box.clear()
            for key, name in wanted:
                self.box.addItem(name, key)
        self.box.setCurrentIndex(max(self.box.findData(views.current), 0))
        self.save.setEnabled(views.may_save())
        self.draw.setEnabled(self._sampling.may_check())
        self.withdraw.setEnabled(views.may_save() and bool(views.current))

    def _show(self) -> None:
        self._views.show(str(self.box.currentData()))

    def _ask_name(self) -> None:
        words = said("按现在的筛选和搜索保存，全厅的人都能选用。")
        question = NameQuestion(self, self._views.current, said("保存视图"), words)
        question.given.connect(self._views.save)
        question.open()

    def _ask_draw(self) -> None:
        question = DrawQuestion(self, len(self._desk.found.numbers))
        question.given.connect(self._sampling.draw)
        question.open()

    def _ask_export(self) -> None:
        self._exporting.ask("cases.xes.gz", "XES (*.xes *.xes.gz)")
