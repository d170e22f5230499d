"""What all chapters share: why it matters, its content, and a way on."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.system.theme import Size, Space, Tone
from desktop.viewmodels.setup.desk import SetupDesk
from desktop.viewmodels.setup.facts import Chapter
from desktop.viewmodels.setup.words import chapter_title, chapter_why
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.labels import Label, show_if
from desktop.views.kit.panels import Banner

COLUMN = 760  # px, as on the page of settings


class ChapterView(QWidget):
    """One chapter; `body` holds what it is about. `left` comes when a person goes on."""

    left = Signal(object)  # the chapter
    put_off = Signal(object)

    def __init__(self, desk: SetupDesk, chapter: Chapter) -> None:
        super().__init__()
        self.desk, self.chapter = desk, chapter
        self.setMaximumWidth(COLUMN)
        self._trouble = Banner(tone=Tone.NEAR)
        self._later = Button(self.tr("以后再做"), Rank.QUIET)
        self._later.clicked.connect(self._put_off)
        go_on = Button(self.tr("下一步"))
        go_on.clicked.connect(self._go_on)
        self.body = QVBoxLayout()
        self.body.setSpacing(Space.CARD)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._later)
        foot.addWidget(go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.CARD)
        column.addWidget(Label(chapter_title(chapter), size=Size.PAGE, bold=True))
        column.addWidget(Label(chapter_why(chapter), tone=Tone.SOFT, wraps=True))
        column.addWidget(self._trouble)
        column.addLayout(self.body)
        column.addLayout(foot)

    def show_facts(self) -> None:
        """Show the hall as it now is; each chapter has its own way."""

    def show_trouble(self, sentence: str) -> None:
        """Say what was refused last; "" takes it away."""
        self._trouble.say(sentence, Tone.NEAR)

    def show_open(self, *, is_open: bool) -> None:
        """Offer to do it later while something is left to do."""
        show_if(self._later, wanted=is_open)

    def _go_on(self) -> None:
        self.left.emit(self.chapter)

    def _put_off(self) -> None:
        self.put_off.emit(self.chapter)
