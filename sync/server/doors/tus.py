"""Bytes over tus 1.0: creation, checksum, expiration, termination; and fetched by digest."""

import base64
import binascii
import hashlib
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Annotated, Any, BinaryIO

from fastapi import APIRouter, Header, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse, StreamingResponse
from starlette.requests import ClientDisconnect

from sync.server.accounts import Caller
from sync.server.blobs import Upload
from sync.server.doors.shared import Doors
from sync.server.doors.words import refusals
from sync.server.holdings import Stream
from sync.server.problems import Problem

TUS = "1.0.0"
EXTENSIONS = "creation,checksum,expiration,termination"
ALGORITHMS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256}
PIECE_TYPE = "application/offset+octet-stream"
_ANY = "application/octet-stream"
_WRITE_AT = 1024 * 1024
_QUIET_S = 0.5  # a line on which nothing came for so long is taken for dead
_PATIENCE_S = 5.0  # and a line that still brings something is waited for at most so long
# Tokens travel in a header of their own and never in a cookie, so any origin may ask.
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Location, Tus-Version, Tus-Resumable, Tus-Max-Size, "
    "Tus-Extension, Tus-Checksum-Algorithm, Upload-Offset, Upload-Length, Upload-Expires",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "POST, GET, HEAD, PATCH, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Tus-Resumable, Upload-Length, "
    "Upload-Metadata, Upload-Offset, Upload-Checksum, X-HTTP-Method-Override",
    "Access-Control-Max-Age": "86400",
}
_TUS = _CORS | {"Tus-Resumable": TUS, "Cache-Control": "no-store"}
_PART: dict[int | str, dict[str, Any]] = {206: {"description": "A part of the bytes"}}
TusVersion = Annotated[str, Header(alias="tus-resumable", examples=[TUS])]


def tus_router(doors: Doors, caller: Any) -> APIRouter:  # caller: FastAPI's marker
    """Make the routes of uploads and downloads."""
    router = APIRouter(prefix="/v1/blobs", tags=["blobs"])
    _add_creation(router, doors, caller)
    _add_uploads(router, doors, _Writers(), caller)
    _add_fetching(router, doors, caller)
    return router


def _add_creation(router: APIRouter, doors: Doors, caller: Any) -> None:
    @router.options("", status_code=204)
    @router.options("/uploads/{name}", status_code=204, include_in_schema=False)
    def ways() -> Response:
        """Tell what of tus is spoken here."""
        said = {
            "Tus-Version": TUS,
            "Tus-Extension": EXTENSIONS,
            "Tus-Max-Size": str(doors.limits.blob),
            "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
        }
        return Response(status_code=204, headers=_TUS | _PREFLIGHT | said)

    @router.post("", status_code=201, responses=refusals(400, 401, 403, 412, 413, 422, 429))
    def begin(
        upload_length: Annotated[int | None, Header(ge=0, examples=[1048576])] = None,
        upload_metadata: Annotated[str, Header(examples=["sha256 YWJj,filetype aW1hZ2U="])] = "",
        tus_resumable: TusVersion = "",
        who: Caller = caller,
    ) -> Response:
        """Begin an upload of bytes that a record names by their digest."""
        _must_speak_tus(tus_resumable)
        if upload_length is None:
            raise Problem(400, "missing_length")
        with doors.database.write() as connection:
            upload = doors.blobs.begin(
                connection, who, upload_length, tus_metadata(upload_metadata)
            )
        place = {"Location": f"/v1/blobs/uploads/{upload.name}"}
        return Response(status_code=201, headers=_TUS | place | _expires(upload))


