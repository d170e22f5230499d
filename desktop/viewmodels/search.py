"""Search over everything: what is found, what was opened lately, and what somebody pinned."""

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from desktop.domain.organisation import Hall
from desktop.storage.finding import CASE, KINDS, Found, Hit, Quest
from desktop.system.language import headed, said
from desktop.usecases.ports import Reading
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.casework import Casework
from desktop.viewmodels.help import manual
from desktop.viewmodels.lines import Lines, Row, headings
from desktop.viewmodels.links import RecordLink
from desktop.viewmodels.naming import entity_name, state_name
from desktop.viewmodels.times import day_of, stamp
from desktop.workers.finder import MOST, Finder

MANUAL = "manual"
RECENT = 20  # things that are remembered as opened lately
_CHAPTERS = 5  # of the manual, below everything else
_PINNED = "★ "


class Span(Enum):
    """When it was."""

    ANY = "any"
    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    LAST_YEAR = "last_year"

    @property
    def word(self) -> str:
        """What it is called."""
        words = {
            Span.ANY: said("全部时间"),
            Span.TODAY: said("今天"),
            Span.WEEK: said("近 7 天"),
            Span.MONTH: said("近 30 天"),
            Span.YEAR: said("今年"),
            Span.LAST_YEAR: said("去年"),
        }
        return words[self]

    def days(self, today: date) -> tuple[str, ...]:
        """Name its days, or the year that it is."""
        lasting = {Span.TODAY: 1, Span.WEEK: 7, Span.MONTH: 30}
        if self in lasting:
            return tuple((today - timedelta(n)).isoformat() for n in range(lasting[self]))
        years = {Span.YEAR: today.year, Span.LAST_YEAR: today.year - 1}
        return (str(years[self]),) if self in years else ()


class Wishes(NamedTuple):
    """What narrows the search; what is empty does not."""

    kind: str = ""
    span: Span = Span.ANY
    hall_id: str = ""
    state: str = ""


