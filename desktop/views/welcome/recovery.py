"""The recovery code to copy down: its groups in a grid, and two of them to give back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit

from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.recovery import RecoveryPaper
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.labels import Label, show_if
from desktop.views.kit.panels import Banner, Panel

_ACROSS = 7  # groups a row


class RecoveryView(Panel):
    """Shows the code until it is confirmed; `put_off` comes when that is for later."""

    put_off = Signal()

    def __init__(self, paper: RecoveryPaper, *, later: bool) -> None:
        super().__init__(self.tr("抄下恢复码"))
        self._paper = paper
        self._later = Button(self.tr("以后再抄"), Rank.QUIET)
        self._later.clicked.connect(self.put_off)
        self._has_later = later
        self._words = Label(wraps=True)
        self._grid = QGridLayout()
        self._grid.setSpacing(Space.INSIDE)
        self._question = Label()
        self._first, self._second = QLineEdit(), QLineEdit()
        self._go = Button(self.tr("我已抄下"), Rank.PRIMARY)
        self._go.clicked.connect(self._confirm)
        self._trouble = Banner(tone=Tone.NEAR)
        for part in (self._words, self._trouble):
            self.body.addWidget(part)
        self.body.addLayout(self._grid)
        self.body.addWidget(self._question)
        self.body.addLayout(self._answers())
        paper.changed.connect(self._show)
        self._show()

    def _answers(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for line, name in (
            (self._first, self.tr("前一组")),
            (self._second, self.tr("后一组")),
        ):
            line.setAccessibleName(name)
            line.setPlaceholderText(name)
            line.setMaxLength(8)
            line.setFixedWidth(120)
            line.returnPressed.connect(self._confirm)
            row.addWidget(line)
        row.addStretch(1)
        row.addWidget(self._later)
        row.addWidget(self._go)
        return row

    def _show(self) -> None:
        paper = self._paper
        is_open = bool(paper.groups)
        self._words.setText(
            self.tr(
                "本机案卷库的密钥存在系统密钥环里。换电脑、重装系统或忘记密码时，"
                "只有这串恢复码能打开案卷库和证据，我们没有副本。"
                "请抄在纸上，锁进柜子；确认后不再显示。"
            )
            if not paper.is_confirmed
            else self.tr("恢复码已确认抄下，不再显示。")
        )
        if is_open and self._grid.count() != len(paper.groups):
            self._fill()
        elif not is_open:
            self._clear()
        self._question.setText(paper.question if is_open else "")
        for each in (self._question, self._first, self._second, self._go):
            show_if(each, wanted=is_open)
        show_if(self._later, wanted=is_open and self._has_later)
        self._trouble.say(paper.trouble, Tone.NEAR)

    def _fill(self) -> None:
        self._clear()
        face = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        face.setPixelSize(Size.SECTION)
        for number, group in enumerate(self._paper.groups):
            cell = QLabel(f"{number + 1:>2}  {group}")
            cell.setFont(face)
            cell.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(cell, number // _ACROSS, number % _ACROSS)

    def _clear(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()

    def _confirm(self) -> None:
        self._paper.confirm((self._first.text(), self._second.text()))
