"""The case file that lies open: whose it is, its index, its timeline, what can be done."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.dossiers import Retention
from desktop.domain.identifiers import EntryId
from desktop.system.language import headed, said
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.dossiers.desk import DossierDesk, Table
from desktop.viewmodels.dossiers.rows import (
    index_lines,
    index_titles,
    timeline_lines,
    timeline_titles,
)
from desktop.viewmodels.dossiers.words import look_of, retention_name
from desktop.viewmodels.lines import Lines
from desktop.viewmodels.times import stamp
from desktop.views.dossiers.questions import MatterQuestion, NoteQuestion, PickQuestion
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.chips import Chips
from desktop.views.kit.dialogs import ReasonQuestion
from desktop.views.kit.exports import ExportDialog
from desktop.views.kit.glyphs import StateTag
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import Label, show_if
from desktop.views.kit.panels import Banner
from desktop.views.kit.tables import Table as TableView

_INDEX, _TIMELINE = "index", "timeline"
INDEX_WIDTHS, TIMELINE_WIDTHS = (56, 140, 96), (140, 110, 280)


class DossierSheet(QWidget):
    """One case file; `wants` leads to what an entry stands for."""

    wants = Signal(object)
    wants_evidence = Signal()

    def __init__(self, desk: DossierDesk) -> None:
        super().__init__()
        self._desk = desk
        self._title = Label(size=Size.PAGE, bold=True, wraps=True)
        self._state = StateTag()
        self._facts = Label(size=Size.SMALL, tone=Tone.SOFT, wraps=True)
        self._held = Banner()
        self._parts = Chips(
            said("案卷内容"), {_INDEX: said("卷内目录"), _TIMELINE: said("时间线")}, columns=2
        )
        self._parts.chosen.connect(self._turn)
        self.index = TableView(said("卷内目录"))
        self._index = Lines(index_titles, self)
        self.index.setModel(self._index)
        self.index.opened.connect(self._open_entry)
        self.timeline = TableView(said("时间线"))
        self._timeline = Lines(timeline_titles, self)
        self.timeline.setModel(self._timeline)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.index)
        self._stack.addWidget(self.timeline)
        for view, widths in ((self.index, INDEX_WIDTHS), (self.timeline, TIMELINE_WIDTHS)):
            for column, width in enumerate(widths):
                view.setColumnWidth(column, width)
        words = said("案卷将离开本系统。导出的人、时间和理由会写入记录。")
        self._archive_out = ExportDialog(self, said("导出归档文件"), words)
        self._archive_out.chosen.connect(desk.export_archive)
        self._bundle_out = ExportDialog(self, said("导出合订本"), words)
        self._bundle_out.chosen.connect(desk.export_bundle)
        self._buttons: dict[str, Button] = {}
        self._lay_out()
        self._turn(_INDEX)

    def refresh(self) -> None:
        """Show the open case file as it now is."""
        table = self._desk.table
        if table is None:
            return
        dossier = table.file.dossier
        self._title.setText(dossier.title)
        self._state.show_look(look_of(dossier))
        self._facts.setText(_facts(table))
        held = said("已冻结：{0}").format(dossier.hold_reason) if dossier.hold_reason else ""
        self._held.say(held, Tone.NEAR)
        self._index.replace(index_lines(table.file.entries))
        self._timeline.replace(timeline_lines(table.file.moments, table.names))
        edits, held_back = self._desk.may("edit"), bool(dossier.hold_reason)
        shown = {
            "add": edits, "note": edits, "out": edits and not held_back, "assign": edits,
            "hold": edits, "retain": edits, "split": edits and not held_back,
            "merge": self._desk.may("merge_dossier") and not held_back and bool(table.others),
            "close": self._desk.may("close_dossier") and not held_back,
            "reopen": self._desk.may("reopen_dossier"),
            "archive": self._desk.may("archive") and not held_back,
            "bundle": True, "export": True, "evidence": True,
        }  # fmt: skip
        for name, button in self._buttons.items():
            show_if(button, wanted=shown[name])
        self._buttons["hold"].setText(said("解除冻结") if held_back else said("冻结…"))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self._state)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MARGIN, Space.MARGIN, Space.MARGIN, Space.CARD)
        column.setSpacing(Space.CARD - 4)
        column.addLayout(top)
        column.addWidget(self._facts)
        column.addWidget(self._held)
        for row in self._rows():
            column.addLayout(row)
        column.addWidget(self._parts)
        column.addWidget(self._stack, 1)

    def _rows(self) -> tuple[QHBoxLayout, QHBoxLayout]:
        upper = (
            ("add", said("收入材料…"), self._ask_add, Rank.PRIMARY),
            ("note", said("写备注…"), self._ask_note, Rank.SECONDARY),
            ("close", said("结案…"), self._ask_close, Rank.SECONDARY),
            ("archive", said("归档"), self._desk.put_away, Rank.PRIMARY),
            ("reopen", said("重新办理…"), self._ask_reopen, Rank.SECONDARY),
            ("evidence", said("查看证据"), self.wants_evidence, Rank.SECONDARY),
            ("bundle", said("导出合订本…"), self._ask_bundle, Rank.SECONDARY),
            ("export", said("导出归档文件…"), self._ask_export, Rank.SECONDARY),
        )
        lower = (
            ("assign", said("改承办人…"), self._ask_assign, Rank.ROW),
            ("retain", said("保管期限…"), self._ask_retain, Rank.ROW),
            ("hold", said("冻结…"), self._ask_hold, Rank.ROW),
            ("out", said("取出材料…"), self._ask_out, Rank.ROW),
            ("split", said("分卷…"), self._ask_split, Rank.ROW),
            ("merge", said("并卷…"), self._ask_merge, Rank.ROW),
        )
        return self._row(upper), self._row(lower)

    def _row(self, deeds: tuple[tuple[str, str, object, Rank], ...]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.INSIDE)
        for name, word, deed, rank in deeds:
            icon = Icon.DOWNLOAD if name in {"bundle", "export"} else None
            button = Button(word, rank, icon=icon)
            button.clicked.connect(deed)
            button.hide()  # until a case file lies open
            self._buttons[name] = button
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _turn(self, part: object) -> None:
        self._parts.press(str(part))
        self._stack.setCurrentWidget(self.index if part == _INDEX else self.timeline)

    def _marked(self) -> list[EntryId]:
        keys = [self._index.rows[row].key for row in self.index.selected_rows()]
        return [EntryId(key) for key in keys]

    def _open_entry(self, key: object) -> None:
        table = self._desk.table
        entries = table.file.entries if table else ()
        if entry := next((each for each in entries if each.id == key), None):
            self.wants.emit(entry)

    def _ask_add(self) -> None:
        if self._desk.table:
            title, action = said("收入材料"), said("收入案卷")
            question = MatterQuestion(self, title, action, self._desk.candidates, new=False)
            question.chosen.connect(self._put_in)
            question.open()

    def _put_in(self, _title: str, filings: list[object]) -> None:
        self._desk.put_in(filings)  # type: ignore[arg-type]  # what the question was given

    def _ask_note(self) -> None:
        question = NoteQuestion(self)
        question.written.connect(self._desk.write_note)
        question.open()

    def _ask_words(self, title: str, label: str, take: object, words: str = "") -> None:
        question = ReasonQuestion(self, title, words, title, label=headed(label))
        question.given.connect(take)
        question.open()

    def _ask_close(self) -> None:
        self._ask_words(said("结案"), said("结案意见"), self._desk.close)

    def _ask_reopen(self) -> None:
        self._ask_words(said("重新办理"), said("理由"), self._desk.reopen)

    def _ask_hold(self) -> None:
        if self._desk.table and self._desk.table.file.dossier.hold_reason:
            self._desk.hold("")
            return
        words = said("冻结后不能结案、归档、取出、分卷和并卷，直到解除。")
        self._ask_words(said("冻结案卷"), said("理由"), self._desk.hold, words)

    def _ask_out(self) -> None:
        if self._marked():
            words = said("取出的材料仍留在记录中。")
            self._ask_words(said("取出材料"), said("理由"), self._take_out, words)

    def _take_out(self, reason: str) -> None:
        for entry_id in self._marked():
            self._desk.take_out(entry_id, reason)

    def _ask_split(self) -> None:
        if self._marked():
            words = said("选中的材料移入新的案卷，原卷留下记录。")
            self._ask_words(said("分卷"), said("新案卷的题名"), self._split, words)

    def _split(self, title: str) -> None:
        self._desk.split(self._marked(), title, title)

    def _ask_merge(self) -> None:
        if table := self._desk.table:
            offered = [(other.title, other.id) for other in table.others]
            question = PickQuestion(self, said("并卷"), said("并入"), said("并卷"), offered)
            question.picked.connect(self._desk.merge_into)
            question.open()

    def _ask_assign(self) -> None:
        if table := self._desk.table:
            offered = [(card.name, card.id) for card in table.people]
            label, action = said("承办人"), said("改承办人")
            question = PickQuestion(self, action, headed(label), action, offered)
            question.picked.connect(self._desk.assign)
            question.open()

    def _ask_retain(self) -> None:
        offered = [(retention_name(each), each) for each in Retention]
        label = said("保管期限")
        question = PickQuestion(self, headed(label), headed(label), said("保存"), offered)
        question.picked.connect(self._desk.retain)
        question.open()

    def _ask_bundle(self) -> None:
        self._bundle_out.ask(f"{self._title.text()}.pdf", "PDF (*.pdf)")

    def _ask_export(self) -> None:
        self._archive_out.ask(f"{self._title.text()}.hwcase", "Hallwatch (*.hwcase)")


def _facts(table: Table) -> str:
    dossier = table.file.dossier
    handler = table.names.get(dossier.handler, "") if dossier.handler else ""
    told = [
        said("承办人 {0}").format(handler) if handler else "",
        said("{0} 立卷").format(stamp(dossier.opened_at)[:10]),
        said("保管 {0}").format(retention_name(dossier.retention)),
        said("至 {0} 年底").format(dossier.keep_until) if dossier.keep_until else "",
        said("结案：{0}").format(dossier.close_note) if dossier.close_note else "",
        said("归档文件 {0}").format(dossier.archive_sha256[:12]) if dossier.archive_sha256 else "",
    ]
    return " · ".join(filter(None, told))
