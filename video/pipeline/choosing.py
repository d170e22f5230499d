"""Which source a plan asks for."""

from typing import assert_never

from video.messages import (
    CameraPlan,
)
from video.settings import Profile
from video.sources.base import Source, Wait
from video.sources.file import FileSource
from video.sources.folder import FolderSource, FollowedFolder
from video.sources.rtsp import RtspSource
from video.sources.synthetic import DrawnSource
from video.sources.usb import UsbSource
from video.vocabulary.source import DrawnPlan, FilePlan, RtspPlan, StillsPlan, UsbPlan


def source_of(camera: CameraPlan, profile: Profile, *, wait: Wait) -> Source:
    """Make the source of a camera; it is not open yet.

    Args:
        wait: waits so many seconds and tells whether to stop; `threading.Event().wait` will do.

    Raises:
        FootageError: BAD_SCRIPT.
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
    assert_never(camera.source)


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
