"""The list of case files, and the index and timeline of the one that lies open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.dossiers import Dossier, Entry
from desktop.domain.identifiers import UserId
from desktop.system.language import said
from desktop.usecases.dossier_timeline import Moment
from desktop.usecases.dossiers import contents
from desktop.usecases.ports import Reading
from desktop.viewmodels.casework import names_in
from desktop.viewmodels.dossiers.words import kind_name, look_of, step_said
from desktop.viewmodels.lines import Cells, Row, TwoLines, headings
from desktop.viewmodels.states import StateLook
from desktop.viewmodels.times import stamp


@dataclass(frozen=True, slots=True)
class DossierRow:
    """One case file in the list."""

    dossier: Dossier
    entries: int
    handler: str

    @property
    def key(self) -> str:
        """Its id."""
        return self.dossier.id

    @property
    def title(self) -> str:
        """Its title."""
        return self.dossier.title

    @property
    def look(self) -> StateLook:
        """Shape, word and tone."""
        return look_of(self.dossier)

    @property
    def detail(self) -> str:
        """Who works on it, and how much is in it."""
        told = said("{0} 件材料").format(self.entries)
        return " · ".join(filter(None, (self.handler, told, self.dossier.hold_reason)))

    @property
    def remark(self) -> str:
        """When it was opened."""
        return stamp(self.dossier.opened_at)[5:10]

    @property
    def spoken(self) -> tuple[str, ...]:
        """Both lines, and the look between them."""
        return (self.title, self.look.word, self.detail)


def read_rows(reading: Reading) -> tuple[DossierRow, ...]:
    """Fetch all case files, the latest first."""
    names = names_in(reading)
    found = sorted(reading.find(Dossier), key=lambda each: each.opened_at, reverse=True)
    return tuple(
        DossierRow(
            dossier,
            len(contents(reading, dossier.id)),
            names.get(dossier.handler, "") if dossier.handler else "",
        )
        for dossier in found
    )


class DossiersModel(TwoLines[DossierRow]):
    """Case files as a list of two lines each."""


def index_titles() -> Cells:
    """The titles of the index of contents."""
    return headings(said("序号"), said("日期"), said("类别"), said("题名"))


def timeline_titles() -> Cells:
    """The titles of the timeline."""
    return headings(said("时间"), said("步骤"), said("题名"), said("经办人"))


def index_lines(entries: Sequence[Entry]) -> tuple[Row, ...]:
    """Lay out the index of contents."""
    return tuple(
        Row(e.id, (str(n), stamp(e.at)[:16], kind_name(e.kind), e.title))
        for n, e in enumerate(entries, 1)
    )


def timeline_lines(moments: Sequence[Moment], names: Mapping[UserId, str]) -> tuple[Row, ...]:
    """Lay out the timeline."""
    return tuple(
        Row(
            str(n),
            (stamp(m.at)[:16], step_said(m.step), m.title, names.get(m.by, "") if m.by else ""),
        )
        for n, m in enumerate(moments)
    )
