"""窗口时间线: a day's bands, closer looks, exact totals, and the stretches of one window."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QDateEdit,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.system.language import said
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.live.watch import LiveWatch
from desktop.viewmodels.states import UNWATCHED
from desktop.viewmodels.timeline.day import DayTimeline, Row
from desktop.viewmodels.timeline.export import XLSX, TimelineExport
from desktop.viewmodels.timeline.hours import HourModel
from desktop.viewmodels.timeline.pictures import StretchPictures
from desktop.viewmodels.timeline.sheet import StretchModel, TotalsModel
from desktop.viewmodels.times import clock_short, day_said
from desktop.viewmodels.today import Office
from desktop.viewmodels.wording import sentence
from desktop.views.kit.buttons import Button, IconButton
from desktop.views.kit.dialogs import ReasonQuestion
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import ElidedLabel
from desktop.views.kit.panels import Panel, ScrollColumn
from desktop.views.kit.placeholders import Staged
from desktop.views.kit.tables import Table
from desktop.views.page import Notice, Page
from desktop.views.timeline.bands import TimelineBands
from desktop.views.timeline.paint import BandLegend

REVIEW_PAGE = "review"
TABLE_HEIGHT = 300  # px, the least in which a table can be read


class TimelinePage(Page):
    """One day of all windows; the tables below say the same in numbers."""

    def __init__(self, office: Office, live: LiveWatch) -> None:
        super().__init__()
        self._live = live
        self._day = DayTimeline(office, live, self)
        self._export = TimelineExport(office, live, self._day, self)
        self._pictures = StretchPictures(office, self)
        self._window = ""
        self._is_fresh = True  # the day has not been seen yet
        self._reason = ""
        self._date = QDateEdit()
        self._bands = TimelineBands(zooms=True)
        self._legend = BandLegend()
        self._walked = ElidedLabel(size=Size.SMALL, tone=Tone.SOFT)
        self._totals, self._pieces = TotalsModel(self), StretchModel(self)
        self._hours = HourModel(self)
        self._table = Table(said("各窗口合计"))
        self._piece_table = Table(said("各段明细"))
        self._hour_table = Table(said("分时占比"))
        self._tabs = QTabWidget()
        self._panel = Panel()
        self._staged = Staged(self._bands)
        self._lay_out()
        self._add_commands()
        self._connect()

    def open_subject(self, subject: object) -> None:
        """Show one window's stretches."""
        if isinstance(subject, str):
            self._choose(subject)

    def arrive(self) -> None:
        """Fetch the day."""
        self._staged.show_loading(said("正在读取…"))
        self._day.show_day(self._day.day)
        self._show_context()

    def leave(self) -> None:
        """Draw no timeline that nobody sees."""
        self._day.rest()

    def _connect(self) -> None:
        self._day.changed.connect(self._show)
        self._day.refused.connect(self._show_refusal)
        self._bands.opened.connect(self._choose)
        self._bands.walked.connect(self._walked.setText)
        self._bands.zoom_changed.connect(self._show_context)
        self._date.dateChanged.connect(self._turn_to)
        self._table.opened.connect(self._choose)
        self._piece_table.opened.connect(self._look_for_pictures)
        self._pictures.found.connect(self._go_to_pictures)
        self._pictures.missing.connect(self._say_no_pictures)
        self._export.exported.connect(self._say_exported)
        self._export.refused.connect(self._say_refused)

    def _lay_out(self) -> None:
        column = ScrollColumn(margin=Space.MARGIN)
        column.body.addLayout(self._head())
        self._panel.body.addWidget(self._staged)
        foot = QHBoxLayout()
        foot.addWidget(self._legend)
        foot.addWidget(self._walked, 1)
        self._panel.body.addLayout(foot)
        column.body.addWidget(self._panel)
        column.body.addWidget(self._tables(), 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(column)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.INSIDE)
        self._date.setCalendarPopup(True)
        self._date.setDisplayFormat("yyyy-MM-dd")
        self._date.setAccessibleName(said("日期"))
        self._date.setDate(_qdate(self._day.day))
        self._date.setMaximumDate(_qdate(self._day.day))
        back = IconButton(Icon.BACK, said("前一天"))
        on = IconButton(Icon.FORWARD, said("后一天"))
        closer = IconButton(Icon.ZOOM_IN, said("放大"))
        wider = IconButton(Icon.ZOOM_OUT, said("缩小"))
        whole = Button(said("全天"))
        copy = Button(said("复制表格"))
        export = Button(said("导出…", "timeline"), icon=Icon.DOWNLOAD)
        for button, deed in (
            (back, self._go_back), (on, self._go_on), (closer, self._zoom_in),
            (wider, self._zoom_out), (whole, self._bands.see_all), (copy, self._copy),
            (export, self._ask_reason),
        ):  # fmt: skip
            button.clicked.connect(deed)
        days: tuple[QWidget, ...] = (back, self._date, on)
        deeds: tuple[QWidget, ...] = (closer, wider, whole, copy, export)
        for widget in (*days, *deeds):
            row.addWidget(widget)
        row.insertStretch(len(days), 1)
        return row

    def _tables(self) -> QWidget:
        self._table.setModel(self._totals)
        self._piece_table.setModel(self._pieces)
        header = self._table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self._hour_table.setModel(self._hours)
        for table in (self._table, self._piece_table, self._hour_table):
            table.setMinimumHeight(TABLE_HEIGHT)
        self._tabs.tabBar().setAccessibleName(said("表格"))
        self._tabs.addTab(self._table, said("各窗口合计"))
        self._tabs.addTab(self._piece_table, said("各段明细"))
        self._tabs.addTab(self._hour_table, said("分时占比"))
        panel = Panel(margin=Space.INSIDE)
        panel.body.addWidget(self._tabs)
        return panel

    def _add_commands(self) -> None:
        for text, keys, deed in (
            (said("前一天"), "Alt+Left", self._go_back),
            (said("后一天"), "Alt+Right", self._go_on),
            (said("放大"), "Ctrl++", self._zoom_in),
            (said("缩小"), "Ctrl+-", self._zoom_out),
            (said("导出…", "timeline"), "Ctrl+E", self._ask_reason),
        ):
            action = QAction(text, self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(deed)
            self.addAction(action)

    def _show(self) -> None:
        day = self._day
        if not day.rows:
            self._staged.show_empty(said("还没有窗口。请先建立大厅和摄像机。"), icon=Icon.GRID)
            return
        self._staged.show_content()
        self._date.setMaximumDate(_qdate(day.today()))
        self._bands.show_rows(day.rows, day.start, day.end)
        self._legend.show_looks({s.look for row in day.rows for s in row.stretches} | {UNWATCHED})
        if self._is_fresh and day.watched_from is not None:
            self._bands.see(day.watched_from, day.end)
        looks = self._totals.looks
        self._totals.show_rows(day.rows)
        if self._is_fresh or self._totals.looks != looks:
            self._table.resizeColumnsToContents()
            self._piece_table.setColumnWidth(0, 160)
            self._piece_table.setColumnWidth(1, 180)
            self._piece_table.setColumnWidth(2, 180)
        self._is_fresh = False
        self._pieces.show_row(self._row())
        self._hours.show_row(self._row())
        self._show_tab()
        self._show_context()

    def _row(self) -> Row | None:
        rows = self._day.rows
        return next(
            (r for r in rows if r.post.window.id == self._window), rows[0] if rows else None
        )

    def _look_for_pictures(self, begun: object) -> None:
        """Go to what was kept of a stretch; it is known by when it began."""
        row = self._row()
        stretches = row.stretches if row else ()
        chosen = next((s for s in stretches if s.start.isoformat() == begun), None)
        if row is not None and chosen is not None:
            self._pictures.look_for(row.post.window.id, chosen.start, chosen.end)

    def _go_to_pictures(self, finding_id: str) -> None:
        self.goes_to.emit(REVIEW_PAGE, finding_id)

    def _say_no_pictures(self) -> None:
        words = said("这段时间没有留存画面：只有疑似问题前后的画面会保存。")
        self.noticed.emit(Notice(words))

    def _show_tab(self) -> None:
        row = self._row()
        if row is not None:
            self._tabs.setTabText(1, said("{0} 各段明细").format(row.post.window.name))
            self._tabs.setTabText(2, said("{0} 分时占比").format(row.post.window.name))
            self._tabs.setTabToolTip(1, said("双击一段，或按 Enter，查看留存的画面和片段"))

    def _show_context(self) -> None:
        start, end = self._bands.span
        hours = f"{clock_short(start)}–{clock_short(end)}" if self._day.is_read else ""
        self.context_changed.emit(f"{day_said(self._day.day)}  {hours}".strip())

    def _show_refusal(self, refusal: Exception) -> None:
        self._staged.show_trouble(sentence(refusal))

    def _choose(self, window: object) -> None:
        self._window = str(window)
        self._pieces.show_row(self._row())
        self._hours.show_row(self._row())
        self._show_tab()
        self._tabs.setCurrentIndex(1)

    def _turn_to(self, day: QDate) -> None:
        wanted = date(day.year(), day.month(), day.day())
        if wanted != self._day.day:
            self._is_fresh = True
            self._day.show_day(wanted)

    def _go_back(self) -> None:
        self._date.setDate(self._date.date().addDays(-1))

    def _go_on(self) -> None:
        self._date.setDate(self._date.date().addDays(1))

    def _zoom_in(self) -> None:
        self._bands.zoom(0.5)

    def _zoom_out(self) -> None:
        self._bands.zoom(2.0)

    def _copy(self) -> None:
        tables = (self._table, self._piece_table, self._hour_table)
        table = tables[self._tabs.currentIndex()]
        if not table.selectedIndexes():
            table.selectAll()
        QGuiApplication.clipboard().setText(table.selected_text())
        self.noticed.emit(Notice(said("表格已复制，可粘贴到电子表格。")))

    def _ask_reason(self) -> None:
        question = ReasonQuestion(
            self,
            said("导出时间线"),
            said("导出会记入审计记录。请写明用途。"),
            said("选择文件"),
            label=said("用途"),
        )
        question.given.connect(self._choose_target)
        question.open()

    def _choose_target(self, reason: str) -> None:
        self._reason = reason
        dialog = QFileDialog(self, said("导出时间线"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([f"Excel (*{XLSX})", "CSV (*.csv)"])
        dialog.setDefaultSuffix(XLSX.removeprefix("."))
        dialog.selectFile(self._export.file_name)
        dialog.fileSelected.connect(self._write)
        dialog.open()

    def _write(self, name: str) -> None:
        self._export.export(Path(name), self._reason)

    def _say_exported(self, name: str) -> None:
        self.noticed.emit(Notice(said("已导出“{0}”，并记入审计记录。").format(name), Tone.GOOD))

    def _say_refused(self, refusal: Exception) -> None:
        self.noticed.emit(Notice(sentence(refusal), Tone.BAD))


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
