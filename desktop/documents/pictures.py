"""Pictures that a person hands in: read only where they are some, and of a sensible size."""

import io
from pathlib import Path

from PIL import Image

from desktop.documents.errors import DocumentError, DocumentTrouble

_LARGEST = 16 * 1024 * 1024  # bytes
_KINDS = {"PNG", "JPEG"}


def read_picture(path: Path) -> bytes:
    """Read a picture, PNG or JPEG, that can be decoded to its end.

    Raises:
        DocumentError: BAD_PICTURE with the file's name.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise DocumentError(DocumentTrouble.BAD_PICTURE, path.name)
        data = path.read_bytes()
        with Image.open(io.BytesIO(data)) as picture:
            picture.load()
            kind = picture.format
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise DocumentError(DocumentTrouble.BAD_PICTURE, path.name) from error
    if kind not in _KINDS:
        raise DocumentError(DocumentTrouble.BAD_PICTURE, path.name)
    return data
