"""Evidence by digest, and who held it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import ClassVar

from desktop.domain.identifiers import (
    AnswerId,
    CameraId,
    CardId,
    Digest,
    DocumentId,
    EvidenceId,
    FindingId,
    HallId,
    InspectionId,
    PaperId,
    UserId,
    WindowId,
)


class PhotoSource(Enum):
    """How a photograph came in."""

    FILE = "FILE"
    FOLDER = "FOLDER"
    CLIPBOARD = "CLIPBOARD"
    CAMERA = "CAMERA"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sealed item: its bytes are found by digest and never change.

    Attributes:
        role: which moment it shows (before, start, half, threshold, return, clip, strip, manifest),
            `case`: the approval case as it stood, `photo` and `signature` of an inspection, or
            `masked` and `marked` of copies that people made.
        at_s: seconds of the stream that it shows.
        masked_of: digest of what it was made of, when this is a masked, cropped or marked copy.
        answer_id: the item of an inspection that a photograph belongs to.
        source: how a photograph came in.
        device: what took it, by its own word; else the machine that took it in.
        clock_offset_s: how far this machine's clock stood before the server's, where known.
        place: where it was taken, as whoever took it in says; empty where nobody does.
        file_name: as it was called outside; never the name of a file of ours.
    """

    ENTITY: ClassVar = "evidence"

    id: EvidenceId
    hall_id: HallId
    role: str
    sha256: Digest
    size: int
    media_type: str
    taken_at: datetime
    at_s: float = 0.0
    finding_id: FindingId | None = None
    camera_id: CameraId | None = None
    masked_of: Digest | None = None
    inspection_id: InspectionId | None = None
    answer_id: AnswerId | None = None
    source: PhotoSource | None = None
    device: str = ""
    clock_offset_s: float | None = None
    file_name: str = ""
    place: str = ""


class CustodyAct(Enum):
    """What was done with a piece of evidence."""

    CAPTURED = "CAPTURED"
    SEEN = "SEEN"
    EXPORTED = "EXPORTED"


@dataclass(frozen=True, slots=True)
class Custody:
    """One link of the custody chain; append only."""

    ENTITY: ClassVar = "custody"

    id: str
    hall_id: HallId
    subject_id: str
    act: CustodyAct
    person_by: UserId
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """An issued paper of a card or a document: its canonical content, the digest of its PDF."""

    ENTITY: ClassVar = "paper"

    id: PaperId
    hall_id: HallId
    template: str
    doc_no: str
    content: Mapping[str, object]
    content_digest: Digest
    pdf_sha256: Digest
    pdf_size: int
    issued_by: UserId
    issued_at: datetime
    card_id: CardId | None = None
    document_id: DocumentId | None = None


class ServiceWay(Enum):
    """The six ways of service (section 11.4)."""

    DIRECT = "DIRECT"
    LEFT = "LEFT"
    ENTRUSTED = "ENTRUSTED"
    MAIL = "MAIL"
    ELECTRONIC = "ELECTRONIC"
    ANNOUNCED = "ANNOUNCED"


@dataclass(frozen=True, slots=True)
class ServiceReceipt:
    """The proof of service (送达回证) of a card or a document.

    Attributes:
        photo: digest of the picture of the signed receipt; `photo_size` its bytes.
        proxy: who took it for the recipient, and what he is to him.
        refusal: why and when it was not taken.
        note: of mail the number, of electronic service the signed consent (确认书).
    """

    ENTITY: ClassVar = "service_receipt"

    id: str
    hall_id: HallId
    way: ServiceWay
    recipient: str
    place: str
    received_at: datetime
    receiver: str
    deliverers: tuple[str, ...]
    recorded_by: UserId
    witness: str = ""
    note: str = ""
    proxy: str = ""
    refusal: str = ""
    card_id: CardId | None = None
    document_id: DocumentId | None = None
    photo: Digest | None = None
    photo_size: int = 0
    photo_type: str = ""


@dataclass(frozen=True, slots=True)
class StateSpan:
    """A finished stretch of one state of a window."""

    ENTITY: ClassVar = "state_span"

    id: str
    hall_id: HallId
    window_id: WindowId
    camera_id: CameraId
    state: str
    overlay: str
    started_at: datetime
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The latest row of this device's audit chain, as papers and reports print it.

    Attributes:
        n: its place in the chain; 0 before the first row.
        hash: SHA-256 of its canonical JSON; empty before the first row.
    """

    n: int
    hash: str


@dataclass(frozen=True, slots=True)
class AuditRow:
    """What a person or a device did, chained to the row before it.

    Attributes:
        n: its place in the chain of the device, from 1.
        prev_hash: SHA-256 of the canonical JSON of the row before; empty for the first.
        changes: entity/id of every record touched, with the digest of its new body.
    """

    ENTITY: ClassVar = "audit"

    id: str
    hall_id: HallId
    at: datetime
    actor_by: UserId
    actor_name: str
    device_id: str
    action: str
    subject: str
    n: int
    prev_hash: str
    reason: str = ""
    changes: Mapping[str, str] = field(default_factory=dict)
