"""Vaults in memory: one that keeps, one whose disk is full."""

import hashlib
from dataclasses import dataclass, field

from video.errors import FootageError, FootageTrouble
from video.messages import StoredItem


@dataclass
class MemoryVault:
    """Keeps everything, and refuses what is larger than its room."""

    room: float = float("inf")
    held: dict[str, bytes] = field(default_factory=dict)

    def put(self, data: bytes) -> StoredItem:
        if len(data) > self.room:
            raise FootageError(FootageTrouble.DISK_FULL, "vault", retryable=True)
        sha256 = hashlib.sha256(data).hexdigest()
        self.held[sha256] = data
        return StoredItem(sha256, len(data))

    def get(self, sha256: str) -> bytes:
        if sha256 not in self.held:
            raise FootageError(FootageTrouble.MISSING_FILE, sha256)
        return self.held[sha256]
