"""What a camera's address may be: of its kind, and free of secrets."""

import re
from dataclasses import dataclass
from enum import Enum
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from desktop.domain.organisation import CameraKind

SCHEMES = frozenset({"rtsp", "rtsps"})
# Some recorders want them in the address; there they stand for what the keyring holds.
USER_MARK, PASSWORD_MARK = "{user}", "{password}"  # a mark, not a password
_NAMED_SECRET = re.compile(r"(?i)(?:password|passwd|pwd)=(?!\{password\})[^&/\s]+")


class AddressTrouble(Enum):
    """Why an address cannot be taken."""

    EMPTY = "empty"
    NOT_RTSP = "not_rtsp"
    NO_HOST = "no_host"
    HAS_SECRET = "has_secret"  # noqa: S105
    NO_NUMBER = "no_number"


@dataclass(frozen=True, slots=True)
class OpenAddress:
    """An address as somebody pasted it, taken apart: what may be kept, and what may not."""

    address: str
    username: str = ""
    password: str = ""


def address_trouble(kind: CameraKind, address: str) -> AddressTrouble | None:
    """Tell what is wrong with an address, None when nothing is."""
    if not address.strip():
        return AddressTrouble.EMPTY
    match kind:
        case CameraKind.USB:
            return None if address.strip().isdecimal() else AddressTrouble.NO_NUMBER
        case CameraKind.RTSP:
            return _network_trouble(address)
    return None


def main_trouble(kind: CameraKind, address: str) -> AddressTrouble | None:
    """Tell what is wrong with the address of a main stream; it may be left out."""
    return address_trouble(kind, address) if address.strip() else None


def taken_apart(pasted: str) -> OpenAddress:
    """Take user and password out of an address; one without them stays as it is."""
    text = pasted.strip()
    parts = _split(text)
    if parts is None or "@" not in parts.netloc:
        return OpenAddress(text)
    who, _, host = parts.netloc.rpartition("@")
    username, _, password = who.partition(":")
    bare = urlunsplit(parts._replace(netloc=host))
    return OpenAddress(bare, unquote(username), unquote(password))


def _network_trouble(address: str) -> AddressTrouble | None:
    parts = _split(address)
    if parts is None or parts.scheme.lower() not in SCHEMES:
        return AddressTrouble.NOT_RTSP
    if not parts.hostname:
        return AddressTrouble.NO_HOST
    if "@" in parts.netloc or _NAMED_SECRET.search(address):
        return AddressTrouble.HAS_SECRET
    return None


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address.strip())
        _ = parts.port  # raises where it is no number
    except ValueError:
        return None
    return parts
