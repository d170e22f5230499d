"""The reviewer's desk: the list, the finding that lies open, and what is said of it."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import DomainError, NotFound
from desktop.domain.findings import Finding, ReviewResult
from desktop.domain.identifiers import FindingId, UserId
from desktop.domain.roles import Actor
from desktop.usecases.findings import Review, assign_finding, note_seen, review_finding
from desktop.usecases.ports import Reading, UnitOfWork
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.casework import Casework
from desktop.viewmodels.changes import StoreChanges
from desktop.viewmodels.review.decision import may_assign, may_review, obstacle, waits_for
from desktop.viewmodels.review.exhibits import Exhibits
from desktop.viewmodels.review.holding import EvidenceHolding
from desktop.viewmodels.review.pack import Pack, read_pack
from desktop.viewmodels.review.player import ClipPlayer
from desktop.viewmodels.review.rows import (
    FindingRow,
    FindingsModel,
    FindingsSearch,
    Queue,
    queue_of,
    read_rows,
)
from desktop.viewmodels.waiting import Waiting

Rows = Mapping[Queue, tuple[FindingRow, ...]]
_COUNTED = (Queue.FIRST, Queue.SECOND)


class ReviewDesk(QObject):
    """Everything the review page shows; lives as long as the program is open.

    Attributes:
        waiting: how many this person can decide on.
        counts: how many findings wait in each queue that is counted.
        pack: the finding that lies open, None while none does.
        result, note: what the reviewer is about to say.
    """

    listed = Signal()
    opened = Signal()
    refreshed = Signal()
    drafted = Signal()
    submitted = Signal(object)  # the Finding as it now is
    refused = Signal(object)  # the Exception

    def __init__(self, casework: Casework, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._casework = casework
        self._answers = Answers(self)
        self._changes = StoreChanges(casework.desk, self)
        self._changes.changed.connect(self.refresh)
        self.exhibits = Exhibits(casework, self)
        self.player = ClipPlayer(casework, self)
        self.player.started.connect(self.exhibits.note_clip)
        self.holding = EvidenceHolding(casework, self)
        self.holding.refused.connect(self.refused)
        self.model = FindingsModel(self)
        self.search = FindingsSearch(self.model)
        self.waiting = Waiting(self)
        self.queue = Queue.FIRST
        self.counts: Mapping[Queue, int] = {}
        self.is_listed = False
        self.pack: Pack | None = None
        self.result: ReviewResult | None = None
        self.note = ""
        self.is_busy = False
        self._wanted: FindingId | None = None

    @property
    def actor(self) -> Actor | None:
        """Who is at the desk."""
        return self._casework.door.actor

    def stop(self) -> None:
        """Listen no more."""
        self.holding.stop()
        self._changes.close()
        self.player.stop()
        self.exhibits.stop()
        self._answers.close()

    def show_queue(self, queue: Queue) -> None:
        """Go through another queue."""
        self.queue = queue
        self.refresh()

    def refresh(self) -> None:
        """Fetch the list, and the open finding, as they now are."""
        queues = tuple(dict.fromkeys((*_COUNTED, self.queue)))
        now = self._casework.clock.now()

        def ask(reading: Reading) -> Rows:
            return read_rows(reading, queues, now)

        self._answers.ask(self._casework.desk.look(ask), self._list, self._refuse, "list")
        if self.pack is not None:
            self._fetch(self.pack.finding.id)

    def open(self, finding_id: FindingId) -> None:
        """Lay a finding on the table and write down that its evidence was seen."""
        if finding_id == self._wanted:
            return
        self._wanted = finding_id
        self.result, self.note = None, ""
        self.player.stop()
        self._fetch(finding_id)

    def choose(self, result: ReviewResult) -> None:
        """Be about to say this."""
        self.result = result
        self.drafted.emit()

    def write_note(self, note: str) -> None:
        """Be about to give this reason."""
        self.note = note
        self.drafted.emit()

    def obstacle(self) -> DomainError | None:
        """Give what would refuse the decision now; None when it can be submitted."""
        if self.pack is None or self.actor is None:
            return NotFound(Finding.ENTITY, "")
        return obstacle(self._casework.book, self.pack.finding, self.result, self.note, self.actor)

    def may_review(self) -> bool:
        """Tell whether this person has anything to decide about the open finding."""
        return self.pack is not None and may_review(
            self._casework.book, self.pack.finding, self.actor
        )

    def submit(self) -> None:
        """Say it; what cannot be said is refused, and nothing is said twice."""
        pack, actor, result = self.pack, self.actor, self.result
        if self.is_busy or pack is None or actor is None or result is None:
            return
        if refusal := self.obstacle():
            self.refused.emit(refusal)
            return
        review = Review(result, self.note.strip(), self.exhibits.seen)
        self._busy(busy=True)
        act = partial(
            review_finding, finding_id=pack.finding.id, review=review, clock=self._casework.clock
        )
        self._answers.ask(self._casework.desk.act(actor, act), self._submitted, self._refuse)

    @property
    def may_assign(self) -> bool:
        """Whether this person may give the open finding to somebody to verify."""
        pack, book = self.pack, self._casework.book
        return pack is not None and may_assign(book, pack.finding, self.actor)

    def assign(self, to: object) -> None:
        """Give the open finding to one person to verify."""
        pack, actor = self.pack, self.actor
        if self.is_busy or pack is None or actor is None:
            return
        self._busy(busy=True)
        act = partial(assign_finding, finding_id=pack.finding.id, to=UserId(str(to)))
        self._answers.ask(self._casework.desk.act(actor, act), self._submitted, self._refuse)

    def next_waiting(self) -> str:
        """Give the key of the row after the open one, or the first; "" when nothing waits."""
        rows = self.model.rows
        if not rows:
            return ""
        at = self.model.row_of(self.pack.finding.id) if self.pack else -1
        return rows[(at + 1) % len(rows)].key

    def _list(self, rows: Rows) -> None:
        self.counts = {queue: len(rows[queue]) for queue in _COUNTED}
        book, actor = self._casework.book, self.actor
        waiting = (row for queue in _COUNTED for row in rows[queue])
        mine = sum(waits_for(book, row.finding, actor) for row in waiting)
        self.model.replace(rows[self.queue])
        self.is_listed = True
        self.waiting.count(mine)
        self.listed.emit()

    def _fetch(self, finding_id: FindingId) -> None:
        read = partial(
            read_pack,
            finding_id=finding_id,
            calendar=self._casework.calendar,
            now=self._casework.clock.now(),
        )
        look = self._casework.desk.look(read)
        self._answers.ask(look, self._show, self._refuse, "pack")

    def _show(self, pack: Pack) -> None:
        before, self.pack = self.pack, pack
        if before is not None and before.finding.id == pack.finding.id:
            if before != pack:
                self.exhibits.show_pack(pack)
                self.refreshed.emit()
            return
        if self.model.row_of(pack.finding.id) < 0:
            self.show_queue(queue_of(pack.finding))
        self.exhibits.open_pack(pack)
        self.player.load(pack.clips[0] if pack.clips else None)
        self.holding.follow(pack.finding if pack.evidence else None)
        self.opened.emit()
        self._note_seen(pack.finding)

    def _note_seen(self, finding: Finding) -> None:
        actor = self.actor
        if actor is None:
            return

        def note(work: UnitOfWork) -> None:
            note_seen(work, finding, clock=self._casework.clock)

        self._answers.ask(self._casework.desk.act(actor, note), self._noted, self._unnoted)

    def _noted(self, _nothing: None) -> None:
        """The custody chain has it."""

    def _unnoted(self, error: Exception) -> None:
        """Somebody whose looking may not be written down is told so."""
        self.refused.emit(error)

    def _submitted(self, finding: Finding) -> None:
        self._busy(busy=False)
        self.result, self.note = None, ""
        if self.pack is not None and self.pack.finding.id == finding.id:
            self.pack = replace(self.pack, finding=finding)
        self.submitted.emit(finding)

    def _refuse(self, error: Exception) -> None:
        self._busy(busy=False)
        self.refused.emit(error)

    def _busy(self, *, busy: bool) -> None:
        self.is_busy = busy
        self.drafted.emit()
