"""Between the watching process and supervision: plans go in, sightings come out."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from desktop.bridges.lessons import lesson_in_use
from desktop.domain.calendar import HALL_TIME
from desktop.domain.duties import Duties, WindowPause
from desktop.domain.evidence import StateSpan
from desktop.domain.identifiers import CameraId, Digest, HallId, WindowId, new_id
from desktop.domain.learning import SeatLesson
from desktop.domain.organisation import Camera, CameraKind, Hall, Zone
from desktop.domain.rules.video import SightedItem, Sighting
from desktop.domain.sessions import OpeningHours
from desktop.domain.zones import zone_trouble
from desktop.settings import Settings
from video.messages import (
    AbsenceReminder,
    CameraPlan,
    OverlaySpan,
    PreviewPlan,
    WatchPlan,
    WindowStatus,
    ZonePlan,
)
from video.messages import StateSpan as SeenSpan
from video.vocabulary.event import EvidenceItem, WindowEvent
from video.vocabulary.geometry import Polygon
from video.vocabulary.lesson import Lesson
from video.vocabulary.model import ModelPlan
from video.vocabulary.source import (
    DrawnPlan,
    FilePlan,
    Pace,
    Recording,
    RecordingsPlan,
    RtspPlan,
    SourcePlan,
    StillsPlan,
    UsbPlan,
)
from video.vocabulary.state import Overlay, WindowState

Lessons = Mapping[WindowId, SeatLesson]
NO_LESSONS: Lessons = {}
Passwords = Callable[[CameraId], str]
Scripts = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Footage:
    """How recorded and drawn cameras play, and by which profile windows are judged.

    Attributes:
        start: wall time of the first picture.
        rounds: how often drawn cameras play their script, in a row.
    """

    start: datetime
    pace: Pace = Pace.REAL_TIME
    rounds: int = 1
    profile: str = "hall"


def watch_plan(
    hall: Hall,
    cameras: Sequence[Camera],
    footage: Footage,
    *,
    password: Passwords,
    script: Scripts,
    preview: PreviewPlan | None = None,
    lessons: Lessons = NO_LESSONS,
) -> WatchPlan:
    """Tell the watching process what to watch, and by which of the hall's limits.

    Args:
        lessons: what was learned of the seats, by window.
    """
    return WatchPlan(
        cameras=tuple(
            camera_plan(camera, footage, password=password, script=script, lessons=lessons)
            for camera in cameras
            if not camera.retired
        ),
        profile=footage.profile,
        threshold_s=hall.rules.absence_s,
        reminder_s=hall.rules.reminder_s,
        waiting_threshold_s=hall.rules.waiting_s,
        phone_s=hall.rules.phone_s,
        preview=preview,
    )


def camera_plan(
    camera: Camera,
    footage: Footage,
    *,
    password: Passwords,
    script: Scripts,
    lessons: Lessons = NO_LESSONS,
) -> CameraPlan:
    """Tell where one camera's pictures come from, and its areas that can be judged.

    An area that is none (it came from elsewhere, or by hand) leaves its window unwatched, which is
    never an absence, and the other windows watched.
    """
    zones = tuple(
        zone_plan(zone, lesson_in_use(lessons.get(zone.window_id), camera, zone))
        for zone in camera.zones
        if not _is_none(zone)
    )
    source = _source(camera, footage, password, script)
    main = replace(source, url=camera.main_address) if isinstance(source, RtspPlan) else None
    return CameraPlan(camera.id, source, zones, main if camera.main_address else None)


def model_of(settings: Settings) -> ModelPlan | None:
    """Tell which model finds persons on this device, None for the program's own."""
    if not settings.model_file:
        return None
    return ModelPlan(
        Path(settings.model_file),
        settings.model_family,
        settings.model_sha256,
        settings.model_device,
    )


def network_cameras(plan: WatchPlan) -> frozenset[str]:
    """Name the cameras that another machine could watch as well."""
    return frozenset(c.camera_id for c in plan.cameras if isinstance(c.source, RtspPlan))


def shared_plan(plan: WatchPlan, held: Collection[str]) -> WatchPlan:
    """Leave out of a plan the network cameras that this machine does not hold."""
    elsewhere = network_cameras(plan) - set(held)
    cameras = tuple(c for c in plan.cameras if c.camera_id not in elsewhere)
    return replace(plan, cameras=cameras)


def overlay_spans(
    windows: Sequence[WindowId], hours: OpeningHours, duties: Duties, days: Sequence[date]
) -> tuple[OverlaySpan, ...]:
    """Tell the watching process when, on these days, windows are not expected to be on post."""
    closed = [span for day in days for span in hours.closed(day)]
    shut = [
        OverlaySpan(window, Overlay.CLOSED, start, end)
        for window in windows
        for start, end in closed
    ]
    off = [
        OverlaySpan(
            duty.window_id,
            Overlay.PAUSED if isinstance(duty, WindowPause) else Overlay.EXCUSED,
            duty.started_at,
            duty.ended_at,
        )
        for duty in duties.all()
    ]
    return (*shut, *off)


