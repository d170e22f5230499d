"""The list of official papers, cut by what waits for whom."""

from dataclasses import dataclass
from enum import Enum

from desktop.domain.entities import Book
from desktop.domain.numbers import TemporaryNumber
from desktop.domain.official_documents import DocumentState, OfficialDocument
from desktop.domain.roles import Actor
from desktop.system.language import headed, said
from desktop.usecases.ports import Reading
from desktop.viewmodels.casework import names_in
from desktop.viewmodels.lines import CellTable, PileSearch, headings
from desktop.viewmodels.naming import state_name
from desktop.viewmodels.papers.acts import is_mine
from desktop.viewmodels.papers.file import waiting_said
from desktop.viewmodels.papers.words import kind_name
from desktop.viewmodels.times import day_of


class PaperPile(Enum):
    """How the list is cut."""

    MINE = "mine"
    UNDER_WAY = "under_way"
    DONE = "done"
    VOID = "void"

    @property
    def word(self) -> str:
        """The pile in the current language."""
        words = {
            PaperPile.MINE: said("待我处理", "pile"),
            PaperPile.UNDER_WAY: said("办理中", "pile"),
            PaperPile.DONE: said("已送达或归档"),
            PaperPile.VOID: said("已作废", "pile"),
        }
        return words[self]


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper; `waits_for` says for whom, `is_mine` whether that is the person here."""

    document: OfficialDocument
    waits_for: str
    is_mine: bool
    temporary_no: str = ""

    @property
    def key(self) -> str:
        """The id of the paper."""
        return self.document.id

    @property
    def pile(self) -> PaperPile:
        """Where it lies, apart from being somebody's."""
        if self.document.state is DocumentState.CANCELLED:
            return PaperPile.VOID
        return PaperPile.DONE if self.document.state.is_over else PaperPile.UNDER_WAY

    def lies_on(self, pile: PaperPile) -> bool:
        """Tell whether a pile holds it; what is mine lies on two."""
        return self.is_mine if pile is PaperPile.MINE else self.pile is pile

    @property
    def cells(self) -> tuple[str, ...]:
        """What the table shows, column by column."""
        document = self.document
        return (
            headed(state_name(document.state.value)),
            document.doc_no or self.temporary_no or "—",
            kind_name(document.template),
            document.recipient or "—",
            self.waits_for,
            day_of(document.drafted_at).isoformat(),
        )

    @property
    def searched(self) -> tuple[str, ...]:
        """All that the table shows of it."""
        return self.cells


def columns() -> tuple[str, ...]:
    """The titles of the table's columns."""
    return headings(
        said("状态"), said("文号"), said("文书", "column"), said("受文单位或个人"),
        said("待谁办理"), said("起草于"),
    )  # fmt: skip


def paper_rows(reading: Reading, book: Book, actor: Actor | None) -> tuple[PaperRow, ...]:
    """List all papers, the latest first."""
    names = names_in(reading)
    temporary = {each.subject_id: each.number for each in reading.find(TemporaryNumber)}
    papers = sorted(reading.find(OfficialDocument), key=lambda d: d.drafted_at, reverse=True)
    return tuple(
        PaperRow(
            each,
            waiting_said(each, book, names),
            is_mine(each, book, actor),
            temporary.get(each.id, ""),
        )
        for each in papers
    )


class PapersModel(CellTable[PaperRow]):
    """The rows as a table."""


class PapersSearch(PileSearch[PaperRow, PaperPile]):
    """The papers of one pile."""
