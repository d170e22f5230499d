"""Whether the machine still watches, and what to say while it does not."""

from PySide6.QtCore import QObject, Signal

from desktop.system.language import said
from desktop.viewmodels.relay import Relay, Source
from desktop.workers.video_process import ProcessEnded
from desktop.workers.watch_lease import WatchShare


class WatchHealth(QObject):
    """Follows the watching process; `sentence` is empty while all is well."""

    changed = Signal()

    def __init__(self, server_started: bool = True, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ended: ProcessEnded | None = None
        self._share = WatchShare()
        self._server_started = server_started
        self._room = self._store = ""
        self._relay: Relay | None = None

    def follow(self, process: Source) -> None:
        """Listen to a watching process from now on."""
        self.stop()
        self._relay = Relay(process, self)
        self._relay.told.connect(self._hear)

    def stop(self) -> None:
        """Listen no more."""
        if self._relay is not None:
            self._relay.stop()
            self._relay = None

    def take_room(self, words: str) -> None:
        """Take what is to be said of the room for evidence; nothing while there is enough."""
        if words != self._room:
            self._room = words
            self.changed.emit()

    def take_store(self, words: str) -> None:
        """Take what is to be said of a case file that is not whole; it stands before all else."""
        self._store = words
        self.changed.emit()

    @property
    def sentence(self) -> str:
        """What does not work just now and what the program does about it."""
        if self._store:
            return self._store
        if self._ended is None and not self._server_started:
            return said("本机服务器没有启动：可以继续工作，暂不同步。重新打开程序会再试。")
        if self._ended is None:
            alone = self._share.held and not self._share.confirmed
            words = said("连不上服务器，无法确认其他电脑是否也在监看同一台摄像机。本机继续监看。")
            return words if alone else self._room
        if self._ended.restart_s is None:
            return said("监看进程多次退出，已停止重试。请重新打开程序；期间的画面记为无法判断。")
        return said("正在重新启动监看进程（{0} 秒后）。期间的画面记为无法判断。").format(
            round(self._ended.restart_s)
        )

    def _hear(self, word: object) -> None:
        ended = word if isinstance(word, ProcessEnded) else None
        share = word if isinstance(word, WatchShare) else self._share
        if (ended, share) != (self._ended, self._share):
            self._ended, self._share = ended, share
            self.changed.emit()
