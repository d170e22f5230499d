"""Packages for a stick: what a device and the server exchange where there is no network.

A parcel is a head of one line of JSON and its parts behind it. Each part is sealed by AES-256-GCM
under a key that only the two ends can derive (X25519 and HKDF); the head names the digest of all
that follows and is signed (Ed25519) by its sender. The first part is JSON, the others are bytes.
"""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import Enum
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sync.errors import SyncError, SyncTrouble

FORMAT = "hallwatch-parcel/1"
_LONGEST_HEAD = 1 << 20


class Kind(Enum):
    """Which way a parcel goes."""

    CHANGES = "changes"
    RECEIPT = "receipt"


class ParcelFault(Enum):
    """Why a parcel is not taken; the value is its stable code."""

    UNREADABLE = "parcel_unreadable"
    FORGED = "parcel_forged"
    DAMAGED = "parcel_damaged"
    WRONG_KEY = "parcel_wrong_key"
    NOT_FOR_US = "parcel_not_for_us"
    REPLAYED = "parcel_replayed"
    GAP = "parcel_gap"
    NEVER_MET = "parcel_never_met"


class ParcelError(SyncError):
    """A parcel is not taken; nothing of it was.

    Attributes:
        expected: number of the parcel that would be taken, 0 where that is not the matter.
    """

    def __init__(self, fault: ParcelFault, expected: int = 0) -> None:
        super().__init__(SyncTrouble.REFUSED, fault.value)
        self.fault, self.expected = fault, expected


@dataclass(frozen=True, slots=True)
class Head:
    """What stands on a parcel, for everybody to read.

    Attributes:
        sender, receiver: a device's id, or the server's epoch.
        user_id: who wrote it.
        seq: counts the parcels of a device; a receipt bears the number of what it answers.
        count: changes, or answers to them.
        parts: bytes of each sealed part.
        sha256: of all sealed parts.
        ephemeral: the sender's key of this one parcel (X25519, base64); of a receipt, what it
            answers bore.
        sig: the sender's signature of all else (base64).
    """

    kind: Kind
    sender: str
    receiver: str
    user_id: str
    seq: int
    created: str
    schema_ver: int
    calendar_ver: str
    count: int
    parts: tuple[int, ...] = ()
    sha256: str = ""
    ephemeral: str = ""
    sig: str = ""

    def unsigned(self) -> bytes:
        """Write what is signed."""
        return json.dumps(self._plain() | {"sig": ""}, sort_keys=True).encode()

    def line(self) -> bytes:
        """Write the first line of a parcel."""
        return json.dumps(self._plain(), sort_keys=True).encode() + b"\n"

    def _plain(self) -> dict[str, Any]:
        return asdict(self) | {"format": FORMAT, "kind": self.kind.value, "parts": [*self.parts]}


@dataclass(frozen=True, slots=True)
class Parcel:
    """A parcel as it was read, before anything of it is believed."""

    head: Head
    sealed: bytes


def read_parcel(raw: bytes) -> Parcel:
    """Read a parcel.

    Raises:
        ParcelError: UNREADABLE; DAMAGED when it is not whole.
    """
    first, _, sealed = raw[:_LONGEST_HEAD].partition(b"\n")
    try:
        plain = json.loads(first)
        if plain.pop("format") != FORMAT:
            raise ValueError(FORMAT)
        kind, parts = Kind(plain["kind"]), tuple(map(int, plain["parts"]))
        head = Head(**plain | {"kind": kind, "parts": parts})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ParcelError(ParcelFault.UNREADABLE) from error
    sealed = raw[len(first) + 1 :]
    if sum(head.parts) != len(sealed) or hashlib.sha256(sealed).hexdigest() != head.sha256:
        raise ParcelError(ParcelFault.DAMAGED)
    return Parcel(head, sealed)


def must_be_signed_by(head: Head, key: Ed25519PublicKey) -> None:
    """Refuse a parcel that is not its sender's.

    Raises:
        ParcelError: FORGED.
    """
    try:
        key.verify(base64.b64decode(head.sig, validate=True), head.unsigned())
    except (InvalidSignature, ValueError) as error:
        raise ParcelError(ParcelFault.FORGED) from error


def seal(head: Head, parts: Sequence[bytes], key: bytes, signer: Ed25519PrivateKey) -> bytes:
    """Make a parcel; the head's account of the parts is filled in."""
    cipher = AESGCM(key)
    sealed = [cipher.encrypt(_nonce(n), part, FORMAT.encode()) for n, part in enumerate(parts)]
    body = b"".join(sealed)
    whole = replace(head, parts=tuple(map(len, sealed)), sha256=hashlib.sha256(body).hexdigest())
    signature = base64.b64encode(signer.sign(whole.unsigned())).decode()
    return replace(whole, sig=signature).line() + body


def unseal(parcel: Parcel, key: bytes) -> tuple[Mapping[str, Any], list[bytes]]:
    """Open a parcel: what its first part says, and the others.

    Raises:
        ParcelError: WRONG_KEY, UNREADABLE.
    """
    cipher, parts, at = AESGCM(key), [], 0
    try:
        for n, size in enumerate(parcel.head.parts):
            piece = parcel.sealed[at : at + size]
            parts.append(cipher.decrypt(_nonce(n), piece, FORMAT.encode()))
            at += size
    except InvalidTag as error:
        raise ParcelError(ParcelFault.WRONG_KEY) from error
    try:
        said: Mapping[str, Any] = json.loads(parts[0])
    except (ValueError, IndexError) as error:
        raise ParcelError(ParcelFault.UNREADABLE) from error
    return said, parts[1:]


def parcel_key(own: X25519PrivateKey, other: str, kind: Kind) -> bytes:
    """Derive the key of a parcel from one's own half and the other end's public one (base64).

    Raises:
        ParcelError: UNREADABLE when the other half is none.
    """
    try:
        public = X25519PublicKey.from_public_bytes(base64.b64decode(other, validate=True))
        shared = own.exchange(public)
    except ValueError as error:
        raise ParcelError(ParcelFault.UNREADABLE) from error
    info = f"{FORMAT} {kind.value}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(shared)


def exchange_key(log_key: Ed25519PrivateKey) -> X25519PrivateKey:
    """Derive the server's half for parcels from the key that signs its log."""
    raw = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"{FORMAT} server".encode())
    return X25519PrivateKey.from_private_bytes(raw.derive(log_key.private_bytes_raw()))


def public_half(key: X25519PrivateKey) -> str:
    """Write the public half of a key (base64)."""
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def _nonce(part: int) -> bytes:
    """Number the parts: each key seals one parcel only."""
    return part.to_bytes(12, "big")
