"""Windows that stand empty for too long just now, and those of which nobody wants to hear."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop.domain.identifiers import WindowId
from desktop.domain.roles import Actor
from desktop.usecases.duties import snooze_alert
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.live.watch import LiveWatch, Watched
from desktop.viewmodels.live.words import standing_said


class Gate(Protocol):
    """Who acts."""

    actor: Actor | None


class Office(Watched, Protocol):
    """The open program, as far as alerts need it."""

    @property
    def door(self) -> Gate:
        """Who is at the desk."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One window that is empty past the hall's reminder (R-VID-01)."""

    window_id: WindowId
    words: str


class Alerts(QObject):
    """Follows the live states; `raised` comes once for each absence, `changed` with the list."""

    changed = Signal()
    raised = Signal(object)
    refused = Signal(object)

    def __init__(self, office: Office, live: LiveWatch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office, self._live = office, live
        self._answers = Answers(self)
        self._snoozed: dict[WindowId, datetime] = {}
        self.alerts: Mapping[WindowId, Alert] = {}
        live.changed.connect(self._weigh)
        live.ticked.connect(self._weigh)

    def snooze(self, window_id: WindowId, minutes: int, reason: str) -> None:
        """Hear nothing of a window for some minutes; judging and recording go on."""
        actor = self._office.door.actor
        if actor is None:
            return
        self._snoozed[window_id] = self._live.now() + timedelta(minutes=minutes)
        act = partial(snooze_alert, window_id=window_id, minutes=minutes, reason=reason)
        self._answers.ask(self._office.desk.act(actor, act), self._kept, self._refuse)
        self._weigh()

    def close(self) -> None:
        """Hear nothing any more."""
        self._answers.close()

    def _weigh(self) -> None:
        hall, now = self._live.roll.hall, self._live.now()
        self._snoozed = {window: till for window, till in self._snoozed.items() if till > now}
        before, told = self.alerts, {}
        for window, standing in self._live.standings().items():
            late = hall is not None and standing.lasted_s >= hall.rules.reminder_s
            if standing.is_absent and late and window not in self._snoozed:
                words = standing_said(self._live.roll.posts[window], standing)
                told[window] = Alert(window, words)
        self.alerts = told
        for window in told.keys() - before.keys():
            self.raised.emit(told[window])
        if told.keys() != before.keys():
            self.changed.emit()

    def _kept(self, _: None) -> None:
        """Nothing more: it is silent already."""

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)
