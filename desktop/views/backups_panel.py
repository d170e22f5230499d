"""The part of the settings about backups: how they stand, and a copy at once."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.system.language import said
from desktop.system.theme import Size
from desktop.viewmodels.backups import Backups
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.dialogs import Question
from desktop.views.kit.fields import Field
from desktop.views.kit.labels import Label, show_if
from desktop.views.kit.panels import Panel


class BackupsPanel(Panel):
    """A sentence on the copies, one on the last check; a copy, a check, a way back."""

    def __init__(self, model: Backups) -> None:
        super().__init__()
        self._model = model
        self.show_title(self.tr("案卷库备份"))
        self._stand = Label(wraps=True)
        self._button = Button(self.tr("立即备份"))
        words = self.tr("每天第一次打开程序时自动备份。备份与案卷库用同一密钥加密，不含证据文件。")
        self._health = Label(wraps=True)
        self._check = Button(self.tr("检查完整性"))
        self._check.clicked.connect(model.check)
        self._compact = Button(self.tr("整理"), Rank.QUIET)
        self._compact.setToolTip(
            self.tr("把删除后空出的空间还给磁盘。整理时需要同样大的空余空间。")
        )
        self._compact.clicked.connect(model.compact)
        self._restore = Button(self.tr("从备份恢复…"), Rank.QUIET)
        self._restore.clicked.connect(self._ask_restore)
        self.body.addWidget(self._stand)
        self.body.addWidget(self._health)
        self.body.addWidget(Label(words, size=Size.SMALL, wraps=True))
        self.header.add(self._compact)
        self.header.add(self._restore)
        self.header.add(self._check)
        self.header.add(self._button)
        self._button.clicked.connect(model.back_up)
        model.changed.connect(self.refresh)
        self.refresh()

    def said_of_it(self) -> str:
        """How backups stand, in words."""
        return self._stand.text()

    def said_of_check(self) -> str:
        """What the last check found, in words."""
        return self._health.text()

    def refresh(self) -> None:
        """Show how things stand."""
        words, tone = self._model.stand()
        self._stand.setText(words)
        self._stand.set_tone(tone)
        self._button.setEnabled(not self._model.is_busy)
        found, how = self._model.health()
        self._health.setText(found)
        self._health.set_tone(how)
        show_if(self._health, wanted=bool(found))
        for button in (self._check, self._compact):
            button.setEnabled(not self._model.is_checking)
        self._restore.setEnabled(bool(self._model.copies))

    def _ask_restore(self) -> None:
        question = RestoreQuestion(self, self._model.copies)
        question.chosen.connect(self._model.restore)
        question.open()


class RestoreQuestion(Question):
    """Asks which copy takes the place of the case file."""

    chosen = Signal(object)  # a Path

    def __init__(self, parent: QWidget, copies: Sequence[Path]) -> None:
        words = said(
            "恢复后，备份之后在本机所做而尚未同步的内容只留在另存的那一份里；已同步的会从服务器取回。"
            "本机领用的文号作废，须重新领取。"
        )
        title, action = said("从备份恢复"), said("下次启动时恢复")
        super().__init__(parent, title, words, action, rank=Rank.DANGER)
        self.copies = QComboBox()
        for copy in copies:
            self.copies.addItem(copy.name, copy)
        self.body.addWidget(Field(said("备份"), self.copies))
        self.go.setEnabled(bool(copies))
        self.agreed.connect(self._give)

    def _give(self) -> None:
        self.chosen.emit(self.copies.currentData())
