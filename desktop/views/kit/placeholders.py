"""What stands where there is nothing to show: one sentence, one action."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.system.theme import Space, Tone, colours
from desktop.views.kit.buttons import Button, Rank
from desktop.views.kit.icons import Icon, tinted
from desktop.views.kit.labels import Label

STILL = "still"  # property of the application: nothing moves by itself


class BusyBar(QProgressBar):
    """Says that something goes on for nobody knows how long; lies still where that is wished."""

    def __init__(self) -> None:
        super().__init__()
        application = QApplication.instance()
        still = bool(application and application.property(STILL))
        self.setRange(0, 1 if still else 0)
        self.setTextVisible(False)


class Placeholder(QWidget):
    """Empty, loading or in trouble; `acted` is the one thing to do about it."""

    acted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._picture = QLabel()
        self._sentence = Label(tone=Tone.SOFT, wraps=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._progress = BusyBar()
        self._progress.setFixedWidth(160)
        self._button = Button("", Rank.SECONDARY)
        self._button.clicked.connect(self.acted)
        column = QVBoxLayout(self)
        column.setSpacing(Space.CARD - 4)
        column.addStretch(1)
        column.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._sentence)
        column.addWidget(self._progress, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def show_empty(self, sentence: str, action: str = "", *, icon: Icon = Icon.CHECK) -> None:
        """Say why there is nothing; all well says so too."""
        self._show(sentence, action, icon, Tone.SOFT)

    def show_loading(self, sentence: str) -> None:
        """Say what is being fetched."""
        self._show(sentence, "", None, Tone.SOFT)
        self._progress.show()

    def show_trouble(self, sentence: str, action: str = "") -> None:
        """Say what went wrong and what can be done."""
        self._show(sentence, action, Icon.WARNING, Tone.NEAR)

    def sentence(self) -> str:
        """What is being said."""
        return self._sentence.text()

    def _show(self, sentence: str, action: str, icon: Icon | None, tone: Tone) -> None:
        self._sentence.setText(sentence)
        self._sentence.set_tone(tone)
        self._button.setText(action)
        self._button.setVisible(bool(action))
        self._progress.hide()
        self._progress.setAccessibleName(sentence)
        self._picture.setVisible(icon is not None)
        if icon:
            made = tinted(icon, colours().ink(tone), 32)
            self._picture.setPixmap(made.pixmap(QSize(32, 32), self.devicePixelRatioF()))


class Staged(QStackedWidget):
    """A content that may be missing: shows it, or a placeholder in its place."""

    acted = Signal()

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.placeholder = Placeholder()
        self.placeholder.acted.connect(self.acted)
        self._content = content
        self.addWidget(content)
        self.addWidget(self.placeholder)

    def show_content(self) -> None:
        """Show what there is."""
        self.setCurrentWidget(self._content)

    def show_empty(self, sentence: str, action: str = "", *, icon: Icon = Icon.CHECK) -> None:
        """Show that there is nothing, and why."""
        self.placeholder.show_empty(sentence, action, icon=icon)
        self.setCurrentWidget(self.placeholder)

    def show_loading(self, sentence: str) -> None:
        """Show that it is being fetched."""
        self.placeholder.show_loading(sentence)
        self.setCurrentWidget(self.placeholder)

    def show_trouble(self, sentence: str, action: str = "") -> None:
        """Show why it cannot be had."""
        self.placeholder.show_trouble(sentence, action)
        self.setCurrentWidget(self.placeholder)
