"""What synchronising can meet: a name and fields; wording belongs to the caller."""

from enum import Enum


class SyncTrouble(Enum):
    """Why client and server do not come together."""

    UNREACHABLE = "unreachable"
    UNTRUSTED = "untrusted"
    WRONG_CREDENTIALS = "wrong_credentials"
    SIGNED_OUT = "signed_out"
    DEVICE_REVOKED = "device_revoked"
    NOT_ALLOWED = "not_allowed"
    BUSY = "busy"
    REFUSED = "refused"
    TOO_OLD = "too_old"
    DAMAGED = "damaged"
    INCOMPLETE = "incomplete"
    OTHER_SERVER = "other_server"


class SyncError(Exception):
    """The world says no: the network, the server, the account.

    Attributes:
        trouble: the reason, a closed set.
        detail: the server's stable code or a technical remark; never a secret.
        retry_s: seconds after which the server wants to be asked again, if it said so.
        retryable: whether waiting may help.
    """

    def __init__(
        self,
        trouble: SyncTrouble,
        detail: str = "",
        *,
        retry_s: float | None = None,
        retryable: bool = False,
    ) -> None:
        super().__init__(trouble, detail)
        self.trouble = trouble
        self.detail = detail
        self.retry_s = retry_s
        self.retryable = retryable
