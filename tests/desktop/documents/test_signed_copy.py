"""Signed copies are verified by readers that did not make them."""

import hashlib
import io
import re
from datetime import UTC, datetime
from functools import cache

import pypdfium2
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from desktop import assets
from desktop.documents.errors import DocumentError, DocumentTrouble
from desktop.documents.fonts import machine_fonts
from desktop.documents.paper import print_paper
from desktop.documents.signed_copy import Key, can_sign, signed_copy, signer_of
from desktop.documents.template import read_template
from tests.support.signing_keys import PASSWORD, Issued, issued_key

pytestmark = pytest.mark.skipif(not can_sign(), reason="the optional part pades is not installed")
NOW = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
RECORD = {"person": "罗凯", "cause": "超期", "content": "通报", "organ": "某市"}
PLACES = ("time", "place", "position", "speaker", "recorder", "statement", "promise")


@cache
def key() -> Issued:
    return issued_key()


@cache
def paper() -> bytes:
    template = read_template(assets.template_file("T08R"))
    return print_paper(template, {**RECORD, **dict.fromkeys(PLACES, "")}, machine_fonts())


@cache
def signed() -> bytes:
    return sign(paper())


def sign(pdf: bytes) -> bytes:
    whole = Key(key().pkcs12, PASSWORD)
    fonts = machine_fonts()
    return signed_copy(pdf, whole, reason="移交", now=NOW, title="电子签名", fonts=fonts)


def ranges_of(pdf: bytes) -> tuple[bytes, bytes]:
    """Give the signed bytes and the signature, as a reader finds them without any library."""
    told = re.search(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]", pdf)
    assert told
    start, first, second, rest = map(int, told.groups())
    assert start == 0
    assert second + rest == len(pdf)  # nothing follows what is signed
    written = pdf[first:second]
    assert written.startswith(b"<")
    assert written.endswith(b">")
    return pdf[:first] + pdf[second:], bytes.fromhex(written[1:-1].decode())


def validated(pdf: bytes) -> bool:
    """Ask pyHanko's own validator, which trusts the test's authority alone."""
    from pyhanko.keys import load_certs_from_pemder_data  # noqa: PLC0415
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    der = key().authority.public_bytes(serialization.Encoding.DER)
    roots = list(load_certs_from_pemder_data(der))
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=NOW)
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    status = validate_pdf_signature(signature, context)
    return bool(status.bottom_line)


def test_the_tool_of_the_signers_kind_takes_it() -> None:
    assert validated(signed())


def test_the_signature_holds_by_arithmetic_alone() -> None:
    from asn1crypto import cms  # noqa: PLC0415  # it comes with the optional part

    covered, der = ranges_of(signed())
    message = cms.ContentInfo.load(der)["content"]
    (info,) = message["signer_infos"]
    attributes = {each["type"].native: each["values"][0].native for each in info["signed_attrs"]}
    assert attributes["message_digest"] == hashlib.sha256(covered).digest()
    public = key().certificate.public_key()
    assert isinstance(public, rsa.RSAPublicKey)
    public.verify(
        info["signature"].native,
        info["signed_attrs"].untag().dump(),
        padding.PKCS1v15(),
        hashes.SHA256(),
    )


def test_one_changed_byte_is_found() -> None:
    pdf = bytearray(signed())
    pdf[pdf.index(b"/Producer") + 12] ^= 1
    assert not validated(bytes(pdf))


def test_the_paper_stays_byte_for_byte_under_its_signature() -> None:
    assert signed().startswith(paper())


def test_the_mark_is_seen_at_the_foot_of_the_first_page() -> None:
    def red(pdf: bytes) -> int:
        with pypdfium2.PdfDocument(pdf) as document:
            document.init_forms()
            picture = document[0].render(scale=2).to_pil().convert("RGB")
        foot = picture.crop((0, picture.height - 80, picture.width // 2, picture.height))
        return sum(r > 150 and g < 90 and b < 90 for r, g, b in foot.get_flattened_data())

    assert red(paper()) == 0
    assert red(signed()) > 300


def test_a_wrong_password_and_a_file_that_is_no_key_are_refused() -> None:
    for data, password in ((key().pkcs12, "wrong"), (b"not a key", PASSWORD)):
        with pytest.raises(DocumentError) as refusal:
            signer_of(Key(data, password), NOW)
        assert refusal.value.trouble is DocumentTrouble.BAD_KEY


def test_a_certificate_out_of_its_time_is_refused() -> None:
    old = issued_key(days=30)
    with pytest.raises(DocumentError) as refusal:
        signer_of(Key(old.pkcs12, PASSWORD), NOW)
    assert refusal.value.trouble is DocumentTrouble.KEY_NOT_VALID
    assert refusal.value.subject == "2026-01-01 – 2026-01-31"


def test_the_key_says_whose_it_is_and_keeps_its_password_to_itself() -> None:
    whole = Key(key().pkcs12, PASSWORD)
    assert signer_of(whole, NOW) == "钱伟"
    assert PASSWORD not in repr(whole)
