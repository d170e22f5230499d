"""An electronic signature on a copy of a paper (PAdES): a key of PKCS#12, and a visible mark.

The optional part `pades` of the program does the signing; without it nobody is asked for a key.
"""

import io
from dataclasses import dataclass, field
from datetime import datetime
from importlib.util import find_spec

from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from desktop.documents.errors import DocumentError, DocumentTrouble
from desktop.documents.fonts import Face, FontBook
from desktop.documents.sheet import RED
from desktop.domain.calendar import HALL_TIME

_FIELD = "HallwatchSignature"
# At the foot of the first page, below the type area and opposite the page's number.
_LEFT, _BOTTOM, _WIDTH, _HEIGHT = 28 * mm, 7 * mm, 66 * mm, 11 * mm
_SIZE, _PITCH = 8.0, 11.5  # points


@dataclass(frozen=True, slots=True)
class Key:
    """A signer's key file and the password that opens it."""

    pkcs12: bytes = field(repr=False)
    password: str = field(repr=False)


def can_sign() -> bool:
    """Tell whether the optional part is installed."""
    return find_spec("pyhanko") is not None


def signer_of(key: Key, now: datetime) -> str:
    """Name whose key it is, as its certificate says.

    Raises:
        DocumentError: BAD_KEY when file and password do not fit, KEY_NOT_VALID with the days on
            which the certificate is.
    """
    try:
        opened = pkcs12.load_pkcs12(key.pkcs12, key.password.encode())
    except ValueError as error:
        raise DocumentError(DocumentTrouble.BAD_KEY) from error
    if opened.cert is None or opened.key is None:
        raise DocumentError(DocumentTrouble.BAD_KEY)
    certificate = opened.cert.certificate
    first, last = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not first <= now <= last:
        days = f"{first:%Y-%m-%d} – {last:%Y-%m-%d}"
        raise DocumentError(DocumentTrouble.KEY_NOT_VALID, days)
    return _name_in(certificate)


def signed_copy(
    pdf: bytes, key: Key, *, reason: str, now: datetime, title: str, fonts: FontBook
) -> bytes:
    """Sign a copy of a paper; what was there stays byte for byte, the signature follows it.

    Args:
        title: what the mark says before the signer's name.

    Raises:
        DocumentError: BAD_KEY, KEY_NOT_VALID, or NO_GLYPH for a character of the signer's name.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415
    from pyhanko.sign import fields, signers  # noqa: PLC0415  # an optional part

    from desktop.documents.signature_mark import mark_style  # noqa: PLC0415

    name = signer_of(key, now)
    signer = signers.SimpleSigner.load_pkcs12_data(key.pkcs12, (), key.password.encode())
    box = tuple(round(edge) for edge in (_LEFT, _BOTTOM, _LEFT + _WIDTH, _BOTTOM + _HEIGHT))
    about = signers.PdfSignatureMetadata(
        field_name=_FIELD,
        name=name,
        reason=reason,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        signer_key_usage=set(),
    )
    mark = mark_of(f"{title}　{name}", now, fonts)
    pdf_signer = signers.PdfSigner(
        about,
        signer,
        stamp_style=mark_style(mark, _WIDTH, _HEIGHT),
        new_field_spec=fields.SigFieldSpec(_FIELD, on_page=0, box=box),
    )
    out = pdf_signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)))
    return bytes(out.getbuffer())


def mark_of(words: str, now: datetime, fonts: FontBook) -> bytes:
    """Draw the visible mark as a page of its own size: who signed, and when.

    Raises:
        DocumentError: NO_GLYPH.
    """
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(_WIDTH, _HEIGHT), invariant=1)
    canvas.setStrokeColor(RED)
    canvas.setFillColor(RED)
    canvas.setLineWidth(0.8)
    canvas.rect(0.6, 0.6, _WIDTH - 1.2, _HEIGHT - 1.2)
    moment = now.astimezone(HALL_TIME)
    lines = (words, f"{moment:%Y-%m-%d %H:%M:%S}")
    for number, line in enumerate(lines):
        glyphs = [(character, fonts.glyph(Face.BODY, character)) for character in line]
        wide = sum(glyph.advance for _, glyph in glyphs) * _SIZE
        size = min(_SIZE, _SIZE * (_WIDTH - 10) / max(wide, 1.0))
        x, y = 5.0, _HEIGHT - 12 - number * _PITCH
        for character, glyph in glyphs:
            canvas.setFont(glyph.font, size)
            canvas.drawString(x, y, character)
            x += glyph.advance * size
    canvas.save()
    return out.getvalue()


def _name_in(certificate: x509.Certificate) -> str:
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string()
