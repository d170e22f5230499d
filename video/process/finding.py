"""The children that ask the network for cameras, and one camera for its streams."""

import signal
from multiprocessing.connection import Connection

from video.errors import FootageError
from video.vocabulary.onvif import DeviceTold, FoundDevice


def find(pipe: "Connection[FoundDevice, None]", target: tuple[str, int] | None = None) -> None:
    """Tell each camera as it answers; an entry point."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is the owner's to handle
    from video.sources.discovery import EVERYBODY, discovered  # noqa: PLC0415

    try:
        for device in discovered(target=target or EVERYBODY):
            pipe.send(device)
    except OSError:
        return  # the owner has seen enough


def inquire(
    pipe: "Connection[DeviceTold | FootageError, None]",
    service: str,
    username: str,
    password: str,
) -> None:
    """Tell what a camera says of itself, or why it says nothing; an entry point."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from video.sources.onvif import OnvifCamera  # noqa: PLC0415  # requests: here alone

    try:
        pipe.send(OnvifCamera(service, username, password).told())
    except FootageError as error:
        pipe.send(error)
