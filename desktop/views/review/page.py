"""The review page: what waits at the left, the evidence in the middle, my decision at the right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from desktop.domain.findings import Finding, FindingState
from desktop.domain.identifiers import FindingId
from desktop.system.theme import Space, Tone
from desktop.viewmodels.casework import Casework
from desktop.viewmodels.review.decision import leads_to_card
from desktop.viewmodels.review.desk import ReviewDesk
from desktop.viewmodels.review.rows import Queue, look_of_rule
from desktop.viewmodels.times import stamp
from desktop.viewmodels.wording import sentence
from desktop.views.kit.chips import Chips
from desktop.views.kit.icons import Icon
from desktop.views.kit.panels import Panel
from desktop.views.kit.placeholders import Staged
from desktop.views.kit.rows import RowList
from desktop.views.kit.search import SearchField
from desktop.views.page import APPROVALS_PAGE, Notice, Page
from desktop.views.review.case_evidence import CaseColumn
from desktop.views.review.decision import DecisionColumn
from desktop.views.review.evidence import EvidenceColumn

CARDS_PAGE = "cards"
_SIDE, _DECISION = 268, 272


class ReviewPage(Page):
    """Verifying what the machine proposes."""

    def __init__(self, desk: ReviewDesk, casework: Casework) -> None:
        super().__init__()
        self._desk = desk
        self._wants_focus = False  # of the list, as soon as there is one
        self._chips = Chips(self.tr("待办与已办"), {q: q.word for q in Queue}, columns=2)
        self._search = SearchField(self.tr("搜索疑似问题"), self.tr("搜索窗口、单位、人员"))
        self._list = RowList(self.tr("疑似问题"))
        self._list.setModel(desk.search)
        self._staged = Staged(self._list)
        self._evidence = EvidenceColumn(desk, casework.catalogue)
        self._case = CaseColumn(desk, casework.catalogue)
        self._middle = QStackedWidget()
        self._middle.addWidget(self._evidence)
        self._middle.addWidget(self._case)
        self._open = Staged(self._middle)
        self._decision = DecisionColumn(desk, casework, self)
        self._lay_out()
        self._connect()
        self._add_shortcuts()
        self._show_list()
        self._show_finding()

    def commands(self) -> Sequence[QAction]:
        """What the command palette offers here."""
        return self.actions()

    def arrive(self) -> None:
        """Fetch, and go to the first that waits."""
        self._wants_focus = True
        self._desk.refresh()

    def leave(self) -> None:
        """Nobody watches the clip any more."""
        self._desk.player.stop()

    def open_subject(self, subject: object) -> None:
        """Open one finding."""
        if isinstance(subject, str):
            self._desk.open(FindingId(subject))

    def said_instead(self) -> str:
        """What is said in place of an empty list."""
        return self._staged.placeholder.sentence()

    def why_not(self) -> str:
        """What is said to bar the decision."""
        return self._decision.why_not()

    def _lay_out(self) -> None:
        side = Panel(margin=12)
        side.setFixedWidth(_SIDE)
        side.body.addWidget(self._chips)
        side.body.addWidget(self._search)
        side.body.addWidget(self._staged, 1)
        middle = Panel(margin=0)
        middle.body.addWidget(self._open)
        self._decision.setFixedWidth(_DECISION)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.MARGIN, 20, Space.MARGIN, Space.MARGIN)
        row.setSpacing(Space.CARD)
        row.addWidget(side)
        row.addWidget(middle, 1)
        row.addWidget(self._decision)

    def _connect(self) -> None:
        desk = self._desk
        self._chips.chosen.connect(desk.show_queue)
        self._search.textChanged.connect(self._look_for)
        self._list.chosen.connect(self._open_key)
        self._case.wanted.connect(self._show_case)
        self._decision.postponed.connect(self._go_on)
        self._decision.drafts_card.connect(self._draft_card)
        self._open.acted.connect(desk.refresh)
        desk.listed.connect(self._show_list)
        desk.opened.connect(self._was_opened)
        desk.refreshed.connect(self._show_finding)
        desk.submitted.connect(self._was_submitted)
        desk.refused.connect(self._refuse)
        desk.exhibits.refused.connect(self._refuse)

    def _add_shortcuts(self) -> None:
        """Enter submits and arrows walk the evidence wherever nothing else wants the key."""
        for widget in (self._list, self._decision.choices, self._evidence.picture):
            self._shortcut(widget, Qt.Key.Key_Return, self._desk.submit)
            self._shortcut(widget, Qt.Key.Key_Enter, self._desk.submit)
        self._shortcut(self._list, Qt.Key.Key_Space, self._desk.player.toggle)
        self._shortcut(self._list, Qt.Key.Key_Left, self._back)
        self._shortcut(self._list, Qt.Key.Key_Right, self._forward)
        later = QAction(self.tr("稍后处理，看下一个"), self)
        later.setShortcut(QKeySequence("Ctrl+J"))
        later.triggered.connect(self._go_on)
        original = QAction(self.tr("查看原图"), self)
        original.triggered.connect(self._evidence.ask_original)
        self.addActions([later, original])

    @staticmethod
    def _shortcut(widget: QWidget, key: Qt.Key, slot: object) -> None:
        shortcut = QShortcut(QKeySequence(key), widget)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(slot)

    def _back(self) -> None:
        self._evidence.walk(-1)

    def _forward(self) -> None:
        self._evidence.walk(1)

    def _look_for(self, text: str) -> None:
        self._desk.search.search(text)
        self._stage_list()

    def _open_key(self, key: object) -> None:
        self._desk.open(FindingId(str(key)))

    def _show_list(self) -> None:
        desk = self._desk
        self._chips.show_numbers(dict(desk.counts))
        self._chips.press(desk.queue)
        self._stage_list()
        if not desk.is_listed:
            return
        open_key = desk.pack.finding.id if desk.pack else ""
        if open_key and desk.model.row_of(open_key) >= 0:
            self._list.choose(open_key)
        elif desk.search.rowCount() and not self._list.currentIndex().isValid():
            self._list.setCurrentIndex(desk.search.index(0, 0))

    def _stage_list(self) -> None:
        desk = self._desk
        if not desk.is_listed:
            self._staged.show_loading(self.tr("正在读取…"))
        elif desk.search.rowCount():
            self._staged.show_content()
            if self._wants_focus:
                self._list.setFocus()
                self._wants_focus = False
        elif self._search.text():
            self._staged.show_empty(self.tr("没有符合的疑似问题。"), icon=Icon.SEARCH)
        else:
            self._staged.show_empty(self._all_well())

    def _all_well(self) -> str:
        words = {
            Queue.FIRST: self.tr("没有待核实的疑似问题，一切正常。"),
            Queue.NOTICES: self.tr("没有提示。"),
            Queue.SECOND: self.tr("没有等待第二人复核的疑似问题。"),
            Queue.CONFIRMED: self.tr("还没有认定的问题。"),
            Queue.DISMISSED: self.tr("还没有排除的疑似问题。"),
        }
        return words[self._desk.queue]

    def _show_finding(self) -> None:
        pack = self._desk.pack
        self._decision.setVisible(pack is not None)
        if pack is None:
            self._open.show_empty(self.tr("选择左侧的疑似问题，查看证据。"), icon=Icon.EYE)
            self.context_changed.emit("")
            return
        self._open.show_content()
        self._show_evidence(of_case=pack.finding.case is not None)
        self._decision.refresh()
        word = look_of_rule(pack.finding.rule_id).word
        parts = (pack.place, word, pack.unit.short_name, stamp(pack.finding.started_at))
        self.context_changed.emit(" · ".join(parts))

    def _show_evidence(self, *, of_case: bool) -> None:
        column = self._case if of_case else self._evidence
        self._middle.setCurrentWidget(column)
        column.refresh()

    def _was_opened(self) -> None:
        self._show_finding()
        if self._desk.pack is not None:
            self.subject_shown.emit(Finding.ENTITY, self._desk.pack.finding.id)

    def _show_case(self, case_id: object) -> None:
        self.goes_to.emit(APPROVALS_PAGE, case_id)

    def _was_submitted(self, finding: Finding) -> None:
        said = {
            FindingState.ASSIGNED: self.tr("已指派，列入核实人的待办。"),
            FindingState.VERIFYING: self.tr("已记录，等待第二人复核。"),
            FindingState.CONFIRMED: self._confirmed_said(finding),
            FindingState.DISMISSED: self.tr("已排除，理由已记录。"),
        }
        self.noticed.emit(Notice(said[finding.state], Tone.GOOD))
        self._show_finding()
        if finding.state is not FindingState.CONFIRMED:
            self._go_on()

    def _confirmed_said(self, finding: Finding) -> str:
        if leads_to_card(finding):
            return self.tr("已认定属实，可以拟制黄红牌。")
        return self.tr("已认定属实；提示和预警不发牌。")

    def _go_on(self) -> None:
        if key := self._desk.next_waiting():
            self._list.choose(key)
        self._list.setFocus()

    def _draft_card(self) -> None:
        if pack := self._desk.pack:
            self.goes_to.emit(CARDS_PAGE, pack.finding.id)

    def _refuse(self, error: Exception) -> None:
        self.noticed.emit(Notice(sentence(error), Tone.BAD))
        if self._desk.pack is None and not self._desk.is_listed:
            self._staged.show_trouble(sentence(error), self.tr("重试"))
