"""Questions in SOAP 1.2 and their answers, as cameras speak it; answers are not trusted."""

import base64
import hashlib
import secrets
from collections.abc import Iterator
from datetime import datetime
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from video.errors import FootageError, FootageTrouble

ENVELOPE = "http://www.w3.org/2003/05/soap-envelope"
MOST_BYTES = 2 * 1024 * 1024  # of an answer
_SECURITY = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss"
Element = ElementTree.Element


def envelope(body: str, header: str = "") -> bytes:
    """Wrap a question."""
    head = f"<s:Header>{header}</s:Header>" if header else ""
    whole = f'<s:Envelope xmlns:s="{ENVELOPE}">{head}<s:Body>{body}</s:Body></s:Envelope>'
    return f'<?xml version="1.0" encoding="UTF-8"?>{whole}'.encode()


def signed(username: str, password: str, now: datetime) -> str:
    """Prove a password without sending it (WS-Security UsernameToken 1.0, PasswordDigest).

    Args:
        now: by the device's own clock, or it calls the question stale.
    """
    nonce, created = secrets.token_bytes(16), f"{now:%Y-%m-%dT%H:%M:%S.000Z}"
    # The profile demands SHA-1; it is no choice of ours.
    digest = hashlib.sha1(nonce + created.encode() + password.encode()).digest()  # noqa: S324
    kind = f"{_SECURITY}-username-token-profile-1.0#PasswordDigest"
    return (
        f'<Security s:mustUnderstand="1" xmlns="{_SECURITY}-wssecurity-secext-1.0.xsd">'
        f"<UsernameToken><Username>{escape(username)}</Username>"
        f'<Password Type="{kind}">{base64.b64encode(digest).decode()}</Password>'
        f"<Nonce>{base64.b64encode(nonce).decode()}</Nonce>"
        f'<Created xmlns="{_SECURITY}-wssecurity-utility-1.0.xsd">{created}</Created>'
        "</UsernameToken></Security>"
    )


def parsed(data: bytes, subject: str) -> Element:
    """Read an answer.

    Raises:
        FootageError: UNSUPPORTED for anything that is no plain XML.
    """
    if len(data) > MOST_BYTES or b"<!" in data:  # declarations make bombs, and no answer has one
        raise FootageError(FootageTrouble.UNSUPPORTED, subject, "not an answer")
    try:
        return ElementTree.fromstring(data)  # noqa: S314  # without declarations, see above
    except ElementTree.ParseError as error:
        raise FootageError(FootageTrouble.UNSUPPORTED, subject, "not XML") from error


def every(root: Element, name: str) -> Iterator[Element]:
    """All elements of a name, whatever their namespace: makers differ in versions."""
    return (each for each in root.iter() if each.tag.rpartition("}")[2] == name)


def text_of(root: Element, *path: str) -> str:
    """The text below a path of names, "" where there is none."""
    here: Element | None = root
    for name in path:
        here = next(every(here, name), None) if here is not None else None
    return (here.text or "").strip() if here is not None else ""


def number_of(root: Element, *path: str) -> float:
    """The number below a path of names, 0 where there is none."""
    try:
        return float(text_of(root, *path))
    except ValueError:
        return 0.0
