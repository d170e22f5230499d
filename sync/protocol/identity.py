"""Who a device is: an id and a key pair that never leaves it."""

import base64
from dataclasses import dataclass, field

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from uuid6 import uuid7


@dataclass(frozen=True, slots=True)
class DeviceIdentity:
    """A device; `private_key` are the 32 raw bytes of an Ed25519 key."""

    device_id: str
    private_key: bytes = field(repr=False)

    @classmethod
    def new(cls) -> "DeviceIdentity":
        """Make a new device."""
        return cls(str(uuid7()), Ed25519PrivateKey.generate().private_bytes_raw())

    def key(self) -> Ed25519PrivateKey:
        """Give the signing key."""
        return Ed25519PrivateKey.from_private_bytes(self.private_key)

    def public_key(self) -> str:
        """Give the public half, base64."""
        return base64.b64encode(self.key().public_key().public_bytes_raw()).decode()


def public_key_of(text: str) -> Ed25519PublicKey:
    """Read a public key.

    Raises:
        ValueError: it is none.
    """
    try:
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(text, validate=True))
    except UnsupportedAlgorithm as error:
        raise ValueError(text) from error
