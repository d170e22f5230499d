"""Photographs from outside: read as they are, never changed, with what they say of themselves."""

import io
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path, PureWindowsPath
from warnings import catch_warnings, simplefilter

from PIL import ExifTags, Image

from desktop.exchange.errors import ExchangeError, ExchangeTrouble

MOST_BYTES = 200 * 1024 * 1024
MOST_PIXELS = 200_000_000  # decoded small, in well under a gigabyte
MEDIA_TYPES: Mapping[str, str] = {
    "JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp",
    "BMP": "image/bmp", "TIFF": "image/tiff",
}  # fmt: skip
_FORMATS = tuple(name for name in MEDIA_TYPES if name != "MPO")  # a JPEG of several pictures
SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"})

# Names that Windows keeps for devices whatever their ending: CON.jpg would read the console.
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(\..*)?")


@dataclass(frozen=True, slots=True)
class Photograph:
    """A picture file, whole.

    Attributes:
        taken_at: by its own word, else when the file was last written; aware.
        device: maker and model, by its own word; empty where it says none.
        size: width and height in pixels.
    """

    data: bytes
    media_type: str
    taken_at: datetime
    device: str
    file_name: str
    size: tuple[int, int]


def read_photograph(path: Path, *, local_offset: timedelta) -> Photograph:
    """Read a picture file.

    Args:
        local_offset: of the camera's clock from UTC, where the picture names none.

    Raises:
        ExchangeError: MISSING_FILE, NOT_READABLE, EMPTY, TOO_LARGE, NOT_A_PICTURE.
    """
    data, changed = _bytes_of(path)
    return photograph_of(data, path.name, otherwise=changed, local_offset=local_offset)


def photograph_of(
    data: bytes, name: str, *, otherwise: datetime, local_offset: timedelta
) -> Photograph:
    """Look at the bytes of a picture without decoding it.

    Args:
        otherwise: when it was taken, where it does not say so itself.

    Raises:
        ExchangeError: EMPTY, TOO_LARGE, NOT_A_PICTURE.
    """
    if not data:
        raise ExchangeError(ExchangeTrouble.EMPTY, name)
    with _opened(data, name) as image:
        media_type = MEDIA_TYPES.get(image.format or "")
        if media_type is None:
            raise ExchangeError(ExchangeTrouble.NOT_A_PICTURE, name)
        if image.width * image.height > MOST_PIXELS:
            detail = f"{image.width}×{image.height}"
            raise ExchangeError(ExchangeTrouble.TOO_LARGE, name, detail=detail)
        told = _exif(image)
        return Photograph(
            data,
            media_type,
            _moment(told, local_offset) or otherwise,
            " ".join(told[tag] for tag in (_MAKE, _MODEL) if tag in told),
            name,
            image.size,
        )


def small_copy(data: bytes, longest: int) -> bytes:
    """Draw a picture upright and small, as JPEG; the original stays as it is.

    A JPEG is decoded at a fraction of its size, so that one of 80 megapixels takes no more memory
    than a small one.

    Args:
        longest: side, in pixels.

    Raises:
        ExchangeError: NOT_A_PICTURE.
    """
    with _opened(data, "") as image:
        try:
            image.draft("RGB", (longest, longest))
            orientation = image.getexif().get(ExifTags.Base.Orientation, 1)
            drawn = image.convert("RGB")
        except (OSError, ValueError, SyntaxError) as error:
            raise ExchangeError(ExchangeTrouble.NOT_A_PICTURE, "") from error
    drawn.thumbnail((longest, longest))
    if turn := _TURNS.get(orientation):
        drawn = drawn.transpose(turn)
    out = io.BytesIO()
    drawn.save(out, "JPEG", quality=88)
    return out.getvalue()


def is_device_name(name: str) -> bool:
    """Tell whether Windows would take a file of this name for a device, as CON.jpg."""
    return bool(_DEVICES.fullmatch(PureWindowsPath(name).name.strip()))


def plain_path(path: Path) -> Path:
    """Give the path under which a file is opened as a file, even where it is called CON.jpg."""
    if sys.platform == "win32" and is_device_name(path.name):
        return Path(f"\\\\?\\{path.absolute()}")
    return path


_MAKE, _MODEL = ExifTags.Base.Make, ExifTags.Base.Model
_TAKEN, _OFFSET = ExifTags.Base.DateTimeOriginal, ExifTags.Base.OffsetTimeOriginal
_TURNS = {
    3: Image.Transpose.ROTATE_180,
    6: Image.Transpose.ROTATE_270,
    8: Image.Transpose.ROTATE_90,
}


def _bytes_of(path: Path) -> tuple[bytes, datetime]:
    there = plain_path(path)
    try:
        stat = there.stat()
        if stat.st_size > MOST_BYTES:
            detail = f"{stat.st_size // 1024 // 1024} MB"
            raise ExchangeError(ExchangeTrouble.TOO_LARGE, path.name, detail=detail)
        data = there.read_bytes()
    except FileNotFoundError as error:
        raise ExchangeError(ExchangeTrouble.MISSING_FILE, path.name) from error
    except OSError as error:
        raise ExchangeError(ExchangeTrouble.NOT_READABLE, path.name) from error
    return data, datetime.fromtimestamp(stat.st_mtime, UTC)


def _opened(data: bytes, name: str) -> Image.Image:
    with catch_warnings():
        simplefilter("ignore", Image.DecompressionBombWarning)  # MOST_PIXELS decides
        try:
            return Image.open(io.BytesIO(data), formats=_FORMATS)
        except Image.DecompressionBombError as error:
            raise ExchangeError(ExchangeTrouble.TOO_LARGE, name) from error
        except (OSError, ValueError, SyntaxError) as error:
            raise ExchangeError(ExchangeTrouble.NOT_A_PICTURE, name) from error


def _exif(image: Image.Image) -> Mapping[int, str]:
    """Give what the picture says of itself; a damaged word says nothing."""
    try:
        told = image.getexif()
        inner = told.get_ifd(ExifTags.IFD.Exif)
    except (OSError, ValueError, SyntaxError, KeyError):
        return {}
    wanted = {_MAKE: told, _MODEL: told, _TAKEN: inner, _OFFSET: inner}
    said = {tag: str(ifd.get(tag, "")).strip("\0 ") for tag, ifd in wanted.items()}
    return {tag: words for tag, words in said.items() if words}


def _moment(told: Mapping[int, str], local_offset: timedelta) -> datetime | None:
    try:
        local = datetime.strptime(told.get(_TAKEN, ""), "%Y:%m:%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    named = re.fullmatch(r"([+-])(\d\d):(\d\d)", told.get(_OFFSET, ""))
    if named is None:
        return local - local_offset
    sign = -1 if named[1] == "-" else 1
    return local - sign * timedelta(hours=int(named[2]), minutes=int(named[3]))
