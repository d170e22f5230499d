"""The six boards: how much of each is open, and the list behind every number (F12)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from PySide6.QtCore import QObject, Signal

from desktop.domain.calendar import WorkingCalendar
from desktop.domain.cards import Card
from desktop.domain.findings import Finding, FindingState
from desktop.domain.identifiers import FindingId, UnitId
from desktop.domain.organisation import Unit
from desktop.domain.rectification import Extension, Rectification
from desktop.domain.rules.catalogue import Board, Catalogue
from desktop.system.language import headed, said
from desktop.usecases.ports import Reading
from desktop.viewmodels.answers import Answers
from desktop.viewmodels.approvals.words import LEVELS
from desktop.viewmodels.cards.track import ENDED
from desktop.viewmodels.casework import Casework
from desktop.viewmodels.changes import StoreChanges
from desktop.viewmodels.lines import Lines, Row, headings
from desktop.viewmodels.naming import state_name
from desktop.viewmodels.rule_count import RuleCount
from desktop.viewmodels.times import day_of, stamp


class Count(Enum):
    """What a board counts."""

    CANDIDATES = "CANDIDATES"
    CASES = "CASES"
    FINDINGS = "FINDINGS"
    CARDS = "CARDS"
    ORDERS = "ORDERS"

    @property
    def word(self) -> str:
        """What it is in the current language."""
        words = {
            Count.CANDIDATES: said("规则发现"),
            Count.CASES: said("涉及办件"),
            Count.FINDINGS: said("待核实问题"),
            Count.CARDS: said("在册黄红牌"),
            Count.ORDERS: said("未销号整改"),
        }
        return words[self]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line behind a number.

    Attributes:
        key: of the case, the finding or the card that it opens.
        overdue: whether it is over its day.
    """

    key: str
    cells: tuple[str, ...]
    overdue: bool = False


Entries = Mapping[tuple[Board, Count], tuple[Entry, ...]]


@dataclass(frozen=True, slots=True)
class _Papers:
    """What the numbers are made of."""

    findings: tuple[Finding, ...]
    cards: tuple[Card, ...]
    orders: tuple[Rectification, ...]
    extensions: tuple[Extension, ...]
    units: Mapping[UnitId, str]


class BoardDesk(QObject):
    """Counts by board what stands in the case file.

    Attributes:
        chosen: the number whose list is shown; None before one is.
    """

    changed = Signal()
    refused = Signal(object)

    def __init__(self, casework: Casework, rules: RuleCount, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._casework, self._rules = casework, rules
        rules.changed.connect(self._list)
        rules.refused.connect(self._refuse)
        self._answers = Answers(self)
        self.entries: Entries = {}
        self.is_counted = False
        self.chosen: tuple[Board, Count] | None = None
        self.model = Lines(titles, self)
        self._changes = StoreChanges(casework.desk, self)
        self._changes.changed.connect(self.refresh)

    def stop(self) -> None:
        """Listen no more."""
        self._changes.close()
        self._answers.close()

    def refresh(self) -> None:
        """Count again."""
        office = self._casework
        question = _Question(office.catalogue, office.calendar, day_of(office.clock.now()))
        self._answers.ask(office.desk.look(question), self._take, self._refuse, "entries")

    def number(self, board: Board, count: Count) -> int:
        """How many there are."""
        if count is Count.CANDIDATES:
            return (self._rules.numbers or {}).get(board, 0)
        return len(self.entries.get((board, count), ()))

    def number_said(self, board: Board, count: Count) -> str:
        """Say how many there are; "–" before anybody has counted."""
        known = self.is_counted
        if count is Count.CANDIDATES:
            known = self._rules.numbers is not None
        return str(self.number(board, count)) if known else "–"

    def hint(self, board: Board, count: Count) -> str:
        """Say what to know beside a number: what is over its day, how far counting has come."""
        if count is Count.CANDIDATES and self._rules.share is not None:
            return said("清点中 {0}%").format(round(self._rules.share * 100))
        over = self.overdue(board, count)
        return said("超期 {0}").format(over) if over else ""

    def overdue(self, board: Board, count: Count) -> int:
        """How many of them are over their day."""
        return sum(each.overdue for each in self.entries.get((board, count), ()))

    def show(self, board: Board, count: Count) -> None:
        """Show the list behind a number; candidates are counted when somebody asks for them."""
        self.chosen = board, count
        if count is Count.CANDIDATES:
            self._rules.begin()
        self._list()

    def _take(self, entries: Entries) -> None:
        self.entries, self.is_counted = entries, True
        self._list()

    def _list(self) -> None:
        shown = self._shown(*self.chosen) if self.chosen else ()
        self.model.replace([Row(each.key, each.cells) for each in shown])
        self.changed.emit()

    def _shown(self, board: Board, count: Count) -> Sequence[Entry]:
        if count is not Count.CANDIDATES:
            return self.entries.get((board, count), ())
        language, catalogue = said("zh", "rules"), self._casework.catalogue
        return [
            Entry(
                f"{hit.case_id}/{hit.rule_id}",
                (
                    f"{hit.case_no} {catalogue.rule(hit.rule_id).wording[language].name}",
                    "—",
                    headed(said(LEVELS[hit.after or 0])),
                    hit.rule_id,
                ),
            )
            for hit in self._rules.hits.get(board, ())
        ]

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)


