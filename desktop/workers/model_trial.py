"""Tries a model that a site brings, in a child that may die of it."""

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from video.errors import FootageError, FootageTrouble
from video.process.trial import Outcome, try_model
from video.vocabulary.model import Device, ModelFamily, ModelTried

PATIENCE_S = 180.0  # a graphics processor compiles for long
GOODBYE_S = 5.0


Entry = Callable[["Connection[Outcome, None]", Path, ModelFamily, Device], None]


def tried(
    path: Path, family: ModelFamily, device: Device, *, entry: Entry = try_model
) -> ModelTried:
    """Wait for the outcome; not for the GUI thread.

    Raises:
        FootageError: why the model cannot be used.
    """
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe(duplex=False)
    child = spawn.Process(target=entry, args=(theirs, path, family, device), daemon=True)
    child.start()
    theirs.close()
    try:
        outcome = ours.recv() if ours.poll(PATIENCE_S) else None
    except EOFError:
        outcome = None
    finally:
        ours.close()
        child.join(GOODBYE_S)
        child.kill()
        child.join()
    match outcome:
        case ModelTried():
            return outcome
        case FootageError():
            raise outcome
    raise FootageError(FootageTrouble.BAD_MODEL, path.name, f"exit code {child.exitcode}")
