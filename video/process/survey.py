"""The child that looks at a folder of recordings: a broken file may take it along, nothing else."""

import signal
from datetime import tzinfo
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeAlias

from video.errors import FootageError
from video.vocabulary.recording import Surveyed

Word: TypeAlias = Surveyed | FootageError | int  # a file; why there are none; how many there are


def survey(pipe: "Connection[Word, None]", folder: Path, zone: tzinfo) -> None:
    """Tell how many files there are, then of each what it holds and when it begins.

    The entry point of the process; its owner names it without loading what it needs.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is the owner's to handle
    from video.sources.recordings import recordings_below, surveyed  # noqa: PLC0415  # PyAV

    try:
        found = recordings_below(folder)
        pipe.send(len(found))
        for path in found:
            pipe.send(surveyed(path, zone))
    except FootageError as error:
        pipe.send(error)
    except OSError:
        return  # the owner has seen enough
