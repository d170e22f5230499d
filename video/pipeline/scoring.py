"""Plays footage whose truth is known, as it is or with seats that were taught by its first half."""

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from video.errors import FootageError, FootageTrouble
from video.evaluation.truth_file import SUFFIX, read_truth
from video.messages import CameraPlan, Report, ZonePlan
from video.pipeline.choosing import source_of
from video.pipeline.line import CameraLine, watched
from video.settings import Profile
from video.sources.base import Taken
from video.sources.feed import recorded
from video.states.machine import Rules
from video.states.spell import Limits
from video.vocabulary.detection import Detector
from video.vocabulary.frame import Frame
from video.vocabulary.lesson import Lesson, Shown
from video.vocabulary.source import FilePlan, SourcePlan
from video.vocabulary.truth import Interval, TrueZone, Truth
from video.windows.areas import cut_tight
from video.windows.teaching import Picture, picture_of, taught

START = datetime(2000, 1, 1, tzinfo=UTC)  # clips are scored in their own seconds
LESSON_S = 2.0  # between two pictures that teach
CLEAR_S = 0.5  # from a true boundary, by which a hand that stops a clip may miss
MOST_PICTURES = 200  # that one seat is taught by
NAMES = {Shown.CLERK: "occupied", Shown.EMPTY: "empty"}


@dataclass(frozen=True, slots=True)
class Clip:
    """Footage with its truth.

    Attributes:
        lessons: what its seats were taught, by zone; none where they were taught nothing.
    """

    name: str
    source: SourcePlan
    truth: Truth
    lessons: Mapping[str, Lesson] | None = None


def clips_in(folder: Path) -> tuple[list[Clip], list[FootageError]]:
    """Read every truth before a clip is played: what is wrong is told at once, and all of it.

    Raises:
        FootageError: MISSING_FILE when there is no truth.
    """
    if not folder.is_dir():
        raise FootageError(FootageTrouble.MISSING_FILE, str(folder), "no folder")
    clips: list[Clip] = []
    refused: list[FootageError] = []
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            clips.append(_clip(path))
        except FootageError as error:
            refused.append(error)
    if not clips and not refused:
        raise FootageError(FootageTrouble.MISSING_FILE, str(folder), f"no *{SUFFIX}")
    return clips, refused


def _clip(path: Path) -> Clip:
    truth = read_truth(path)
    footage = path.with_name(path.name.removesuffix(SUFFIX))
    if not footage.is_file():
        footage = path.with_name(Path(truth.video).name)
    if not footage.is_file():
        raise FootageError(FootageTrouble.MISSING_FILE, footage.name, f"named by {path.name}")
    return Clip(footage.name, FilePlan(footage, START), truth)


def played(clip: Clip, detector: Detector, profile: Profile) -> Iterator[Report]:
    """Watch a clip to its end."""
    camera = CameraPlan(clip.name, clip.source, zones_of(clip))
    rules = Rules.of(profile, Limits(0.0, 0.0, 0.0))
    source = source_of(camera, profile, wait=threading.Event().wait)
    return watched(recorded(source), CameraLine(camera, detector=detector, rules=rules))


def zones_of(clip: Clip) -> tuple[ZonePlan, ...]:
    """The areas of a clip's posts, with what their seats were taught."""
    lessons = clip.lessons or {}
    waiting = {post.zone_id: clip.truth.customers_of(post) for post in clip.truth.posts}
    return tuple(
        ZonePlan(
            post.zone_id,
            post.polygon,
            customers.polygon if customers else None,
            lessons.get(post.zone_id),
        )
        for post in clip.truth.posts
        for customers in (waiting[post.zone_id],)
    )


def later_half(clip: Clip) -> Clip:
    """The same clip, of which only the second half is scored."""
    half = Interval(0.0, clip.truth.duration_s / 2)
    zones = tuple(_without(zone, half) for zone in clip.truth.zones)
    return replace(clip, truth=replace(clip.truth, zones=zones))


def taught_by_half(clip: Clip, profile: Profile) -> Clip:
    """Teach every seat by the first half of a clip; one that shows too little stays untaught."""
    seen: dict[str, list[Picture]] = {post.zone_id: [] for post in clip.truth.posts}
    due_s, until_s = 0.0, clip.truth.duration_s / 2
    source = source_of(CameraPlan(clip.name, clip.source, ()), profile, wait=_never)
    for arrival in recorded(source):
        for frame in arrival.frames if isinstance(arrival, Taken) else ():
            if frame.at_s >= until_s:
                return replace(clip, lessons=dict(_lessons(seen)))
            if frame.at_s >= due_s:
                due_s = frame.at_s + max(LESSON_S, until_s / MOST_PICTURES)
                for post in clip.truth.posts:
                    seen[post.zone_id] += _shown(post, frame)
    return replace(clip, lessons=dict(_lessons(seen)))


def _never(_: float) -> bool:
    return False


def _without(zone: TrueZone, span: Interval) -> TrueZone:
    ignored = (*zone.named("ignore"), span)
    return replace(zone, intervals={**zone.intervals, "ignore": ignored})


def _shown(post: TrueZone, frame: Frame) -> Iterator[Picture]:
    """Cut a seat out of a picture, where the truth tells what it shows."""
    height, width = frame.pixels.shape[:2]
    unclear = (*post.named("ignore"), *post.named("occluded"))
    if any(span.holds(frame.at_s) for span in unclear):
        return
    for shown, name in NAMES.items():
        for number, span in enumerate(post.named(name)):
            if span.start_s + CLEAR_S <= frame.at_s < span.end_s - CLEAR_S:
                cut = cut_tight(post.polygon.bounds, width=width, height=height)
                yield picture_of(f"{name}-{number}", shown, cut.of(frame.pixels))


def _lessons(seen: Mapping[str, list[Picture]]) -> Iterator[tuple[str, Lesson]]:
    for zone_id, pictures in seen.items():
        try:
            yield zone_id, taught(pictures).lesson
        except FootageError as error:
            if error.trouble is not FootageTrouble.TOO_FEW:
                raise
