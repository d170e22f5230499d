"""How well the case file is copied: the latest copy, or why there is none."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.system.language import said
from desktop.system.theme import Tone
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.wording import sentence
from desktop.workers.backup_keeper import BackupKeeper, Kept


class Backups(QObject):
    """What the settings say of backups, and of the case file itself.

    Attributes:
        is_busy: a copy is being made.
        is_checking: the case file is being checked, or written anew.
    """

    changed = Signal()
    warned = Signal(str)  # the case file is not whole

    def __init__(self, keeper: BackupKeeper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._answers = Answers(self)
        self._kept: Kept | None = None
        self._trouble: Exception | None = None
        self.is_busy = keeper.last is not None
        self.is_checking = False
        self._checked: tuple[str, Tone] | None = None
        self._answers.ask(keeper.last or keeper.look(), self._take, self._refuse, "copies")
        if keeper.glanced is not None:
            self._answers.ask(keeper.glanced, self._glanced, self._broken)

    def back_up(self) -> None:
        """Make a copy now; one at a time."""
        if self.is_busy:
            return
        self.is_busy, self._trouble = True, None
        self._answers.ask(self._keeper.back_up(), self._take, self._refuse, "copies")
        self.changed.emit()

    @property
    def copies(self) -> tuple[Path, ...]:
        """The copies that can take the place of the case file, the latest first."""
        return self._kept.files if self._kept else ()

    def restore(self, copy: Path) -> None:
        """Let a copy take the place of the case file at the next start."""
        self._answers.ask(self._keeper.restore(copy), self._wished, self._not_whole, "restore")

    def check(self) -> None:
        """Check the open case file now; one at a time."""
        if not self.is_checking:
            self.is_checking, self._checked = True, None
            self._answers.ask(self._keeper.check(), self._whole, self._not_whole, "check")
            self.changed.emit()

    def compact(self) -> None:
        """Give room that is no longer used back to the disk; one at a time."""
        if not self.is_checking:
            self.is_checking, self._checked = True, None
            self._answers.ask(self._keeper.compact(), self._compacted, self._not_whole, "check")
            self.changed.emit()

    def health(self) -> tuple[str, Tone]:
        """Say what the last check, or the compaction, has come to."""
        if self.is_checking:
            return said("正在逐页处理案卷库…"), Tone.SOFT
        return self._checked or ("", Tone.SOFT)

    def stop(self) -> None:
        """Hear no more."""
        self._answers.close()

    def stand(self) -> tuple[str, Tone]:
        """Say how things stand, and how grave that is."""
        if self.is_busy:
            return said("正在备份并核对…"), Tone.SOFT
        if self._trouble is not None:
            return said("没有备份成功：{0}").format(sentence(self._trouble)), Tone.NEAR
        if self._kept is None:
            return "", Tone.SOFT
        kept = self._kept
        if kept.latest is None:
            return said("还没有备份。"), Tone.NEAR
        words = said("最近一份是 {0}，已打开核对。共 {1} 份，在 {2}")
        return words.format(kept.latest.name, kept.copies, kept.folder), Tone.GOOD

    def _take(self, kept: Kept) -> None:
        self._kept, self._trouble, self.is_busy = kept, None, False
        self.changed.emit()

    def _refuse(self, error: Exception) -> None:
        self._trouble, self.is_busy = error, False
        self.changed.emit()

    def _glanced(self, _nothing: None) -> None:
        if self._checked is None:
            self._checked = (said("本次启动时已检查，案卷库完整。"), Tone.GOOD)
            self.changed.emit()

    def _broken(self, error: Exception) -> None:
        self._not_whole(error)
        self.warned.emit(sentence(error))

    def _compacted(self, freed: int) -> None:
        told = said("案卷库已整理，腾出 {0} MB。").format(f"{max(freed, 0) / 1000**2:.1f}")
        self.is_checking, self._checked = False, (told, Tone.GOOD)
        self.changed.emit()

    def _whole(self, faults: int) -> None:
        self.is_checking = False
        whole = (said("案卷库和审计链完整。"), Tone.GOOD)
        broken = (said("案卷库完整，但审计链有 {0} 条记录不符。").format(faults), Tone.BAD)
        self._checked = broken if faults else whole
        self.changed.emit()

    def _not_whole(self, error: Exception) -> None:
        self.is_checking, self._checked = False, (sentence(error), Tone.BAD)
        self.changed.emit()

    def _wished(self, name: str) -> None:
        told = said("{0} 已通过校验。退出程序，下次启动时恢复；现在的案卷库会另存一份。")
        self._checked = (told.format(name), Tone.NEAR)
        self.changed.emit()
