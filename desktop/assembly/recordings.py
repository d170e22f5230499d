"""Reviews recordings of one camera: in a process of its own, apart from what is watched live."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from enum import Enum
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Protocol

from desktop.bridges.footage import overlay_spans, review_plan
from desktop.domain.calendar import HALL_TIME, WorkingCalendar
from desktop.domain.findings import Finding
from desktop.domain.organisation import Camera, Hall
from desktop.domain.roles import Actor, machine
from desktop.domain.rules.catalogue import Catalogue
from desktop.domain.sessions import hours_of
from desktop.storage.vault import SealedVault
from desktop.usecases.attendance import HallHit, judge_hall, keep_hits
from desktop.usecases.duties import read_duties
from desktop.usecases.ports import Clock, Reading, UnitOfWork
from desktop.usecases.recordings import covered_s, note_review
from desktop.workers.case_desk import CaseDesk
from desktop.workers.children import Child, Entry, begin
from desktop.workers.review_keeper import ReviewKeeper
from desktop.workers.video_process import Heard, ProcessEnded, VideoProcess
from sync.protocol.identity import DeviceIdentity
from video.errors import FootageError
from video.messages import CameraTrouble, OverlaySpan, SourceEnded, Watch, WindowStatus
from video.process import watch as watching_process
from video.process.survey import survey
from video.vocabulary.model import ModelPlan
from video.vocabulary.source import RecordingsPlan

ASK_S = 0.5  # how soon a wish to stop is noticed
SLACK_S = 60.0  # of a finding's time that recordings may leave out
_DAY = timedelta(days=1)


class Reviewing(Protocol):
    """The open program, as far as a review needs it."""

    @property
    def desk(self) -> CaseDesk:
        """The case file."""

    @property
    def vault(self) -> SealedVault:
        """Where evidence goes."""

    @property
    def model(self) -> ModelPlan | None:
        """Which model finds persons, None for the program's own."""

    @property
    def catalogue(self) -> Catalogue:
        """The rules."""

    @property
    def calendar(self) -> WorkingCalendar:
        """Working days."""

    @property
    def clock(self) -> Clock:
        """The time at which something is written down; recordings are judged at their own."""

    @property
    def device(self) -> DeviceIdentity:
        """This device, in whose name findings are proposed."""


class Ending(Enum):
    """How a review ended."""

    DONE = "done"
    STOPPED = "stopped"
    GAVE_UP = "gave_up"  # the process that watches would not live


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What came of a review.

    Attributes:
        events: how many absences and phones were seen, known ones among them.
        findings: those that are new.
        broken: files that broke off, and why.
        watched_s: seconds of recording that were judged.
    """

    ending: Ending
    events: int
    findings: tuple[Finding, ...]
    broken: tuple[FootageError, ...]
    watched_s: float
    took_s: float


def look_at(
    folder: Path, tell: Callable[[Any], None], stopping: threading.Event, entry: Entry = survey
) -> None:
    """Find the recordings below a folder, in a child; `tell` as its entry sends."""
    begin(Child(entry, (folder, HALL_TIME), tell, stopping))


def review(
    office: Reviewing,
    actor: Actor,
    camera: Camera,
    plan: RecordingsPlan,
    tell: Callable[[float], bool],
) -> Reviewed:
    """Review recordings to their end; for a thread that may wait, never the desk's or the screen's.

    Args:
        tell: told the share that was judged, from 0 to 1; answers False to stop. What was found
            until then is kept.

    Raises:
        StorageError: something could not be kept.
        FootageError: a zone cannot be judged in pictures of this size, or there is no model.
    """
    began = time.monotonic()
    office.desk.act(actor, lambda work: note_review(work, camera.id, _told(plan))).result()
    hall, overlays = office.desk.look(lambda r: _read(r, office, camera, plan)).result()
    keeper = ReviewKeeper(
        office.desk,
        hall.id,
        plan,
        device_id=office.device.device_id,
        catalogue=office.catalogue,
        calendar=office.calendar,
        clock=office.clock,
    )
    watching = _Watching(plan)
    process = VideoProcess(watching_process, office.vault)
    process.subscribe(keeper.hear)
    process.subscribe(watching.hear)
    asked = replace(review_plan(hall, camera, plan, overlays), model=office.model)
    process.watch(Watch(asked))
    process.start()
    try:
        ending = watching.wait(tell)
    finally:
        process.stop()
    found = keeper.finish()
    more = _judge_days(office, hall, camera, plan)
    took_s = time.monotonic() - began
    broken = tuple(watching.broken)
    return Reviewed(ending, keeper.events, (*found, *more), broken, watching.watched_s, took_s)


class _Watching:
    """A listener of the process: how far it has come, and when it is over."""

    def __init__(self, plan: RecordingsPlan) -> None:
        self._plan = plan
        self._whole_s = sum(recording.length_s for recording in plan.recordings) or 1.0
        self._heard: SimpleQueue[Heard] = SimpleQueue()
        self.broken: list[FootageError] = []
        self.watched_s = 0.0

    def hear(self, heard: Heard) -> None:
        """Take one report, on the owner's thread."""
        self._heard.put(heard)

    def wait(self, tell: Callable[[float], bool]) -> Ending:
        """Wait for the end.

        Raises:
            FootageError: nothing can be judged.
        """
        while tell(min(1.0, self.watched_s / self._whole_s)):
            until = time.monotonic() + ASK_S
            while (left := until - time.monotonic()) > 0:
                try:
                    ending = self._take(self._heard.get(timeout=left))
                except Empty:
                    break
                if ending is not None:
                    return ending
        return Ending.STOPPED

    def _take(self, heard: Heard) -> Ending | None:
        match heard:
            case WindowStatus(observation=observation):
                self.watched_s = max(self.watched_s, self._judged_s(observation.at_s))
            case CameraTrouble(trouble=trouble, detail=detail, retry_s=None):
                raise FootageError(trouble, detail)
            case CameraTrouble(trouble=trouble, detail=detail):
                name, _, rest = detail.partition(": ")
                self.broken.append(FootageError(trouble, name, rest))
            case SourceEnded():
                return Ending.DONE
            case ProcessEnded(restart_s=None):
                return Ending.GAVE_UP
            case _:
                pass
        return None

    def _judged_s(self, at_s: float) -> float:
        """Seconds of recording before a stream second; gaps between them are none."""
        parts = ((at_s - self._plan.begins_s(r), r.length_s) for r in self._plan.recordings)
        return sum(min(max(0.0, into_s), length_s) for into_s, length_s in parts)


