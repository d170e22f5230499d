"""证据: what there is at the left; the piece, what is known of it and who held it at the right."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout

from desktop.system.language import said
from desktop.system.theme import Space, Tone
from desktop.usecases.exhibits import Subject
from desktop.viewmodels.evidence.desk import EvidenceDesk
from desktop.viewmodels.evidence.rows import Medium
from desktop.viewmodels.wording import sentence
from desktop.views.evidence.sheet import EvidenceSheet
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.chips import Chips
from desktop.views.kit.icons import Icon
from desktop.views.kit.panels import Panel
from desktop.views.kit.placeholders import Staged
from desktop.views.kit.rows import RowList
from desktop.views.page import EVIDENCE_PAGE, Notice, Page, PageEntry

_SIDE = 288


class EvidencePage(Page):
    """Evidence; a Subject is whose."""

    def __init__(self, desk: EvidenceDesk) -> None:
        super().__init__()
        self._desk = desk
        words: dict[Medium | None, str] = {None: said("全部")}
        words |= {medium: medium.word for medium in Medium}
        self._chips = Chips(said("证据类别"), words, columns=2)
        self._list = RowList(said("证据"))
        self._list.setModel(desk.model)
        self._staged = Staged(self._list)
        self.all = Button(said("查看全部证据"), Rank.QUIET)
        self.sheet = EvidenceSheet(desk)
        self._open = Staged(self.sheet)
        self._lay_out()
        self._connect()
        self._show_list()
        self._show_exhibit()

    def commands(self) -> Sequence[QAction]:
        """What the command palette offers here."""
        return self.actions()

    def arrive(self) -> None:
        """Fetch, and follow what comes."""
        self._desk.is_shown = True
        self._desk.refresh()
        self._list.setFocus()

    def leave(self) -> None:
        """Nobody watches any more."""
        self._desk.is_shown = False
        self._desk.player.stop()

    def open_subject(self, subject: object) -> None:
        """Look at the evidence of a matter."""
        if isinstance(subject, Subject):
            self._desk.gather(subject)

    def _lay_out(self) -> None:
        side = Panel(margin=12)
        side.setFixedWidth(_SIDE)
        side.body.addWidget(self._chips)
        side.body.addWidget(self.all)
        side.body.addWidget(self._staged, 1)
        middle = Panel(margin=0)
        middle.body.addWidget(self._open)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.MARGIN, 20, Space.MARGIN, Space.MARGIN)
        row.setSpacing(Space.CARD)
        row.addWidget(side)
        row.addWidget(middle, 1)

    def _connect(self) -> None:
        desk = self._desk
        self._chips.chosen.connect(desk.narrow)
        self._list.chosen.connect(self._choose)
        self.all.clicked.connect(self._show_all)
        desk.listed.connect(self._show_list)
        desk.opened.connect(self._show_exhibit)
        desk.exported.connect(self._was_exported)
        desk.refused.connect(self._refuse)
        desk.marking.kept.connect(self._was_kept)
        mark = QAction(said("遮蔽、裁切与批注"), self)
        mark.setShortcut(QKeySequence("Ctrl+M"))
        mark.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        mark.triggered.connect(self.sheet.ask_marks)
        self.addAction(mark)

    def _show_list(self) -> None:
        desk = self._desk
        self._chips.show_numbers(dict(desk.counts()))
        self._chips.press(desk.medium)
        self.all.setVisible(desk.subject is not None)
        if not desk.is_listed:
            self._staged.show_loading(said("正在读取…"))
        elif desk.model.rows:
            self._staged.show_content()
        else:
            self._staged.show_empty(said("这里没有证据。"), icon=Icon.CAMERA)

    def _show_exhibit(self) -> None:
        if self._desk.exhibit is None:
            words = said("选择左侧的证据。原件加密保存、从不改动，遮蔽、裁切和批注都另存为副本。")
            self._open.show_empty(words, icon=Icon.CAMERA)
            return
        self._open.show_content()
        self.sheet.refresh()

    def _show_all(self) -> None:
        self._desk.gather(None)

    def _choose(self, key: object) -> None:
        self._desk.open(str(key))

    def _was_kept(self, _copy: object) -> None:
        self.noticed.emit(Notice(said("副本已保存，并写入流转记录。"), Tone.GOOD))

    def _was_exported(self, name: str) -> None:
        self.noticed.emit(Notice(said("已导出“{0}”。").format(name), Tone.GOOD))

    def _refuse(self, error: Exception) -> None:
        self.noticed.emit(Notice(sentence(error), Tone.BAD))


def evidence_entry(desk: EvidenceDesk) -> PageEntry:
    """Give the page; its state lives in the view-model, so it can be built again."""
    return PageEntry(EVIDENCE_PAGE, Icon.CAMERA, _title, partial(EvidencePage, desk))


def _title() -> str:
    return said("证据")
