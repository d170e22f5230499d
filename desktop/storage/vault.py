"""Evidence at rest: every item sealed under its own digest, written whole or not at all.

The video process loads this module, so it knows neither SQL nor Qt.
"""

import errno
import hashlib
import re
import shutil
from contextlib import suppress
from pathlib import Path

from desktop.storage.durable import TEMP_SUFFIX, make_folder, write_durably
from desktop.storage.frames import KEY_SIZE, BrokenSealError, seal, unseal
from video.errors import FootageError, FootageTrouble
from video.messages import StoredItem

_DIGEST = re.compile(r"[0-9a-f]{64}")
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class SealedVault:
    """A folder of sealed items, named by the SHA-256 of their plain bytes.

    It does what `video.messages.Vault` asks. Opening one sweeps what a killed writer left behind;
    the copy that travels to another process sweeps nothing.
    """

    def __init__(self, folder: Path, key: bytes, *, reserve: int = 0) -> None:
        """Open or create the folder.

        Args:
            key: 32 random bytes, used for nothing else.
            reserve: bytes of free space that evidence must leave to the case file.

        Raises:
            FootageError: NOT_WRITABLE or DISK_FULL.
        """
        if len(key) != KEY_SIZE:
            raise ValueError("a vault key has 32 bytes")
        self._folder = folder
        self._key = key
        self._reserve = reserve
        try:
            make_folder(folder)
        except OSError as error:
            raise _refusal(error, folder.name) from error
        self._sweep()

    def __repr__(self) -> str:
        return f"SealedVault({self._folder.name!r})"

    def __reduce__(self) -> tuple[object, ...]:
        return _travelled, (self._folder, self._key, self._reserve)

    def put(self, data: bytes) -> StoredItem:
        """Write durably and answer the digest of `data`; what is there already stays.

        Raises:
            FootageError: DISK_FULL (waiting may help) or NOT_WRITABLE.
        """
        digest = hashlib.sha256(data)
        item = StoredItem(digest.hexdigest(), len(data))
        if self._is_intact(item.sha256):
            return item
        target = self._path(item.sha256)
        try:
            self._leave_room(len(data))
            make_folder(target.parent)
            self._write(target, data, digest.digest())
        except OSError as error:
            raise _refusal(error, item.sha256) from error
        return item

    def get(self, sha256: str) -> bytes:
        """Read an item back and verify it.

        Raises:
            FootageError: MISSING_FILE, or DAMAGED when it is not what was written.
        """
        try:
            sealed = self._path(sha256).read_bytes()
        except FileNotFoundError as error:
            raise FootageError(FootageTrouble.MISSING_FILE, sha256) from error
        except OSError as error:
            raise _refusal(error, sha256) from error
        try:
            data = unseal(sealed, bytes.fromhex(sha256), self._key)
        except BrokenSealError as error:
            raise FootageError(FootageTrouble.DAMAGED, sha256, str(error)) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise FootageError(FootageTrouble.DAMAGED, sha256, "digest differs")
        return data

    def has(self, sha256: str) -> bool:
        """Tell whether an item is here; it may still prove damaged when read."""
        return self._path(sha256).is_file()

    def sizes(self) -> dict[str, int]:
        """Tell how many bytes of the disk each item takes, by digest.

        Raises:
            FootageError: NOT_WRITABLE when the folder cannot be read.
        """
        try:
            found = (path for path in self._folder.glob("??/*") if _DIGEST.fullmatch(path.name))
            return {path.name: path.stat().st_size for path in found}
        except OSError as error:
            raise _refusal(error, self._folder.name) from error

    def drop(self, sha256: str) -> None:
        """Delete an item: verified elsewhere and past its keep time, or no longer ours to see.

        Raises:
            FootageError: NOT_WRITABLE.
        """
        try:
            self._path(sha256).unlink(missing_ok=True)
        except OSError as error:
            raise _refusal(error, sha256) from error

    def _write(self, target: Path, data: bytes, digest: bytes) -> None:
        try:
            write_durably(target, seal(data, digest, self._key))
        except FileNotFoundError:  # another opening of the folder swept our unfinished file
            write_durably(target, seal(data, digest, self._key))

    def _is_intact(self, sha256: str) -> bool:
        """Look before writing again: a damaged copy is replaced, not trusted."""
        with suppress(FootageError):
            self.get(sha256)
            return True
        return False

    def _leave_room(self, size: int) -> None:
        if shutil.disk_usage(self._folder).free < size + self._reserve:
            raise OSError(errno.ENOSPC, "the reserve would be used up")

    def _path(self, sha256: str) -> Path:
        if not _DIGEST.fullmatch(sha256):
            raise ValueError("a digest is 64 lower-case hexadecimal digits")
        return self._folder / sha256[:2] / sha256

    def _sweep(self) -> None:
        for leftover in self._folder.glob(f"*/*{TEMP_SUFFIX}"):
            with suppress(OSError):  # somebody may be writing it: then it is no leftover
                leftover.unlink()


def _travelled(folder: Path, key: bytes, reserve: int) -> SealedVault:
    """Rebuild a vault on the other side of a pipe, without sweeping under the first one."""
    vault = SealedVault.__new__(SealedVault)
    vault._folder, vault._key, vault._reserve = folder, key, reserve
    return vault


def _refusal(error: OSError, subject: str) -> FootageError:
    if error.errno in _FULL:
        return FootageError(FootageTrouble.DISK_FULL, subject, retryable=True)
    return FootageError(FootageTrouble.NOT_WRITABLE, subject, type(error).__name__)