def _read(
    reading: Reading, office: Reviewing, camera: Camera, plan: RecordingsPlan
) -> tuple[Hall, tuple[OverlaySpan, ...]]:
    """The hall, and when its windows were not expected on post over all recorded days."""
    hall = reading.get(Hall, camera.hall_id)
    days = _days(office, plan)
    start = datetime.combine(days[0], clock_time(), office.calendar.zone)
    duties = read_duties(reading, hall.id, start, start + (days[-1] - days[0]) + _DAY)
    windows = [zone.window_id for zone in camera.zones]
    return hall, overlay_spans(windows, hours_of(hall, office.calendar), duties, days)


def _days(office: Reviewing, plan: RecordingsPlan) -> Sequence[date]:
    """Every day from the first recorded moment to the last."""
    first = office.calendar.day(plan.recordings[0].start_wall)
    last = office.calendar.day(max(recording.end_wall for recording in plan.recordings))
    return [first + n * _DAY for n in range((last - first).days + 1)]


def _judge_days(
    office: Reviewing, hall: Hall, camera: Camera, plan: RecordingsPlan
) -> tuple[Finding, ...]:
    """Ask the rules of the day about what the recordings cover, each day at its last moment."""
    shown = [(recording.start_wall, recording.end_wall) for recording in plan.recordings]
    windows = {zone.window_id for zone in camera.zones}
    found: list[Finding] = []
    for day in _days(office, plan):
        ends = [end for _, end in shown if office.calendar.day(end) == day]
        hits = _hits_at(office, hall, max(ends)) if ends else ()
        covered = [h for h in hits if h.window_id in windows and _is_covered(h, shown)]
        found += _kept(office, hall, covered)
    return tuple(found)


def _hits_at(office: Reviewing, hall: Hall, now: datetime) -> Sequence[HallHit]:
    def ask(reading: Reading) -> tuple[HallHit, ...]:
        return judge_hall(reading, hall.id, calendar=office.calendar, now=now, running=())

    hits = office.desk.look(ask).result()
    return [
        replace(hit, hit=hit.hit._replace(facts={**hit.hit.facts, "recording": True}))
        for hit in hits
    ]


def _is_covered(hit: HallHit, shown: Sequence[tuple[datetime, datetime]]) -> bool:
    """Whether recordings show all the time that a rule speaks of: half a day proves no absence."""
    start, end = hit.hit.started_at, hit.hit.ended_at
    if end is None:
        return False
    return covered_s(shown, start, end) >= (end - start).total_seconds() - SLACK_S


def _kept(office: Reviewing, hall: Hall, hits: Sequence[HallHit]) -> list[Finding]:
    if not hits:
        return []
    keys = {hit.key for hit in hits}

    def keep(work: UnitOfWork) -> list[Finding]:
        before = {finding.id for key in keys for finding in work.find(Finding, dedupe_key=key)}
        keep_hits(work, hits, catalogue=office.catalogue, clock=office.clock)
        work.note("window.judge", f"hall/{hall.id}")
        after = [finding for key in keys for finding in work.find(Finding, dedupe_key=key)]
        return [finding for finding in after if finding.id not in before]

    actor = machine(office.device.device_id)
    return office.desk.act(actor, keep).result()


def _told(plan: RecordingsPlan) -> str:
    """What is reviewed, for the audit record."""
    first, last = plan.recordings[0], max(plan.recordings, key=lambda each: each.end_wall)
    names = ", ".join(recording.path.name for recording in plan.recordings[:3])
    more = " …" if len(plan.recordings) > 3 else ""
    span = f"{first.start_wall:%Y-%m-%d %H:%M:%S}/{last.end_wall:%Y-%m-%d %H:%M:%S}"
    return f"{len(plan.recordings)}: {names}{more} {span}"
