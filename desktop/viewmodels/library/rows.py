"""The articles of the library as a table, each with whether it holds today."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from desktop.domain.organisation import LegalBasis
from desktop.system.language import headed, said
from desktop.system.theme import Tone
from desktop.viewmodels.library.words import RANKS, purpose_word
from desktop.viewmodels.lines import CellTable, PileSearch, headings


class Force(Enum):
    """Whether an article can be cited today."""

    NOW = "now"
    LATER = "later"
    OVER = "over"

    @property
    def word(self) -> str:
        """The word in the current language."""
        words = {
            Force.NOW: said("施行中"),
            Force.LATER: said("尚未施行"),
            Force.OVER: said("已失效"),
        }
        return words[self]


@dataclass(frozen=True, slots=True)
class BasisRow:
    """One article on a day."""

    basis: LegalBasis
    today: date

    @property
    def key(self) -> str:
        """Its id."""
        return self.basis.id

    @property
    def force(self) -> Force:
        """Whether it holds."""
        if self.basis.in_force(self.today):
            return Force.NOW
        return Force.LATER if self.today < self.basis.valid_from else Force.OVER

    @property
    def cells(self) -> tuple[str, ...]:
        """What the table shows, column by column."""
        basis = self.basis
        until = basis.valid_to.isoformat() if basis.valid_to else "—"
        return (
            headed(purpose_word(basis.purpose)), basis.title, basis.article,
            headed(said(RANKS[basis.rank])), basis.document or "—",
            basis.valid_from.isoformat(), until,
        )  # fmt: skip

    @property
    def searched(self) -> tuple[str, ...]:
        """All that the table shows of it."""
        return self.cells

    def lies_on(self, pile: Force) -> bool:
        """Tell whether it is of this force."""
        return self.force is pile


def columns() -> tuple[str, ...]:
    """The titles of the table's columns."""
    return headings(
        said("用途"), said("办法名称"), said("条款"), said("层级"),
        said("文号"), said("施行日期"), said("失效日期"),
    )  # fmt: skip


class BasesModel(CellTable[BasisRow]):
    """Articles as a table."""

    def tone_of(self, row: BasisRow, column: int) -> Tone | None:  # whole rows
        """Write softly what does not hold today."""
        return None if row.force is Force.NOW else Tone.SOFT


class BasesSearch(PileSearch[BasisRow, Force]):
    """The articles of one force."""
