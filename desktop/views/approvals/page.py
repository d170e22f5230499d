"""The page of approval cases (办件监察): the list, and behind it one case, or an import."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from desktop.domain.clocks import Lamp
from desktop.system.language import said
from desktop.system.theme import Space, Tone
from desktop.usecases.case_findings import Raised
from desktop.viewmodels.approvals.desk import ApprovalsDesk
from desktop.viewmodels.approvals.importing import ImportDesk
from desktop.viewmodels.approvals.raising import Raising, raised_said
from desktop.viewmodels.approvals.rules import RuleDesk
from desktop.viewmodels.approvals.sampling import Sampling
from desktop.viewmodels.approvals.views import CaseViews
from desktop.viewmodels.wording import sentence
from desktop.views.approvals.case import CaseView
from desktop.views.approvals.importing import ImportView
from desktop.views.approvals.listing import CaseList
from desktop.views.approvals.rules import RulesView
from desktop.views.kit.icons import Icon
from desktop.views.page import APPROVALS_PAGE, DOSSIERS_PAGE, Notice, Page, PageEntry


class ApprovalsPage(Page):
    """Cases with their clocks; a subject is a case's id, or a lamp whose cases are shown."""

    def __init__(
        self,
        desk: ApprovalsDesk,
        importing: ImportDesk,
        rules: RuleDesk,
        *,
        raising: Raising,
        views: CaseViews,
        sampling: Sampling,
    ) -> None:
        super().__init__()
        self._desk, self._importing, self._raising = desk, importing, raising
        self._rule_desk = rules
        self._views = views
        self._list = CaseList(desk, raising, views, sampling)
        self._sampling = sampling
        self._case = CaseView(raising, sampling)
        self._import = ImportView(importing)
        self._rules = RulesView(rules)
        self._stack = QStackedWidget()
        for each in (self._list, self._case, self._import, self._rules):
            self._stack.addWidget(each)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.MARGIN, 20, Space.MARGIN, Space.MARGIN)
        whole.addWidget(self._stack)
        self._connect()
        self._add_actions()
        if desk.sheet:
            self._show_case()

    def commands(self) -> Sequence[QAction]:
        """What the command palette offers here."""
        return self.actions()

    def arrive(self) -> None:
        """Fetch, perhaps for another person than before."""
        self._desk.refresh()
        self._import.refresh()
        self._tell()

    def open_subject(self, subject: object) -> None:
        """Open a case, or show the cases of a lamp."""
        if isinstance(subject, Lamp):
            self.show_list()
            self._desk.show_lamp(subject)
        elif isinstance(subject, str):
            self._desk.open(subject)

    def show_list(self) -> None:
        """Go back to the list."""
        self._desk.close_case()
        self._stack.setCurrentWidget(self._list)
        self._list.focus_rows()
        self._tell()

    def show_import(self) -> None:
        """Take a file in."""
        self._stack.setCurrentWidget(self._import)
        self._tell()

    def show_rules(self) -> None:
        """See by what cases are judged, and try other parameters."""
        self._stack.setCurrentWidget(self._rules)
        self._tell()

    def said_instead(self) -> str:
        """What is said in place of an empty list."""
        return self._list.said_instead()

    def _connect(self) -> None:
        desk = self._desk
        self._list.opened.connect(desk.open)
        self._list.import_asked.connect(self.show_import)
        self._list.rules_asked.connect(self.show_rules)
        self._rules.left.connect(self.show_list)
        self._rules.opened.connect(desk.open)
        self._rule_desk.saved.connect(self._were_saved)
        self._rule_desk.exported.connect(self._was_exported)
        self._case.left.connect(self.show_list)
        self._case.filed.connect(self._file_case)
        self._import.left.connect(self.show_list)
        desk.opened.connect(self._show_case)
        desk.listed.connect(self._tell)
        desk.refused.connect(self._refuse)
        self._importing.exported.connect(self._was_exported)
        self._importing.saved.connect(self._was_named)
        self._raising.raised.connect(self._was_raised)
        self._raising.refused.connect(self._refuse)
        self._views.exported.connect(self._was_exported)
        self._sampling.was_drawn.connect(self._was_drawn)
        self._sampling.refused.connect(self._refuse)
        self._views.refused.connect(self._refuse)

    def _add_actions(self) -> None:
        find = QAction(said("搜索办件"), self)
        find.setShortcut(QKeySequence.StandardKey.Find)
        find.triggered.connect(self._list.focus_search)
        back = QAction(said("回到办件列表"), self)
        back.setShortcut(QKeySequence("Alt+Left"))
        back.triggered.connect(self.show_list)
        take_in = QAction(said("导入办件…"), self)
        take_in.triggered.connect(self.show_import)
        rules = QAction(said("规则与试算"), self)
        rules.triggered.connect(self.show_rules)
        self.addActions([find, back, take_in, rules])

    def _show_case(self) -> None:
        sheet = self._desk.sheet
        if sheet is None:
            return
        self._case.show_sheet(sheet, may_file=self._desk.may_file)
        self._stack.setCurrentWidget(self._case)
        self._case.focus_first()
        self.subject_shown.emit("approval_case", sheet.case.id)
        self._tell()

    def _file_case(self) -> None:
        if filing := self._desk.filing():
            self.goes_to.emit(DOSSIERS_PAGE, filing)

    def _tell(self) -> None:
        shown, desk = self._stack.currentWidget(), self._desk
        if shown in {self._import, self._rules}:
            importing = shown is self._import
            self.title_changed.emit(said("导入办件") if importing else said("规则与试算"))
            self.context_changed.emit("")
            return
        self.title_changed.emit(said("办件") if shown is self._case else "")
        if shown is self._case and desk.sheet:
            self.context_changed.emit(desk.sheet.case.case_no)
        elif desk.is_listed and desk.house.hall:
            told = said("{0} · 共 {1} 件", n=desk.total).format(desk.house.hall.name, desk.total)
            self.context_changed.emit(told)

    def _was_exported(self, name: str) -> None:
        self.noticed.emit(Notice(said("已导出 {0}，并记入审计记录。").format(name), Tone.GOOD))

    def _was_named(self, name: str) -> None:
        told = said("映射方案“{0}”已保存。").format(name) if name else said("映射方案已停用。")
        self.noticed.emit(Notice(told, Tone.GOOD))

    def _was_drawn(self, count: int) -> None:
        told = said("抽取了 {0} 件，列在这里。", n=count).format(count)
        self.noticed.emit(Notice(told, Tone.GOOD))

    def _were_saved(self) -> None:
        self.noticed.emit(Notice(said("规则参数已保存，办件按新参数重新判断。"), Tone.GOOD))

    def _was_raised(self, raised: Raised) -> None:
        tone = Tone.GOOD if raised.findings else Tone.NEAR
        self.noticed.emit(Notice(raised_said(raised), tone))

    def _refuse(self, error: Exception) -> None:
        self.noticed.emit(Notice(sentence(error), Tone.BAD))
        if not self._desk.is_listed:
            self._list.show_trouble(sentence(error))


def approvals_entry(
    desk: ApprovalsDesk,
    importing: ImportDesk,
    rules: RuleDesk,
    *,
    raising: Raising,
    views: CaseViews,
    sampling: Sampling,
) -> PageEntry:
    """The page's place in the navigation; its state lives in the view-models."""
    build = partial(
        ApprovalsPage, desk, importing, rules, raising=raising, views=views, sampling=sampling
    )
    return PageEntry(APPROVALS_PAGE, Icon.APPROVALS, _title, build)


def _title() -> str:
    return said("办件监察")
