"""What is known of windows and cameras now, folded from the reports of the watching process."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum

from desktop.domain.identifiers import CameraId, WindowId
from desktop.viewmodels.states import ELSEWHERE, UNWATCHED, StateLook, look_of
from desktop.workers.video_process import Heard, ProcessEnded
from desktop.workers.watch_lease import WatchShare
from video.errors import FootageTrouble
from video.messages import (
    CameraHealth,
    CameraStream,
    CameraTrouble,
    MainStream,
    Ready,
    SourceEnded,
    WindowStatus,
)
from video.vocabulary.observation import Health, HealthCause
from video.vocabulary.state import Overlay, WindowState

STALE_S = 10.0  # a window gives a verdict every second or two; after this nobody watches it


class Watching(Enum):
    """Whether anything watches at all."""

    OFF = "off"
    STARTING = "starting"
    RUNNING = "running"
    RESTARTING = "restarting"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Standing:
    """One window at one moment.

    Attributes:
        watched: False when nothing is heard of it; the state is then UNKNOWN.
        since: wall time at which the state began, None when it was never heard of.
        lasted_s: seconds for which it has lasted.
        elsewhere: another machine watches it.
    """

    state: WindowState = WindowState.UNKNOWN
    overlay: Overlay = Overlay.NONE
    watched: bool = False
    since: datetime | None = None
    lasted_s: float = 0.0
    elsewhere: bool = False

    @property
    def look(self) -> StateLook:
        """How it is shown."""
        if self.watched:
            return look_of(self.state, self.overlay)
        return ELSEWHERE if self.elsewhere else UNWATCHED

    @property
    def is_absent(self) -> bool:
        """Whether nobody is where somebody should be."""
        return self.watched and self.overlay is Overlay.NONE and self.state.is_empty


@dataclass(frozen=True, slots=True)
class CameraNow:
    """One camera at one moment.

    Attributes:
        trouble: why it cannot be had, None while it can.
        retry_at: when it is tried next; None when it is not.
        ended: a recording has been played to its end.
        stream: what it sends, None while that is not known.
        main_trouble: why its main stream cannot be had, None while it can or there is none.
        clock_off_s: how far its clock is ahead of ours, where that is the cause.
        elsewhere: who watches it on another machine; empty while nobody does.
    """

    health: Health = Health.OK
    cause: HealthCause = HealthCause.NONE
    trouble: FootageTrouble | None = None
    retry_at: datetime | None = None
    ended: bool = False
    stream: CameraStream | None = None
    main_trouble: FootageTrouble | None = None
    clock_off_s: float | None = None
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class _Heard:
    status: WindowStatus
    at: datetime


@dataclass(frozen=True, slots=True)
class Tally:
    """How many windows are how; those that the schedule takes off are not `expected`.

    Neither are those that another machine watches: how they are is not known here.
    """

    expected: int = 0
    on_post: int = 0
    absent: int = 0
    unknown: int = 0
    off: int = 0
    elsewhere: int = 0


@dataclass
class Board:
    """Takes reports in order and answers for any moment after the last."""

    watching: Watching = Watching.OFF
    restart_at: datetime | None = None
    knows_phones: bool | None = None  # unknown until something watches
    cameras: dict[CameraId, CameraNow] = field(default_factory=dict)
    _windows: dict[WindowId, _Heard] = field(default_factory=dict)
    _silent_since: dict[WindowId, datetime] = field(default_factory=dict)

    def hear(self, heard: Heard, now: datetime) -> None:
        """Take one report."""
        match heard:
            case WindowStatus():
                self._windows[WindowId(heard.window_id)] = _Heard(heard, now)
                self._see(heard)
            case CameraHealth(camera_id=camera, health=health, cause=cause):
                off_s = heard.clock_off_s
                self._change(camera, health=health, cause=cause, clock_off_s=off_s)
            case CameraTrouble(camera_id=camera, trouble=trouble, retry_s=retry):
                at = None if retry is None else now + timedelta(seconds=retry)
                self._change(camera, trouble=trouble, retry_at=at)
            case WatchShare():
                self._leave(heard, now)
            case CameraStream(camera_id=camera):
                self._change(camera, stream=heard)
            case MainStream(camera_id=camera, trouble=trouble):
                self._change(camera, main_trouble=trouble)
            case SourceEnded(camera_id=camera):
                self._change(camera, ended=True, trouble=None)
                self._silence(now, camera)
            case Ready(knows_phones=phones):
                self.watching, self.restart_at = Watching.RUNNING, None
                self.knows_phones = phones
            case ProcessEnded(restart_s=restart):
                self._end(now, restart)

    def window(self, window_id: WindowId, now: datetime) -> Standing:
        """Tell how a window stands; what was heard too long ago counts for nothing."""
        heard = self._windows.get(window_id)
        if heard is None:
            since = self._silent_since.get(window_id)
            return Standing(since=since, lasted_s=(now - since).total_seconds() if since else 0.0)
        silent_s = (now - heard.at).total_seconds()
        if silent_s > STALE_S:
            return Standing(since=heard.at, lasted_s=silent_s)
        status = heard.status
        lasted = status.observation.at_s - status.since_s + silent_s
        return Standing(status.state, status.overlay, True, status.since_wall, max(0.0, lasted))

    def camera(self, camera_id: CameraId) -> CameraNow:
        """Tell how a camera is; one that nothing is said of is well."""
        return self.cameras.get(camera_id, CameraNow())

    def _see(self, status: WindowStatus) -> None:
        """A verdict comes from a picture: the camera is there, in the health that it tells."""
        seen = status.observation
        gone = seen.cause is HealthCause.NO_FRAMES
        now = self.camera(CameraId(status.camera_id))
        self._change(
            status.camera_id,
            health=seen.health,
            cause=seen.cause,
            trouble=now.trouble if gone else None,
            ended=False,
        )

    def _change(self, camera: str, **changes: object) -> None:
        known = self.camera(CameraId(camera))
        self.cameras[CameraId(camera)] = replace(known, **changes)  # type: ignore[arg-type]

    def _leave(self, share: WatchShare, now: datetime) -> None:
        """Take note of what other machines watch; nothing is heard of that any more."""
        for camera in tuple(self.cameras):
            self._change(camera, elsewhere="")
        for name, who in share.elsewhere.items():
            self._change(name, elsewhere=who)
            self._silence(now, name)

    def _end(self, now: datetime, restart_s: float | None) -> None:
        self.watching = Watching.GIVEN_UP if restart_s is None else Watching.RESTARTING
        self.restart_at = None if restart_s is None else now + timedelta(seconds=restart_s)
        known = tuple(self.cameras.items())
        self.cameras = {c: CameraNow(elsewhere=now.elsewhere) for c, now in known if now.elsewhere}
        self._silence(now)

    def _silence(self, now: datetime, camera: str | None = None) -> None:
        """Forget the windows of a camera, or all: nothing watches them from now on."""
        for window, heard in tuple(self._windows.items()):
            if camera in {None, heard.status.camera_id}:
                del self._windows[window]
                self._silent_since[window] = now


def tally(standings: Mapping[WindowId, Standing]) -> Tally:
    """Count windows; where the schedule says nothing, each is on post, absent or unknown."""
    here = [s for s in standings.values() if s.watched or not s.elsewhere]
    due = [s for s in here if s.overlay is Overlay.NONE]
    absent = sum(s.is_absent for s in due)
    unknown = sum(s.state is WindowState.UNKNOWN for s in due)
    off, elsewhere = len(here) - len(due), len(standings) - len(here)
    return Tally(len(due), len(due) - absent - unknown, absent, unknown, off, elsewhere)
