"""The library of legal bases and the organs' profiles: what papers rest on, and who issues."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.domain.cards import Card
from desktop.domain.errors import BadField, BasisCited
from desktop.domain.identifiers import BasisId, RegionId, new_id
from desktop.domain.organisation import MAY_ISSUE, LegalBasis, Organ
from desktop.usecases.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class BasesTaken:
    """What came of a file of bases: new ones, ones whose last day changed, and known ones."""

    new: int
    changed: int
    known: int


def keep_basis(work: UnitOfWork, basis: LegalBasis) -> LegalBasis:
    """Enter an article, or change one that no signed card cites; its last day always may.

    Raises:
        BadField: it ends before it begins.
        BasisCited: a signed card cites it as it stands.
    """
    _must_last(basis)
    known = work.find(LegalBasis, region_id=basis.region_id)
    before = next((each for each in known if each.id == basis.id), None)
    if before is None:
        work.add(basis)
    else:
        _must_keep_its_words(work, before, basis)
        work.replace(basis)
    work.note("basis.keep", f"legal_basis/{basis.id}")
    return basis


def take_bases(work: UnitOfWork, region_id: RegionId, bases: Sequence[LegalBasis]) -> BasesTaken:
    """Enter what a file holds; an article that is known takes its last day from the file.

    Raises:
        BadField: one ends before it begins; nothing is entered then.
    """
    known = {_sameness(basis): basis for basis in work.find(LegalBasis, region_id=region_id)}
    new = changed = 0
    for basis in bases:
        _must_last(basis)
        before = known.get(_sameness(basis))
        if before is None:
            kept = replace(basis, id=BasisId(new_id()), region_id=region_id)
            work.add(kept)
            known[_sameness(kept)] = kept
            new += 1
        elif before.valid_to != basis.valid_to:
            work.replace(replace(before, valid_to=basis.valid_to))
            changed += 1
    work.note("basis.import", f"region/{region_id}")
    return BasesTaken(new, changed, len(bases) - new - changed)


def change_organ(work: UnitOfWork, organ: Organ) -> Organ:
    """Keep an organ's names and code, and which papers of its kind it issues.

    Raises:
        BadField: a paper is switched off that its kind may not issue anyway.
    """
    for paper in organ.papers_off:
        if paper not in MAY_ISSUE[organ.organ_type]:
            raise BadField(Organ.ENTITY, "papers_off", paper)
    work.replace(organ)
    work.note("organ.change", f"organ/{organ.id}")
    return organ


def _must_last(basis: LegalBasis) -> None:
    if basis.valid_to is not None and basis.valid_to < basis.valid_from:
        raise BadField(LegalBasis.ENTITY, "valid_to", basis.valid_to)


def _must_keep_its_words(work: UnitOfWork, before: LegalBasis, after: LegalBasis) -> None:
    if replace(after, valid_to=before.valid_to) == before:
        return
    for card in work.find(Card):
        if card.signed_at and before.id in {*card.violated, *card.basis}:
            raise BasisCited(before.title)


def _sameness(basis: LegalBasis) -> tuple[object, ...]:
    return basis.purpose, basis.title, basis.article, basis.valid_from
