"""How a paper reached its recipient (section 11.4), and the proof of it."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.errors import BadField, MissingField
from desktop.domain.evidence import ServiceReceipt, ServiceWay
from desktop.domain.identifiers import CardId, Digest, DocumentId, HallId, new_id
from desktop.usecases.ports import UnitOfWork

# Left behind, a paper needs two deliverers, a witness and the words of refusal; by mail its number,
# by electronic means the signed consent, and by announcement where it was made, stand in the note.
_DELIVERERS = {way: 2 if way is ServiceWay.LEFT else 1 for way in ServiceWay}
_NEEDS_NOTE = {ServiceWay.MAIL, ServiceWay.ELECTRONIC, ServiceWay.ANNOUNCED}


@dataclass(frozen=True, slots=True)
class Photo:
    """The picture of a signed receipt, as it lies in the vault."""

    sha256: Digest
    size: int
    media_type: str


# Nobody signs for what is left behind after a refusal, or put on a board (11.4).
UNSIGNED_FOR = frozenset({ServiceWay.LEFT, ServiceWay.ANNOUNCED})


@dataclass(frozen=True, slots=True)
class Service:
    """One service as the clerk tells it."""

    way: ServiceWay
    recipient: str
    place: str
    received_at: datetime
    receiver: str
    deliverers: tuple[str, ...]
    witness: str = ""
    note: str = ""
    proxy: str = ""
    refusal: str = ""
    photo: Photo | None = None

    def missing(self) -> tuple[str, ...]:
        """Name what the way of service still wants, by field."""
        said = {
            "recipient": self.recipient,
            "place": self.place,
            "receiver": self.receiver or self.way in UNSIGNED_FOR,
            "deliverers": len(self.deliverers) >= _DELIVERERS[self.way],
            "witness": self.witness or self.way is not ServiceWay.LEFT,
            "refusal": self.refusal or self.way is not ServiceWay.LEFT,
            "proxy": self.proxy or self.way is not ServiceWay.ENTRUSTED,
            "note": self.note or self.way not in _NEEDS_NOTE,
        }
        return tuple(name for name, value in said.items() if not value)

    def must_be_possible(self, issued_at: datetime | None, now: datetime) -> None:
        """Hold it to its way and to the time in which it can have been.

        Raises:
            MissingField: the way of service wants more.
            BadField: received before it was issued, or in the future.
        """
        for name in self.missing():
            raise MissingField(ServiceReceipt.ENTITY, "serve", name)
        issued = (issued_at or self.received_at).replace(second=0, microsecond=0)  # papers: minutes
        if not issued <= self.received_at <= now:
            raise BadField(ServiceReceipt.ENTITY, "received_at", self.received_at)


def keep_receipt(
    work: UnitOfWork,
    service: Service,
    *,
    hall_id: HallId,
    card_id: CardId | None = None,
    document_id: DocumentId | None = None,
) -> ServiceReceipt:
    """Keep the proof of a service, and the picture of the signed receipt."""
    photo = service.photo
    receipt = ServiceReceipt(
        id=new_id(),
        hall_id=hall_id,
        way=service.way,
        recipient=service.recipient,
        place=service.place,
        received_at=service.received_at,
        receiver=service.receiver,
        deliverers=service.deliverers,
        recorded_by=work.actor.user_id,
        witness=service.witness,
        note=service.note,
        proxy=service.proxy,
        refusal=service.refusal,
        card_id=card_id,
        document_id=document_id,
        photo=photo.sha256 if photo else None,
        photo_size=photo.size if photo else 0,
        photo_type=photo.media_type if photo else "",
    )
    work.add(receipt)
    if photo:
        work.keep_blob(photo.sha256, photo.size, photo.media_type)
    return receipt
