"""The watching process: a child that is spawned, watches cameras, and can be killed at any time."""

import signal
from multiprocessing.connection import Connection

from video.messages import Command, Report, Vault


def watch(pipe: "Connection[Report, Command]", vault: Vault) -> None:
    """Serve the owner at the other end of the pipe until it says so, or is gone.

    The entry point of the process; its owner names it without loading what it needs.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is the owner's to handle
    from video.process.service import Service  # noqa: PLC0415  # OpenCV, PyAV, OpenVINO: here alone

    Service(pipe, vault).run()
