"""The child that teaches an opinion on a seat; it takes the memory of its pictures along."""

import signal
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from video.errors import FootageError, FootageTrouble
from video.messages import Vault
from video.vocabulary.lesson import Example, Taught

if TYPE_CHECKING:
    from video.windows.teaching import Picture

LOST = {FootageTrouble.MISSING_FILE, FootageTrouble.DAMAGED}  # had its time, or is elsewhere


def teach(
    pipe: "Connection[Taught | FootageError, None]", vault: Vault, examples: Sequence[Example]
) -> None:
    """Learn from sealed pictures, and send what came of it; an entry point."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is the owner's to handle
    from video.windows.teaching import taught  # noqa: PLC0415  # OpenCV: here alone

    try:
        pictures = [picture for one in examples for picture in _pictures(vault, one)]
        pipe.send(taught(pictures, unread=len(examples) - len(pictures)))
    except FootageError as error:
        pipe.send(error)
    except OSError:
        return  # the owner has given up


def _pictures(vault: Vault, example: Example) -> "Iterator[Picture]":
    """Open an example; nothing of one that is not to be had any more."""
    import cv2  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415

    from video.windows.areas import cut_tight  # noqa: PLC0415
    from video.windows.teaching import picture_of  # noqa: PLC0415

    try:
        data = vault.get(example.sha256)
    except FootageError as error:
        if error.trouble not in LOST:
            raise
        return
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    if pixels is None:
        return
    seat = np.asarray(pixels, np.uint8)
    if example.seat is not None:
        height, width = seat.shape[:2]
        seat = cut_tight(example.seat.bounds, width=width, height=height).of(seat)
    yield picture_of(example.group, example.shown, seat)
