"""工作日历: which years have their notice, and what this one orders day by day."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QLocale

from desktop.domain.calendar import Year
from desktop.system.theme import Size, Tone
from desktop.viewmodels.setup.desk import SetupDesk
from desktop.viewmodels.setup.facts import Chapter
from desktop.views.kit.labels import Label
from desktop.views.kit.panels import Panel, emptied
from desktop.views.setup.chapter import ChapterView


class CalendarChapter(ChapterView):
    """This year and the next."""

    def __init__(self, desk: SetupDesk) -> None:
        super().__init__(desk, Chapter.CALENDAR)
        self._shown: tuple[int, bool] | None = None

    def show_facts(self) -> None:
        """Show both years; they change with the program only."""
        year = self.desk.today.year
        known = self.desk.calendar.year(year + 1) is not None
        if self._shown == (year, known):
            return
        self._shown = (year, known)
        emptied(self.body)
        for number in (year, year + 1):
            found = self.desk.calendar.year(number)
            self.body.addWidget(self._ordered(found) if found else self._unknown(number))

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
            "跨到这一年的期限先按周末推算并标为暂定，暂定的期限不能据以发牌。通知发布后随程序更新收录。"
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
