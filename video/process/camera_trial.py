"""The child in which a camera is tried out; it watches nothing and may be killed at any time."""

import signal
from multiprocessing.connection import Connection

from video.messages import CameraPlan, Report


def try_out(pipe: "Connection[Report, None]", camera: CameraPlan) -> None:
    """Try until the owner hangs up or it has lasted long enough.

    The entry point of the process; its owner names it without loading what it needs.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is the owner's to handle
    from video.pipeline.trial import tried  # noqa: PLC0415  # OpenCV and PyAV: here alone

    try:
        for report in tried(camera):
            pipe.send(report)
    except OSError:
        return  # the owner has seen enough
