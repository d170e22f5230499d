"""Between supervision's records and sync's envelopes, both ways."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from desktop.domain.entities import Book, EntityClass
from desktop.domain.identifiers import UserId
from desktop.domain.roles import Account, Role
from desktop.settings import Settings, Traffic
from desktop.usecases.ports import Changed
from sync.outbox.blobs import add_blob
from sync.outbox.queue import settle_refusal
from sync.outbox.recorder import Draft, Recorder
from sync.protocol.answers import Account as ServerAccount
from sync.protocol.change import ChangeKind
from sync.settings import LineSettings

# Fields with digest and size, and the media type or the field that holds it.
_NAMED_BYTES = {
    "evidence": ("sha256", "size", "media_type"),
    "service_receipt": ("photo", "photo_size", "photo_type"),
    "paper": ("pdf_sha256", "pdf_size", "application/pdf"),
    "organ": ("seal", "seal_size", "image/png"),
    "unit_reply": ("file_sha256", "file_size", "application/octet-stream"),
    "report_version": ("pdf_sha256", "pdf_size", "application/pdf"),
}


class Envelopes:
    """Turns acts into envelopes; a storage.work.Outbox."""

    def __init__(self, recorder: Recorder, book: Book) -> None:
        self._recorder = recorder
        self._book = book

    def append(self, connection: Connection, user_id: str, changes: Sequence[Changed]) -> None:
        """Queue one act as one group of envelopes."""
        drafts = [self._draft(change) for change in changes]
        self._recorder.append(connection, user_id=user_id, drafts=drafts)

    def add_blob(self, connection: Connection, sha256: str, size: int, media_type: str) -> None:
        """Queue bytes by digest."""
        add_blob(connection, sha256, size, media_type)

    def settle_refusal(self, connection: Connection, op_id: str) -> None:
        """Note that a refused change was decided about."""
        settle_refusal(connection, op_id)

    def _draft(self, change: Changed) -> Draft:
        old = change.old or {}
        patch = {
            name: (old.get(name), value)
            for name, value in change.new.items()
            if change.old is None or old.get(name) != value
        }
        strict = self._book.rule(change.entity).kind is EntityClass.STRICT
        return Draft(
            entity=change.entity,
            id=change.id,
            scope=change.scope,
            kind=ChangeKind.CREATE if change.old is None else ChangeKind.UPDATE,
            patch=patch,
            expect_ver=change.ver if strict and change.old is not None else None,
        )


def bytes_of(entity: str, body: Mapping[str, Any]) -> list[tuple[str, int, str]]:
    """Name the bytes that belong to a record: (digest, size, media type)."""
    if entity not in _NAMED_BYTES:
        return []
    digest, size, media_type = _NAMED_BYTES[entity]
    if not body.get(digest):
        return []
    kind = body.get(media_type, media_type)
    return [(str(body[digest]), int(body[size]), str(kind))]


def line_of(settings: Settings) -> LineSettings:
    """Word the user's settings as the line to the server understands them."""
    return LineSettings(
        proxy=settings.proxy_url,
        authorities=Path(settings.authorities_file) if settings.authorities_file else None,
        bytes_per_s=settings.sync_limit_kb * 1000,
        metered=settings.traffic is Traffic.METERED,
    )


def account_of(account: ServerAccount) -> Account:
    """Turn the server's word on a person into ours; a role we don't know yet gives no rights."""
    known = {role.value for role in Role}
    roles = frozenset(Role(role) for role in account.roles if role in known)
    return Account(UserId(account.user_id), account.username, account.name, roles)