class SearchDesk(QObject):
    """Everything that can be found.

    Attributes:
        words: what is looked for.
        wishes: what narrows it.
        count: how much there is in all; None while what was pinned and opened lately is shown.
        halls: id and name of every hall.
    """

    changed = Signal()
    opened = Signal(object)  # a RecordLink
    refused = Signal(object)

    def __init__(self, casework: Casework, finder: Finder, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._casework, self._finder = casework, finder
        self._answers = Answers(self)
        self.words, self.wishes = "", Wishes()
        self.count: int | None = None
        self.halls: tuple[tuple[str, str], ...] = ()
        self.model = Lines(titles, self)
        self._hits: dict[str, Hit] = {}
        self._reader = ""  # whose pins and recent things are known
        self._pinned: list[tuple[str, str]] = []
        self._recent: list[tuple[str, str]] = []

    @property
    def is_behind(self) -> bool:
        """Whether something that changed is not in the index yet."""
        return self._finder.is_behind

    def stop(self) -> None:
        """Hear no more."""
        self._answers.close()

    def refresh(self) -> None:
        """Look again."""
        self._answers.ask(self._casework.desk.look(_halls), self._take_halls, self._no, "halls")
        self.search(self.words, self.wishes)

    def take_reader(self) -> None:
        """Take up what the person at the desk pinned and opened lately."""
        actor = self._casework.door.actor
        if actor is not None and actor.user_id != self._reader:
            self._reader, self._pinned, self._recent = actor.user_id, [], []
            self.words, self.wishes = "", Wishes()
            kept = self._casework.desk.recall(self._place())
            self._answers.ask(kept, self._take_kept, self._no, "kept")

    def search(self, words: str, wishes: Wishes) -> None:
        """Look for words of any length; with no wish at all, show what was opened lately."""
        self.words, self.wishes = words.strip(), wishes
        if not self.words and wishes == Wishes():
            keys = [*self._pinned, *(key for key in self._recent if key not in self._pinned)]
            self._answers.ask(self._finder.look_up(keys), self._show_kept, self._no, "hits")
            return
        quest = Quest(
            self.words,
            frozenset(filter(None, (wishes.kind,))),
            wishes.span.days(day_of(self._casework.clock.now())),
            wishes.hall_id,
            wishes.state,
        )
        self._answers.ask(self._finder.find(quest), self._show_found, self._no, "hits")

    def kinds(self) -> tuple[tuple[str, str], ...]:
        """Give the kinds of things with their names."""
        return tuple(sorted(((k, headed(entity_name(k))) for k in KINDS), key=lambda pair: pair[1]))

    def states(self) -> tuple[tuple[str, str], ...]:
        """Give the states that things of the chosen kind can be in."""
        kind = self.wishes.kind
        if kind == CASE:
            return (("OPEN", said("在办")), ("CLOSED", said("已办结")))
        rule = self._casework.book.rule(kind) if kind else None
        if rule is None or rule.state_field is None:
            return ()
        values = sorted(rule.fields[rule.state_field].values)
        return tuple((value, headed(state_name(value))) for value in values)

    def open(self, key: str) -> None:
        """Open what was found."""
        kind, _, record_id = key.partition("/")
        if kind == MANUAL:
            self.opened.emit(RecordLink(MANUAL, record_id))
        elif key in self._hits:
            self.note(kind, record_id)
            self.opened.emit(RecordLink(*self._hits[key].lead))

    def note(self, kind: str, record_id: str) -> None:
        """Remember what was opened."""
        key = kind, record_id
        if self._reader and (not self._recent or self._recent[0] != key):
            self._recent = [key, *(each for each in self._recent if each != key)][:RECENT]
            self._keep()

    def is_pinned(self, key: str) -> bool:
        """Tell whether it was pinned."""
        return _parted(key) in self._pinned

    def may_pin(self, key: str) -> bool:
        """Tell whether it can be pinned: a chapter of the manual cannot."""
        return key in self._hits

    def turn_pin(self, key: str) -> None:
        """Pin it, or take the pin away."""
        if not self.may_pin(key):
            return
        parted = _parted(key)
        if parted in self._pinned:
            self._pinned.remove(parted)
        else:
            self._pinned.insert(0, parted)
        self._keep()
        self.search(self.words, self.wishes)

    def link_of(self, key: str) -> str:
        """Write the link to what was found, "" for what has none."""
        return RecordLink(*self._hits[key].lead).text() if key in self._hits else ""

    def _take_halls(self, halls: tuple[tuple[str, str], ...]) -> None:
        self.halls = halls
        self.changed.emit()

    def _take_kept(self, text: str | None) -> None:
        kept = json.loads(text) if text else {}
        self._pinned = [(k, i) for k, i in kept.get("pinned", ())]
        noted = [(k, i) for k, i in kept.get("recent", ())]
        self._recent = [*self._recent, *(key for key in noted if key not in self._recent)][:RECENT]
        self.search(self.words, self.wishes)

    def _keep(self) -> None:
        kept = json.dumps({"pinned": self._pinned, "recent": self._recent})
        self._answers.ask(
            self._casework.desk.remember(self._place(), kept), self._was_kept, self._no
        )

    def _was_kept(self, _: None) -> None:
        """Nothing to show."""

    def _place(self) -> str:
        return f"search.{self._reader}"

    def _show_kept(self, hits: tuple[Hit, ...]) -> None:
        self._show(hits, None, ())

    def _show_found(self, found: Found) -> None:
        wishes = self.wishes == Wishes()
        told = manual.found(manual.tongue(), self.words)[:_CHAPTERS] if wishes else ()
        self._show(found.hits, found.total + len(told), told)

    def _show(
        self, hits: Sequence[Hit], count: int | None, chapters: Sequence[tuple[str, str]]
    ) -> None:
        self._hits = {f"{hit.kind}/{hit.id}": hit for hit in hits}
        rows = [Row(key, self._cells(key, hit)) for key, hit in self._hits.items()]
        word = said("手册", "search")
        rows += [Row(f"{MANUAL}/{name}", (word, title, "", "", "")) for name, title in chapters]
        self.count = count
        self.model.replace(rows)
        self.changed.emit()

    def _cells(self, key: str, hit: Hit) -> tuple[str, ...]:
        title = f"{_PINNED if self.is_pinned(key) else ''}{hit.title or said('无标题')}"
        state = {"OPEN": said("在办"), "CLOSED": said("已办结")} if hit.kind == CASE else {}
        shown = state.get(hit.state) or (headed(state_name(hit.state)) if hit.state else "")
        return headed(entity_name(hit.kind)), title, hit.detail, _moment(hit.at), shown

    def _no(self, error: Exception) -> None:
        self.refused.emit(error)


def more_said(count: int) -> str:
    """Say how much was found, and that not all of it is shown."""
    if count > MOST:
        return said("共 {0} 条，显示最近的 {1} 条").format(count, MOST)
    return said("共 {0} 条").format(count)


def titles() -> tuple[str, ...]:
    """The titles of what is found."""
    return headings(said("种类"), said("名称"), said("内容", "search"), said("时间"), said("状态"))


def _moment(at: str) -> str:
    return stamp(datetime.fromisoformat(at))[:16] if "T" in at else at


def _parted(key: str) -> tuple[str, str]:
    kind, _, record_id = key.partition("/")
    return kind, record_id


def _halls(reading: Reading) -> tuple[tuple[str, str], ...]:
    return tuple((hall.id, hall.name) for hall in reading.find(Hall))
