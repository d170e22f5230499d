"""Finds cameras on the local network: WS-Discovery, one question to all and answers from each."""

import contextlib
import socket
import time
import uuid
from collections.abc import Iterator, Sequence
from urllib.parse import unquote, urlsplit

from video.errors import FootageError
from video.sources.soap import Element, envelope, every, parsed, text_of
from video.vocabulary.onvif import FoundDevice

EVERYBODY = ("239.255.255.250", 3702)
LISTEN_S = 4.0
POLL_S = 0.2
_ADDRESSING = "http://schemas.xmlsoap.org/ws/2004/08/addressing"
_DISCOVERY = "http://schemas.xmlsoap.org/ws/2005/04/discovery"
_NAME = "onvif://www.onvif.org/name/"


def discovered(
    *, target: tuple[str, int] = EVERYBODY, listen_s: float = LISTEN_S
) -> Iterator[FoundDevice]:
    """Ask once from every network of this machine, and give each device that answers, once."""
    lines = [line for address in _own_addresses() for line in _asked(address, target)]
    known: set[str] = set()
    until = time.monotonic() + listen_s
    try:
        while time.monotonic() < until:
            for device in _heard(lines):
                if device.service not in known:
                    known.add(device.service)
                    yield device
    finally:
        for line in lines:
            line.close()


def device_in(answer: bytes) -> FoundDevice | None:
    """Read one answer; None for anything that is no camera's."""
    try:
        root = parsed(answer, "answer")
    except FootageError:
        return None
    match = next(every(root, "ProbeMatch"), None)
    addresses = text_of(match, "XAddrs").split() if match is not None else []
    services = [a for a in addresses if urlsplit(a).scheme in {"http", "https"}]
    plain = [a for a in services if ":" not in (urlsplit(a).hostname or ":")]  # IPv4 first
    if match is None or not services:
        return None
    service = (plain or services)[0]
    return FoundDevice(service, urlsplit(service).hostname or "", _named(match))


def _named(match: Element) -> str:
    scopes = text_of(match, "Scopes").split()
    return next((unquote(s.removeprefix(_NAME)) for s in scopes if s.startswith(_NAME)), "")


def _asked(address: str, target: tuple[str, int]) -> Sequence[socket.socket]:
    line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    line.settimeout(POLL_S)
    try:
        line.bind((address, 0))
        line.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 2)
        line.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(address))
        line.sendto(_question(), target)
    except OSError:  # a network that is down; the others are asked
        line.close()
        return ()
    return (line,)


def _heard(lines: Sequence[socket.socket]) -> Iterator[FoundDevice]:
    if not lines:
        time.sleep(POLL_S)
    for line in lines:
        with contextlib.suppress(TimeoutError, ConnectionError):
            device = device_in(line.recv(65_535))
            if device is not None:
                yield device


def _own_addresses() -> Sequence[str]:
    """The addresses of this machine, one a network; the first stands for the usual one."""
    found = {"0.0.0.0"}  # noqa: S104
    with contextlib.suppress(OSError):
        names = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
        found |= {str(entry[4][0]) for entry in names}
    return sorted(found)


def _question() -> bytes:
    header = (
        f'<a:MessageID xmlns:a="{_ADDRESSING}">uuid:{uuid.uuid4()}</a:MessageID>'
        f'<a:To xmlns:a="{_ADDRESSING}">urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To>'
        f'<a:Action xmlns:a="{_ADDRESSING}">{_DISCOVERY}/Probe</a:Action>'
    )
    kind = 'xmlns:dn="http://www.onvif.org/ver10/network/wsdl">dn:NetworkVideoTransmitter'
    return envelope(f'<Probe xmlns="{_DISCOVERY}"><Types {kind}</Types></Probe>', header)
