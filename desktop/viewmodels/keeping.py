"""How evidence stands on this disk: its room, what was let go, a word before it is tight."""

from contextlib import suppress

from PySide6.QtCore import QObject, Qt, Signal

from desktop.system.language import said
from desktop.system.theme import Tone
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.wording import sentence
from desktop.workers.evidence_tidy import EvidenceTidy, Room

_MB = 1000**2


class EvidenceKeeping(QObject):
    """What the settings say of the room for evidence.

    Attributes:
        is_busy: evidence is being tidied.
    """

    changed = Signal()
    warned = Signal(str)  # what is to be said on every page; "" takes it back
    _heard = Signal(object)

    def __init__(self, tidy: EvidenceTidy, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tidy = tidy
        self._answers = Answers(self)
        self._room: Room | None = None
        self._trouble: Exception | None = None
        self.is_busy = False
        self._heard.connect(self._take, Qt.ConnectionType.QueuedConnection)
        tidy.subscribe(self._hear)

    def stop(self) -> None:
        """Hear no more."""
        self._tidy.unsubscribe(self._hear)
        self._answers.close()

    def tidy_now(self) -> None:
        """Tidy at once, by the terms that are set."""
        if not self.is_busy:
            self.is_busy, self._trouble = True, None
            self._answers.ask(self._tidy.tidy(), self._take, self._refuse, "tidy")
            self.changed.emit()

    def stand(self) -> tuple[str, Tone]:
        """Say how things stand, and how grave that is."""
        if self.is_busy:
            return said("正在清点…"), Tone.SOFT
        if self._trouble is not None:
            return said("没有清点成功：{0}").format(sentence(self._trouble)), Tone.NEAR
        if self._room is None:
            return said("打开程序后自动清点，此后每六小时一次。"), Tone.SOFT
        return _told(self._room), Tone.NEAR if self._room.is_tight else Tone.GOOD

    def _hear(self, room: Room) -> None:
        """Pass it on; on the tidying thread, perhaps while this object is being deleted."""
        with suppress(RuntimeError):
            self._heard.emit(room)

    def _take(self, room: Room) -> None:
        self._room, self.is_busy = room, False
        words = said("证据已占用 {0}，上限 {1}。请调整上限或保存天数，或腾出空间。")
        told = words.format(_size(room.used), _size(room.quota)) if room.is_tight else ""
        self.warned.emit(told)
        self.changed.emit()

    def _refuse(self, error: Exception) -> None:
        self._trouble, self.is_busy = error, False
        self.changed.emit()


def _told(room: Room) -> str:
    parts = [said("共 {0} 项，占用 {1}").format(room.items - room.deleted, _size(room.used))]
    if room.quota:
        parts.append(said("上限 {0}").format(_size(room.quota)))
    if room.deleted:
        parts.append(said("刚删除 {0} 项，腾出 {1}").format(room.deleted, _size(room.freed)))
    if room.unsent:
        parts.append(said("{0} 项已到期，待传到服务器后删除").format(room.unsent))
    return said("{0}。").format(said("，", "list").join(parts))


def _size(size: int) -> str:
    return f"{size / _MB:.0f} MB" if size < 1000 * _MB else f"{size / _MB / 1000:.1f} GB"
