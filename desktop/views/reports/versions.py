"""The versions of a report: what was locked, what differs since, and the lock itself."""

from PySide6.QtWidgets import QVBoxLayout

from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.reports.desk import ReportDesk
from desktop.viewmodels.reports.making import Kept
from desktop.viewmodels.times import stamp
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.dialogs import Question
from desktop.views.kit.labels import Label
from desktop.views.kit.panels import Panel, emptied

_SHOWN = 30  # differences on the screen; all of them stand in the annex of the paper


class VersionsPanel(Panel):
    """Shown while a report of the period lies open."""

    def __init__(self, desk: ReportDesk) -> None:
        super().__init__()
        self.show_title(self.tr("锁定与版本"))
        self._desk = desk
        self._lines = QVBoxLayout()
        self._lines.setSpacing(Space.HAIR)
        self._lock = Button(self.tr("锁定为新版本"))
        self.body.addLayout(self._lines)
        self.body.addWidget(self._lock)
        self._lock.clicked.connect(self._ask)

    def refresh(self) -> None:
        """Show the versions and what differs from the last."""
        report = self._desk.report
        self.setVisible(report is not None and not report.is_empty)
        self._lock.setVisible(self._desk.may_lock)
        emptied(self._lines)
        if report is None or report.is_empty:
            return
        for each in report.kept:
            self._add_version(each)
        self._say(self._standing(len(report.kept), len(report.differences)))
        words = self.tr("{0} {1}「{2}」：{3} → {4}")
        for d in report.differences[:_SHOWN]:
            self._say(words.format(d.table, d.row, d.column, d.before, d.after))
        if report.kept:
            made = Button(self.tr("查看本次生成的报告"), Rank.ROW)
            made.clicked.connect(self._desk.show_made)
            self._lines.addWidget(made)

    def _standing(self, versions: int, changes: int) -> str:
        if not versions:
            return self.tr(
                "本期还没有锁定的报告。锁定后本期分值不再变动，迟到的数据记入以后的月份。"
            )
        if not changes:
            return self.tr("与最近锁定的版本一致。")
        return self.tr("与最近锁定的版本有 {0} 处不同：").format(changes)

    def _add_version(self, kept: Kept) -> None:
        words = self.tr("第{0}版　{1}　{2}")
        version = kept.version
        said = words.format(version.version, stamp(version.locked_at)[:16], kept.locked_by)
        button = Button(said, Rank.ROW)
        button.setProperty("version", version.version)
        button.clicked.connect(self._open)
        self._lines.addWidget(button)

    def _open(self) -> None:
        report, wanted = self._desk.report, self.sender().property("version")
        for kept in report.kept if report else ():
            if kept.version.version == wanted:
                self._desk.show_version(kept.version)

    def _ask(self) -> None:
        words = self.tr(
            "锁定后，这份报告和它的数字不能再改；更正只能另立新版本，新版本会列出全部差异。"
        )
        question = Question(self, self.tr("锁定报告"), words, self.tr("锁定", "button"))
        question.agreed.connect(self._desk.lock)
        question.open()

    def _say(self, text: str) -> None:
        self._lines.addWidget(Label(text, size=Size.SMALL, tone=Tone.SOFT, wraps=True))
