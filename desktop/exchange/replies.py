"""The package a paper goes out in, and the reply that comes back: as a PDF form or as JSON."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from desktop.domain.cards import Card
from desktop.domain.identifiers import Digest
from desktop.domain.official_documents import OfficialDocument
from desktop.domain.replies import ALL_FIELDS, Reply
from desktop.exchange.errors import ExchangeError, ExchangeTrouble

FORM_FILE, DATA_FILE, PAPER_FILE = "回复表.pdf", "回复.json", "文书.pdf"
_FORMAT = "hallwatch-reply-1"
_SUBJECTS, _DIGEST = ("hallwatch.card", "hallwatch.document"), "hallwatch.digest"
_LARGEST = 20 * 1024 * 1024
_LONGEST = 4000  # characters of a field, as the form lets one write
FormReader = Callable[[bytes], Mapping[str, str]]
_MADE = (2026, 1, 1, 0, 0, 0)  # the date inside the package: the same input gives the same bytes


def pack(subject: Card | OfficialDocument, paper: bytes, form: bytes) -> bytes:
    """Make the package of a paper: the paper, the form, and the same form as data."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        files = {PAPER_FILE: paper, FORM_FILE: form, DATA_FILE: blank_data(subject)}
        for name, data in files.items():
            package.writestr(zipfile.ZipInfo(name, _MADE), data)
    return out.getvalue()


def blank_data(subject: Card | OfficialDocument) -> bytes:
    """Give the form as JSON, for units whose own system fills it in."""
    content = {
        "format": _FORMAT,
        "doc_no": subject.doc_no,
        "card" if isinstance(subject, Card) else "document": subject.id,
        "digest": subject.content_digest or "",
        "said": dict.fromkeys(ALL_FIELDS, ""),
    }
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def read_reply(path: Path, read_form: FormReader) -> tuple[Reply, bytes]:
    """Read a reply from a form, its data, or a package that holds one; answer the bytes too.

    Args:
        read_form: gives the fields of a PDF form by name.

    Raises:
        ExchangeError: it cannot be read, or is none of ours.
    """
    data = _bytes_of(path)
    if data.startswith(b"%PDF"):
        return _of_form(read_form(data), path.name), data
    if data.startswith(b"PK"):
        return _of_package(data, path.name, read_form), data
    return _of_data(data, path.name), data


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise ExchangeError(ExchangeTrouble.TOO_LONG, path.name)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ExchangeError(ExchangeTrouble.MISSING_FILE, path.name) from error
    except OSError as error:
        raise ExchangeError(ExchangeTrouble.NOT_READABLE, path.name) from error


def _of_package(data: bytes, file: str, read_form: FormReader) -> Reply:
    """Read the form of a package; where that is blank, its data."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            held = {item.filename: item.file_size for item in package.infolist()}
            if sum(held.values()) > _LARGEST:
                raise ExchangeError(ExchangeTrouble.BOMB, file)
            replies = []
            if FORM_FILE in held:
                replies.append(_of_form(read_form(package.read(FORM_FILE)), file))
            if DATA_FILE in held:
                replies.append(_of_data(package.read(DATA_FILE), file))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise ExchangeError(ExchangeTrouble.DAMAGED, file) from error
    if not replies:
        raise ExchangeError(ExchangeTrouble.NO_PROFILE_FITS, file)
    return next((reply for reply in replies if reply.parts), replies[0])


def _of_form(filled: Mapping[str, str], file: str) -> Reply:
    subject = next((filled[name] for name in _SUBJECTS if filled.get(name)), None)
    return _reply(subject, filled.get(_DIGEST), filled, file)


def _of_data(data: bytes, file: str) -> Reply:
    try:
        content = json.loads(data)
    except ValueError as error:
        raise ExchangeError(ExchangeTrouble.NOT_WELL_FORMED, file) from error
    if not isinstance(content, Mapping) or content.get("format") != _FORMAT:
        raise ExchangeError(ExchangeTrouble.NO_PROFILE_FITS, file)
    said = content.get("said")
    subject = content.get("card") or content.get("document")
    told = said if isinstance(said, Mapping) else {}
    return _reply(subject, content.get("digest"), told, file)


def _reply(subject: object, digest: object, filled: Mapping[str, object], file: str) -> Reply:
    if not subject or not isinstance(subject, str) or not isinstance(digest, str):
        raise ExchangeError(ExchangeTrouble.NO_PROFILE_FITS, file)
    said = {name: str(filled.get(name) or "").strip() for name in ALL_FIELDS}
    for name, text in said.items():
        if len(text) > _LONGEST:
            raise ExchangeError(ExchangeTrouble.TOO_LONG, file, column=name)
    return Reply(subject, Digest(digest), said)
