"""How a sealed file is written: a header, then frames that each prove their place.

Layout (integers little-endian)::

    8 bytes  magic "HWSEALED"
    1 byte   algorithm (1 = AES-256-GCM with HKDF-SHA256)
    4 bytes  frame size, plain bytes a frame
    8 bytes  plain size of the whole
    frames   cipher text + 16 byte tag each; the last may be shorter

The file's own key is HKDF(key, salt = SHA-256 of the plain bytes, info = header), so the same
key never meets two different plain texts, and the frame number can serve as the nonce. The header
is authenticated with every frame and gives the count, so a frame that is missing, moved, repeated
or taken from another file does not open.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"HWSEALED"
AES_256_GCM = 1
FRAME_SIZE = 64 * 1024
TAG_SIZE = 16
KEY_SIZE = 32
_HEADER = struct.Struct("<8sBIQ")
_MAX_FRAME_SIZE = 16 * 1024 * 1024


class BrokenSealError(Exception):
    """The sealed bytes are not what was written, or the key is another one."""


@dataclass(frozen=True, slots=True)
class Header:
    """The first bytes of a sealed file."""

    algorithm: int
    frame_size: int
    plain_size: int

    def to_bytes(self) -> bytes:
        """Write the header as it stands on disk."""
        return _HEADER.pack(MAGIC, self.algorithm, self.frame_size, self.plain_size)

    @property
    def frame_count(self) -> int:
        """Frames that follow; an empty plain text still has one, which proves it empty."""
        return max(1, -(-self.plain_size // self.frame_size))

    @property
    def sealed_size(self) -> int:
        """Size of the whole sealed file in bytes."""
        return _HEADER.size + self.plain_size + self.frame_count * TAG_SIZE


def read_header(sealed: bytes) -> Header:
    """Read and check the header of a sealed file.

    Raises:
        BrokenSealError: these bytes are no sealed file of a kind we know.
    """
    if len(sealed) < _HEADER.size:
        raise BrokenSealError("header is cut short")
    magic, algorithm, frame_size, plain_size = _HEADER.unpack_from(sealed)
    if magic != MAGIC:
        raise BrokenSealError("not a sealed file")
    if algorithm != AES_256_GCM:
        raise BrokenSealError(f"unknown algorithm {algorithm}")
    if not 0 < frame_size <= _MAX_FRAME_SIZE:
        raise BrokenSealError("impossible frame size")
    return Header(algorithm, frame_size, plain_size)


def seal(data: bytes, digest: bytes, key: bytes, frame_size: int = FRAME_SIZE) -> Iterator[bytes]:
    """Yield the header and the sealed frames of `data`; `digest` is its SHA-256."""
    header = Header(AES_256_GCM, frame_size, len(data))
    head = header.to_bytes()
    cipher = _cipher(key, digest, head)
    yield head
    for number in range(header.frame_count):
        frame = data[number * frame_size : (number + 1) * frame_size]
        yield cipher.encrypt(_nonce(number), frame, head)


def unseal(sealed: bytes, digest: bytes, key: bytes) -> bytes:
    """Open a whole sealed file.

    Raises:
        BrokenSealError: a frame is missing, moved, changed, or the key is another one.
    """
    header = read_header(sealed)
    if len(sealed) != header.sealed_size:
        raise BrokenSealError("size differs from the header")
    head = sealed[: _HEADER.size]
    cipher = _cipher(key, digest, head)
    step = header.frame_size + TAG_SIZE
    view = memoryview(sealed)[_HEADER.size :]
    try:
        return b"".join(
            cipher.decrypt(_nonce(number), view[number * step : (number + 1) * step], head)
            for number in range(header.frame_count)
        )
    except InvalidTag as error:
        raise BrokenSealError("a frame does not open") from error


def _cipher(key: bytes, digest: bytes, info: bytes) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=KEY_SIZE, salt=digest, info=info).derive(key))


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "little")
