"""What there is to look at: originals with the copies made of them, and who held them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.domain.dossiers import Dossier, EntryKind
from desktop.domain.errors import NotFound
from desktop.domain.evidence import Custody, Evidence, Paper
from desktop.domain.findings import Finding
from desktop.domain.identifiers import EvidenceId, FindingId
from desktop.domain.inspections import Inspection
from desktop.usecases.dossiers import contents
from desktop.usecases.evidence import shows_people
from desktop.usecases.findings import evidence_of
from desktop.usecases.ports import Reading

NEWEST = 300  # pieces that are listed where nobody asks for a matter
PAPER_ROLE = "paper"
PDF = "application/pdf"
_SEEN = ("image/", "video/", PDF)


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose evidence is looked at: a finding's, an inspection's, a case file's; or one piece."""

    entity: str
    id: str


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One original with the copies that were made of it, oldest first."""

    original: Evidence
    copies: tuple[Evidence, ...] = ()

    @property
    def key(self) -> str:
        """The original's id."""
        return self.original.id

    @property
    def bares(self) -> bool:
        """Whether people may be seen on the original."""
        return shows_people(self.original)

    @property
    def versions(self) -> tuple[Evidence, ...]:
        """The original and its copies."""
        return (self.original, *self.copies)


def exhibits_of(reading: Reading, subject: Subject | None) -> tuple[Exhibit, ...]:
    """Gather what there is to see of a matter, or the newest of all; the latest first.

    Raises:
        NotFound: the matter is not in this store.
    """
    if subject is None:
        newest = reading.newest(Evidence, NEWEST)
        papers = [sheet_of(paper) for paper in reading.newest(Paper, NEWEST)]
        found = [*newest, *papers]
    else:
        found = list(_of_subject(reading, subject))
    seen = {item.id: item for item in found if item.media_type.startswith(_SEEN)}
    families = _families([*seen.values(), *_copies_of_papers(reading, seen.values())])
    return tuple(sorted(families, key=lambda each: each.original.taken_at, reverse=True))


def chain_of(reading: Reading, exhibit: Exhibit) -> tuple[Custody, ...]:
    """Give the custody chain (流转链) of an original and its copies, oldest first.

    What a machine captured, and what left as a whole, stands under the finding.
    """
    ids = dict.fromkeys(item.id for item in exhibit.versions)
    subjects = [*ids, *filter(None, [exhibit.original.finding_id])]
    links = [link for each in subjects for link in reading.find(Custody, subject_id=each)]
    return tuple(sorted(links, key=lambda link: (link.at, link.id)))


def sheet_of(paper: Paper) -> Evidence:
    """Look at an issued paper as at a piece of evidence."""
    return Evidence(
        id=EvidenceId(paper.id),
        hall_id=paper.hall_id,
        role=PAPER_ROLE,
        sha256=paper.pdf_sha256,
        size=paper.pdf_size,
        media_type=PDF,
        taken_at=paper.issued_at,
        file_name=" ".join(filter(None, (paper.template, paper.doc_no))),
    )


def _of_subject(reading: Reading, subject: Subject) -> Iterator[Evidence]:
    match subject.entity:
        case Finding.ENTITY:
            yield from evidence_of(reading, reading.get(Finding, FindingId(subject.id)))
        case Inspection.ENTITY:
            yield from reading.find(Evidence, inspection_id=subject.id)
        case Dossier.ENTITY:
            for entry in contents(reading, reading.get(Dossier, subject.id).id):
                if entity := _LOOKED_AT.get(entry.kind):
                    yield from _of_entry(reading, Subject(entity, entry.subject_id))
        case Paper.ENTITY:
            yield sheet_of(reading.get(Paper, subject.id))
        case _:
            yield from _beside(reading, reading.get(Evidence, subject.id))


_LOOKED_AT = {
    EntryKind.FINDING: Finding.ENTITY,
    EntryKind.INSPECTION: Inspection.ENTITY,
    EntryKind.PAPER: Paper.ENTITY,
    EntryKind.EVIDENCE: Evidence.ENTITY,
}


def _of_entry(reading: Reading, subject: Subject) -> Iterator[Evidence]:
    try:
        yield from _of_subject(reading, subject)
    except NotFound:
        return  # it lies in a scope that this machine does not hold


def _beside(reading: Reading, item: Evidence) -> Iterator[Evidence]:
    """Give a piece with everything of the same matter."""
    if item.finding_id is not None:
        yield from reading.find(Evidence, finding_id=item.finding_id)
    elif item.inspection_id is not None:
        yield from reading.find(Evidence, inspection_id=item.inspection_id)
    else:
        yield item


def _copies_of_papers(reading: Reading, items: Iterable[Evidence]) -> Iterator[Evidence]:
    """Give the marked copies of papers: no finding and no inspection leads to them."""
    for item in items:
        if item.role == PAPER_ROLE:
            yield from reading.find(Evidence, masked_of=item.sha256)


def _families(items: Iterable[Evidence]) -> Iterator[Exhibit]:
    """Put copies, and copies of copies, to the original they come from."""
    known = {item.id: item for item in items}.values()
    sources = {(item.finding_id, item.inspection_id, item.sha256): item for item in known}

    def root(item: Evidence) -> Evidence:
        digest = item.masked_of
        source = sources.get((item.finding_id, item.inspection_id, digest)) if digest else None
        return item if source is None or source.id == item.id else root(source)

    copies: dict[str, list[Evidence]] = {}
    for item in known:
        first = root(item)
        copies.setdefault(first.id, [])
        if first.id != item.id:
            copies[first.id].append(item)
    for item in known:
        if item.id in copies:
            yield Exhibit(item, tuple(sorted(copies[item.id], key=lambda each: each.id)))
