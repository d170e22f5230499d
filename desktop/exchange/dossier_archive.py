"""A case file in one signed file: written once, opened anywhere, without the program's store.

A zip with `manifest.json`, its Ed25519 signature in `manifest.sig` (over its SHA-256), and the
bytes it names under `files/`. Whoever opens it sees whether anything was changed, and by whose key.
"""

import base64
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from desktop.exchange.errors import ExchangeError, ExchangeTrouble

FORMAT, VERSION = "hallwatch-dossier", 1
MANIFEST, SIGNATURE, FILES = "manifest.json", "manifest.sig", "files/"
_MOST_BYTES = 2 * 1024**3
_MOST_PARTS = 20_000
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ValueError,
    RuntimeError,
)  # what zipfile raises
_WHEN = (1980, 1, 1, 0, 0, 0)  # equal contents give equal bytes


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """Bytes of an archive: what an entry shows.

    Attributes:
        entry: place of the entry in the index, from 1.
        is_missing: the machine that archived it did not hold them.
    """

    sha256: str
    size: int
    media_type: str
    name: str
    entry: int
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive that was opened and proved whole.

    Attributes:
        public_key: base64, of the machine that signed it.
    """

    manifest: Mapping[str, Any]
    files: tuple[ArchivedFile, ...]
    public_key: str
    data: Mapping[str, bytes]


def write_archive(
    content: Mapping[str, Any],
    files: Sequence[ArchivedFile],
    read: Callable[[str], bytes],
    *,
    sign: Callable[[bytes], bytes],
    public_key: str,
) -> bytes:
    """Write it.

    Args:
        content: what the index, the timeline and the records say, as JSON values.
        read: gives bytes by digest.
        sign: signs a digest with the machine's key.
    """
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        "public_key": public_key,
        **content,
        "files": [_plain(file) for file in files],
    }
    told = json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, MANIFEST, told)
        _put(archive, SIGNATURE, base64.b64encode(sign(hashlib.sha256(told).digest())))
        for sha256 in dict.fromkeys(file.sha256 for file in files if not file.is_missing):
            _put(archive, FILES + sha256, read(sha256))
    return out.getvalue()


def read_archive(data: bytes, name: str) -> Archive:
    """Open an archive and prove it: the signature, and the digest of everything it names.

    Raises:
        ExchangeError: DAMAGED, BOMB, NOT_AN_ARCHIVE, NEWER_ARCHIVE, FORGED with what differs.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _weigh(archive, name)
            parts = {part: archive.read(part) for part in archive.namelist()}
    except _BROKEN as error:
        detail = type(error).__name__
        raise ExchangeError(ExchangeTrouble.DAMAGED, name, detail=detail) from error
    manifest = _manifest(parts, name)
    _prove(parts, manifest, name)
    files = tuple(ArchivedFile(**row) for row in manifest["files"])
    found = {file.sha256: _whole(parts, file, name) for file in files if not file.is_missing}
    strangers = parts.keys() - {MANIFEST, SIGNATURE} - {FILES + sha256 for sha256 in found}
    if strangers:
        raise ExchangeError(ExchangeTrouble.FORGED, name, detail=min(strangers))
    return Archive(manifest, files, manifest["public_key"], found)


def _plain(file: ArchivedFile) -> dict[str, Any]:
    names = ("sha256", "size", "media_type", "name", "entry", "is_missing")
    return {each: getattr(file, each) for each in names}


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, _WHEN), data, zipfile.ZIP_DEFLATED)


def _weigh(archive: zipfile.ZipFile, name: str) -> None:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if unpacked > _MOST_BYTES or len(parts) > _MOST_PARTS:
        raise ExchangeError(ExchangeTrouble.BOMB, name, detail=str(unpacked))


def _manifest(parts: Mapping[str, bytes], name: str) -> dict[str, Any]:
    try:
        manifest = json.loads(parts[MANIFEST])
        is_ours = manifest["format"] == FORMAT and isinstance(manifest["files"], list)
        version = int(manifest["version"])
    except (KeyError, ValueError, TypeError) as error:
        raise ExchangeError(ExchangeTrouble.NOT_AN_ARCHIVE, name) from error
    if not is_ours:
        raise ExchangeError(ExchangeTrouble.NOT_AN_ARCHIVE, name)
    if version > VERSION:
        raise ExchangeError(ExchangeTrouble.NEWER_ARCHIVE, name, detail=str(version))
    return dict(manifest)


def _prove(parts: Mapping[str, bytes], manifest: Mapping[str, Any], name: str) -> None:
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(manifest["public_key"]))
        signature = base64.b64decode(parts[SIGNATURE])
        key.verify(signature, hashlib.sha256(parts[MANIFEST]).digest())
    except (KeyError, ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm) as error:
        raise ExchangeError(ExchangeTrouble.FORGED, name, detail=MANIFEST) from error


def _whole(parts: Mapping[str, bytes], file: ArchivedFile, name: str) -> bytes:
    data = parts.get(FILES + file.sha256)
    if data is None or hashlib.sha256(data).hexdigest() != file.sha256:
        raise ExchangeError(ExchangeTrouble.FORGED, name, detail=file.name)
    return data
