"""Which source a plan asks for."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from typing import assert_never

from video.errors import FootageError, FootageTrouble
from video.messages import CameraPlan
from video.settings import Profile
from video.sources.base import Source, Wait
from video.sources.feed import Arrival, recorded
from video.sources.file import FileSource
from video.sources.folder import FolderSource, FollowedFolder
from video.sources.recordings import reviewed
from video.sources.rtsp import RtspSource
from video.sources.synthetic import DrawnSource
from video.sources.usb import UsbSource
from video.vocabulary.source import (
    DrawnPlan,
    FilePlan,
    RecordingsPlan,
    RtspPlan,
    StillsPlan,
    UsbPlan,
)


def source_of(camera: CameraPlan, profile: Profile, *, wait: Wait) -> Source:
    """Make the source of a camera; it is not open yet.

    Args:
        wait: waits so many seconds and tells whether to stop; `threading.Event().wait` will do.

    Raises:
        FootageError: BAD_SCRIPT; UNSUPPORTED for recordings in a row, which are no one source.
    """
    tick_s, keys = profile.tick_s, profile.key_frames_only
    match camera.source:
        case FilePlan() as plan:
            return FileSource(plan, tick_s=tick_s, key_frames_only=keys, wait=wait)
        case DrawnPlan() as plan:
            return DrawnSource(plan, tick_s=tick_s, key_frames_only=keys, wait=wait)
        case RtspPlan() as plan:
            name = camera.camera_id
            return RtspSource(plan, camera_id=name, tick_s=tick_s, key_frames_only=keys, wait=wait)
        case UsbPlan() as plan:
            return UsbSource(plan, camera_id=camera.camera_id, tick_s=tick_s, wait=wait)
        case StillsPlan(follows=True) as plan:
            return FollowedFolder(plan, wait=wait)
        case StillsPlan() as plan:
            return FolderSource(plan, wait=wait)
        case RecordingsPlan():
            raise FootageError(FootageTrouble.UNSUPPORTED, camera.camera_id, "several files")
    assert_never(camera.source)


def played(camera: CameraPlan, profile: Profile, *, wait: Wait) -> Iterator[Arrival]:
    """Play what waits for us: a recording, several in a row, or a drawn script.

    Raises:
        FootageError: BAD_SCRIPT.
    """
    if not isinstance(camera.source, RecordingsPlan):
        return recorded(source_of(camera, profile, wait=wait))

    def file_of(plan: FilePlan) -> Source:
        source = _series_of(plan) if plan.path.is_dir() else plan
        return source_of(replace(camera, source=source), profile, wait=wait)

    return reviewed(camera.source, file_of)


def _series_of(plan: FilePlan) -> StillsPlan:
    """A folder among recordings is a series of single pictures."""
    zone = plan.start_wall.tzinfo or UTC
    start, begins_s = plan.start_wall, plan.begins_s
    return StillsPlan(plan.path, zone, start_wall=start, begins_s=begins_s)


def main_of(camera: CameraPlan, *, wait: Wait) -> Source | None:
    """Make the source of a camera's main stream, where it has one beside what is analysed."""
    if camera.main is None:
        return None
    return RtspSource(
        camera.main,
        camera_id=camera.camera_id,
        tick_s=0.0,
        key_frames_only=True,
        wait=wait,
        decodes=False,
    )
