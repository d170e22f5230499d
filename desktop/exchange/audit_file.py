"""The audit chain as a file that proves itself: its rows as they are kept, its head signed."""

import base64
import json
from collections.abc import Iterable, Iterator

from sync.protocol.identity import DeviceIdentity

FORMAT = "hallwatch-audit/1"


def audit_lines(rows: Iterable[tuple[int, str, str]], device: DeviceIdentity) -> Iterator[bytes]:
    """Write the file line by line, in JSON.

    The first line names the device and its public key (Ed25519, base64). Each row gives its
    number, its SHA-256 and the text that was hashed. The last line is the head of the chain with
    the device's signature over format, device, number and hash, one a line.
    """
    yield _line({"format": FORMAT, "device": device.device_id, "key": device.public_key()})
    last, head = 0, ""
    for number, digest, body in rows:
        yield _line({"n": number, "hash": digest, "body": body})
        last, head = number, digest
    said = "\n".join((FORMAT, device.device_id, str(last), head)).encode()
    signature = base64.b64encode(device.key().sign(said)).decode()
    yield _line({"head": {"n": last, "hash": head}, "signature": signature})


def _line(content: dict[str, object]) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode() + b"\n"