def _add_uploads(router: APIRouter, doors: Doors, writers: "_Writers", caller: Any) -> None:
    @router.head("/uploads/{name}", responses=refusals(401, 403, 404, 410, 412, 429))
    def where(name: str, tus_resumable: TusVersion = "", who: Caller = caller) -> Response:
        """Tell how many bytes are here."""
        _must_speak_tus(tus_resumable)
        writers.settle(name)
        with doors.database.read() as connection:
            upload = doors.blobs.look(connection, who, name)
        size = {"Upload-Length": str(upload.size)}
        return Response(headers=_TUS | _offset(upload.offset) | size | _expires(upload))

    @router.patch(
        "/uploads/{name}",
        status_code=204,
        responses=refusals(400, 401, 403, 404, 409, 410, 412, 413, 415, 422, 429, 460),
    )
    async def append(
        *,
        name: str,
        request: Request,
        upload_offset: Annotated[int, Header(ge=0)],
        tus_resumable: TusVersion = "",
        who: Caller = caller,
    ) -> Response:
        """Take the next bytes; what came before a line broke is kept."""
        _must_speak_tus(tus_resumable)
        return await _append(doors, writers, who, name, request=request, offset=upload_offset)

    @router.delete(
        "/uploads/{name}", status_code=204, responses=refusals(401, 403, 404, 410, 412, 429)
    )
    def end(name: str, tus_resumable: TusVersion = "", who: Caller = caller) -> Response:
        """Give an upload up."""
        _must_speak_tus(tus_resumable)
        with doors.database.write() as connection:
            doors.blobs.end(connection, who, name)
        return Response(status_code=204, headers=_TUS)

    @router.post(
        "/uploads/{name}",
        status_code=204,
        responses=refusals(400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 422, 429, 460),
    )
    async def overridden(
        *,
        name: str,
        request: Request,
        x_http_method_override: Annotated[str, Header(examples=["PATCH"])] = "",
        upload_offset: Annotated[int, Header(ge=0)] = 0,
        tus_resumable: TusVersion = "",
        who: Caller = caller,
    ) -> Response:
        """Stand in for PATCH and DELETE where an office's proxy lets neither through."""
        if x_http_method_override == "DELETE":
            return await run_in_threadpool(end, name, tus_resumable, who)
        if x_http_method_override != "PATCH":
            raise Problem(405, "wrong_method")
        _must_speak_tus(tus_resumable)
        return await _append(doors, writers, who, name, request=request, offset=upload_offset)


def _add_fetching(router: APIRouter, doors: Doors, caller: Any) -> None:
    @router.get(
        "/{sha256}",
        response_class=FileResponse,
        responses=refusals(400, 401, 403, 404, 416, 429, 503) | _PART,
    )
    @router.head("/{sha256}", responses=refusals(401, 403, 404, 429, 503))
    def fetch(sha256: str, request: Request, who: Caller = caller) -> Response:
        """Give verified bytes, whole or by ranges."""
        with doors.database.read() as connection:
            size = doors.blobs.size_of(connection, who, sha256)
        if request.method == "HEAD":
            return Response(media_type=_ANY, headers={**_CORS, "Content-Length": str(size)})
        match doors.blobs.fetch(sha256, request.headers.get("range", "")):
            case Stream() as stream:
                headers = {**_CORS, **stream.headers}
                return StreamingResponse(stream.pieces, stream.status, headers, _ANY)
            case path:
                return FileResponse(path, media_type=_ANY, headers=_CORS)


@dataclass(frozen=True, slots=True)
class _Checksum:
    algorithm: str
    digest: bytes


async def _append(
    doors: Doors, writers: "_Writers", who: Caller, name: str, *, request: Request, offset: int
) -> Response:
    if request.headers.get("content-type") != PIECE_TYPE:
        raise Problem(415, "bad_type")
    checksum = _checksum(request.headers.get("upload-checksum", ""))
    with writers.writing(name) as progress:
        upload = await run_in_threadpool(_seize, doors, who, name, offset)
        told = request.headers.get("content-length", "0")
        if told.isdecimal() and offset + int(told) > upload.size:
            raise Problem(413, "too_large", largest=upload.size)
        writer = await run_in_threadpool(_Writer, doors, upload, checksum)
        await _write(writer, request, progress)
    if writer.offset == upload.size:
        await run_in_threadpool(_finish, doors, upload)
    return Response(status_code=204, headers=_TUS | _offset(writer.offset) | _expires(upload))


async def _write(writer: "_Writer", request: Request, progress: "_Progress") -> None:
    try:
        async for piece in request.stream():
            progress.came += len(piece)
            if writer.add(piece):
                await run_in_threadpool(writer.flush)
    except ClientDisconnect as error:
        raise Problem(400, "cut_off") from error
    else:
        writer.came_whole = True
    finally:
        await run_in_threadpool(writer.close)


class _Writers:
    """Who writes what in this process, so that nobody is told of less than is under way.

    A line that was cut has often brought more than was read from it. Whoever asks then how much is
    here and sends the rest would take the writing over, and what was not read yet would be lost.
    """

    def __init__(self) -> None:
        self._under_way: dict[str, _Progress] = {}

    @contextmanager
    def writing(self, name: str) -> Iterator["_Progress"]:
        """Let it be known that somebody writes an upload; the latest who does so counts."""
        progress = self._under_way[name] = _Progress()
        try:
            yield progress
        finally:
            progress.done.set()
            if self._under_way.get(name) is progress:
                del self._under_way[name]

    def settle(self, name: str) -> None:
        """Wait until all that came for an upload is on the disk, or its line is dead."""
        progress = self._under_way.get(name)
        until = time.monotonic() + _PATIENCE_S
        came = -1
        while progress and progress.came > came and time.monotonic() < until:
            came = progress.came
            if progress.done.wait(_QUIET_S):
                return


