"""What the rules in force find in all cases now, by board: candidates that nobody has raised."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.identifiers import HallId
from desktop.domain.rules.catalogue import Board
from desktop.usecases.checking import Stopped
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.approvals.desk import ApprovalsDesk
from desktop.workers.errands import Errand, Errands
from desktop.workers.rule_trial import Trial, Turn

_LOOK_MS = 200


class RuleCount(QObject):
    """Counts when somebody asks; what it found stands until it is asked again.

    Attributes:
        numbers: how many candidates each board has, None before the first count.
        hits: those of single cases by board, the first of them only.
    """

    changed = Signal()
    refused = Signal(object)

    def __init__(
        self, approvals: ApprovalsDesk, errands: Errands, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._approvals, self._errands = approvals, errands
        self._answers = Answers(self)
        self._errand: Errand | None = None
        self.numbers: Mapping[Board, int] | None = None
        self.hits: Mapping[Board, list[Turn]] = {}
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.changed)

    @property
    def share(self) -> float | None:
        """How far it has come, None while nobody counts."""
        return self._errand.share if self._errand else None

    def stop(self) -> None:
        """End what is being done."""
        if self._errand:
            self._errand.stop()
        self._timer.stop()
        self._answers.close()

    def begin(self) -> None:
        """Judge all cases by the rules in force."""
        hall = self._approvals.house.hall
        if self._errand is not None or hall is None:
            return
        self._errand, done = self._errands.send(partial(self._judge, hall.id))
        self._timer.start()
        self._answers.ask(done, self._take, self._refuse, "count")
        self.changed.emit()

    def _judge(self, hall_id: HallId, errand: Errand) -> Trial | None:
        """On the errand's thread; None when somebody stopped it."""
        book = self._approvals.book
        try:
            book.freshen(errand.tell)  # also learns what the cases can be asked
            return book.try_rules(hall_id, book.rules, errand.tell)
        except Stopped:
            return None

    def _take(self, trial: Trial | None) -> None:
        self._end()
        if trial is not None:
            rules = self._approvals.book.rules
            numbers, hits = Counter[Board](), defaultdict[Board, list[Turn]](list)
            for rule_id, count in trial.before.items():
                numbers[rules.rule(rule_id).board] += count
            for hit in trial.hits:
                hits[rules.rule(hit.rule_id).board].append(hit)
            self.numbers, self.hits = numbers, hits
        self.changed.emit()

    def _refuse(self, error: Exception) -> None:
        self._end()
        self.refused.emit(error)

    def _end(self) -> None:
        self._errand = None
        self._timer.stop()
