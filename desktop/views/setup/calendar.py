"""工作日历: which years have their notice, what it orders day by day, and the hall's own orders."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from desktop.domain.calendar import Year
from desktop.system.theme import Size, Tone
from desktop.viewmodels.setup.desk import SetupDesk
from desktop.viewmodels.setup.facts import Chapter
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.fields import LineField
from desktop.views.kit.labels import Label
from desktop.views.kit.panels import Panel, emptied
from desktop.views.setup.chapter import ChapterView
from desktop.views.setup.local_days import LocalDaysPanel

_FILES = "*.toml *.json *.csv *.xlsx"


class CalendarChapter(ChapterView):
    """This year and the next, a year from a file, and days that this hall keeps otherwise."""

    def __init__(self, desk: SetupDesk) -> None:
        super().__init__(desk, Chapter.CALENDAR)
        self._shown: tuple[int, str] | None = None
        self._years = QVBoxLayout()
        self._notice = LineField(
            self.tr("通知文号"),
            self.tr("例如：国办发明电〔2025〕7号。文件里已写明的，以文件为准。"),
        )
        self._import = Button(self.tr("从文件收录一年…"), Rank.PRIMARY)
        self._import.clicked.connect(self._ask_for_file)
        self._taking = self._made_taking()
        self._local = LocalDaysPanel(desk)
        self.body.addLayout(self._years)
        self.body.addWidget(self._taking)
        self.body.addWidget(self._local)
        desk.saved.connect(self._notice.clear)

    def show_facts(self) -> None:
        """Show both years and the hall's own days."""
        self._local.show_facts()
        self._taking.setEnabled(self.desk.may_change)
        year, calendar = self.desk.today.year, self.desk.calendar
        if self._shown == (year, calendar.version):
            return
        self._shown = (year, calendar.version)
        emptied(self._years)
        for number in (year, year + 1):
            found = calendar.year(number)
            self._years.addWidget(self._ordered(found) if found else self._unknown(number))

    def take(self, name: str) -> None:
        """Take in the year of a file."""
        self.desk.import_year(Path(name), self._notice.text())

    def _made_taking(self) -> Panel:
        panel = Panel(self.tr("收录一年的放假调休"))
        words = self.tr(
            "表格（CSV、XLSX）两列：日期、安排（放假或上班）；也可用程序自带格式（TOML）或公开的"
            " JSON 日历。收录后未结的办件立即重算，已办结的和已发的牌仍按当时的日历。"
        )
        panel.body.addWidget(Label(words, size=Size.SMALL, tone=Tone.SOFT, wraps=True))
        panel.body.addWidget(self._notice)
        panel.body.addWidget(self._import, 0, Qt.AlignmentFlag.AlignRight)
        return panel

    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self, self.tr("收录一年的放假调休"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(f"{self.tr('年度安排')} ({_FILES})")
        dialog.fileSelected.connect(self.take)
        dialog.open()

    def _ordered(self, year: Year) -> Panel:
        panel = Panel(self.tr("{0} 年").format(year.year), year.notice)
        off, worked = sorted(year.off), sorted(year.worked)
        told = self.tr("放假 {0} 天，调休上班 {1} 天。").format(len(off), len(worked))
        panel.body.addWidget(Label(told))
        weekday = QLocale().dayName
        short = QLocale.FormatType.ShortFormat
        days = [f"{day:%m-%d} {weekday(day.isoweekday(), short)}" for day in worked]
        words = self.tr("调休上班：{0}").format("　".join(days) or "–")
        panel.body.addWidget(Label(words, size=Size.SMALL, tone=Tone.SOFT, wraps=True))
        runs = "　".join(f"{a:%m-%d}—{b:%m-%d}" if a != b else f"{a:%m-%d}" for a, b in _runs(off))
        told = self.tr("放假：{0}").format(runs)
        panel.body.addWidget(Label(told, size=Size.SMALL, tone=Tone.SOFT, wraps=True))
        return panel

    def _unknown(self, number: int) -> Panel:
        panel = Panel(self.tr("{0} 年").format(number), self.tr("通知尚未收录"))
        words = self.tr(
            "跨到这一年的期限先按周末推算并标为暂定，暂定的期限不能据以发牌。通知发布后可在下面从文件收录。"
        )
        panel.body.addWidget(Label(words, wraps=True))
        return panel


def _runs(days: Sequence[date]) -> list[tuple[date, date]]:
    """Join days that follow one another."""
    runs: list[tuple[date, date]] = []
    for day in days:
        if runs and (day - runs[-1][1]).days == 1:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs
