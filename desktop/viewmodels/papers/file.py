"""What lies on the table for one official paper: its text, its people, its prints."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from desktop.documents.slots import Slot, slots_of
from desktop.documents.template import Template
from desktop.domain.entities import Book
from desktop.domain.evidence import Evidence, Paper, ServiceReceipt
from desktop.domain.identifiers import DocumentId, UserId
from desktop.domain.official_documents import Countersignature, DocumentState, OfficialDocument
from desktop.domain.organisation import LegalBasis, Organ, UserCard
from desktop.domain.replies import UnitReply
from desktop.domain.roles import Role
from desktop.system.language import said
from desktop.usecases.numbering import temporary_of
from desktop.usecases.official_documents import evidence_behind
from desktop.usecases.ports import Reading
from desktop.viewmodels.naming import role_names
from desktop.viewmodels.papers.acts import PaperAct, roles_of, way_on
from desktop.viewmodels.papers.words import kind_name
from desktop.viewmodels.paperwork.file import WayStep, done_by, walked
from desktop.viewmodels.times import stamp

_TO_ASK = {
    Role.SUPERVISOR,
    Role.VIDEO_SUP,
    Role.INSPECTOR,
    Role.LEGAL_CHECK,
    Role.SECTION_HEAD,
    Role.DEPUTY_HEAD,
    Role.HEAD,
    Role.APPEAL_REVIEWER,
    Role.COMPLAINT_CLERK,
}


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A paper with all that its screen shows.

    Attributes:
        slots: the places of its template.
        evidence: what its findings hold.
        bases: the articles of the library, with the days on which they are in force.
        words: what was said by those who were asked, on this text and on earlier ones.
    """

    document: OfficialDocument
    template: Template
    slots: tuple[Slot, ...]
    organ: Organ
    evidence: tuple[Evidence, ...]
    bases: tuple[LegalBasis, ...]
    words: tuple[Countersignature, ...]
    papers: tuple[Paper, ...]
    receipts: tuple[ServiceReceipt, ...]
    replies: tuple[UnitReply, ...]
    people: tuple[UserCard, ...]
    temporary_no: str = ""

    @property
    def subject(self) -> OfficialDocument:
        """The paper, as a desk of any paper calls it."""
        return self.document

    @property
    def title(self) -> str:
        """What it is called."""
        return kind_name(self.document.template)

    @property
    def recipient(self) -> str:
        """Whom it is addressed to."""
        return self.document.recipient

    @property
    def liaison(self) -> str:
        """Nobody is known who signs for it."""
        return ""

    def with_document(self, document: OfficialDocument) -> "PaperFile":
        """Give the file with the paper as it was kept."""
        return replace(self, document=document)

    def name(self, user_id: UserId | None) -> str:
        """Name a person; one who is not in the register by the start of his id."""
        known = (person.name for person in self.people if person.id == user_id)
        return next(known, user_id[:8] if user_id else "")

    @property
    def is_answered(self) -> bool:
        """Whether an answer to it is due, and it has gone out or can go."""
        return bool(self.template.texts_or("answers")) and bool(self.document.doc_no)

    @property
    def askable(self) -> tuple[UserCard, ...]:
        """Who can be asked for a word: everybody of the office but the drafter."""
        return tuple(
            person
            for person in self.people
            if person.id != self.document.drafted_by and _TO_ASK.intersection(person.roles)
        )

    @property
    def printable(self) -> tuple[Evidence, ...]:
        """The pictures that an annex may print: copies, on which bystanders are masked."""
        copies = [item for item in self.evidence if item.masked_of is not None]
        return tuple(sorted(copies, key=lambda item: (item.at_s, item.role)))

    @property
    def originals(self) -> tuple[Evidence, ...]:
        """What an annex may list."""
        return tuple(item for item in self.evidence if item.masked_of is None)

    def citable(self, on: date) -> tuple[LegalBasis, ...]:
        """Give the articles that can be cited on a day."""
        return tuple(basis for basis in self.bases if basis.in_force(on))


def read_paper(
    reading: Reading, document_id: DocumentId, templates: Mapping[str, Template]
) -> PaperFile:
    """Gather it.

    Raises:
        NotFound: the paper is not in this case file.
    """
    document = reading.get(OfficialDocument, document_id)
    template = templates[document.template]
    return PaperFile(
        document=document,
        template=template,
        slots=slots_of(template),
        organ=reading.get(Organ, document.organ_id),
        evidence=tuple(evidence_behind(reading, document.finding_ids)),
        bases=reading.find(LegalBasis),
        words=reading.find(Countersignature, document_id=document_id),
        papers=reading.find(Paper, document_id=document_id),
        receipts=reading.find(ServiceReceipt, document_id=document_id),
        replies=reading.find(UnitReply, document_id=document_id),
        people=reading.find(UserCard),
        temporary_no=temporary_of(reading, document_id),
    )


def steps(file: PaperFile, book: Book) -> tuple[WayStep, ...]:
    """Tell the steps of this kind of paper, with who did each or has it."""
    ways = ((title, done) for _, title, done in _ways(file, book))
    return walked(ways, step_now(file, book), waits_for(file, book))


def step_now(file: PaperFile, book: Book) -> int:
    """Count the steps that are done; void papers stay as far as they came."""
    document = file.document
    ways = tuple(_ways(file, book))
    act = way_on(document, book)
    if act is not None:
        return next(n for n, (each, _, _) in enumerate(ways) if each is act)
    return sum(bool(done) for _, _, done in ways)


def waits_for(file: PaperFile, book: Book) -> str:
    """Say for whom a paper waits."""
    return waiting_said(file.document, book, {person.id: person.name for person in file.people})


def waiting_said(document: OfficialDocument, book: Book, names: Mapping[UserId, str]) -> str:
    """Say for whom a paper waits: a person where one is named, otherwise the roles."""
    act = way_on(document, book)
    if act is None:
        return ""
    if document.state is DocumentState.DRAFT:
        return names.get(document.drafted_by, "")
    if act is PaperAct.COUNTERSIGN:
        return said("、", "list").join(names.get(each, "") for each in document.countersigners)
    return said("待 {0}").format(role_names(roles_of(document, book, act)))


def _ways(file: PaperFile, book: Book) -> Iterator[tuple[PaperAct, str, str]]:
    """Give the steps that this kind of paper takes: the act, its name, and who did it when."""
    d = file.document
    submits = bool(_ever(file, book, "submit") or _ever(file, book, "submit_for_signature"))
    if submits:
        yield PaperAct.SUBMIT, said("拟稿", "step"), done_by(file, d.drafted_by, d.drafted_at)
    if _ever(file, book, "submit"):
        yield PaperAct.CHECK, said("核稿", "step"), done_by(file, d.checked_by, d.checked_at)
        if d.countersigners:
            done = stamp(d.countersigned_at)[5:16] if d.countersigned_at else ""
            yield PaperAct.COUNTERSIGN, said("会签", "step"), done
    if submits:
        yield PaperAct.SIGN, said("签发", "step"), done_by(file, d.signed_by, d.signed_at)
    if _ever(file, book, "file") or _ever(file, book, "file_signed"):
        yield PaperAct.FILE, said("归档", "step"), done_by(file, d.filed_by, d.filed_at)
        return
    yield PaperAct.ISSUE, said("编号用印", "step"), done_by(file, d.sealed_by, d.issued_at)
    registered = done_by(file, d.registered_by, d.registered_at)
    yield PaperAct.REGISTER, said("登记", "step"), registered
    yield PaperAct.SERVE, said("送达", "step"), done_by(file, d.served_by, d.served_at)


def _ever(file: PaperFile, book: Book, transition: str) -> tuple[str, ...]:
    """Name the roles that do a transition of this kind of paper, whatever its state."""
    body = {"template": file.document.template}
    acts = book.rule(OfficialDocument.ENTITY).transitions
    return next(act.roles_for(body) for act in acts if act.name == transition)
