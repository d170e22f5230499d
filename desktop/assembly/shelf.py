"""Evidence as sync knows it: bytes by digest, in and out of the vault."""

from desktop.storage.vault import SealedVault


class VaultShelf:
    """Lends the vault to a round; a sync.client.round.BlobShelf."""

    def __init__(self, vault: SealedVault) -> None:
        self._vault = vault

    def read(self, sha256: str) -> bytes:
        """Answer bytes, verified. Raises FootageError MISSING_FILE or DAMAGED."""
        return self._vault.get(sha256)

    def write(self, data: bytes) -> str:
        """Keep bytes durably and answer their digest. Raises FootageError DISK_FULL."""
        return self._vault.put(data).sha256

    def has(self, sha256: str) -> bool:
        """Tell whether bytes are here."""
        return self._vault.has(sha256)

    def drop(self, sha256: str) -> None:
        """Remove bytes that left this user's sight. Raises FootageError NOT_WRITABLE."""
        self._vault.drop(sha256)
