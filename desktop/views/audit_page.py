"""审计记录: what was done on this machine, for the auditor alone; read, checked, taken out."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.system.language import said
from desktop.system.theme import Space, Tone
from desktop.viewmodels.audit_log import AuditLog
from desktop.viewmodels.wording import sentence
from desktop.views.kit.buttons import Button
from desktop.views.kit.exports import ExportDialog
from desktop.views.kit.icons import Icon
from desktop.views.kit.panels import Banner, Panel
from desktop.views.kit.placeholders import Staged
from desktop.views.kit.search import SearchField
from desktop.views.kit.tables import Table
from desktop.views.page import Notice, Page, PageEntry

AUDIT_PAGE = "audit"
_WIDTHS = (64, 156, 96, 160, 300, 160)


class AuditPage(Page):
    """The audit chain of this machine."""

    def __init__(self, log: AuditLog) -> None:
        super().__init__()
        self._log = log
        self.search = SearchField(said("搜索审计记录"), said("搜索操作人、操作、对象、理由"))
        self.search.textChanged.connect(log.search)
        self.table = Table(said("审计记录"))
        self.table.setModel(log.model)
        for column, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(column, width)
        self._staged = Staged(self.table)
        self._found = Banner()
        self.more = Button(said("更早的记录"))
        self.more.clicked.connect(log.more)
        words = said("审计记录将离开本系统。导出本身也写入审计链。")
        self._out = ExportDialog(self, said("导出审计链"), words)
        self._out.chosen.connect(log.write_out)
        self._lay_out()
        log.changed.connect(self._show)
        log.exported.connect(self._was_exported)
        log.refused.connect(self._refuse)
        self._show()

    def arrive(self) -> None:
        """Fetch."""
        self._log.search(self.search.text())

    def said_of_check(self) -> str:
        """What walking the chain found."""
        return self._found.text()

    def _lay_out(self) -> None:
        check, out = Button(said("校验审计链")), Button(said("导出…"), icon=Icon.DOWNLOAD)
        check.clicked.connect(self._log.check)
        out.clicked.connect(self._ask_place)
        top = QHBoxLayout()
        top.addWidget(self.search, 1)
        for button in (check, out):
            top.addWidget(button)
        panel = Panel()
        panel.body.addLayout(top)
        panel.body.addWidget(self._found)
        panel.body.addWidget(self._staged, 1)
        panel.body.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MARGIN, 20, Space.MARGIN, Space.MARGIN)
        column.addWidget(panel)

    def _show(self) -> None:
        self._found.say(*self._log.health())
        self.more.setVisible(self._log.has_more)
        if not self._log.may_read:
            self._staged.show_empty(said("只有安全审计员可以查看审计记录。"), icon=Icon.LOCK)
        elif self._log.model.rows:
            self._staged.show_content()
        else:
            self._staged.show_empty(said("没有符合的审计记录。"), icon=Icon.SEARCH)

    def _ask_place(self) -> None:
        self._out.ask("audit.jsonl", "JSON (*.jsonl)")

    def _was_exported(self, rows: int) -> None:
        self.noticed.emit(Notice(said("已导出 {0} 条审计记录。").format(rows), Tone.GOOD))

    def _refuse(self, error: Exception) -> None:
        self.noticed.emit(Notice(sentence(error), Tone.BAD))


def audit_entries(log: AuditLog) -> list[PageEntry]:
    """Give the page where the auditor is at the desk; others do not see that there is one."""
    if not log.may_read:
        return []
    return [PageEntry(AUDIT_PAGE, Icon.LIST, _title, partial(AuditPage, log), at_foot=True)]


def _title() -> str:
    return said("审计记录", "page")