def review_plan(
    hall: Hall,
    camera: Camera,
    recordings: RecordingsPlan,
    overlays: tuple[OverlaySpan, ...],
) -> WatchPlan:
    """Tell a watching process of its own to review recordings of a camera by the hall's limits."""
    footage = Footage(recordings.recordings[0].start_wall)
    shown = replace(camera, retired=False)
    plan = watch_plan(hall, (shown,), footage, password=_nothing, script=_nothing)
    (watched,) = plan.cameras
    reviewed = replace(watched, source=recordings, main=None)
    return replace(plan, cameras=(reviewed,), overlays=overlays)


def _nothing(_: str) -> str:
    return ""


def sighting_of(
    event: WindowEvent, detector: str, *, recording: Recording | None = None
) -> Sighting:
    """Turn an event of the watching process into what a rule can judge.

    Args:
        recording: the file that it begins in, where it comes from a review.
    """
    told = (
        {}
        if recording is None
        else {"recording": recording.path.name, "recording_sha256": recording.fingerprint}
    )
    return Sighting(
        event_id=event.event_id,
        camera_id=CameraId(event.camera_id),
        window_id=WindowId(event.window_id),
        started_at=event.start_wall,
        ended_at=event.end_wall,
        threshold_s=event.threshold_s,
        unknown_share=event.unknown_share,
        conclusive=event.conclusive,
        customer_waited=event.customer_waited,
        items=tuple(_item(item) for item in event.items),
        facts={
            "detector": detector,
            "state": event.state.value,
            "start_s": event.start_s,
            "end_s": event.end_s,
            "unknown_share": event.unknown_share,
            "longest_gap_s": event.longest_gap_s,
            **told,
        },
        is_phone=event.state is WindowState.PHONE,
    )


def reminder_of(reminder: AbsenceReminder, detector: str) -> Sighting:
    """Turn the half-way notice into what a rule can judge; it has no evidence yet."""
    return Sighting(
        event_id=reminder.event_id,
        camera_id=CameraId(reminder.camera_id),
        window_id=WindowId(reminder.window_id),
        started_at=reminder.since_wall,
        ended_at=None,
        threshold_s=reminder.threshold_s,
        unknown_share=0.0,
        conclusive=True,
        customer_waited=False,
        facts={"detector": detector},
        is_reminder=True,
    )


def running_span(status: WindowStatus, hall_id: HallId) -> StateSpan:
    """Turn what a window is in now into a stretch that ends now."""
    return StateSpan(
        id=f"running-{status.window_id}",
        hall_id=hall_id,
        window_id=WindowId(status.window_id),
        camera_id=CameraId(status.camera_id),
        state=status.state.value,
        overlay=status.overlay.value,
        started_at=status.since_wall,
        ended_at=status.observation.at_wall,
    )


def span_of(span: SeenSpan, hall_id: HallId) -> StateSpan:
    """Turn a finished stretch of state into a record."""
    return StateSpan(
        id=new_id(),
        hall_id=hall_id,
        window_id=WindowId(span.window_id),
        camera_id=CameraId(span.camera_id),
        state=span.state.value,
        overlay=span.overlay.value,
        started_at=span.start_wall,
        ended_at=span.end_wall,
    )


def _source(camera: Camera, footage: Footage, password: Passwords, script: Scripts) -> SourcePlan:
    match camera.kind:
        case CameraKind.DRAWN:
            return DrawnPlan(script(camera.address), footage.start, footage.pace, footage.rounds)
        case CameraKind.FILE:
            return FilePlan(Path(camera.address), footage.start, footage.pace)
        case CameraKind.RTSP:
            secret = password(camera.id)
            transport = camera.transport.value.lower()
            return RtspPlan(camera.address, camera.username, secret, transport)
        case CameraKind.STILLS:
            return StillsPlan(Path(camera.address), HALL_TIME, follows=True)
        case CameraKind.USB:
            return UsbPlan(camera.address)


def _is_none(zone: Zone) -> bool:
    return any(zone_trouble(corners) for corners in (zone.seat, zone.customer) if corners) or (
        not zone.seat
    )


def zone_plan(zone: Zone, lesson: Lesson | None = None) -> ZonePlan:
    """Tell the areas of a window, and what was learned of its seat."""
    customer = Polygon(zone.customer) if zone.customer else None
    return ZonePlan(zone.window_id, Polygon(zone.seat), customer, lesson)


def _item(item: EvidenceItem) -> SightedItem:
    return SightedItem(
        role=item.role.value,
        sha256=Digest(item.sha256),
        size=item.size,
        media_type=item.media_type,
        at_s=item.at_s,
        taken_at=item.at_wall,
        masked_of=Digest(item.masked_of) if item.masked_of else None,
    )
