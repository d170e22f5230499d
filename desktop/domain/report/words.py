"""What the rows of a table are made with: figures, names and the template's words."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import cast

from desktop.domain.identifiers import UnitId
from desktop.domain.report.figures import Figures
from desktop.domain.report.values import Change, Share

Value = str | int | Decimal | date | Share | Change | None
Row = tuple[Value, ...]
Wording = Mapping[str, object]
NOTHING = "—"


class Words:
    """What the rows of one table are made with: figures, names and the template's words."""

    def __init__(self, figures: Figures, said: Wording, words: Mapping[str, str]) -> None:
        self.figures = figures
        self._said = said
        self._words = words
        self._units = {unit.id: unit.short_name for unit in figures.facts.units}
        self._windows = {window.id: window.name for window in figures.facts.windows}

    def unit(self, unit_id: UnitId) -> str:
        """Name a unit."""
        return self._units[unit_id]

    def window(self, window_id: str) -> str:
        """Name a window."""
        return next(name for known, name in self._windows.items() if known == window_id)

    def rule(self, rule_id: str) -> str:
        """Name a rule."""
        return f"{rule_id} {self.figures.facts.rule_names.get(rule_id, '')}".rstrip()

    def word(self, name: str) -> str:
        """Give a word that all tables share."""
        return self._words[name]

    def label(self, name: str) -> str:
        """Give a word of this table."""
        return cast(Mapping[str, str], self._said["labels"])[name]


def printed(value: Value) -> str:
    """Write a value as papers do: one decimal for percentages, — where nothing can be divided."""
    match value:
        case None:
            return NOTHING
        case Share():
            return NOTHING if value.percent is None else f"{value.percent}%"
        case Change():
            return NOTHING if value.percent is None else f"{value.percent:+}%"
        case date():
            return value.isoformat()
        case _:
            return str(value)
