"""Files that are there whole or not at all, also after the plug was pulled."""

import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

TEMP_SUFFIX = ".part"


def write_durably(target: Path, pieces: Iterable[bytes]) -> None:
    """Write beside the target, flush to the disk, rename over it, flush the folder.

    Raises:
        OSError: the disk refused; the target is as before and nothing is left beside it.
    """
    temp = target.with_name(f"{target.name}.{secrets.token_hex(8)}{TEMP_SUFFIX}")
    try:
        with temp.open("xb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        temp.replace(target)
    except BaseException:
        with suppress(OSError):
            temp.unlink(missing_ok=True)
        raise
    flush_folder(target.parent)


def make_folder(folder: Path) -> None:
    """Create a folder and make its name durable."""
    if folder.is_dir():
        return
    folder.mkdir(parents=True, exist_ok=True)
    flush_folder(folder.parent)


def flush_folder(folder: Path) -> None:
    """Make renames inside a folder durable; Windows does it by itself and opens no folders."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
