"""Secrets in a file that a PIN opens, for machines without a keyring."""

import base64
import binascii
import json
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desktop.system.errors import SecretsError, SecretsTrouble

FORMAT = "hallwatch-secrets-1"
ALGORITHM = "argon2id+aes-256-gcm"
SHORTEST_PIN = 8
_MOST_MEMORY_KIB = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class PinCost:
    """What one guess at a PIN costs; about half a second and 256 MiB on an office machine.

    A thief who copies the file can guess as fast as Argon2id lets him: the cost is the defence,
    together with a PIN of eight characters or more.
    """

    passes: int = 3
    memory_kib: int = 256 * 1024
    lanes: int = 4


class PinSecrets:
    """Secrets in a sealed file; the file is rewritten whole at each change."""

    def __init__(
        self, file: Path, head: Mapping[str, Any], key: bytes, values: Mapping[str, bytes]
    ) -> None:
        self._file = file
        self._head = head
        self._key = key
        self._values = dict(values)

    def __repr__(self) -> str:
        return f"PinSecrets({self._file.name!r})"

    @classmethod
    def create(cls, file: Path, pin: str, cost: PinCost | None = None) -> "PinSecrets":
        """Choose a PIN and write the file.

        Raises:
            SecretsError: WEAK_PIN or NOT_WRITABLE.
        """
        _check_pin(pin)
        head = _new_head(cost or PinCost())
        made = cls(file, head, _key_of(pin, head), {})
        made._write()
        return made

    @classmethod
    def open(cls, file: Path, pin: str) -> "PinSecrets":
        """Open the file with its PIN.

        Raises:
            SecretsError: WRONG_PIN (try again) or DAMAGED.
        """
        head, nonce, sealed = _read(file)
        key = _key_of(pin, head)
        try:
            plain = AESGCM(key).decrypt(nonce, sealed, _proof(head))
        except InvalidTag as error:
            raise SecretsError(SecretsTrouble.WRONG_PIN, retryable=True) from error
        values = {name: base64.b64decode(text) for name, text in json.loads(plain).items()}
        return cls(file, head, key, values)

    def load(self, name: str) -> bytes | None:
        """Answer a secret, or None."""
        return self._values.get(name)

    def save(self, name: str, value: bytes) -> None:
        """Keep a secret.

        Raises:
            SecretsError: NOT_WRITABLE; the file is as before.
        """
        self._replace({**self._values, name: value})

    def forget(self, name: str) -> None:
        """Remove a secret.

        Raises:
            SecretsError: NOT_WRITABLE; the file is as before.
        """
        if name in self._values:
            self._replace({each: text for each, text in self._values.items() if each != name})

    def change_pin(self, pin: str, cost: PinCost | None = None) -> "PinSecrets":
        """Seal the same secrets under another PIN.

        Raises:
            SecretsError: WEAK_PIN or NOT_WRITABLE; the old PIN stays valid.
        """
        _check_pin(pin)
        head = _new_head(cost or PinCost())
        changed = PinSecrets(self._file, head, _key_of(pin, head), self._values)
        changed._write()
        return changed

    def _replace(self, values: dict[str, bytes]) -> None:
        before, self._values = self._values, values
        try:
            self._write()
        except SecretsError:
            self._values = before
            raise

    def _write(self) -> None:
        plain = {name: base64.b64encode(value).decode() for name, value in self._values.items()}
        nonce = secrets.token_bytes(12)
        sealed = AESGCM(self._key).encrypt(nonce, json.dumps(plain).encode(), _proof(self._head))
        text = {**self._head, "nonce": nonce.hex(), "sealed": sealed.hex()}
        temp = self._file.with_name(f"{self._file.name}.{secrets.token_hex(4)}.part")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with temp.open("x", encoding="ascii") as handle:
                handle.write(json.dumps(text, indent=1))
                handle.flush()
                os.fsync(handle.fileno())
            temp.replace(self._file)
        except OSError as error:
            with suppress(OSError):
                temp.unlink(missing_ok=True)
            raise SecretsError(SecretsTrouble.NOT_WRITABLE, type(error).__name__) from error


def _check_pin(pin: str) -> None:
    if len(pin) < SHORTEST_PIN or len(set(pin)) < 3:
        raise SecretsError(SecretsTrouble.WEAK_PIN, str(SHORTEST_PIN))


def _new_head(cost: PinCost) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "algorithm": ALGORITHM,
        "passes": cost.passes,
        "memory_kib": cost.memory_kib,
        "lanes": cost.lanes,
        "salt": secrets.token_hex(16),
    }


def _proof(head: Mapping[str, Any]) -> bytes:
    """The head is authenticated with the secrets, so nobody can make guessing cheaper later."""
    return json.dumps(dict(head), sort_keys=True).encode()


def _key_of(pin: str, head: Mapping[str, Any]) -> bytes:
    return hash_secret_raw(
        pin.encode("utf-8"),
        bytes.fromhex(head["salt"]),
        time_cost=head["passes"],
        memory_cost=head["memory_kib"],
        parallelism=head["lanes"],
        hash_len=32,
        type=Type.ID,
    )


def _read(file: Path) -> tuple[dict[str, Any], bytes, bytes]:
    try:
        head = json.loads(file.read_text("ascii"))
        nonce, sealed = bytes.fromhex(head.pop("nonce")), bytes.fromhex(head.pop("sealed"))
        _check_head(head)
    except OSError as error:
        raise SecretsError(SecretsTrouble.DAMAGED, type(error).__name__, retryable=True) from error
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error) as error:
        raise SecretsError(SecretsTrouble.DAMAGED, type(error).__name__) from error
    return head, nonce, sealed


def _check_head(head: Mapping[str, Any]) -> None:
    """Refuse what we never wrote: an absurd cost would hang or exhaust the machine."""
    if head["format"] != FORMAT or head["algorithm"] != ALGORITHM:
        raise ValueError("unknown format")
    passes, memory, lanes = head["passes"], head["memory_kib"], head["lanes"]
    if not (1 <= passes <= 100 and 1 <= lanes <= 64 and 8 * lanes <= memory <= _MOST_MEMORY_KIB):
        raise ValueError("impossible cost")
    bytes.fromhex(head["salt"])
