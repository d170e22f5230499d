"""The keys of one profile: one master key, and from it one key for each purpose."""

import secrets as randomness
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.system.errors import SecretsError, SecretsTrouble
from desktop.system.secrets import SecretName, Secrets


@dataclass(frozen=True, slots=True)
class Keys:
    """Raw 32-byte keys; the video process gets only that of the vault."""

    store: bytes = field(repr=False)
    vault: bytes = field(repr=False)


def open_keys(secrets: Secrets, *, store_exists: bool) -> Keys:
    """Answer the profile's keys; a new profile gets a new master key.

    Args:
        store_exists: there is a case file already, so a new key could never open it.

    Raises:
        SecretsError: KEY_MISSING when there is a case file but no key; DAMAGED.
    """
    master = secrets.load(SecretName.MASTER_KEY.value)
    if master is None:
        if store_exists:
            raise SecretsError(SecretsTrouble.KEY_MISSING)
        master = randomness.token_bytes(32)
        secrets.save(SecretName.MASTER_KEY.value, master)
    if len(master) != 32:
        raise SecretsError(SecretsTrouble.DAMAGED, SecretName.MASTER_KEY.value)
    return Keys(store=_derive(master, b"store"), vault=_derive(master, b"vault"))


def _derive(master: bytes, purpose: bytes) -> bytes:
    info = b"hallwatch 1 " + purpose
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(master)
