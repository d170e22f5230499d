"""The notice bar: what just happened, for a moment, with a way back."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.system.theme import Space, Tone
from desktop.views.kit.buttons import Button, IconButton, Rank
from desktop.views.kit.icons import Icon
from desktop.views.kit.labels import Label

STAYS_MS = 6_000
STAYS_WITH_ACTION_MS = 12_000


class NoticeBar(QFrame):
    """Lies over the lower edge of its parent; the latest notice replaces the one before.

    `acted` carries the token that came with the notice, as when undo is pressed.
    """

    acted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("part", "notice")
        self._over = parent
        self._token: object = None
        self._words = Label(wraps=False)
        self._button = Button("", Rank.QUIET)
        self._button.clicked.connect(self._act)
        self._close = IconButton(Icon.CLOSE, self.tr("关闭"))
        self._close.clicked.connect(self.hide)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.CARD, Space.HAIR, Space.HAIR, Space.HAIR)
        row.addWidget(self._words)
        row.addWidget(self._button)
        row.addWidget(self._close)
        parent.installEventFilter(self)
        self.hide()

    def say(
        self, text: str, tone: Tone = Tone.ACCENT, *, action: str = "", token: object = None
    ) -> None:
        """Show a notice; trouble stays until it is closed."""
        self._token = token
        self._words.setText(text)
        self._words.set_tone(tone)
        self._button.setText(action)
        self._button.setVisible(bool(action))
        self.setAccessibleName(text)
        self.show()
        self._place()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
        self._timer.stop()
        if tone not in {Tone.NEAR, Tone.BAD}:
            self._timer.start(STAYS_WITH_ACTION_MS if action else STAYS_MS)

    def text(self) -> str:
        """What is being said."""
        return self._words.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the lower edge."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        over = self._over
        room = over.width() - 2 * Space.MARGIN
        self._words.setWordWrap(self.sizeHint().width() > room)
        width = min(room, self.sizeHint().width())
        height = max(44, self.heightForWidth(width), self.sizeHint().height())
        left = (over.width() - width) // 2
        self.setGeometry(left, over.height() - height - Space.MARGIN, width, height)

    def _act(self) -> None:
        self.hide()
        self.acted.emit(self._token)
