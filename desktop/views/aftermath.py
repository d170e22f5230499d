"""Two quiet dialogs after a start: the last run ended badly, and what is new."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.system.language import said
from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.help import manual
from desktop.views.help.page import ManualText
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.labels import Label

_SIZE = (640, 480)


class _Telling(QDialog):
    """A title, some words, something to read, and a way on."""

    def __init__(self, parent: QWidget, title: str, words: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.resize(*_SIZE)
        self.foot = QHBoxLayout()
        self.foot.addStretch(1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(*[Space.MARGIN.value] * 4)
        self.column.setSpacing(Space.CARD)
        self.column.addWidget(Label(title, size=Size.PAGE, bold=True))
        if words:
            self.column.addWidget(Label(words, tone=Tone.SOFT, wraps=True))

    def finish(self) -> None:
        """Put the way on below everything."""
        go_on = Button(said("知道了"), Rank.PRIMARY)
        go_on.clicked.connect(self.accept)
        self.foot.addWidget(go_on)
        self.column.addLayout(self.foot)
        go_on.setFocus()


class CrashDialog(_Telling):
    """Nothing was lost, here is what happened, and it can be passed on."""

    def __init__(self, parent: QWidget, report: str) -> None:
        super().__init__(
            parent,
            said("上次程序意外退出"),
            said("已保存的内容都在，没有写到一半的记录。下面的报告只含程序内部信息，不含案卷内容和姓名；"
                 "可以复制给维护人员。"),
        )  # fmt: skip
        self._text = QPlainTextEdit(report)
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName(said("错误报告"))
        copy = Button(said("复制报告"))
        copy.clicked.connect(self._copy)
        self.column.addWidget(self._text, 1)
        self.foot.addWidget(copy)
        self.finish()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())


class NewsDialog(_Telling):
    """What the update brought, in the user's words."""

    def __init__(self, parent: QWidget, names: Sequence[str]) -> None:
        super().__init__(parent, said("程序已更新"), said("以后可以在“帮助 · 更新说明”里再看。"))
        text = ManualText()
        text.show_text(manual.news(manual.tongue(), names))
        self.column.addWidget(text, 1)
        self.finish()
