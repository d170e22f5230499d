"""Buttons: what they are for shows in their rank."""

from enum import Enum

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton

from desktop.system.theme import CONTROL_HEIGHT, Size, Tone, colours, typeface
from desktop.views.kit.icons import Icon, tinted
from desktop.views.kit.labels import repolish


class Rank(Enum):
    """One PRIMARY a page; ROW stands at the end of a row; DANGER cannot be undone."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    ROW = "row"
    QUIET = "quiet"
    DANGER = "danger"
    ICON = "icon"


class Button(QPushButton):
    """A button that Enter presses too, with an icon in the colour of its text."""

    def __init__(
        self, text: str = "", rank: Rank = Rank.SECONDARY, *, icon: Icon | None = None
    ) -> None:
        super().__init__(text)
        self._rank, self._icon = rank, icon
        self.setProperty("rank", rank.value)
        self.setFont(typeface(Size.BODY, bold=rank is Rank.PRIMARY))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # A click leaves the focus, and with it the ring, where the keyboard had put it.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        self.setIconSize(QSize(18, 18))
        self._tint()

    def set_rank(self, rank: Rank) -> None:
        """Give the button another rank."""
        self._rank = rank
        self.setProperty("rank", rank.value)
        repolish(self)
        self._tint()

    def set_icon(self, icon: Icon) -> None:
        """Show another icon."""
        self._icon = icon
        self._tint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Enter as on the space bar."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme with the icon."""
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.EnabledChange}:
            self._tint()
        super().changeEvent(event)

    def _tint(self) -> None:
        if self._icon:
            self.setIcon(tinted(self._icon, self._ink(), 18))

    def _ink(self) -> str:
        worn = colours()
        if not self.isEnabled():
            return worn.outline
        match self._rank:
            case Rank.PRIMARY:
                return worn.on_accent
            case Rank.ROW | Rank.QUIET:
                return worn.accent
            case Rank.DANGER:
                return worn.near
            case Rank.SECONDARY:
                return worn.text
            case Rank.ICON:
                return worn.ink(Tone.SOFT)


class IconButton(Button):
    """A square button without a word; its name is read out and shown as a tool tip."""

    def __init__(self, icon: Icon, name: str) -> None:
        super().__init__("", Rank.ICON, icon=icon)
        self.setFixedSize(CONTROL_HEIGHT, CONTROL_HEIGHT)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Name what the button does."""
        self.setAccessibleName(name)
        self.setToolTip(name)
