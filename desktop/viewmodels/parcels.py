"""Exchange on a stick: what was written out, what was answered, and why a file is not taken."""

from collections.abc import Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop.domain.roles import Actor
from desktop.system.language import joined, marked, said
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.wording import sentence
from sync.client.parcels import Answered, Standing, Written
from sync.protocol.parcel import ParcelError, ParcelFault

FAULTS: Mapping[ParcelFault, str] = {
    ParcelFault.UNREADABLE: marked("这不是数据包，或文件无法读取。"),
    ParcelFault.FORGED: marked("数据包的签名不成立，不是所称的一方写出的，没有读入。"),
    ParcelFault.DAMAGED: marked("数据包不完整或在途中损坏，没有读入。请重新拷贝。"),
    ParcelFault.WRONG_KEY: marked("密钥打不开这个数据包，没有读入。"),
    ParcelFault.NOT_FOR_US: marked("这个数据包不是给本机的，或没有对应的已写出的包。"),
    ParcelFault.REPLAYED: marked("这个数据包已经读入过，没有重复读入。"),
    ParcelFault.GAP: marked("编号不连续：应为第 {0} 包。"),
    ParcelFault.NEVER_MET: marked("本机还没有与服务器完成过同步，不能写数据包。请先联网同步一次。"),
}


class Post(Protocol):
    """Writes and takes parcels; a workers.parcel_post.ParcelPost."""

    def standing(self) -> "Future[Standing]":
        """Tell how far the exchange has come."""

    def write_out(
        self, actor: Actor, target: Path, reason: str, *, seq: int = 0
    ) -> "Future[Written]":
        """Write a parcel."""

    def take_in(self, actor: Actor, source: Path) -> "Future[Answered]":
        """Take a receipt."""


class Entrance(Protocol):
    """The door, as far as it knows who acts now."""

    actor: Actor | None


class ParcelDesk(QObject):
    """The two ways of a stick; `done` carries a sentence, `refused` another."""

    changed = Signal()
    done = Signal(str)
    refused = Signal(str)

    def __init__(self, post: Post, door: Entrance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._post, self._door = post, door
        self._answers = Answers(self)
        self.standing = Standing(0, 0)

    @property
    def numbers(self) -> range:
        """The numbers under which a parcel can be written: those without an answer, and the next.

        The last is the usual one; an earlier one is for a stick that never arrived.
        """
        return range(self.standing.answered + 1, self.standing.written + 2)

    def stop(self) -> None:
        """Hear no more."""
        self._answers.close()

    def refresh(self) -> None:
        """Ask how far the exchange has come."""
        self._answers.ask(self._post.standing(), self._take, self._refuse, "standing")

    def stand(self) -> str:
        """Say how far the exchange has come."""
        written, answered = self.standing.written, self.standing.answered
        if not written:
            return said("还没有写过数据包。")
        told = said("最近写出第 {0} 包。").format(written)
        if answered == written:
            return joined(told, said("回执已经读入。"))
        return joined(told, said("还没有读入它的回执；未答复的更改仍在本机等待，不会丢失。"))

    def write_out(self, target: Path, reason: str, seq: int = 0) -> None:
        """Write all that waits into a file."""
        if self._door.actor is not None:
            written = self._post.write_out(self._door.actor, target, reason, seq=seq)
            self._answers.ask(written, self._written, self._refuse)

    def take_in(self, source: Path) -> None:
        """Take the server's receipt."""
        if self._door.actor is not None:
            answered = self._post.take_in(self._door.actor, source)
            self._answers.ask(answered, self._answered, self._refuse)

    def _take(self, standing: Standing) -> None:
        self.standing = standing
        self.changed.emit()

    def _written(self, written: Written) -> None:
        told = said("已写出第 {0} 包：{1} 项更改、{2} 个文件，已加密并签名。")
        self.done.emit(told.format(written.seq, written.changes, written.files))
        self.refresh()

    def _answered(self, answered: Answered) -> None:
        told = said("已读入第 {0} 包的回执：答复 {1} 项，其中拒绝 {2} 项；收到他人的更改 {3} 项。")
        words = (answered.seq, answered.changes, answered.refused, answered.pulled)
        self.done.emit(told.format(*words))
        self.refresh()

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(fault_said(error))


def fault_said(error: Exception) -> str:
    """Say why a parcel was not taken or written."""
    if isinstance(error, ParcelError):
        return said(FAULTS[error.fault]).format(error.expected)
    return sentence(error)
