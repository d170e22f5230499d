"""What the screens of inspections ask of the open program."""

from collections.abc import Mapping
from concurrent.futures import Future
from typing import Protocol

from desktop.domain.checklists import Checklist
from desktop.viewmodels.casework import Casework


class Stored(Protocol):
    """What a vault answers."""

    @property
    def sha256(self) -> str:
        """Digest of the plain bytes."""

    @property
    def size(self) -> int:
        """How many."""


class Vault(Protocol):
    """Where bytes are sealed by digest; a storage.vault.SealedVault."""

    def put(self, data: bytes) -> Stored:
        """Keep bytes. Raises FootageError."""

    def get(self, sha256: str) -> bytes:
        """Answer bytes, verified. Raises FootageError."""


class Pad(Protocol):
    """Keeps what is being written; a workers.scratch_pad.ScratchPad."""

    def write(self, place: str, words: str) -> None:
        """Keep words."""

    def read(self, below: str) -> "Future[Mapping[str, str]]":
        """Give what is kept."""

    def forget(self, below: str) -> "Future[None]":
        """Let go."""


class Touring(Casework, Protocol):
    """The open program, as far as inspections need it."""

    @property
    def vault(self) -> Vault:
        """Photographs and signatures."""

    @property
    def scratch(self) -> Pad:
        """What is being written."""

    @property
    def checklists(self) -> tuple[Checklist, ...]:
        """The checklists that came with the program."""

    @property
    def clock_offset_s(self) -> float | None:
        """How far this machine's clock stands before the server's; None where never compared."""
