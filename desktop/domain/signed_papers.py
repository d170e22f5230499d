"""What every paper of the office goes through: checked, signed, numbered and sealed, served."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any, ClassVar, Self

from desktop.domain.errors import ContentChanged
from desktop.domain.identifiers import Digest, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedPaper:
    """The marks that people leave on a paper between its draft and its service (11.3).

    Attributes:
        STATES: the states of the kind of paper; all kinds know those that are named here.
        content_digest: SHA-256 of the canonical content, set by the signature.
    """

    STATES: ClassVar[type[Enum]]

    submitted_by: UserId | None = None
    checked_by: UserId | None = None
    checked_at: datetime | None = None
    check_opinion: str = ""
    returned_by: UserId | None = None
    return_reason: str = ""
    signed_by: UserId | None = None
    signed_at: datetime | None = None
    content_digest: Digest | None = None
    sealed_by: UserId | None = None
    issued_at: datetime | None = None
    series: str = ""
    year: int | None = None
    number: int | None = None
    doc_no: str = ""
    served_by: UserId | None = None
    served_at: datetime | None = None
    cancelled_by: UserId | None = None
    cancel_reason: str = ""

    def checked(self, by: UserId, at: datetime, opinion: str) -> Self:
        """Let it pass to the signer (核稿)."""
        return self.now("UNDER_APPROVAL", checked_by=by, checked_at=at, check_opinion=opinion)

    def returned(self, by: UserId, reason: str) -> Self:
        """Send it back to the drafter (退回)."""
        return self.now("DRAFT", returned_by=by, return_reason=reason)

    def signed(self, by: UserId, at: datetime, digest: Digest) -> Self:
        """Sign the content (签发); the number and the seal are a second act."""
        return self.now("SIGNED", signed_by=by, signed_at=at, content_digest=digest)

    def issued(
        self, by: UserId, at: datetime, *, series: str = "", year: int = 0, number: int = 0
    ) -> Self:
        """Press the seal, with a number where the paper bears one (编号用印)."""
        sealed = self.now("ISSUED", sealed_by=by, issued_at=at)
        if not series:
            return sealed
        doc_no = document_number(series, year, number)
        return replace(sealed, series=series, year=year, number=number, doc_no=doc_no)

    def served(self, by: UserId, at: datetime) -> Self:
        """Note that it reached its recipient (送达)."""
        return self.now("SERVED", served_by=by, served_at=at)

    def cancelled(self, by: UserId, reason: str) -> Self:
        """Void it before service; its number stays in the register as void (作废)."""
        return self.now("CANCELLED", cancelled_by=by, cancel_reason=reason)

    def must_still_be(self, digest: Digest) -> None:
        """Hold the text to its signature.

        Raises:
            ContentChanged: the content is not the one that was signed.
        """
        if self.content_digest != digest:
            raise ContentChanged(self.content_digest, digest)

    def now(self, state: str, **marks: object) -> Self:
        """Give it in another state, with the marks of the act that led there."""
        changes: dict[str, Any] = {"state": self.STATES[state], **marks}
        return replace(self, **changes)


def document_number(series: str, year: int, number: int) -> str:
    """Write a document number (发文字号): brackets U+3014/U+3015, no leading zero."""
    return f"{series}〔{year}〕{number}号"
