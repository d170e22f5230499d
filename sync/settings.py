"""What an office may set: the server's limits, and how a client's line reaches it."""

from dataclasses import dataclass
from pathlib import Path

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What the server takes from one client.

    Attributes:
        body: bytes of a request, as sent and as unpacked; pieces of uploads are not counted.
        blob: bytes of one upload.
        upload_s: seconds after which an upload that was begun is forgotten.
        rate, burst: requests a second of one caller for long, and at once.
        sign_in_rate, sign_in_burst: the same for passwords tried from one address.
        changes: changes of one push.
    """

    body: int = 8 * MIB
    blob: int = 4 * 1024 * MIB
    upload_s: float = 24 * 3600.0
    rate: float = 100.0
    burst: float = 500.0
    sign_in_rate: float = 0.5
    sign_in_burst: float = 40.0
    changes: int = 5000


@dataclass(frozen=True, slots=True)
class LineSettings:
    """How a client reaches the server.

    Attributes:
        proxy: address of a proxy, empty for none; the environment is never asked.
        authorities: PEM file of the office's own certificate authorities, instead of the public.
        connect_s, read_s: longest silence before and during an answer.
        tries: how often a request that may safely be repeated is sent.
        bytes_per_s: limit for bytes of files each way; 0 for none.
        metered: the line is paid for by volume: photos and video wait.
    """

    proxy: str = ""
    authorities: Path | None = None
    connect_s: float = 5.0
    read_s: float = 60.0
    tries: int = 3
    bytes_per_s: int = 0
    metered: bool = False
