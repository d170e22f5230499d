"""The view-models of all screens that watch, made once for an open profile."""

from typing import Protocol

from PySide6.QtCore import QObject

from desktop.viewmodels.approvals.deadlines import Deadlines
from desktop.viewmodels.boards import BoardDesk
from desktop.viewmodels.cameras.editor import CameraEditor
from desktop.viewmodels.cameras.recordings import RecordingsDesk, Viewer
from desktop.viewmodels.live.alerts import Alerts
from desktop.viewmodels.live.duties import DutyDesk
from desktop.viewmodels.live.watch import LiveWatch
from desktop.viewmodels.sync_centre import SyncCentre
from desktop.viewmodels.timeline.day import DayTimeline
from desktop.viewmodels.today import TodayDesk
from desktop.viewmodels.zones.editor import Watcher, ZoneEditor


class Watched(Watcher, Viewer, Protocol):
    """The open program, as far as all screens that watch need it."""


class Watching(QObject):
    """Keeps them together; made as soon as the profile is open, closed before the program is."""

    def __init__(
        self,
        program: Watched,
        sync: SyncCentre | None = None,
        parent: QObject | None = None,
        *,
        deadlines: Deadlines | None = None,
        boards: BoardDesk | None = None,
    ) -> None:
        super().__init__(parent)
        self.program, self.sync = program, sync
        self.deadlines, self.boards = deadlines, boards
        self.live = LiveWatch(program, self)
        self.today = TodayDesk(program, self)
        self.duties = DutyDesk(program, self.live, self)
        self.alerts = Alerts(program, self.live, self)
        self.day = DayTimeline(program, self.live, self)
        self.cameras = CameraEditor(program, self.live, self)
        self.recordings = RecordingsDesk(program, self.live, self)
        self.zones = ZoneEditor(program, self.live, self)

    def close(self) -> None:
        """Follow nothing any more."""
        if self.deadlines is not None:
            self.deadlines.close()
        self.cameras.testing.stop()
        self.cameras.finder.stop()
        self.alerts.close()
        self.recordings.close()
        self.live.close()
        self.duties.close()
        self.today.close()
