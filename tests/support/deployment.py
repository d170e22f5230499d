"""The files of installers/deployment.md, brought up on this machine with other paths and ports."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

GUIDE = Path(__file__).resolve().parents[2] / "installers" / "deployment.md"
LONGEST_START_S = 60.0


@dataclass
class Deployment:
    """An office's server behind its proxy."""

    url: str
    admin_password: str
    certificate: Path


def missing() -> str:
    """Why the proxy cannot run here; empty when it can."""
    return "" if shutil.which("nginx") else "nginx is not installed"


@contextmanager
def deployed(folder: Path, database_url: str) -> Iterator[Deployment]:
    """Start what the guide's unit starts, and nginx by the guide's file before it."""
    server_port, proxy_port = _free_port(), _free_port()
    certificate = _make_certificate(folder)
    server = _start_server(folder, server_port, database_url)
    assert server.stdout
    ready = json.loads(server.stdout.readline())
    proxy = _start_proxy(folder, proxy_port, server_port)
    try:
        _await_port(server_port)
        _await_port(proxy_port)
        yield Deployment(f"https://localhost:{proxy_port}", ready["admin_password"], certificate)
    finally:
        for child in (proxy, server):
            child.terminate()
            child.wait(30)
        server.stdout.close()


def _start_server(folder: Path, port: int, database_url: str) -> "subprocess.Popen[str]":
    (line,) = re.findall(r"^ExecStart=(.+)$", _block("ini"), re.MULTILINE)
    words = line.replace("/srv/hallwatch/app/.venv/bin/python", sys.executable).split()
    data = folder / "data"
    data.mkdir()
    swaps = {"/srv/hallwatch/data": str(data), "8443": str(port), "4": "2"}
    return subprocess.Popen(
        [swaps.get(word, word) for word in words],
        env=os.environ | {"DATABASE_URL": database_url},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def _start_proxy(folder: Path, port: int, server_port: int) -> "subprocess.Popen[bytes]":
    site = _block("nginx").replace("listen 443 ssl", f"listen 127.0.0.1:{port} ssl")
    site = site.replace("/etc/hallwatch/", f"{folder}/").replace(":8443", f":{server_port}")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    file = folder / "nginx.conf"
    file.write_text(
        f"daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{\naccess_log off;\n{temporary}{site}}}\n",
        "utf-8",
    )
    subprocess.run(["nginx", "-t", "-q", "-c", str(file)], check=True, capture_output=True)
    return subprocess.Popen(["nginx", "-c", str(file)], stderr=subprocess.DEVNULL)


def _block(language: str) -> str:
    (found,) = re.findall(rf"```{language}\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    return str(found)


def _make_certificate(folder: Path) -> Path:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.DNSName("localhost")
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([name]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "tls.key").write_bytes(secret)
    certificate = folder / "tls.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return certificate


def _await_port(port: int) -> None:
    until = time.monotonic() + LONGEST_START_S
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens at {port}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
