"""Makes the archive file of a case file: its index, timeline, records and everything they show."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.domain.dossiers import Entry
from desktop.domain.evidence import Evidence, Paper
from desktop.exchange.dossier_archive import ArchivedFile, write_archive
from desktop.storage.case_bodies import body_of as case_body
from desktop.storage.shapes import body_of, make_converter
from desktop.usecases.dossier_timeline import DossierFile
from desktop.viewmodels.casework import Sealed
from video.errors import FootageError


class Signer(Protocol):
    """A machine's key; a sync.protocol.identity.DeviceIdentity."""

    @property
    def device_id(self) -> str:
        """Which machine it is."""

    def key(self) -> Ed25519PrivateKey:
        """Give the signing key."""

    def public_key(self) -> str:
        """Give the public half, base64."""


def archived(
    file: DossierFile,
    names: Mapping[Any, str],
    vault: Sealed,
    signer: Signer,
    *,
    now: datetime,
    chain: tuple[int, str],
) -> bytes:
    """Make it; bytes that this machine does not hold are named as missing.

    Args:
        chain: number and digest of the last row of this machine's audit chain.
    """
    converter = make_converter()
    content: dict[str, Any] = {
        "made_at": now.isoformat(),
        "device_id": signer.device_id,
        "chain": {"n": chain[0], "hash": chain[1]},
        "dossier": body_of(converter, file.dossier),
        "entries": [body_of(converter, entry) for entry in file.entries],
        "taken_out": [body_of(converter, entry) for entry in file.taken_out],
        "timeline": [
            {"at": each.at.isoformat(), "step": each.step, "title": each.title, "by": each.by}
            for each in file.moments
        ],
        "records": {
            key: {"entity": thing.ENTITY, "body": body_of(converter, thing)}
            for key, thing in file.records.items()
        },
        "cases": {key: json.loads(case_body(bundle)) for key, bundle in file.cases.items()},
        "people": {str(key): name for key, name in names.items()},
    }
    files = [_held(each, vault) for each in _files(file)]
    sign = signer.key().sign
    return write_archive(content, files, vault.get, sign=sign, public_key=signer.public_key())


def _files(file: DossierFile) -> Iterator[ArchivedFile]:
    for number, entry in enumerate(file.entries, 1):
        match file.records.get(entry.subject_id):
            case Paper(pdf_sha256=sha256, pdf_size=size):
                yield ArchivedFile(sha256, size, "application/pdf", _name(entry), number)
            case Evidence(sha256=sha256, size=size, media_type=media_type):
                yield ArchivedFile(sha256, size, media_type, _name(entry), number)


def _name(entry: Entry) -> str:
    return entry.title


def _held(file: ArchivedFile, vault: Sealed) -> ArchivedFile:
    try:
        vault.get(file.sha256)
    except FootageError:
        return ArchivedFile(
            file.sha256, file.size, file.media_type, file.name, file.entry, is_missing=True
        )
    return file
