"""Secrets as sync knows them: the refresh token and the device's own key, in the keyring."""

import uuid

from desktop.system.errors import SecretsError, SecretsTrouble
from desktop.system.secrets import SecretName, Secrets
from sync.protocol.identity import DeviceIdentity

_ID, _KEY = 16, 32  # bytes of a UUID and of an Ed25519 key


class KeptToken:
    """The refresh token; a sync.client.session.Tokens."""

    def __init__(self, secrets: Secrets) -> None:
        self._secrets = secrets

    def load(self) -> str | None:
        """Answer the token, or None."""
        kept = self._secrets.load(SecretName.REFRESH_TOKEN.value)
        return None if kept is None else kept.decode()

    def save(self, refresh_token: str) -> None:
        """Keep the token in place of the one before."""
        self._secrets.save(SecretName.REFRESH_TOKEN.value, refresh_token.encode())

    def forget(self) -> None:
        """Remove the token."""
        self._secrets.forget(SecretName.REFRESH_TOKEN.value)


def device_of(secrets: Secrets) -> DeviceIdentity:
    """Answer who this device is; a new profile becomes a new device.

    Raises:
        SecretsError: DAMAGED.
    """
    kept = secrets.load(SecretName.DEVICE_KEY.value)
    if kept is None:
        device = DeviceIdentity.new()
        raw = uuid.UUID(device.device_id).bytes + device.private_key
        secrets.save(SecretName.DEVICE_KEY.value, raw)
        return device
    if len(kept) != _ID + _KEY:
        raise SecretsError(SecretsTrouble.DAMAGED, SecretName.DEVICE_KEY.value)
    return DeviceIdentity(str(uuid.UUID(bytes=kept[:_ID])), kept[_ID:])
