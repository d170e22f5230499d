"""The page of reports: the wish at the left, the pages as they will print at the right."""

from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
)

from desktop.domain.periods import Month, Period, Span
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.papers.beginning import CircularWish
from desktop.viewmodels.reports.briefs import BriefDesk
from desktop.viewmodels.reports.desk import Form, ReportDesk, period_said, span_said
from desktop.viewmodels.wording import sentence
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.chips import Chips
from desktop.views.kit.exports import ExportDialog
from desktop.views.kit.fields import Field
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import Label
from desktop.views.kit.panels import Banner, Panel, ScrollColumn, emptied
from desktop.views.kit.placeholders import Staged
from desktop.views.page import Notice, Page
from desktop.views.papers.page import PAPERS_PAGE
from desktop.views.paperwork.paper import PaperView
from desktop.views.reports.briefs import BriefsView
from desktop.views.reports.ranking import RankingView
from desktop.views.reports.versions import VersionsPanel
from desktop.views.review.page import CARDS_PAGE

_WIDTH = 300
_PAGES, _RANKING, _BRIEFS = "pages", "ranking", "briefs"


class ReportsPage(Page):
    """Makes the efficiency report of a period from what is kept, and lets it leave."""

    def __init__(self, desk: ReportDesk, briefs: BriefDesk) -> None:
        super().__init__()
        self._desk = desk
        self._span, self._period, self._table = QComboBox(), QComboBox(), QComboBox()
        self._make = Button(self.tr("生成报告"), Rank.PRIMARY)
        self._cancel = Button(self.tr("停止"), Rank.SECONDARY)
        self._progress = QProgressBar()
        self._stage = Label(size=Size.SMALL, tone=Tone.SOFT, wraps=True)
        self._outcome = Banner()
        self._absent = QVBoxLayout()
        self._leaving = Panel(self.tr("导出"))
        self._versions = VersionsPanel(desk)
        self._paper = PaperView(desk)
        self._staged = Staged(self._paper)
        self._ranking = RankingView()
        self._briefs = BriefsView(briefs)
        sides = {
            _PAGES: self.tr("报告"),
            _RANKING: self.tr("排名与趋势"),
            _BRIEFS: self.tr("日报与台账"),
        }
        self._sides = Chips(self.tr("看什么"), sides, columns=len(sides))
        self._stack = QStackedWidget()
        self._form, self._code = Form.PDF, ""
        words = self.tr("报告将离开本系统。导出的人、时间和理由会写入记录。")
        self._dialog = ExportDialog(self, self.tr("导出报告"), words)
        self._fill_in()
        self._lay_out()
        self._connect()
        self.refresh()

    def arrive(self) -> None:
        """Show what was made."""
        self.refresh()

    def outcome(self) -> str:
        """What is said of the last report."""
        return self._outcome.text()

    def said_instead(self) -> str:
        """What is said in place of pages."""
        return self._staged.placeholder.sentence()

    def refresh(self) -> None:
        """Show the wish, how far it is, and what came of it."""
        desk = self._desk
        self._make.setVisible(not desk.is_busy)
        self._cancel.setVisible(desk.is_busy)
        self._progress.setVisible(desk.is_busy)
        self._stage.setVisible(desk.is_busy)
        for box in (self._span, self._period):
            box.setEnabled(not desk.is_busy)
        if desk.stage is not None:
            self._stage.setText(desk.stage.word)
            self._progress.setAccessibleName(desk.stage.word)
        self._show_outcome()
        self._show_leaving()
        self._versions.refresh()
        self._show_pages()

    def _fill_in(self) -> None:
        for span in Span:
            self._span.addItem(span_said(span), span)
        self._span.setCurrentIndex(list(Span).index(self._desk.period.span))
        self._offer_periods()
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)

    def _lay_out(self) -> None:
        wish = Panel(self.tr("评估期间"))
        wish.body.addWidget(Field(self.tr("类别"), self._span))
        wish.body.addWidget(Field(self.tr("期间"), self._period))
        for widget in (self._make, self._progress, self._stage, self._cancel, self._outcome):
            wish.body.addWidget(widget)
        self._absent.setSpacing(Space.HAIR)
        wish.body.addLayout(self._absent)
        self._add_buttons()
        left = ScrollColumn()
        left.body.addWidget(wish)
        left.body.addWidget(self._versions)
        left.body.addWidget(self._leaving)
        left.body.addStretch(1)
        left.setFixedWidth(_WIDTH)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(Space.MARGIN, 20, Space.MARGIN, Space.MARGIN)
        whole.setSpacing(Space.CARD)
        whole.addWidget(left)
        whole.addLayout(self._right(), 1)

    def _right(self) -> QVBoxLayout:
        self._stack.addWidget(self._staged)
        self._stack.addWidget(self._ranking)
        self._stack.addWidget(self._briefs)
        self._sides.press(_PAGES)
        right, chips = QVBoxLayout(), QHBoxLayout()
        chips.addWidget(self._sides)
        chips.addStretch(1)
        right.addLayout(chips)
        right.addWidget(self._stack, 1)
        return right

    def _add_buttons(self) -> None:
        pdf = Button(self.tr("导出 PDF"))
        xlsx = Button(self.tr("导出全部表格（XLSX）"))
        circular = Button(self.tr("导出督查通报（稿）"))
        self._draft = Button(self.tr("起草督查通报"))
        html = Button(self.tr("导出网页（HTML）"))
        csv = Button(self.tr("导出此表（CSV）"))
        pdf.clicked.connect(self._ask_pdf)
        xlsx.clicked.connect(self._ask_xlsx)
        html.clicked.connect(self._ask_html)
        circular.clicked.connect(self._ask_circular)
        self._draft.clicked.connect(self._draft_circular)
        csv.clicked.connect(self._ask_csv)
        self._leaving.body.addWidget(pdf)
        self._leaving.body.addWidget(circular)
        self._leaving.body.addWidget(self._draft)
        self._leaving.body.addWidget(html)
        self._leaving.body.addWidget(xlsx)
        self._leaving.body.addWidget(Field(self.tr("表"), self._table))
        self._leaving.body.addWidget(csv)

    def _connect(self) -> None:
        desk = self._desk
        self._span.currentIndexChanged.connect(self._choose_span)
        self._period.currentIndexChanged.connect(self._choose_period)
        self._make.clicked.connect(desk.make)
        self._cancel.clicked.connect(desk.cancel)
        self._dialog.chosen.connect(self._export)
        self._sides.chosen.connect(self._show_side)
        self._ranking.opens_card.connect(self._open_card)
        self._ranking.wants_month.connect(self._make_month)
        self._briefs.noticed.connect(self.noticed)
        desk.changed.connect(self.refresh)
        desk.exported.connect(self._was_exported)
        desk.locked.connect(self._was_locked)
        desk.refused.connect(self._refuse)

    def _offer_periods(self) -> None:
        periods = self._desk.periods(self._span.currentData())
        self._period.blockSignals(True)
        self._period.clear()
        for period in periods:
            self._period.addItem(period_said(period), period)
        wanted = self._desk.period
        self._period.setCurrentIndex(periods.index(wanted) if wanted in periods else 0)
        self._period.blockSignals(False)

    def _show_side(self, side: object) -> None:
        views = {_PAGES: self._staged, _RANKING: self._ranking, _BRIEFS: self._briefs}
        self._stack.setCurrentWidget(views[str(side)])

    def _open_card(self, card_id: str) -> None:
        self.goes_to.emit(CARDS_PAGE, card_id)

    def _make_month(self, month: Month) -> None:
        """Make the report of a month that was pressed in the trend."""
        if not self._desk.is_busy:
            self._desk.choose(Period(Span.MONTH, month))
            self._span.setCurrentIndex(list(Span).index(Span.MONTH))
            self._offer_periods()
            self._desk.make()

    def _choose_span(self) -> None:
        self._offer_periods()
        self._choose_period()

    def _choose_period(self) -> None:
        period = self._period.currentData()
        if isinstance(period, Period):
            self._desk.choose(period)

    def _show_outcome(self) -> None:
        desk, report = self._desk, self._desk.report
        self._draft.setVisible(desk.may_draft)
        emptied(self._absent)
        if desk.trouble is not None:
            self._outcome.say(sentence(desk.trouble), Tone.NEAR)
        elif report is None or report.is_empty:
            self._outcome.say("", Tone.SOFT)
        else:
            words = self.tr("{0}：{1} 页，{2} 张表。已锁定。")
            if report.differs:
                words = self.tr("{0}：{1} 页，{2} 张表。未签发，仅供审阅。")
            told = words.format(period_said(report.period), len(report.pages), len(report.tables))
            self._outcome.say(told, Tone.GOOD)
            for line in desk.absent():
                self._absent.addWidget(Label(line, size=Size.SMALL, tone=Tone.SOFT, wraps=True))

    def _show_leaving(self) -> None:
        report = self._desk.report
        tables = report.tables if report else ()
        self._leaving.setVisible(bool(tables))
        shown = [self._table.itemData(n) for n in range(self._table.count())]
        if shown != [table.code for table in tables]:
            self._table.clear()
            for table in tables:
                self._table.addItem(f"{table.code} {table.title}", table.code)

    def _show_pages(self) -> None:
        desk, report = self._desk, self._desk.report
        self._ranking.show_figures(report.figures if report else None)
        if desk.stage is not None:
            self._staged.show_loading(desk.stage.word)
        elif desk.pages:
            self._staged.show_content()
        elif report is not None:
            words = self.tr("{0}没有问题、发牌、办件和监看的记录，没有可写的报告。")
            self._staged.show_empty(words.format(period_said(report.period)), icon=Icon.DOCUMENT)
        else:
            words = self.tr("选定期间，用本机台账生成行政审批效能评估报告。")
            self._staged.show_empty(words, icon=Icon.REPORTS)

    def _ask_pdf(self) -> None:
        self._ask(Form.PDF, "", "PDF (*.pdf)")

    def _ask_xlsx(self) -> None:
        self._ask(Form.XLSX, "", "Excel (*.xlsx)")

    def _ask_html(self) -> None:
        self._ask(Form.HTML, "", "HTML (*.html)")

    def _ask_circular(self) -> None:
        self._ask(Form.CIRCULAR, "", "PDF (*.pdf)")

    def _draft_circular(self) -> None:
        """Let the circular begin where papers are drafted, checked and signed."""
        report = self._desk.report
        if report is not None and report.figures is not None:
            self.goes_to.emit(PAPERS_PAGE, CircularWish(report.hall_id, report.figures))

    def _ask_csv(self) -> None:
        self._ask(Form.CSV, str(self._table.currentData()), "CSV (*.csv)")

    def _ask(self, form: Form, code: str, name_filter: str) -> None:
        self._form, self._code = form, code
        self._dialog.ask(self._desk.file_name(form, code), name_filter)

    def _export(self, target: Path, reason: str) -> None:
        self._desk.export(self._form, target, reason, self._code)

    def _was_exported(self, name: str) -> None:
        self.noticed.emit(Notice(self.tr("已导出 {0}，并写入流转记录。").format(name), Tone.GOOD))

    def _was_locked(self, version: int) -> None:
        self.noticed.emit(Notice(self.tr("报告已锁定为第{0}版。").format(version), Tone.GOOD))

    def _refuse(self, error: Exception) -> None:
        self.noticed.emit(Notice(sentence(error), Tone.BAD))