@dataclass(eq=False)
class _Progress:
    """How many bytes of a request came, and whether it is over."""

    came: int = 0
    done: threading.Event = field(default_factory=threading.Event)


class _Writer:
    """Writes what comes to the end of an upload, and takes it back if it may not stay."""

    def __init__(self, doors: Doors, upload: Upload, checksum: _Checksum | None) -> None:
        self._doors = doors
        self._upload = upload
        self._checksum = checksum
        self._hash = ALGORITHMS[checksum.algorithm]() if checksum else None
        self._waiting = bytearray()
        self._file: BinaryIO | None = None
        self.offset = upload.offset
        self.came_whole = False

    def add(self, piece: bytes) -> bool:
        """Take a piece; tell whether it is time to write."""
        self._waiting += piece
        return len(self._waiting) >= _WRITE_AT

    def flush(self) -> None:
        """Write what waits.

        Raises:
            Problem: 409 taken_over by a later request, 413 too_large.
        """
        if not self._waiting:
            return
        with self._doors.database.read() as connection:
            if not self._doors.blobs.holds(connection, self._upload):
                raise Problem(409, "taken_over")
        if self.offset + len(self._waiting) > self._upload.size:
            self._waiting.clear()
            self._take_back()
            raise Problem(413, "too_large", largest=self._upload.size)
        file = self._opened()
        file.write(self._waiting)
        if self._hash:
            self._hash.update(self._waiting)
        self.offset += len(self._waiting)
        self._waiting.clear()

    def close(self) -> None:
        """Make durable what may stay.

        Raises:
            Problem: 460 wrong_checksum, 409, 413 as `flush`.
        """
        try:
            self.flush()
            right = self._checksum is None or (
                self.came_whole and self._hash_is(self._checksum.digest)
            )
            if not right:
                self._take_back()
        finally:
            if self._file:
                _make_durable(self._file)
        if not right and self.came_whole:
            raise Problem(460, "wrong_checksum")

    def _opened(self) -> BinaryIO:
        if self._file is None:
            self._file = self._doors.blobs.part(self._upload.name).open("r+b")
            self._file.seek(self._upload.offset)
        return self._file

    def _hash_is(self, digest: bytes) -> bool:
        return self._hash is not None and self._hash.digest() == digest

    def _take_back(self) -> None:
        with self._doors.database.read() as connection:
            mine = self._doors.blobs.holds(connection, self._upload)
        if self._file and mine:
            self._file.truncate(self._upload.offset)
        self.offset = self._upload.offset


def _make_durable(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
    file.close()


def _seize(doors: Doors, who: Caller, name: str, offset: int) -> Upload:
    with doors.database.write() as connection:
        return doors.blobs.seize(connection, who, name, offset)


def _finish(doors: Doors, upload: Upload) -> None:
    """Hash outside of any transaction, then name the bytes in a short one.

    An empty piece comes here too: it ends an upload whose server died before it was verified.
    """
    with doors.database.read() as connection:
        if doors.blobs.is_kept(connection, upload):
            return
    if not doors.blobs.is_right(upload):
        raise Problem(460, "wrong_digest")
    with doors.database.write() as connection:
        doors.blobs.keep(connection, upload)
    doors.meters.count("hallwatch_blob_bytes_total", float(upload.size))


def _must_speak_tus(version: str) -> None:
    if version != TUS:
        problem = Problem(412, "other_tus", known=[TUS])
        problem.headers = _CORS | {"Tus-Version": TUS}
        raise problem


def _checksum(header: str) -> _Checksum | None:
    if not header:
        return None
    algorithm, _, digest = header.partition(" ")
    if algorithm not in ALGORITHMS:
        raise Problem(400, "bad_checksum", known=list(ALGORITHMS))
    try:
        return _Checksum(algorithm, base64.b64decode(digest, validate=True))
    except binascii.Error as error:
        raise Problem(400, "bad_checksum") from error


def _offset(offset: int) -> dict[str, str]:
    return {"Upload-Offset": str(offset)}


def _expires(upload: Upload) -> dict[str, str]:
    return {"Upload-Expires": formatdate(upload.expires_at, usegmt=True)}


def tus_metadata(header: str) -> dict[str, str]:
    """Read the tus header Upload-Metadata: names with base64 values.

    Raises:
        Problem: 400 bad_metadata.
    """
    try:
        pairs = (pair.strip().partition(" ") for pair in header.split(",") if pair.strip())
        return {name: base64.b64decode(value).decode() for name, _, value in pairs}
    except ValueError as error:
        raise Problem(400, "bad_metadata") from error
