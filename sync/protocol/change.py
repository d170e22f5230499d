"""One sealed envelope: what one record became, by whom, on which device, after what."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from types import NoneType
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

Body = Mapping[str, Any]  # Any: whatever JSON can hold
Patch = Mapping[str, tuple[Any, Any]]  # field to (old, new)


class ChangeKind(Enum):
    """What happens to a record."""

    CREATE = "create"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one record.

    Attributes:
        op_id: its own name; sent twice it is applied once.
        group_id: changes of one group are applied together or not at all.
        dev_seq: its place in the device's chain, from 1 without a gap.
        prev_hash: SHA-256 (hex) of the change before it; empty for the first.
        expect_ver: the version that a strict change rests on.
        mono: seconds of the device's monotonic clock since `boot_id` began.
        sig: Ed25519 over the canonical JSON without `sig`, base64.
        more: what a newer program says beside this; kept, and covered by the seal.
    """

    op_id: str
    group_id: str
    device_id: str
    dev_seq: int
    prev_hash: str
    user_id: str
    entity: str
    id: str
    scope: str
    kind: ChangeKind
    patch: Patch
    expect_ver: int | None
    schema_ver: int
    wall_time: str
    mono: float
    boot_id: str
    sig: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Write it as JSON values."""
        # By hand: asdict copies every value of every patch, and a push does this thrice a change.
        plain = {name: getattr(self, name) for name in _TYPES}
        plain["kind"] = self.kind.value
        plain["patch"] = {name: list(pair) for name, pair in self.patch.items()}
        return plain | dict(self.more)

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Change":
        """Read it back.

        Raises:
            KeyError, TypeError, ValueError: it is no envelope.
        """
        patch = {str(name): (old, new) for name, (old, new) in plain["patch"].items()}
        words = {name: plain[name] for name in _TYPES}
        for name, kind in _TYPES.items():
            if not isinstance(words[name], kind) or isinstance(words[name], bool):
                raise TypeError(name)
        more = {name: value for name, value in plain.items() if name not in _KNOWN}
        return cls(**words, kind=ChangeKind(plain["kind"]), patch=patch, more=more)

    def link(self) -> str:
        """Digest that the next change of the device names as its predecessor."""
        return hashlib.sha256(self._unsealed()).hexdigest()

    def sealed(self, key: Ed25519PrivateKey) -> "Change":
        """Sign it."""
        return replace(self, sig=base64.b64encode(key.sign(self._unsealed())).decode())

    def is_sealed_by(self, key: Ed25519PublicKey) -> bool:
        """Tell whether the signature is the device's and covers all that is said."""
        try:
            key.verify(base64.b64decode(self.sig, validate=True), self._unsealed())
        except (InvalidSignature, ValueError):
            return False
        return True

    def _unsealed(self) -> bytes:
        plain = self.to_json()
        del plain["sig"]
        return rfc8785.dumps(plain)


_TYPES: Mapping[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("op_id", "group_id", "device_id", "prev_hash", "user_id", "entity"), str),
    **dict.fromkeys(("id", "scope", "wall_time", "boot_id", "sig"), str),
    **dict.fromkeys(("dev_seq", "schema_ver"), int),
    "expect_ver": (int, NoneType),
    "mono": (int, float),
}
_KNOWN = _TYPES.keys() | {"kind", "patch"}


def patched(body: Body | None, patch: Patch) -> dict[str, Any]:
    """Lay the new values of a patch over a body."""
    return {**(body or {}), **{name: new for name, (_, new) in patch.items()}}
