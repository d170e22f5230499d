"""Says in one sentence why something was found: the rule's own text with the finding's facts."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from string import Formatter
from typing import Any

from desktop.domain.calendar import HALL_TIME
from desktop.domain.rules.catalogue import Rule, Wording


def explain(rule: Rule, facts: Mapping[str, object], language: str) -> str:
    """Fill the explanation of a rule from a finding's facts, fresh or read back from the store.

    `{due:date}`, `{at:time}`, `{fee:money}` (分), `{share:share}`, `{which:list}` and `{why:word}`
    tell how a fact is shown; a fact that has names by language is shown in this one.
    """
    return _Sentence(rule.wording[language], language).vformat(
        rule.wording[language].explanation, (), facts
    )


def as_json(facts: Mapping[str, object]) -> dict[str, object]:
    """Write facts as JSON can keep them; `explain` says the same of them afterwards."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in facts.items()
    }


class _Sentence(Formatter):
    def __init__(self, wording: Wording, language: str) -> None:
        self._words, self._language = wording.words, language
        self._ways: Mapping[str, Callable[[Any], str]] = {
            "date": self._date,
            "time": self._time,
            "money": lambda fen: f"{fen / 100:.2f}",
            "share": lambda share: f"{share:.1%}",
            "word": self._word,
            "list": self._list,
        }

    def format_field(self, value: Any, format_spec: str) -> str:  # Any: whatever a fact holds
        """Write one fact."""
        if isinstance(value, Mapping):
            value = value[self._language]
        show = self._ways.get(format_spec)
        return show(value) if show else str(super().format_field(value, format_spec))

    def _list(self, values: Iterable[object]) -> str:
        between = "、" if self._language == "zh" else ", "
        return between.join(self._word(str(each)) for each in values)

    def _word(self, code: str) -> str:
        return self._words.get(code, code)

    def _time(self, value: date | str) -> str:
        return f"{self._date(value)} {_moment(value):%H:%M}"

    def _date(self, value: date | str) -> str:
        day = _moment(value)
        if self._language == "zh":
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{day:%Y-%m-%d}"


def _moment(value: date | str) -> datetime:
    """Take a date or a moment, or either as JSON gives it, in hall time."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    if isinstance(value, datetime):
        return value.astimezone(HALL_TIME)
    return datetime(value.year, value.month, value.day, tzinfo=HALL_TIME)
