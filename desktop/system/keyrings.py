"""The system's own keyrings, and only those that are known to be safe."""

import base64
import binascii
import logging
import secrets
from collections.abc import Sequence
from importlib import import_module
from typing import Protocol

from keyring.errors import KeyringError, PasswordDeleteError

from desktop.system.errors import SecretsError, SecretsTrouble

log = logging.getLogger(__name__)

# Named here one by one: what `keyring` would choose itself can be a plain-text file or a prompt on
# standard input, as soon as some other package brings one.
ALLOWED = (
    ("keyring.backends.Windows", "WinVaultKeyring"),
    ("keyring.backends.macOS", "Keyring"),
    ("keyring.backends.SecretService", "Keyring"),
    ("keyring.backends.kwallet", "DBusKeyring"),
)


class Backend(Protocol):
    """What a keyring back end does for us."""

    def get_password(self, service: str, username: str) -> str | None:
        """Answer a password, or None."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a password."""

    def delete_password(self, service: str, username: str) -> None:
        """Remove a password."""


class KeyringSecrets:
    """Secrets of one profile in the system's keyring."""

    def __init__(self, backend: Backend, profile: str) -> None:
        self._backend = backend
        self._service = f"Hallwatch {profile}"

    def __repr__(self) -> str:
        return f"KeyringSecrets({type(self._backend).__name__})"

    def load(self, name: str) -> bytes | None:
        """Answer a secret, or None.

        Raises:
            SecretsError: KEYRING_REFUSED (locked, or the user said no) or DAMAGED.
        """
        try:
            text = self._backend.get_password(self._service, name)
        except KeyringError as error:
            raise _refused(error) from error
        try:
            return None if text is None else base64.b64decode(text, validate=True)
        except binascii.Error as error:
            raise SecretsError(SecretsTrouble.DAMAGED, name) from error

    def save(self, name: str, value: bytes) -> None:
        """Keep a secret.

        Raises:
            SecretsError: KEYRING_REFUSED.
        """
        try:
            self._backend.set_password(self._service, name, base64.b64encode(value).decode())
        except KeyringError as error:
            raise _refused(error) from error

    def forget(self, name: str) -> None:
        """Remove a secret.

        Raises:
            SecretsError: KEYRING_REFUSED.
        """
        try:
            self._backend.delete_password(self._service, name)
        except PasswordDeleteError:
            return  # it was not there
        except KeyringError as error:
            raise _refused(error) from error

    def answers(self) -> bool:
        """Keep, read back and remove a trial value: some keyrings are there but never answer."""
        trial = secrets.token_bytes(8)
        try:
            self.save("trial", trial)
            kept = self.load("trial")
            self.forget("trial")
        except SecretsError as error:
            log.info("keyring %s did not answer: %s", self, error.detail)
            return False
        return kept == trial


def safe_keyring(
    profile: str, allowed: Sequence[tuple[str, str]] = ALLOWED
) -> KeyringSecrets | None:
    """Answer the first allowed keyring that works on this machine, or None."""
    for module, name in allowed:
        backend = _instance(module, name)
        if backend is None:
            continue
        keyring = KeyringSecrets(backend, profile)
        if keyring.answers():
            return keyring
    return None


def _instance(module: str, name: str) -> Backend | None:
    """Make a back end; each tells by `priority` that it cannot work here."""
    try:
        kind = getattr(import_module(module), name)
        usable = kind.priority > 0
        return kind() if usable else None
    except (ImportError, AttributeError, RuntimeError, OSError, KeyringError):
        return None


def _refused(error: KeyringError) -> SecretsError:
    return SecretsError(SecretsTrouble.KEYRING_REFUSED, type(error).__name__, retryable=True)
