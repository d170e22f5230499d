"""The cameras that are being watched, each on a thread of its own."""

import logging
import random
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from video.errors import FootageTrouble
from video.evidence.keeper import EvidenceKeeper, Recent
from video.messages import (
    CameraPlan,
    CameraTrouble,
    PlayBack,
    Report,
    SourceEnded,
    Vault,
    WatchPlan,
)
from video.pipeline.choosing import main_of, played, source_of
from video.pipeline.line import CameraLine, watched
from video.pipeline.naming import name_for
from video.pipeline.overlays import OverlayBook
from video.pipeline.playback import Trial
from video.settings import PROFILES
from video.sources.feed import Arrival, LiveFeed, recorded
from video.sources.waits import Waits
from video.states.machine import Rules
from video.states.spell import Limits
from video.vocabulary.detection import Detector
from video.vocabulary.source import RecordingsPlan

log = logging.getLogger(__name__)

STOP_S = 6.0  # to seal what is open


@dataclass(frozen=True, slots=True)
class Tools:
    """What every camera needs; all of it may be used from any thread."""

    detector: Detector
    vault: Vault
    overlays: OverlayBook
    put: Callable[[Report], None]


class WatchedCamera:
    """One camera and its thread."""

    def __init__(self, camera: CameraPlan, plan: WatchPlan, tools: Tools) -> None:
        self.camera = camera
        self.profile = PROFILES[plan.profile]
        self.failed = False
        self._plan = plan
        self._tools = tools
        self._stop = threading.Event()
        self._feed: LiveFeed | None = None
        self._keeper: EvidenceKeeper | None = None
        self._thread = threading.Thread(
            target=self._run, name=f"camera-{camera.camera_id}", daemon=True
        )
        self._thread.start()

    @property
    def dropped(self) -> int:
        """Pictures that came too late to be judged."""
        return self._feed.dropped if self._feed is not None else 0

    def suits(self, camera: CameraPlan | None, plan: WatchPlan) -> bool:
        """Whether it can go on under a plan; one that failed for good begins again."""
        same = camera == self.camera and PROFILES[plan.profile] == self.profile
        return same and not self.failed

    def follow(self, plan: WatchPlan) -> None:
        """Take over limits and previews from the next arrival on."""
        self._plan = plan

    def stop(self) -> None:
        """Ask it to end; returns at once."""
        self._stop.set()

    def join(self, within_s: float) -> None:
        """Wait for its end, but no longer."""
        self._thread.join(within_s)

    def _run(self) -> None:
        waits = Waits(random.random)
        while not self._stop.is_set():
            began = time.monotonic()
            try:
                self._watch()
                return
            except Exception:  # a fault of ours with one camera must not blind the others
                log.exception("watching camera %s failed", self.camera.camera_id)
            trouble = FootageTrouble.STREAM_ENDED
            wait_s = waits.after(trouble, held_s=time.monotonic() - began)
            self._tools.put(CameraTrouble(self.camera.camera_id, trouble, "fault", wait_s))
            self._stop.wait(wait_s)

    def recent(self) -> Recent | None:
        """Give the last minutes of packets, None before a picture came; from any thread."""
        return self._keeper.recent() if self._keeper is not None else None

    def _watch(self) -> None:
        seats = {zone.window_id: zone.seat for zone in self.camera.zones}
        self._keeper = EvidenceKeeper(self._tools.vault, seats)
        line = CameraLine(
            self.camera,
            detector=self._tools.detector,
            rules=rules_of(self._plan),
            overlay=self._tools.overlays,
            keeper=self._keeper,
            preview=self._plan.preview,
            name=name_for(self.camera.source),
        )
        for report in watched(self._followed(line), line):
            match report:
                case SourceEnded() if self._stop.is_set():
                    return
                case CameraTrouble(camera_id, trouble, _, retry_s):
                    log.info("camera %s: %s, retry in %s s", camera_id, trouble.value, retry_s)
                    self.failed = retry_s is None
            self._tools.put(report)

    def _followed(self, line: CameraLine) -> Iterator[Arrival]:
        """Give what comes, and let the line follow the plan."""
        followed = self._plan
        for arrival in self._arrivals():
            plan = self._plan
            if plan is not followed:
                line.judge_by(rules_of(plan))
                if plan.preview != followed.preview:
                    line.show(plan.preview)
                followed = plan
            yield arrival

    def _arrivals(self) -> Iterator[Arrival]:
        if isinstance(self.camera.source, RecordingsPlan):
            return played(self.camera, self.profile, wait=self._stop.wait)
        source = source_of(self.camera, self.profile, wait=self._stop.wait)
        if not source.live:
            return recorded(source)
        main = main_of(self.camera, wait=self._stop.wait)
        self._feed = LiveFeed(source, tick_s=self.profile.tick_s, stop=self._stop, main=main)
        return self._feed.arrivals()


class Cameras:
    """All cameras of the plan.

    Attributes:
        plan: what is being watched, None before anything is.
    """

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._watched: dict[str, WatchedCamera] = {}
        self.plan: WatchPlan | None = None

    def watch(self, plan: WatchPlan) -> None:
        """Watch this plan from now on; what can go on goes on."""
        self.plan = plan
        self._tools.overlays.replace(plan.overlays)
        wanted = {camera.camera_id: camera for camera in plan.cameras}
        _end(
            self._watched.pop(camera_id)
            for camera_id, watched in tuple(self._watched.items())
            if not watched.suits(wanted.get(camera_id), plan)
        )
        for camera_id, camera in wanted.items():
            if camera_id in self._watched:
                self._watched[camera_id].follow(plan)
            else:
                self._watched[camera_id] = WatchedCamera(camera, plan, self._tools)

    def trial_of(self, command: PlayBack) -> Trial | None:
        """Give what it takes to try areas on a camera's last minutes, None where there are none."""
        camera = self._watched.get(command.camera_id)
        recent = camera.recent() if camera is not None else None
        if recent is None or self.plan is None:
            return None
        return Trial(recent, self._tools.detector, rules_of(self.plan), self._tools.overlays)

    def stop(self) -> None:
        """End all; what is open is closed and sealed."""
        _end(self._watched.values())
        self._watched.clear()

    def dropped(self) -> Mapping[str, int]:
        """Pictures that came too late, by camera; asked by the heartbeat's thread."""
        return {camera_id: watched.dropped for camera_id, watched in self._watched.copy().items()}


def _end(leaving: Iterable[WatchedCamera]) -> None:
    ending = tuple(leaving)
    for camera in ending:
        camera.stop()
    deadline = time.monotonic() + STOP_S
    for camera in ending:
        camera.join(max(0.0, deadline - time.monotonic()))


def rules_of(plan: WatchPlan) -> Rules:
    """By what the windows of a plan are judged."""
    limits = Limits(plan.threshold_s, plan.reminder_s, plan.waiting_threshold_s, plan.phone_s)
    return Rules.of(PROFILES[plan.profile], limits)
