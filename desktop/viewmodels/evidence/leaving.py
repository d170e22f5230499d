"""What leaves of an exhibit: its copies, the original only where it is asked for, who held it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from mimetypes import guess_extension

from desktop.domain.evidence import Custody, Evidence
from desktop.domain.identifiers import UserId
from desktop.exchange.evidence_pack import PackedFile, write_pack
from desktop.storage.shapes import body_of, make_converter
from desktop.usecases.evidence import shows_people
from desktop.usecases.exhibits import Exhibit
from desktop.viewmodels.casework import Sealed
from desktop.viewmodels.dossiers.archiving import Signer


def leaving_of(exhibit: Exhibit, *, bare: bool) -> tuple[Evidence, ...]:
    """Choose the versions that leave; one on which nobody is covered only where that is asked."""
    return tuple(
        item
        for item in exhibit.versions
        if bare or item.masked_of is not None or not shows_people(item)
    )


def packed(
    items: Sequence[Evidence],
    chain: Sequence[Custody],
    names: Mapping[UserId, str],
    vault: Sealed,
    signer: Signer,
    *,
    reason: str,
    by: str,
    now: datetime,
    head: tuple[int, str],
) -> bytes:
    """Pack versions with their manifest.

    Args:
        head: number and digest of the last row of this machine's audit chain.

    Raises:
        FootageError: the bytes are not on this machine, or not what was sealed.
    """
    converter = make_converter()
    content = {
        "made_at": now.isoformat(),
        "made_by": by,
        "reason": reason,
        "device_id": signer.device_id,
        "chain": {"n": head[0], "hash": head[1]},
        "custody": [body_of(converter, link) for link in chain],
        "people": {str(key): name for key, name in names.items()},
    }
    files = [
        PackedFile(_name(number, item), vault.get(item.sha256), body_of(converter, item))
        for number, item in enumerate(items, 1)
    ]
    return write_pack(content, files, sign=signer.key().sign, public_key=signer.public_key())


def _name(number: int, item: Evidence) -> str:
    """Name a file after its digest: what it was called outside may be called CON.jpg."""
    return f"{number:02}-{item.sha256[:12]}{guess_extension(item.media_type) or ''}"
