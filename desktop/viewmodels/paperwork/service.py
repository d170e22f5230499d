"""How a paper was served: what each way wants, said before it is recorded."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from desktop.documents.pictures import read_picture
from desktop.documents.press import PaperPress
from desktop.domain.evidence import ServiceWay
from desktop.domain.identifiers import Digest
from desktop.system.language import said
from desktop.usecases.service import UNSIGNED_FOR, Photo, Service
from desktop.viewmodels.paperwork.file import OpenFile


def way_name(way: ServiceWay) -> str:
    """Name a way of service."""
    words = {
        ServiceWay.DIRECT: said("直接送达"),
        ServiceWay.LEFT: said("留置送达"),
        ServiceWay.ENTRUSTED: said("委托送达"),
        ServiceWay.MAIL: said("邮寄送达"),
        ServiceWay.ELECTRONIC: said("电子送达"),
        ServiceWay.ANNOUNCED: said("公告送达"),
    }
    return words[way]


def way_hint(way: ServiceWay) -> str:
    """Say what a way of service wants."""
    hints = {
        ServiceWay.DIRECT: said("当面交付，由受送达人签收。"),
        ServiceWay.LEFT: said("拒收时留置：须两名送达人、见证人和拒收事由。"),
        ServiceWay.ENTRUSTED: said("写明代收人及其与受送达人的关系。"),
        ServiceWay.MAIL: said("在备注中写明邮件号码。"),
        ServiceWay.ELECTRONIC: said("在备注中写明受送达人签署的电子送达确认书。"),
        ServiceWay.ANNOUNCED: said("在备注中写明公告的载体和日期。"),
    }
    return hints[way]


def gap_said(name: str) -> str:
    """Say what is missing, by the field's name."""
    words = {
        "recipient": said("受送达单位未填"),
        "place": said("送达地点未填"),
        "receiver": said("签收人未填"),
        "deliverers": said("送达人不足"),
        "witness": said("见证人未填"),
        "note": said("备注未填"),
        "refusal": said("拒收事由未填"),
        "proxy": said("代收人未填"),
    }
    return words[name]


@dataclass(frozen=True, slots=True)
class ServiceForm:
    """What the form holds; deliverers as written, one name after another."""

    way: ServiceWay
    recipient: str
    place: str
    received_at: datetime
    receiver: str
    deliverers: str
    witness: str = ""
    note: str = ""
    proxy: str = ""
    refusal: str = ""

    def service(self) -> Service:
        """Read the form."""
        names = self.deliverers.replace("，", " ").replace("、", " ").replace(",", " ").split()
        return Service(
            way=self.way,
            recipient=self.recipient.strip(),
            place=self.place.strip(),
            received_at=self.received_at,
            receiver="" if self.way in UNSIGNED_FOR else self.receiver.strip(),
            deliverers=tuple(names),
            witness=self.witness.strip(),
            note=self.note.strip(),
            proxy=self.proxy.strip(),
            refusal=self.refusal.strip(),
        )

    def gaps(self, issued_at: datetime | None, now: datetime) -> tuple[str, ...]:
        """Say what is still wrong with it."""
        gaps = [gap_said(name) for name in self.service().missing()]
        if self.received_at > now:
            gaps.append(said("收到时间在将来"))
        if issued_at and self.received_at < issued_at.replace(second=0, microsecond=0):
            gaps.append(said("收到时间早于印发时间"))
        return tuple(gaps)


@dataclass(frozen=True, slots=True)
class Served:
    """A service as it was told, with the photograph of the signed receipt where there is one."""

    service: Service
    photo: Path | None = None

    def with_photo_in(self, press: PaperPress) -> Service:
        """Lay the photograph into the vault; not on the GUI thread.

        Raises:
            DocumentError: BAD_PICTURE.
        """
        if self.photo is None:
            return self.service
        data = read_picture(self.photo)
        stored = press.keep(data)
        media_type = "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"
        photo = Photo(Digest(stored.sha256), stored.size, media_type)
        return replace(self.service, photo=photo)


def first_form(file: OpenFile, actor_name: str, now: datetime) -> ServiceForm:
    """Write what is known already."""
    return ServiceForm(ServiceWay.DIRECT, file.recipient, "", now, file.liaison, actor_name)
