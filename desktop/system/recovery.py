"""The recovery code: the master key on paper, for the day on which the keyring is lost."""

import base64
import binascii
import hashlib

from desktop.system.errors import SecretsError, SecretsTrouble
from desktop.system.secrets import SecretName, Secrets

GROUP = 4  # characters; fourteen groups of them are 32 bytes of key and 3 of check
_KEY, _CHECK = 32, 3

# Crockford's alphabet: nothing in it is mistaken for something else in handwriting.
_RFC = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_OURS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_WRITE = str.maketrans(_RFC, _OURS)
_READ = str.maketrans(_OURS + "OIL", _RFC + "ABB")


def recovery_code(secrets: Secrets) -> str:
    """Write the profile's master key as groups of four characters.

    Raises:
        SecretsError: KEY_MISSING.
    """
    master = secrets.load(SecretName.MASTER_KEY.value)
    if master is None:
        raise SecretsError(SecretsTrouble.KEY_MISSING)
    text = base64.b32encode(master + _check(master)).decode("ascii").translate(_WRITE)
    return "-".join(text[at : at + GROUP] for at in range(0, len(text), GROUP))


def master_key(code: str) -> bytes:
    """Read the master key that a code stands for; case, spaces and dashes do not matter.

    Raises:
        SecretsError: BAD_CODE when a character is wrong or missing.
    """
    letters = "".join(each for each in code.upper() if each.isalnum())
    try:
        raw = base64.b32decode(letters.translate(_READ))
    except (binascii.Error, ValueError) as error:
        raise SecretsError(SecretsTrouble.BAD_CODE) from error
    master, check = raw[:_KEY], raw[_KEY:]
    if len(master) != _KEY or check != _check(master):
        raise SecretsError(SecretsTrouble.BAD_CODE)
    return master


def _check(master: bytes) -> bytes:
    return hashlib.sha256(b"hallwatch recovery 1 " + master).digest()[:_CHECK]
