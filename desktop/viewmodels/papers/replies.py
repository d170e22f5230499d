"""An official paper goes out with a form, and what comes back is matched and taken in."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.documents.reply_form import read_form
from desktop.domain.evidence import Paper, ServiceWay
from desktop.domain.official_documents import OfficialDocument
from desktop.domain.replies import read_time
from desktop.exchange.replies import pack, read_reply
from desktop.system.language import said
from desktop.usecases.ports import Reading, UnitOfWork
from desktop.usecases.replies import take_document_reply
from desktop.usecases.service import Service
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.cards.replies import CameBack, taken_file
from desktop.viewmodels.cards.service import ServiceForm, with_photo
from desktop.viewmodels.casework import Casework
from desktop.viewmodels.leaving import take_out


class PaperReplies(QObject):
    """Sends and takes back; lives with the paper desk."""

    exported = Signal(str)  # the file's name
    came_back = Signal(object)  # a CameBack
    taken = Signal(object)  # the OfficialDocument as it now is
    refused = Signal(object)

    def __init__(self, casework: Casework, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._casework = casework
        self._answers = Answers(self)

    def stop(self) -> None:
        """Hear no more."""
        self._answers.close()

    def package_name(self, document: OfficialDocument) -> str:
        """What the package would usually be called."""
        return said("{0} 送达包.zip").format(document.doc_no)

    def send(self, document: OfficialDocument, target: Path, reason: str) -> None:
        """Write the package of an issued paper, with the note of who took it out."""
        actor, casework = self._casework.door.actor, self._casework
        if actor is None:
            return

        def send(work: UnitOfWork) -> str:
            papers = work.find(Paper, document_id=document.id, template=document.template)
            pdf = casework.vault.get(papers[-1].pdf_sha256)
            form = casework.press.document_reply_form(work, document)
            return take_out(
                work,
                pack(document, pdf, form),
                target,
                hall_id=document.hall_id,
                subject=f"document/{document.id}",
                reason=reason,
                clock=casework.clock,
            )

        self._answers.ask(casework.desk.act(actor, send), self._tell, self._refuse)

    def open(self, document: OfficialDocument, path: Path) -> None:
        """Read what came back and hold it to its paper; nothing is taken in yet."""

        def ask(_: Reading) -> CameBack:
            reply, data = read_reply(path, read_form)
            reply.must_answer(document)
            return CameBack(reply, data)

        self._answers.ask(self._casework.desk.look(ask), self._show, self._refuse, "open")

    def take(
        self,
        document: OfficialDocument,
        back: CameBack,
        service: Service | None = None,
        photo: Path | None = None,
    ) -> None:
        """Take a reply in: all of its parts, or nothing."""
        actor, casework = self._casework.door.actor, self._casework
        if actor is None:
            return

        def take(work: UnitOfWork) -> OfficialDocument:
            return take_document_reply(
                work,
                document.id,
                back.reply,
                taken_file(casework.press, back.data),
                service=with_photo(casework.press, service, photo) if service else None,
                press=casework.press,
                clock=casework.clock,
            )

        self._answers.ask(casework.desk.act(actor, take), self._take, self._refuse)

    def _tell(self, name: str) -> None:
        self.exported.emit(name)

    def _show(self, back: CameBack) -> None:
        self.came_back.emit(back)

    def _take(self, document: OfficialDocument) -> None:
        self.taken.emit(document)

    def _refuse(self, refusal: Exception) -> None:
        self.refused.emit(refusal)


def receipt_form(document: OfficialDocument, back: CameBack, actor: str) -> ServiceForm:
    """Begin the proof of service with what the receipt says."""
    told = back.reply.said
    return ServiceForm(
        ServiceWay.DIRECT,
        document.recipient,
        told["place"],
        read_time(told["received_at"]),
        told["receiver"],
        actor,
    )
