"""A paper goes out as a package with a form, and what comes back is matched and taken in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.documents.press import PaperPress
from desktop.documents.reply_form import read_form
from desktop.domain.cards import TEMPLATES, Card
from desktop.domain.evidence import Paper
from desktop.domain.identifiers import Digest
from desktop.domain.replies import FIELDS, FILLED_BY, Reply, ReplyPart, read_time
from desktop.exchange.replies import pack, read_reply
from desktop.system.language import said
from desktop.usecases.ports import Reading, UnitOfWork
from desktop.usecases.replies import TakenFile, take_document_reply, take_reply
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.casework import Casework
from desktop.viewmodels.leaving import take_out
from desktop.viewmodels.paperwork.file import OpenFile, Subject, named
from desktop.viewmodels.paperwork.service import Served, ServiceForm, first_form


@dataclass(frozen=True, slots=True)
class CameBack:
    """A reply that answers the open paper, not yet taken in."""

    reply: Reply
    data: bytes = field(repr=False)

    @property
    def has_receipt(self) -> bool:
        """Whether the unit says that it received the paper."""
        return ReplyPart.RECEIPT in self.reply.parts

    def service_form(self, file: OpenFile, actor: str) -> ServiceForm:
        """Begin the proof of service with what the receipt says."""
        told = self.reply.said
        form = first_form(file, actor, read_time(told["received_at"]))
        return ServiceForm(
            form.way, form.recipient, told["place"], form.received_at, told["receiver"], actor
        )


def told_lines(told: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Give what was filled in, part by part, as names and texts."""
    names = {
        ReplyPart.RECEIPT: said("签收"),
        ReplyPart.EXPLANATION: said("情况说明"),
        ReplyPart.REPORT: said("整改情况报告"),
        ReplyPart.APPEAL: said("申诉"),
    }
    parts = []
    for part, fields in FIELDS.items():
        given = [told[name] for name in fields if told.get(name)]
        if given:
            parts.append((names[part], "\n".join(given)))
    return (*parts, (said("填写人"), told.get(FILLED_BY, "")))


class Replies(QObject):
    """Sends and takes back; lives with a desk."""

    exported = Signal(str)  # the file's name
    came_back = Signal(object)  # a CameBack
    taken = Signal(object)  # the Subject as it now is
    refused = Signal(object)

    def __init__(self, casework: Casework, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._casework = casework
        self._answers = Answers(self)

    def stop(self) -> None:
        """Hear no more."""
        self._answers.close()

    def package_name(self, subject: Subject) -> str:
        """What the package would usually be called."""
        return said("{0} 送达包.zip").format(subject.doc_no)

    def send(self, subject: Subject, target: Path, reason: str) -> None:
        """Write the package of an issued paper, with the note of who took it out."""
        actor, casework = self._casework.door.actor, self._casework
        if actor is None:
            return

        def send(work: UnitOfWork) -> str:
            return take_out(
                work,
                _package(casework, work, subject),
                target,
                hall_id=subject.hall_id,
                subject=named(subject),
                reason=reason,
                clock=casework.clock,
            )

        self._answers.ask(casework.desk.act(actor, send), self._tell, self._refuse)

    def open(self, subject: Subject, path: Path) -> None:
        """Read what came back and hold it to its paper; nothing is taken in yet."""

        def ask(_: Reading) -> CameBack:
            reply, data = read_reply(path, read_form)
            reply.must_answer(subject)
            return CameBack(reply, data)

        self._answers.ask(self._casework.desk.look(ask), self._show, self._refuse, "open")

    def take(
        self,
        subject: Subject,
        back: CameBack,
        served: Served | None = None,
    ) -> None:
        """Take a reply in: all of its parts, or nothing."""
        actor, casework = self._casework.door.actor, self._casework
        if actor is None:
            return

        def take(work: UnitOfWork) -> Subject:
            press = casework.press
            file = taken_file(press, back.data)
            told = served.with_photo_in(press) if served else None
            if isinstance(subject, Card):
                return take_reply(
                    work,
                    subject.id,
                    back.reply,
                    file,
                    service=told,
                    press=press,
                    calendar=casework.calendar,
                    clock=casework.clock,
                )
            return take_document_reply(
                work,
                subject.id,
                back.reply,
                file,
                service=told,
                press=press,
                clock=casework.clock,
            )

        self._answers.ask(casework.desk.act(actor, take), self._take, self._refuse)

    def _tell(self, name: str) -> None:
        self.exported.emit(name)

    def _show(self, back: CameBack) -> None:
        self.came_back.emit(back)

    def _take(self, subject: Subject) -> None:
        self.taken.emit(subject)

    def _refuse(self, refusal: Exception) -> None:
        self.refused.emit(refusal)


def _package(casework: Casework, reading: Reading, subject: Subject) -> bytes:
    press = casework.press
    if isinstance(subject, Card):
        papers = reading.find(Paper, card_id=subject.id, template=TEMPLATES[subject.kind])
        form = press.reply_form(reading, subject)
    else:
        papers = reading.find(Paper, document_id=subject.id, template=subject.template)
        form = press.document_reply_form(reading, subject)
    return pack(subject, casework.vault.get(papers[-1].pdf_sha256), form)


def taken_file(press: PaperPress, data: bytes) -> TakenFile:
    """Lay the file that came back into the vault."""
    kinds = {b"%PDF": "application/pdf", b"PK\x03\x04": "application/zip"}
    stored = press.keep(data)
    media_type = kinds.get(data[:4], "application/json")
    return TakenFile(Digest(stored.sha256), stored.size, media_type)
