"""Which source a plan asks for."""

from typing import assert_never

from video.messages import CameraPlan, DrawnPlan, FilePlan, RtspPlan
from video.settings import Profile
from video.sources.base import Source, Wait
from video.sources.file import FileSource
from video.sources.rtsp import RtspSource
from video.sources.synthetic import DrawnSource


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
    assert_never(camera.source)
