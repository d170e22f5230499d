"""A signer's key as an office gets it: a certificate of an authority, in a PKCS#12 file."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

PASSWORD = "a long password"  # of a key that signs nothing but tests
FIRST = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Issued:
    """The key file, the signer's certificate and the authority's, in DER."""

    pkcs12: bytes
    certificate: x509.Certificate
    authority: x509.Certificate


def issued_key(name: str = "钱伟", *, days: int = 3650) -> Issued:
    """Make an authority and a key that it certified from 2026 on."""
    root_key = rsa.generate_private_key(65537, 2048)
    root = _certificate("测试签发机构", root_key, "测试签发机构", root_key, days, is_authority=True)
    key = rsa.generate_private_key(65537, 2048)
    own = _certificate(name, key, "测试签发机构", root_key, days, is_authority=False)
    sealed = pkcs12.serialize_key_and_certificates(
        name.encode(), key, own, [root], serialization.BestAvailableEncryption(PASSWORD.encode())
    )
    return Issued(sealed, own, root)


def _certificate(
    name: str,
    key: rsa.RSAPrivateKey,
    issuer: str,
    issuer_key: rsa.RSAPrivateKey,
    days: int,
    *,
    is_authority: bool,
) -> x509.Certificate:
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=is_authority,
        crl_sign=is_authority, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(FIRST)
        .not_valid_after(FIRST + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(issuer_key, hashes.SHA256())
    )
