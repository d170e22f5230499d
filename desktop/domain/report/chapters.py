"""The report's chapters, and which of them have a ledger to be written from."""

from collections.abc import Mapping, Sequence
from typing import cast

from desktop.domain.report.facts import Facts, Ledger
from desktop.domain.report.figures import Figures
from desktop.domain.report.tables import Table, Wording, tables_of

Chapter = Mapping[str, object]


def chapters_of(wording: Wording) -> Sequence[Chapter]:
    """Give the chapters as the template lists them: title, ledger, tables, charts, annexed."""
    return cast(Sequence[Chapter], wording["chapter"])


def is_absent(chapter: Chapter, facts: Facts) -> bool:
    """Tell whether nobody keeps the ledger that a chapter is written from."""
    ledger = chapter.get("ledger")
    return ledger is not None and Ledger(ledger) in facts.absent


def told_tables(figures: Figures, wording: Wording) -> tuple[Table, ...]:
    """Make the tables of the chapters whose ledgers are kept.

    Raises:
        ReportDoesNotAddUp: as `tables_of`.
    """
    told = [each for each in chapters_of(wording) if not is_absent(each, figures.facts)]
    own = {code for chapter in told for code in cast(Sequence[str], chapter["tables"])}
    codes = own.union(annexed(figures, wording))
    return tuple(table for table in tables_of(figures, wording) if table.code in codes)


def annexed(figures: Figures, wording: Wording) -> tuple[str, ...]:
    """Name the long tables, which stand in the annex and not among the sentences."""
    told = (each for each in chapters_of(wording) if not is_absent(each, figures.facts))
    return tuple(code for each in told for code in cast(Sequence[str], each.get("annexed", ())))
