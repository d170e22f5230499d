"""Evidence as it leaves: the files, a signed manifest, and digests that any tool can check.

A zip with `manifest.json`, its Ed25519 signature in `manifest.sig` (base64, over its SHA-256), the
files it names, and `SHA256SUMS` for `sha256sum --check`.
"""

import base64
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

FORMAT = "hallwatch-evidence/1"
MANIFEST, SIGNATURE, SUMS = "manifest.json", "manifest.sig", "SHA256SUMS"
_WHEN = (1980, 1, 1, 0, 0, 0)  # equal contents give equal bytes


@dataclass(frozen=True, slots=True)
class PackedFile:
    """One file of a pack; `told` is what the manifest says of it beside its name and digest."""

    name: str
    data: bytes = field(repr=False)
    told: Mapping[str, Any] = field(default_factory=dict)


def write_pack(
    content: Mapping[str, Any],
    files: Sequence[PackedFile],
    *,
    sign: Callable[[bytes], bytes],
    public_key: str,
) -> bytes:
    """Write it.

    Args:
        content: who took it out, when and why, and who held it, as JSON values.
        sign: signs a digest with the machine's key.
        public_key: base64, of that key.
    """
    digests = {file.name: hashlib.sha256(file.data).hexdigest() for file in files}
    listed = [{**f.told, "file": f.name, "sha256": digests[f.name]} for f in files]
    manifest = {"format": FORMAT, "public_key": public_key, **content, "files": listed}
    told = json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1).encode()
    sums = "".join(f"{digest}  {name}\n" for name, digest in digests.items())
    parts = {
        MANIFEST: told,
        SIGNATURE: base64.b64encode(sign(hashlib.sha256(told).digest())),
        SUMS: sums.encode(),
        **{file.name: file.data for file in files},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, data in parts.items():
            pack.writestr(zipfile.ZipInfo(name, _WHEN), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