@dataclass(frozen=True, slots=True)
class _Question:
    """Counts on the reading thread: the case file may be large."""

    catalogue: Catalogue
    calendar: WorkingCalendar
    today: date

    def __call__(self, reading: Reading) -> Entries:
        return _Counter(_papers(reading), self.catalogue, self.calendar, self.today).entries()


class _Counter:
    """Sorts what stands in the case file by board."""

    def __init__(
        self, papers: _Papers, catalogue: Catalogue, calendar: WorkingCalendar, today: date
    ) -> None:
        self._papers, self._calendar, self._today = papers, calendar, today
        self._rules = {rule.id: rule for rule in catalogue.rules()}
        self._findings: Mapping[FindingId, Finding] = {each.id: each for each in papers.findings}
        self._cards = {card.id: card for card in papers.cards}

    def entries(self) -> Entries:
        found: dict[tuple[Board, Count], list[Entry]] = {}
        for finding in self._papers.findings:
            if (board := self._board(finding)) and finding.state.is_open:
                found.setdefault((board, Count.FINDINGS), []).append(self._of_finding(finding))
        for board, entry in self._cases():
            found.setdefault((board, Count.CASES), []).append(entry)
        for card in self._papers.cards:
            if (board := self._board_of(card)) and card.state not in ENDED:
                found.setdefault((board, Count.CARDS), []).append(self._of_card(card))
        for order in self._papers.orders:
            card_of = self._cards.get(order.card_id)
            if order.state.is_open and card_of and (board := self._board_of(card_of)):
                found.setdefault((board, Count.ORDERS), []).append(self._of_order(order))
        return {key: tuple(rows) for key, rows in found.items()}

    def _cases(self) -> Iterator[tuple[Board, Entry]]:
        """Give every case once for each board that it stands on."""
        seen: set[tuple[Board, str]] = set()
        for finding in self._papers.findings:
            board, case_id = self._board(finding), finding.case_id
            standing = finding.state not in {FindingState.DISMISSED, FindingState.EXPIRED}
            if board and case_id and standing and (board, case_id) not in seen:
                seen.add((board, case_id))
                entry = self._of_finding(finding)
                yield board, Entry(case_id, entry.cells)

    def _board(self, finding: Finding) -> Board | None:
        rule = self._rules.get(finding.rule_id)
        return rule.board if rule else None

    def _board_of(self, card: Card) -> Board | None:
        finding = self._findings.get(card.finding_ids[0]) if card.finding_ids else None
        return self._board(finding) if finding else None

    def _of_finding(self, finding: Finding) -> Entry:
        rule = self._rules[finding.rule_id].wording[said("zh", "rules")].name
        matter = f"{finding.case.case_no} {rule}" if finding.case else rule
        state = headed(state_name(finding.state.value))
        return Entry(
            finding.id, (matter, self._unit(finding.unit_id), state, stamp(finding.detected_at))
        )

    def _of_card(self, card: Card) -> Entry:
        state = headed(state_name(card.state.value))
        matter = card.doc_no or card.facts_text[:40]
        return Entry(card.id, (matter, self._unit(card.unit_id), state, stamp(card.drafted_at)))

    def _of_order(self, order: Rectification) -> Entry:
        more = [each for each in self._papers.extensions if each.rectification_id == order.id]
        extension = more[-1] if more else None
        over = order.overdue_wd(self._today, self._calendar, extension)
        due = extension.until if extension else order.due
        state = headed(state_name(order.state.value))
        cells = (order.doc_no, self._unit(order.unit_id), state, due.isoformat())
        return Entry(order.card_id, cells, overdue=over > 0)

    def _unit(self, unit_id: UnitId) -> str:
        return self._papers.units.get(unit_id, "—")


def titles() -> tuple[str, ...]:
    """The titles of the list behind a number."""
    return headings(said("事由"), said("被监察单位"), said("状态"), said("时间"))


def _papers(reading: Reading) -> _Papers:
    units: Sequence[Unit] = reading.find(Unit)
    return _Papers(
        reading.find(Finding),
        reading.find(Card),
        reading.find(Rectification),
        reading.find(Extension),
        {unit.id: unit.short_name or unit.name for unit in units},
    )
