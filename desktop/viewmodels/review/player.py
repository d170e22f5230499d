"""Plays a sealed clip: the pictures come from the watching process, which alone can decode."""

from bisect import bisect_right
from enum import Enum

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from desktop.domain.evidence import Evidence
from desktop.viewmodels.casework import Casework, Screening
from desktop.workers.video_process import Heard, ProcessEnded
from video.errors import FootageTrouble
from video.messages import ClipEnd, ClipFrame, PlayClip, StopClip

TICK_MS = 40  # 25 pictures a second are enough for the eye
MOST_FRAMES = 1_500  # a minute at 25 a second: what memory may hold


class Playing(Enum):
    """What the player is at."""

    NO_CLIP = "no_clip"
    NO_PROCESS = "no_process"
    IDLE = "idle"
    LOADING = "loading"
    PLAYING = "playing"
    PAUSED = "paused"
    TROUBLE = "trouble"


class ClipPlayer(QObject):
    """One clip: fetched once, then played, stepped and sought from memory.

    Attributes:
        clip: what is ready to be played.
        at_s: the moment shown, seconds from the clip's start.
        playing: what the player is at.
    """

    changed = Signal()
    frame_changed = Signal()
    started = Signal(object)  # the Evidence whose bystanders are about to be seen
    _heard = Signal(object)

    playing: Playing
    trouble: FootageTrouble | None
    clip: Evidence | None
    frame: QImage
    at_s: float
    _shown: int
    _complete: bool
    _times: list[float]
    _jpegs: list[bytes]

    def __init__(self, casework: Casework, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._casework = casework
        self._screen: Screening | None = None
        self._request = 0
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._watch = QElapsedTimer()
        self._heard.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._reset(None)

    def load(self, clip: Evidence | None) -> None:
        """Have another clip ready; nothing is fetched before it is played."""
        self.stop()
        self._reset(clip)
        self.changed.emit()

    @property
    def length_s(self) -> float:
        """Seconds from the first to the last picture that is here."""
        return self._times[-1] if self._times else 0.0

    @property
    def is_on(self) -> bool:
        """Whether the large picture is the clip's."""
        return self.playing in {Playing.LOADING, Playing.PLAYING, Playing.PAUSED}

    def toggle(self) -> None:
        """Play, pause, go on; from the start again when the end is reached."""
        match self.playing:
            case Playing.IDLE | Playing.TROUBLE | Playing.NO_PROCESS:
                self._begin()
            case Playing.PLAYING:
                self._pause()
            case Playing.PAUSED:
                if self._complete and self.at_s >= self.length_s:
                    self.at_s = 0.0
                self._go()

    def step(self, by: int) -> None:
        """Pause and go some pictures forward or back."""
        if self._times:
            self._pause()
            self._show(min(max(self._shown + by, 0), len(self._times) - 1))

    def seek(self, at_s: float) -> None:
        """Go to a moment."""
        if self._times:
            self._show(max(0, bisect_right(self._times, at_s) - 1))
            self._restart_watch()

    def stop(self) -> None:
        """Give the large picture back to the stills."""
        self._timer.stop()
        if self._screen is not None:
            if not self._complete:
                self._screen.send(StopClip(self._request))
            self._screen.unsubscribe(self._hear)
            self._screen = None
        if self.is_on:
            self.playing = Playing.IDLE
            self._complete, self._times, self._jpegs, self.at_s = False, [], [], 0.0
            self.changed.emit()

    def _reset(self, clip: Evidence | None) -> None:
        self.clip = clip
        self.playing = Playing.IDLE if clip else Playing.NO_CLIP
        self.trouble = None
        self.frame = QImage()
        self.at_s = 0.0
        self._shown = -1
        self._complete = False
        self._times = []
        self._jpegs = []

    def _begin(self) -> None:
        clip, screen = self.clip, self._casework.video
        if clip is None:
            return
        if screen is None:
            self._become(Playing.NO_PROCESS)
            return
        self.started.emit(clip)
        self._reset(clip)
        self._request += 1
        self._screen = screen
        screen.subscribe(self._hear)
        screen.send(PlayClip(self._request, clip.sha256))
        self._become(Playing.LOADING)

    def _hear(self, heard: Heard) -> None:
        """Pass on what is ours; on the thread of the process's owner."""
        if isinstance(heard, ClipFrame | ClipEnd | ProcessEnded):
            self._heard.emit(heard)

    def _take(self, heard: ClipFrame | ClipEnd | ProcessEnded) -> None:
        match heard:
            case ProcessEnded():
                self._fail(FootageTrouble.STREAM_ENDED)
            case ClipFrame(request_id=self._request, at_s=at_s, jpeg=jpeg):
                self._keep(at_s, jpeg)
            case ClipEnd(request_id=self._request, trouble=trouble):
                self._complete = True
                if trouble is not None and not self._times:
                    self._fail(trouble)
                self.changed.emit()

    def _keep(self, at_s: float, jpeg: bytes) -> None:
        if len(self._times) < MOST_FRAMES:
            self._times.append(at_s)
            self._jpegs.append(jpeg)
        if self.playing is Playing.LOADING:
            self._go()

    def _go(self) -> None:
        self._restart_watch()
        self._timer.start()
        self._become(Playing.PLAYING)

    def _pause(self) -> None:
        self._timer.stop()
        if self.playing is Playing.PLAYING:
            self._become(Playing.PAUSED)

    def _restart_watch(self) -> None:
        self._from_s = self.at_s
        self._watch.start()

    def _tick(self) -> None:
        """Show the picture of the moment; wait for one that has not come yet."""
        at_s = self._from_s + self._watch.elapsed() / 1000
        if at_s >= self.length_s:
            self._show(len(self._times) - 1)
            if self._complete:
                self._pause()
            else:
                self._restart_watch()
            return
        self._show(bisect_right(self._times, at_s) - 1, at_s)

    def _show(self, number: int, at_s: float | None = None) -> None:
        self.at_s = self._times[number] if at_s is None else at_s
        if number != self._shown:
            self._shown = number
            self.frame = QImage.fromData(self._jpegs[number])
        self.frame_changed.emit()

    def _fail(self, trouble: FootageTrouble) -> None:
        self.trouble = trouble
        self.stop()
        self._become(Playing.TROUBLE)

    def _become(self, playing: Playing) -> None:
        self.playing = playing
        self.changed.emit()
