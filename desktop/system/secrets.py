"""Where the program's few secrets live: the system's keyring, a sealed file, or memory."""

from enum import Enum
from pathlib import Path
from typing import Protocol

from desktop.system.keyrings import safe_keyring
from desktop.system.pin import PinSecrets


class SecretName(Enum):
    """Every secret that the program keeps."""

    MASTER_KEY = "master-key"
    DEVICE_KEY = "device-key"
    REFRESH_TOKEN = "refresh-token"  # noqa: S105  # the name of a secret, not one
    SERVER_ADMIN = "server-admin"  # the first administrator's password of the embedded server
    DEMONSTRATION = "demonstration"  # the password that all people of the demonstration share


class Secrets(Protocol):
    """A place for secrets. Any thread; a call may take a second or wait for the user."""

    def load(self, name: str) -> bytes | None:
        """Answer a secret, or None when it was never kept. Raises SecretsError."""

    def save(self, name: str, value: bytes) -> None:
        """Keep a secret in place of its predecessor. Raises SecretsError."""

    def forget(self, name: str) -> None:
        """Remove a secret; one that is not there is no error. Raises SecretsError."""


class PinPrompt(Protocol):
    """Asks the user for the PIN of the sealed file."""

    def __call__(self, *, new: bool) -> str:
        """Answer the PIN; `new` when it is being chosen. May raise to give up."""


class MemorySecrets:
    """Secrets of a throwaway profile: they end with the process."""

    def __init__(self) -> None:
        self._values: dict[str, bytes] = {}

    def __repr__(self) -> str:
        return "MemorySecrets()"

    def load(self, name: str) -> bytes | None:
        """Answer a secret, or None."""
        return self._values.get(name)

    def save(self, name: str, value: bytes) -> None:
        """Keep a secret until the process ends."""
        self._values[name] = value

    def forget(self, name: str) -> None:
        """Remove a secret."""
        self._values.pop(name, None)


def open_secrets(sealed_file: Path, profile: str, ask_pin: PinPrompt) -> Secrets:
    """Open the place for secrets of a profile.

    A sealed file that exists wins, because the keys of the case file are in it; then a keyring on
    the allow-list that answers; else a new sealed file. There is no plain-text place.

    Raises:
        SecretsError: WRONG_PIN, WEAK_PIN, DAMAGED or NOT_WRITABLE.
    """
    if sealed_file.exists():
        return PinSecrets.open(sealed_file, ask_pin(new=False))
    keyring = safe_keyring(profile)
    if keyring is not None:
        return keyring
    return PinSecrets.create(sealed_file, ask_pin(new=True))
