"""What the server vouches for: how long the log of each scope is, and its tree's head."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


@dataclass(frozen=True, slots=True)
class Head:
    """The head of one tree: number of leaves, and the root over them (hex)."""

    size: int
    root: str


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """All heads at one moment, signed; every client of a server is given the same.

    Attributes:
        heads: by `scope_name`, so that nobody learns the names of scopes that are not theirs.
    """

    epoch: str
    at: str
    heads: Mapping[str, Head]
    sig: str = ""

    def to_json(self) -> dict[str, Any]:
        """Write it as JSON values."""
        heads = {name: [head.size, head.root] for name, head in self.heads.items()}
        return {"epoch": self.epoch, "at": self.at, "heads": heads, "sig": self.sig}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Checkpoint":
        """Read it back.

        Raises:
            KeyError, TypeError, ValueError: it is none.
        """
        heads = {str(name): Head(int(s), str(r)) for name, (s, r) in plain["heads"].items()}
        return cls(str(plain["epoch"]), str(plain["at"]), heads, str(plain["sig"]))

    def sealed(self, key: Ed25519PrivateKey) -> "Checkpoint":
        """Sign it."""
        return replace(self, sig=base64.b64encode(key.sign(self._unsealed())).decode())

    def is_sealed_by(self, key: Ed25519PublicKey) -> bool:
        """Tell whether the log's key signed all that is said."""
        try:
            key.verify(base64.b64decode(self.sig, validate=True), self._unsealed())
        except (InvalidSignature, ValueError):
            return False
        return True

    def _unsealed(self) -> bytes:
        plain = self.to_json()
        del plain["sig"]
        return rfc8785.dumps(plain)


def scope_name(scope: str) -> str:
    """Name a scope to those who know it, and to nobody else."""
    return hashlib.sha256(b"scope\x00" + scope.encode()).hexdigest()
