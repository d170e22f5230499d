"""Where verified bytes lie: in a folder, or in a bucket of an S3-compatible store."""

import hashlib
import hmac
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urlsplit

import requests

from sync.server.problems import Problem

_EMPTY = hashlib.sha256(b"").hexdigest()
_PIECE = 1024 * 1024
_TOLD = ("Content-Length", "Content-Range", "Accept-Ranges")


@dataclass(frozen=True, slots=True)
class Stream:
    """Bytes that come from elsewhere: status and headers of the answer, and its pieces."""

    status: int
    headers: Mapping[str, str]
    pieces: Iterator[bytes]


class Holdings(Protocol):
    """Keeps bytes by digest, for ever."""

    def keep(self, sha256: str, part: Path) -> None:
        """Take a file of verified bytes over, durably. Raises Problem 503 store_down."""

    def has(self, sha256: str) -> bool:
        """Tell whether bytes are here. Raises Problem 503 store_down."""

    def fetch(self, sha256: str, span: str) -> Path | Stream:
        """Give a file, or the bytes of a Range header. Raises Problem 503 store_down, 404, 416."""


class FolderHoldings:
    """A folder on this machine, or one that all machines mount."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, sha256: str, part: Path) -> None:
        """Move the file to its place."""
        target = self._path(sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        part.replace(target)
        _sync_folder(target.parent)

    def has(self, sha256: str) -> bool:
        """Look for the file."""
        return self._path(sha256).is_file()

    def fetch(self, sha256: str, span: str) -> Path:
        """Give the file; who answers cuts the range out of it."""
        del span
        return self._path(sha256)

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket and the right to it; `url` names host and bucket, as https://host/bucket."""

    url: str
    key: str
    secret: str = field(repr=False)
    region: str = "us-east-1"


def bucket_of(environment: Mapping[str, str]) -> Bucket | None:
    """Read the bucket from the environment, where other users of the machine do not see it."""
    url = environment.get("HALLWATCH_S3_URL", "").rstrip("/")
    if not url:
        return None
    key, secret = (
        environment.get("HALLWATCH_S3_KEY", ""),
        environment.get("HALLWATCH_S3_SECRET", ""),
    )
    return Bucket(url, key, secret, environment.get("HALLWATCH_S3_REGION", "us-east-1"))


class BucketHoldings:
    """Objects named by digest; the store checks the digest of what it takes, and so do clients."""

    def __init__(self, bucket: Bucket, timeout: tuple[float, float] = (5.0, 60.0)) -> None:
        self._bucket = bucket
        self._timeout = timeout

    def keep(self, sha256: str, part: Path) -> None:
        """Put the file; one that is there already is replaced by the same bytes."""
        with part.open("rb") as data:
            self._ask("PUT", sha256, digest=sha256, data=data).close()
        part.unlink(missing_ok=True)

    def has(self, sha256: str) -> bool:
        """Ask for the object's head."""
        answer = self._ask("HEAD", sha256, missing_ok=True)
        answer.close()
        return answer.status_code == 200

    def fetch(self, sha256: str, span: str) -> Stream:
        """Pass the store's own bytes on."""
        answer = self._ask("GET", sha256, headers={"range": span} if span else {})
        told = {name: answer.headers[name] for name in _TOLD if name in answer.headers}
        return Stream(answer.status_code, told, _pieces(answer))

    def _ask(
        self,
        method: str,
        sha256: str,
        *,
        digest: str = _EMPTY,
        headers: Mapping[str, str] = {},  # read only
        data: object = None,
        missing_ok: bool = False,
    ) -> requests.Response:
        url = f"{self._bucket.url}/{sha256[:2]}/{sha256}"
        named = signed(self._bucket, method, url, digest, headers, now=datetime.now(UTC))
        try:
            with requests.Session() as session:
                session.trust_env = False
                answer = session.request(
                    method,
                    url,
                    headers=named,
                    data=data,  # type: ignore[arg-type]  # an open file
                    timeout=self._timeout,
                    stream=True,
                    allow_redirects=False,
                )
        except requests.RequestException as error:
            raise Problem(503, "store_down", retry_after=10) from error
        if answer.status_code < 300 or (missing_ok and answer.status_code == 404):
            return answer
        answer.close()
        if answer.status_code in {404, 416}:
            raise Problem(answer.status_code, "not_found" if answer.status_code == 404 else "range")
        raise Problem(503, "store_down", retry_after=10)


def signed(
    bucket: Bucket, method: str, url: str, digest: str, headers: Mapping[str, str], *, now: datetime
) -> dict[str, str]:
    """Sign a request: AWS Signature Version 4, all of it in headers.

    Args:
        digest: SHA-256 of the body; the store refuses another body.
        headers: to be sent and signed, with lower-case names.
    """
    parts, stamp = urlsplit(url), f"{now:%Y%m%dT%H%M%SZ}"
    named = {
        **headers,
        "host": parts.netloc,
        "x-amz-content-sha256": digest,
        "x-amz-date": stamp,
    }
    names = ";".join(sorted(named))
    lines = "".join(f"{name}:{named[name].strip()}\n" for name in sorted(named))
    request = f"{method}\n{quote(parts.path)}\n\n{lines}\n{names}\n{digest}"
    scope = f"{stamp[:8]}/{bucket.region}/s3/aws4_request"
    hashed = hashlib.sha256(request.encode()).hexdigest()
    key = f"AWS4{bucket.secret}".encode()
    for word in scope.split("/"):
        key = hmac.digest(key, word.encode(), "sha256")
    said = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{hashed}"
    signature = hmac.new(key, said.encode(), hashlib.sha256).hexdigest()
    credential = f"AWS4-HMAC-SHA256 Credential={bucket.key}/{scope}"
    words = f"{credential},SignedHeaders={names},Signature={signature}"
    return named | {"authorization": words}


def _pieces(answer: requests.Response) -> Iterator[bytes]:
    with answer:
        yield from answer.iter_content(_PIECE)


def _sync_folder(folder: Path) -> None:
    """Make a new name durable where the system lets folders be opened; Windows does it itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
