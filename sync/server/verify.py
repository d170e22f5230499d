"""Checks an exported log offline; shares no line of code with what wrote it.

Rules: RFC 6962 for the trees, RFC 8785 for the bytes of a value, Ed25519 for signatures. A leaf is
SHA-256(0x00 ‖ canonical JSON of scope, seq, entity, id, ver, server_time, op_id, and the digests
SHA-256(salt ‖ canonical JSON) of body and envelope).
"""

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_SERVER = "server"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was written; `line` of the file, 0 for the file as a whole."""

    line: int
    trouble: str
    detail: str = ""


@dataclass
class Findings:
    """Entries by scope, their heads, and every fault."""

    entries: int = 0
    sizes: dict[str, int] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


class _Tree:
    """Roots of a growing log, with one digest kept for each bit of its size."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[tuple[int, bytes]] = []  # (leaves below, digest), large before small

    def add(self, leaf: bytes) -> None:
        peak = (1, leaf)
        while self._peaks and self._peaks[-1][0] == peak[0]:
            width, left = self._peaks.pop()
            peak = (2 * width, hashlib.sha256(b"\x01" + left + peak[1]).digest())
        self._peaks.append(peak)
        self.size += 1

    def root(self) -> str:
        if not self._peaks:
            return hashlib.sha256(b"").hexdigest()
        digests = [digest for _, digest in self._peaks]
        head = digests.pop()
        while digests:
            head = hashlib.sha256(b"\x01" + digests.pop() + head).digest()
        return head.hex()


class _Check:
    def __init__(self, kept: Mapping[str, Any] | None) -> None:
        self.findings = Findings()
        self._keys: dict[str, Ed25519PublicKey] = {}
        self._log_key: Ed25519PublicKey | None = None
        self._trees: dict[str, _Tree] = {}
        self._links: dict[tuple[str, int], tuple[str, str]] = {}
        self._kept = dict(kept["heads"]) if kept else {}
        self._signed: Mapping[str, Any] | None = None

    def take(self, line: int, value: Mapping[str, Any]) -> None:
        if "format" in value:
            self._open(value)
        elif "entry" in value:
            self._entry(line, value["entry"])
        elif "checkpoint" in value:
            self._signed = value["checkpoint"]
        else:
            self._fault(line, "unknown_line")

    def finish(self) -> Findings:
        for (device, seq), (before, _) in self._links.items():
            earlier = self._links.get((device, seq - 1))
            if earlier and earlier[1] != before:
                self._fault(0, "broken_chain", f"{device} {seq}")
        for scope, tree in self._trees.items():
            self.findings.sizes[scope], self.findings.heads[scope] = tree.size, tree.root()
        self._compare_heads()
        for name in self._kept:
            self._fault(0, "kept_head_missing", name)
        return self.findings

    def _open(self, value: Mapping[str, Any]) -> None:
        self._keys = {device: _key(text) for device, text in value["devices"].items()}
        self._log_key = _key(value["log_key"])

    def _entry(self, line: int, entry: Mapping[str, Any]) -> None:
        self.findings.entries += 1
        tree = self._trees.setdefault(entry["scope"], _Tree())
        if entry["seq"] != tree.size + 1:
            self._fault(line, "gap", f"{entry['scope']} {entry['seq']}")
        leaf = _leaf(entry)
        if leaf.hex() != entry["leaf"]:
            self._fault(line, "leaf", f"{entry['scope']} {entry['seq']}")
        tree.add(leaf)
        self._meet_kept(entry["scope"], tree)
        self._envelope(line, entry["envelope"])

    def _meet_kept(self, scope: str, tree: _Tree) -> None:
        """Compare with a head that a client kept, where the log has just reached its size."""
        name = _scope_name(scope)
        if name in self._kept and self._kept[name][0] == tree.size:
            if self._kept[name][1] != tree.root():
                self._fault(0, "kept_head_differs", scope)
            del self._kept[name]

    def _envelope(self, line: int, envelope: Mapping[str, Any]) -> None:
        device, seq = envelope["device_id"], envelope["dev_seq"]
        if device == _SERVER:
            return
        said = rfc8785.dumps({name: v for name, v in envelope.items() if name != "sig"})
        key = self._keys.get(device)
        if key is None or not _signed(key, envelope["sig"], said):
            self._fault(line, "signature", f"{device} {seq}")
        if (device, seq) in self._links:
            self._fault(line, "fork", f"{device} {seq}")
        self._links[device, seq] = (envelope["prev_hash"], hashlib.sha256(said).hexdigest())

    def _compare_heads(self) -> None:
        if self._signed is None or self._log_key is None:
            self._fault(0, "no_checkpoint")
            return
        said = rfc8785.dumps({name: v for name, v in self._signed.items() if name != "sig"})
        if not _signed(self._log_key, self._signed["sig"], said):
            self._fault(0, "checkpoint_signature")
        ours = {_scope_name(scope): [tree.size, tree.root()] for scope, tree in self._trees.items()}
        if ours != dict(self._signed["heads"]):
            self._fault(0, "heads")

    def _fault(self, line: int, trouble: str, detail: str = "") -> None:
        self.findings.faults.append(Fault(line, trouble, detail))


def verify_export(path: Path, kept: Mapping[str, Any] | None = None) -> Findings:
    """Check every entry, signature, chain and tree of an export.

    Args:
        kept: a checkpoint that a client kept earlier; its heads must be found on the way.

    Raises:
        OSError: the file cannot be read.
    """
    check = _Check(kept)
    for number, line in _lines(path):
        try:
            check.take(number, json.loads(line))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            check.findings.faults.append(Fault(number, "unreadable", type(error).__name__))
    return check.finish()


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    with path.open(encoding="utf-8", errors="replace") as file:
        yield from enumerate(file, 1)


def _leaf(entry: Mapping[str, Any]) -> bytes:
    salt = entry["salt"].encode()
    named = {name: entry[name] for name in ("scope", "seq", "entity", "id", "ver", "server_time")}
    named["op_id"] = entry["envelope"]["op_id"]
    for name in ("body", "envelope"):
        named[name] = hashlib.sha256(salt + rfc8785.dumps(entry[name])).hexdigest()
    return hashlib.sha256(b"\x00" + rfc8785.dumps(named)).digest()


def _key(text: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(base64.b64decode(text, validate=True))


def _signed(key: Ed25519PublicKey, sig: str, said: bytes) -> bool:
    try:
        key.verify(base64.b64decode(sig, validate=True), said)
    except (InvalidSignature, ValueError):
        return False
    return True


def _scope_name(scope: str) -> str:
    return hashlib.sha256(b"scope\x00" + scope.encode()).hexdigest()
