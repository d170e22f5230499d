"""The sync centre: what waits and why, the last round, and what the server refused."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.system.language import joined, said
from desktop.usecases.conflicts import Redo
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.refused import RefusedChange, again, shown
from desktop.viewmodels.relay import Hearer, Relay
from desktop.viewmodels.sync_truth import Counts, SyncTruth, truth_of
from desktop.viewmodels.times import stamp
from desktop.viewmodels.wording import sentence
from desktop.workers.sync_thread import SyncPhase, SyncStatus
from desktop.workers.waiting_room import Waiting
from sync.client.round import RoundReport

COUNT_AGAIN_MS = 5_000  # acts of people wait for the next round in between


class Line(Protocol):
    """The sync thread."""

    status: SyncStatus

    def subscribe(self, listener: Hearer, /) -> None:
        """Hear every change."""

    def unsubscribe(self, listener: Hearer, /) -> None:
        """Hear no more."""

    def round_now(self) -> "Future[RoundReport]":
        """Ask for a round."""

    def pause(self) -> None:
        """Stay away from the server."""

    def go_on(self) -> None:
        """End a pause."""


class Outbox(Protocol):
    """The waiting room."""

    def look(self) -> "Future[Waiting]":
        """Count what waits."""

    def accept(self, op_id: str) -> "Future[None]":
        """Take the server's value for a refused change."""

    def redo(self, parts: Sequence[Redo]) -> "Future[None]":
        """Do a refused act again. Raises DomainError, also through the future."""


class SyncCentre(QObject):
    """Follows the sync thread and counts what waits; `changed` when there is something new."""

    changed = Signal()
    refused = Signal(str)

    def __init__(self, line: Line, outbox: Outbox, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._line, self._outbox = line, outbox
        self._answers = Answers(self)
        self._relay = Relay(line, self)
        self._relay.told.connect(self._follow)
        self.status = line.status
        self._waiting = Waiting()
        self._timer = QTimer(self, interval=COUNT_AGAIN_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        self.refresh()

    def stop(self) -> None:
        """Follow no more."""
        self._timer.stop()
        self._relay.stop()

    @property
    def truth(self) -> SyncTruth:
        """The one line about it all."""
        return truth_of(self.status, self._waiting.counts)

    @property
    def counts(self) -> Counts:
        """How many changes and files are in which state."""
        return self._waiting.counts

    @property
    def last_round(self) -> str:
        """What the last whole round did."""
        report, at = self.status.report, self.status.finished_at
        if report is None or at is None:
            return said("本次启动后尚未完成同步。")
        told = said("{0} 完成：上报 {1}，拒绝 {2}，上传 {3}，接收 {4}，下载 {5}。").format(
            stamp(at), report.pushed, report.refused, report.uploaded, report.pulled,
            report.fetched,
        )  # fmt: skip
        agreed = said("两端核对一致。") if report.agreed else said("两端核对不一致，下一轮再核对。")
        return joined(told, agreed)

    @property
    def clock_warning(self) -> str:
        """Said when this device's clock stands too far from the server's."""
        skew = self.status.report.skew_s if self.status.report else 0.0
        if abs(skew) < 30:  # half a minute: deadlines are counted in minutes
            return ""
        return said("本机时钟与服务器相差 {0} 秒，请校准。").format(round(skew))

    @property
    def paused(self) -> bool:
        """Whether a person holds synchronising back."""
        return self.status.phase is SyncPhase.PAUSED

    def refusals(self) -> tuple[RefusedChange, ...]:
        """What the server did not take and nobody has settled."""
        return tuple(shown(each, self._waiting.people) for each in self._waiting.refused)

    def sync_now(self) -> None:
        """Ask for a round now; how it goes is told by `changed`."""
        self._line.round_now()

    def toggle_pause(self) -> None:
        """Hold synchronising back, or let it go on."""
        if self.paused:
            self._line.go_on()
        else:
            self._line.pause()

    def accept(self, op_id: str) -> None:
        """Take the server's value for a refused change."""
        self._answers.ask(self._outbox.accept(op_id), self._accepted, self._refuse)

    def take_mine(self, op_id: str, chosen: Mapping[str, object] | None = None) -> None:
        """Do a refused change again on top of what the server holds now.

        What was refused with it, because it was part of the same act, is done again with it.

        Args:
            chosen: other values for fields of this change.
        """
        parts = again(self._waiting.refused, op_id, chosen or {})
        if parts:
            self._answers.ask(self._outbox.redo(parts), self._accepted, self._refuse)

    def refresh(self) -> None:
        """Count again."""
        self._answers.ask(self._outbox.look(), self._take, self._refuse, "waiting")

    def _follow(self, status: SyncStatus) -> None:
        running = self.status.phase is SyncPhase.RUNNING
        self.status = status
        if running and status.phase is not SyncPhase.RUNNING:
            self.refresh()
        self.changed.emit()

    def _take(self, waiting: Waiting) -> None:
        if waiting != self._waiting:
            self._waiting = waiting
            self.changed.emit()

    def _accepted(self, _: object) -> None:
        self.refresh()

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(sentence(error))
