"""What the world can refuse the video wing: a name and fields; wording belongs to the caller."""

from enum import Enum


class FootageTrouble(Enum):
    """Why footage cannot be had or used."""

    MISSING_FILE = "missing_file"
    NOT_A_VIDEO = "not_a_video"
    TRUNCATED = "truncated"
    UNREACHABLE = "unreachable"
    WRONG_CREDENTIALS = "wrong_credentials"
    TIMED_OUT = "timed_out"
    STREAM_ENDED = "stream_ended"
    UNSUPPORTED = "unsupported"
    BAD_SCRIPT = "bad_script"
    BAD_ZONE = "bad_zone"
    BAD_TRUTH = "bad_truth"
    BAD_MODEL = "bad_model"
    CHANGED_MODEL = "changed_model"
    UNFIT_MODEL = "unfit_model"
    NO_DEVICE = "no_device"
    TOO_FEW = "too_few"
    NO_TIME = "no_time"
    DISK_FULL = "disk_full"
    NOT_WRITABLE = "not_writable"
    DAMAGED = "damaged"


class FootageError(Exception):
    """The world says no: a camera, a file, a model or a disk.

    Attributes:
        trouble: the reason, a closed set.
        subject: what it concerns (a camera id, a file name, a zone id); never a password.
        detail: a technical remark for the log; credentials are cut out before it gets here.
        retryable: whether waiting may help.
    """

    def __init__(
        self, trouble: FootageTrouble, subject: str, detail: str = "", *, retryable: bool = False
    ) -> None:
        super().__init__(trouble, subject, detail)
        self.trouble = trouble
        self.subject = subject
        self.detail = detail
        self.retryable = retryable

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle with the keyword, so that it crosses the process pipe whole."""
        return _rebuild, (self.trouble, self.subject, self.detail, self.retryable)


def _rebuild(trouble: FootageTrouble, subject: str, detail: str, retryable: bool) -> FootageError:
    return FootageError(trouble, subject, detail, retryable=retryable)
