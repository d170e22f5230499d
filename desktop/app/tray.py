"""The program in the tray: its window is put aside, and it watches on."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from desktop.system.language import said
from desktop.system.theme import Tone, colours
from desktop.views.kit.icons import Icon, tinted

_SIZE = 32  # px


class Tray(QObject):
    """An icon with two choices; `opened` and `left` say which was taken."""

    opened = Signal()
    left = Signal()
    followed = Signal(object)  # the token of the message that was clicked

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icon = QSystemTrayIcon(tinted(Icon.VIDEO, colours().ink(Tone.ACCENT), _SIZE), self)
        self._menu = QMenu()
        self._icon.activated.connect(self._press)
        self._icon.messageClicked.connect(self._follow)
        self._token: object = None

    @staticmethod
    def is_there() -> bool:
        """Whether this desktop has a tray at all."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def show(self) -> None:
        """Show the icon, in the language of now, and say once what goes on."""
        self._menu.clear()
        self._menu.addAction(said("打开窗口")).triggered.connect(self.opened)
        self._menu.addAction(said("退出程序")).triggered.connect(self.left)
        self._icon.setContextMenu(self._menu)
        self._icon.setToolTip(said("政务大厅效能督察"))
        self._icon.show()
        self._token = None
        self._icon.showMessage(said("政务大厅效能督察"), said("窗口已收起，监看继续。"))

    def say(self, words: str, token: object) -> None:
        """Show a message while the window is put aside; a click on it comes back with `token`."""
        if self._icon.isVisible():
            self._token = token
            self._icon.showMessage(said("政务大厅效能督察"), words)

    def hide(self) -> None:
        """Take the icon away."""
        self._icon.hide()

    def _follow(self) -> None:
        self.followed.emit(self._token)

    def _press(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self.opened.emit()
