"""The child in which a camera is tried out; it watches nothing and may be killed at any time."""

import signal
from multiprocessing.connection import Connection

from video.messages import CameraPlan, PreviewPlan, Report

PHOTOGRAPH = PreviewPlan(per_second=5.0, max_width=4096)


def photograph(pipe: "Connection[Report, None]", camera: CameraPlan) -> None:
    """Show what a camera sees, as large as it sends it, until the owner has his photograph."""
    _try(pipe, camera, PHOTOGRAPH)


def try_out(pipe: "Connection[Report, None]", camera: CameraPlan) -> None:
    """Try until the owner hangs up or it has lasted long enough.

    The entry point of the process; its owner names it without loading what it needs.
    """
    _try(pipe, camera, PreviewPlan())


def _try(pipe: "Connection[Report, None]", camera: CameraPlan, pictures: PreviewPlan) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is the owner's to handle
    from video.pipeline.trial import tried  # noqa: PLC0415  # OpenCV and PyAV: here alone

    try:
        for report in tried(camera, pictures):
            pipe.send(report)
    except OSError:
        return  # the owner has seen enough
