"""What the machine can refuse about keys: a name and fields; wording belongs to the caller."""

from enum import Enum


class SecretsTrouble(Enum):
    """Why keys cannot be had or kept."""

    WRONG_PIN = "wrong_pin"
    WEAK_PIN = "weak_pin"
    NO_PIN = "no_pin"
    DAMAGED = "damaged"
    KEYRING_REFUSED = "keyring_refused"
    NOT_WRITABLE = "not_writable"
    KEY_MISSING = "key_missing"
    BAD_CODE = "bad_code"


class SecretsError(Exception):
    """The world says no: a PIN, a keyring, a disk.

    Attributes:
        trouble: the reason, a closed set.
        detail: a technical remark for the log; never a secret.
        retryable: whether trying again may help.
    """

    def __init__(
        self, trouble: SecretsTrouble, detail: str = "", *, retryable: bool = False
    ) -> None:
        super().__init__(trouble, detail)
        self.trouble = trouble
        self.detail = detail
        self.retryable = retryable
