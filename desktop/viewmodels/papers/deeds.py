"""What is done with an official paper: each act of the desk as one transaction."""

from collections.abc import Callable
from functools import partial
from typing import cast

from desktop.domain.identifiers import DocumentId
from desktop.domain.official_documents import OfficialDocument
from desktop.usecases import official_documents as acts
from desktop.usecases.ports import UnitOfWork
from desktop.viewmodels.casework import Casework
from desktop.viewmodels.papers.acts import PaperAct
from desktop.viewmodels.paperwork.service import Served

Answer = str | int | Served | None
Deed = Callable[[UnitOfWork], OfficialDocument]


class PaperDeeds:
    """Makes the deeds of one open program."""

    def __init__(self, casework: Casework) -> None:
        self._press, self._clock = casework.press, casework.clock

    def deed(self, act: PaperAct, document: OfficialDocument, told: Answer) -> Deed:
        """Give an act on a paper, to be done in one transaction; it answers the paper as it is."""
        return partial(self._act(act, document, told), document_id=document.id)

    def _act(  # noqa: PLR0911  # one return an act
        self, act: PaperAct, document: OfficialDocument, told: Answer
    ) -> Callable[..., OfficialDocument]:
        press, clock = self._press, self._clock
        words = cast(str, told)
        match act:
            case PaperAct.SUBMIT:
                return partial(acts.submit_document, press=press, clock=clock)
            case PaperAct.CHECK:
                return partial(acts.check_document, opinion=words, clock=clock)
            case PaperAct.COUNTERSIGN:
                return partial(acts.countersign_document, opinion=words, press=press, clock=clock)
            case PaperAct.SIGN:
                return partial(acts.sign_document, press=press, clock=clock)
            case PaperAct.ISSUE:
                return partial(acts.issue_document, press=press, clock=clock)
            case PaperAct.REGISTER:
                return partial(acts.register_document, copies=cast(int, told), clock=clock)
            case PaperAct.SERVE:
                return partial(self._serve, served=cast(Served, told))
            case PaperAct.FILE:
                return partial(acts.file_document, press=press, clock=clock)
            case PaperAct.REVISE:
                return partial(acts.revise_document, said=document.said)
            case PaperAct.RETURN:
                return partial(acts.return_document, reason=words)
            case PaperAct.CANCEL:
                return partial(acts.cancel_document, reason=words)

    def _serve(self, work: UnitOfWork, document_id: DocumentId, served: Served) -> OfficialDocument:
        press, clock = self._press, self._clock
        service = served.with_photo_in(press)
        return acts.serve_document(work, document_id, service, press=press, clock=clock)
