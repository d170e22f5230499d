"""Small questions before an act: a reason that is written down, a last look before no return."""

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.system.theme import Size, Space, Tone
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.fields import Field
from desktop.views.kit.labels import Label

_WIDTH = 460


class Question(QDialog):
    """A title, some words, what `body` holds, and two buttons; never blocks.

    `agreed` comes when the person goes on.
    """

    agreed = Signal()

    def __init__(
        self, parent: QWidget, title: str, words: str, action: str, *, rank: Rank = Rank.PRIMARY
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.setMinimumWidth(_WIDTH)
        self.go = Button(action, rank)
        self.go.clicked.connect(self._go)
        self._back = Button(self.tr("取消"), Rank.SECONDARY)
        self._back.clicked.connect(self.reject)
        self.body = QVBoxLayout()
        self.body.setSpacing(Space.CARD - 4)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._back)
        buttons.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MARGIN, Space.MARGIN, Space.MARGIN, Space.MARGIN)
        column.setSpacing(Space.CARD)
        column.addWidget(Label(title, size=Size.PAGE, bold=True, wraps=True))
        if words:
            column.addWidget(Label(words, tone=Tone.SOFT, wraps=True))
        column.addLayout(self.body)
        column.addStretch(1)
        column.addLayout(buttons)
        submit = QShortcut(QKeySequence("Ctrl+Return"), self)
        submit.activated.connect(self.go.click)

    def showEvent(self, event: QShowEvent) -> None:
        """Let the keyboard begin at the first question and come by the buttons last."""
        buttons = (self._back, self.go)
        inner = (w for w in self.findChildren(QWidget) if w.window() is self)
        asked = [w for w in inner if _is_asked(w) and w not in buttons]
        for before, after in pairwise((*asked, *buttons)):
            self.setTabOrder(before, after)
        if asked and self.focusWidget() in {None, *buttons}:
            asked[0].setFocus(Qt.FocusReason.TabFocusReason)
        super().showEvent(event)

    def _go(self) -> None:
        self.agreed.emit()
        self.accept()


def _is_asked(widget: QWidget) -> bool:
    takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(takes) and not widget.isHidden() and not widget.focusProxy()


class AnswerQuestion(Question):
    """A question whose answer is given when the person goes on."""

    given = Signal(object)

    def __init__(
        self, parent: QWidget, title: str, words: str, action: str, *, rank: Rank = Rank.PRIMARY
    ) -> None:
        super().__init__(parent, title, words, action, rank=rank)
        self.agreed.connect(self._give)

    def answer(self) -> object:
        """What was answered."""
        return None

    def _give(self) -> None:
        self.given.emit(self.answer())


class ReasonQuestion(AnswerQuestion):
    """Asks for a reason; without one there is no going on, unless it is optional."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        words: str,
        action: str,
        *,
        label: str,
        rank: Rank = Rank.PRIMARY,
        first: str = "",
        is_optional: bool = False,
    ) -> None:
        super().__init__(parent, title, words, action, rank=rank)
        self._is_optional = is_optional
        self.editor = QPlainTextEdit(first)
        self.editor.setTabChangesFocus(True)
        self.editor.setFixedHeight(96)
        self.editor.textChanged.connect(self._weigh)
        self.body.addWidget(Field(label, self.editor))
        self._weigh()
        self.editor.setFocus()

    def answer(self) -> str:
        """What was written."""
        return self.editor.toPlainText().strip()

    def _weigh(self) -> None:
        self.go.setEnabled(self._is_optional or bool(self.answer()))
