"""The archive file: whole and signed, or refused with what differs."""

import hashlib
import io
import json
import zipfile

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.exchange.dossier_archive import (
    FILES,
    MANIFEST,
    ArchivedFile,
    read_archive,
    write_archive,
)
from desktop.exchange.errors import ExchangeError, ExchangeTrouble
from sync.protocol.identity import DeviceIdentity

PAPER = b"%PDF-1.7 a paper"
SHA = hashlib.sha256(PAPER).hexdigest()
DEVICE = DeviceIdentity.new()
CONTENT = {"dossier": {"title": "一号窗口空岗"}, "entries": [], "device_id": DEVICE.device_id}


def made(key: Ed25519PrivateKey | None = None) -> bytes:
    files = (
        ArchivedFile(SHA, len(PAPER), "application/pdf", "黄牌", 1),
        ArchivedFile("cd" * 32, 7, "image/jpeg", "照片", 2, is_missing=True),
    )
    sign = (key or DEVICE.key()).sign
    held = {SHA: PAPER}
    return write_archive(
        CONTENT, files, held.__getitem__, sign=sign, public_key=DEVICE.public_key()
    )


def changed(data: bytes, name: str, content: bytes | None) -> bytes:
    """Put something else into the zip, or leave a part out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        parts = {part: old.read(part) for part in old.namelist()} | {name: content}
        for part, held in parts.items():
            if held is not None:
                new.writestr(part, held)
    return out.getvalue()


def test_an_archive_opens_as_it_was_made() -> None:
    archive = read_archive(made(), "a.hwcase")
    assert archive.manifest["dossier"] == {"title": "一号窗口空岗"}
    assert archive.data == {SHA: PAPER}
    assert archive.public_key == DEVICE.public_key()
    assert [file.is_missing for file in archive.files] == [False, True]


def test_the_same_case_file_makes_the_same_bytes() -> None:
    assert made() == made()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (MANIFEST, json.dumps({"format": "hallwatch-dossier", "version": 1, "files": []}).encode()),
        ("manifest.sig", b"AAAA"),
        ("manifest.sig", None),
        (FILES + SHA, b"another paper"),
        (FILES + SHA, None),
        (FILES + "stowaway", b"x"),
    ],
)
def test_whatever_is_changed_is_found(name: str, content: bytes | None) -> None:
    with pytest.raises(ExchangeError) as refused:
        read_archive(changed(made(), name, content), "a.hwcase")
    assert refused.value.trouble is ExchangeTrouble.FORGED


def test_another_key_than_the_one_it_names_proves_nothing() -> None:
    with pytest.raises(ExchangeError) as refused:
        read_archive(made(Ed25519PrivateKey.generate()), "a.hwcase")
    assert refused.value.trouble is ExchangeTrouble.FORGED


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (b"", ExchangeTrouble.DAMAGED),
        (made()[:-40], ExchangeTrouble.DAMAGED),
        (changed(made(), MANIFEST, None), ExchangeTrouble.NOT_AN_ARCHIVE),
        (changed(made(), MANIFEST, b"[1]"), ExchangeTrouble.NOT_AN_ARCHIVE),
        (
            changed(made(), MANIFEST, b'{"format":"hallwatch-dossier","version":2,"files":[]}'),
            ExchangeTrouble.NEWER_ARCHIVE,
        ),
    ],
)
def test_what_is_no_archive_is_named(data: bytes, trouble: ExchangeTrouble) -> None:
    with pytest.raises(ExchangeError) as refused:
        read_archive(data, "a.hwcase")
    assert refused.value.trouble is trouble


def test_every_flipped_byte_of_an_archive_is_noticed_or_harmless() -> None:
    whole = made()
    good = read_archive(whole, "a.hwcase")
    for at in range(0, len(whole), 7):
        bad = whole[:at] + bytes([whole[at] ^ 0x41]) + whole[at + 1 :]
        try:
            opened = read_archive(bad, "a.hwcase")
        except ExchangeError:
            continue
        assert (opened.manifest, opened.data) == (good.manifest, good.data)
