"""One inspection that is not gone through now: what is planned, or what was found."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.inspections import Acknowledged, Inspection, InspectionState
from desktop.system.language import headed, said
from desktop.system.theme import Size, Space, Tone
from desktop.usecases.inspections.visit import Visit
from desktop.viewmodels.inspections.desk import InspectionDesk
from desktop.viewmodels.inspections.words import checklist_said, here, score_said
from desktop.viewmodels.times import day_said, stamp
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.dialogs import ReasonQuestion
from desktop.views.kit.exports import ExportDialog
from desktop.views.kit.glyphs import StateTag
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import Label, hairline, show_if
from desktop.views.kit.panels import ScrollColumn, emptied
from desktop.views.kit.touch import for_fingers

_LABEL = 96  # px


class InspectionSheet(ScrollColumn):
    """Shows it, and offers to begin, to go on, to call off and to print."""

    reviews = Signal()  # wants the findings that came of it
    wants_evidence = Signal()
    filed = Signal()  # into a case file, the person wishes

    def __init__(self, desk: InspectionDesk) -> None:
        super().__init__(margin=Space.MARGIN)
        self._desk = desk
        self._title = Label(size=Size.PAGE, bold=True, wraps=True)
        self._state = StateTag()
        self._facts = QVBoxLayout()
        self._failed = QVBoxLayout()
        self.begin = Button(said("开始巡查"), Rank.PRIMARY)
        self.begin.clicked.connect(desk.walk.start)
        self._findings = Button(said("查看疑似问题"))
        self._findings.clicked.connect(self.reviews)
        self._seen = Button(said("查看证据"), icon=Icon.CAMERA)
        self._seen.clicked.connect(self.wants_evidence)
        self._file = Button(said("收入案卷…"), icon=Icon.CASES)
        self._file.clicked.connect(self.filed)
        self._print = Button("", icon=Icon.PRINTER)
        self._print.clicked.connect(self._ask_place)
        self._off = Button(said("取消巡查…"), Rank.QUIET)
        self._off.clicked.connect(self._ask_reason)
        words = said("记录表将离开本系统。导出的人、时间和理由会写入记录。")
        self._export = ExportDialog(self, said("导出记录表"), words)
        self._export.chosen.connect(desk.export_form)
        self._lay_out()

    def refresh(self) -> None:
        """Show what lies on the table."""
        visit = self._desk.walk.visit
        if visit is None:
            return
        inspection = visit.inspection
        row = self._desk.row_of(inspection.id)
        self._title.setText(visit.window.name)
        if row is not None:
            self._state.show_look(row.look)
        self._show_facts(visit, row.inspectors if row else ())
        self._show_failed(inspection)
        show_if(self.begin, wanted=self._desk.may("start"))
        show_if(self._off, wanted=self._desk.may("call_off"))
        show_if(self._findings, wanted=bool(inspection.score.failed))
        show_if(self._seen, wanted=inspection.state is InspectionState.FINISHED)
        show_if(self._file, wanted=self._desk.filing() is not None)
        planned = inspection.state is InspectionState.PLANNED
        self._print.setText(said("打印空白表…") if planned else said("导出记录表…"))
        show_if(self._print, wanted=inspection.state is not InspectionState.CANCELLED)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self._state)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.INSIDE)
        for button in (self.begin, self._findings, self._seen, self._file, self._print, self._off):
            for_fingers(button)
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._facts.setSpacing(Space.INSIDE)
        self._failed.setSpacing(Space.INSIDE)
        self.body.addLayout(top)
        self.body.addLayout(self._facts)
        self.body.addLayout(buttons)
        self.body.addWidget(hairline())
        self.body.addLayout(self._failed)
        self.body.addStretch(1)

    def _show_facts(self, visit: Visit, names: tuple[str, ...]) -> None:
        inspection = visit.inspection
        emptied(self._facts)
        told = {
            said("巡查任务"): inspection.plan_title,
            said("巡查人员"): said("、", "list").join(names),
            said("完成期限"): day_said(inspection.due_on),
            said("检查表"): checklist_said(visit.checklist),
            said("开始"): stamp(inspection.started_at) if inspection.started_at else "",
            said("完成"): stamp(inspection.finished_at) if inspection.finished_at else "",
            said("签名"): _taken_said(inspection),
            said("取消理由"): inspection.cancel_reason,
        }
        if inspection.state is InspectionState.FINISHED:
            told[said("得分")] = score_said(inspection.score)
        for label, text in told.items():
            if text:
                self._facts.addWidget(_fact(label, text))

    def _show_failed(self, inspection: Inspection) -> None:
        emptied(self._failed)
        rows = [row for row in inspection.form.get("items", ()) if row["verdict"] == "NOT"]
        if inspection.state is InspectionState.FINISHED:
            title = said("不合格项目") if rows else said("各项全部合格。")
            self._failed.addWidget(Label(title, bold=True))
        for row in rows:
            star = "★" if row["critical"] else ""
            words = f"{row['number']}. {star}{here(row['label'])}：{row['note']}"
            self._failed.addWidget(Label(words, wraps=True))

    def _ask_place(self) -> None:
        self._export.ask(self._desk.form_name(), "PDF (*.pdf)")

    def _ask_reason(self) -> None:
        words = said("已经作答的内容保留在记录中，不再计分。")
        title, label = said("取消巡查"), headed(said("理由"))
        question = ReasonQuestion(
            self, title, words, said("取消巡查"), label=label, rank=Rank.DANGER
        )
        question.given.connect(self._desk.walk.call_off)
        question.open()


def _fact(label: str, text: str) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    name = Label(label, size=Size.SMALL, tone=Tone.SOFT)
    name.setFixedWidth(_LABEL)
    row.addWidget(name)
    row.addWidget(Label(text, wraps=True), 1)
    return line


def _taken_said(inspection: Inspection) -> str:
    match inspection.acknowledged:
        case Acknowledged.SIGNED:
            return said("{0} 已签名").format(inspection.staff)
        case Acknowledged.REFUSED:
            told = said("{0} 拒绝签名：{1}（见证人 {2}）")
            return told.format(inspection.staff, inspection.refusal_note, inspection.witness)
    return ""
