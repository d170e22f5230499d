"""Short reports and registers: the day, the week, rectifications, numbers and service."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import cast

from desktop.domain.calendar import HALL_TIME, WorkingCalendar
from desktop.domain.cards import Card, CardKind, CardState
from desktop.domain.evidence import ServiceReceipt
from desktop.domain.findings import Finding, FindingState
from desktop.domain.numbers import NumberBlock, TemporaryNumber, VoidedNumbers
from desktop.domain.official_documents import OfficialDocument
from desktop.domain.organisation import Unit, Window
from desktop.domain.rectification import Extension, Rectification, RectificationState
from desktop.domain.report.tables import Row, Table, Wording
from desktop.domain.signed_papers import document_number

_NEAR_WD = 3
Numbered = Card | OfficialDocument


class BriefKind(Enum):
    """What can be made."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    PROGRESS = "PROGRESS"
    NUMBERS = "NUMBERS"
    SERVICE = "SERVICE"


@dataclass(frozen=True, slots=True)
class Ledgers:
    """The records of one hall that briefs are made from, and the names they are told by."""

    organ: str
    cut_off: datetime
    units: tuple[Unit, ...]
    windows: tuple[Window, ...]
    findings: tuple[Finding, ...]
    cards: tuple[Card, ...]
    orders: tuple[Rectification, ...]
    extensions: tuple[Extension, ...]
    receipts: tuple[ServiceReceipt, ...]
    rule_names: Mapping[str, str]
    calendar: WorkingCalendar
    documents: tuple[OfficialDocument, ...] = ()
    blocks: tuple[NumberBlock, ...] = ()
    voided: tuple[VoidedNumbers, ...] = ()
    temporary: tuple[TemporaryNumber, ...] = ()

    @property
    def papers(self) -> "list[Numbered]":
        """All that can bear a number."""
        return [*self.cards, *self.documents]

    @property
    def today(self) -> date:
        """The hall's day of the cut-off."""
        return self.cut_off.astimezone(HALL_TIME).date()


@dataclass(frozen=True, slots=True)
class Brief:
    """A short report before it is printed."""

    kind: BriefKind
    organ: str
    title: str
    span: str
    sentences: tuple[str, ...]
    tables: tuple[Table, ...]


def brief_of(kind: BriefKind, ledgers: Ledgers, wording: Wording) -> Brief:
    """Make a brief as of its ledgers' cut-off."""
    teller = _Teller(ledgers, wording)
    match kind:
        case BriefKind.DAILY:
            first, sentences, tables = teller.days(ledgers.today)
        case BriefKind.WEEKLY:
            first, sentences, tables = teller.days(_monday(ledgers.today))
        case BriefKind.PROGRESS:
            first, sentences, tables = teller.progress()
        case BriefKind.NUMBERS:
            first, sentences, tables = teller.numbers()
        case BriefKind.SERVICE:
            first, sentences, tables = teller.service()
    said = {"first": first.isoformat() if first else "", "last": ledgers.today.isoformat()}
    form = "until" if first is None else "day" if first == ledgers.today else "days"
    return Brief(
        kind,
        ledgers.organ,
        teller.word("title", kind.value),
        teller.word("span", form).format(**said),
        sentences,
        tables,
    )


Told = tuple[date | None, tuple[str, ...], tuple[Table, ...]]


class _Teller:
    """Tells one hall's ledgers in the template's words."""

    def __init__(self, ledgers: Ledgers, wording: Wording) -> None:
        self._l, self._wording = ledgers, wording
        self._units = {unit.id: unit.short_name for unit in ledgers.units}
        self._windows = {window.id: window.name for window in ledgers.windows}
        self._rules = {finding.id: finding.rule_id for finding in ledgers.findings}

    def word(self, part: str, name: str) -> str:
        """Give a word of the template."""
        return cast(Mapping[str, str], self._wording[part])[name]

    def days(self, first: date) -> Told:
        """Tell what was found and issued from a day on, and what is due."""
        findings = [f for f in self._l.findings if _since(f.started_at, first)]
        findings = [f for f in findings if f.state is not FindingState.MERGED]
        cards = [c for c in self._l.cards if c.issued_at and _since(c.issued_at, first)]
        confirmed = sum(f.state is FindingState.CONFIRMED for f in findings)
        dismissed = sum(f.state is FindingState.DISMISSED for f in findings)
        found = self.word("text", "found").format(
            found=len(findings),
            confirmed=confirmed,
            dismissed=dismissed,
            open=sum(f.state.is_open for f in findings),
        )
        issued = self.word("text", "cards").format(
            yellow=sum(c.kind is CardKind.YELLOW for c in cards),
            red=sum(c.kind is CardKind.RED for c in cards),
            served=sum(bool(c.served_at and _since(c.served_at, first)) for c in self._l.cards),
        )
        orders = self._open_orders()
        tables = (
            self._table("findings", self._finding_rows(findings)),
            self._table("cards", self._card_rows(cards)),
            self._table("orders", self._order_rows(orders)),
        )
        return first, (found, issued, self._due(orders)), tables

    def progress(self) -> Told:
        """Tell how every rectification stands."""
        orders = self._open_orders()
        closed = [o for o in self._l.orders if o.state is RectificationState.CLOSED]
        tables = (
            self._table("orders", self._order_rows(orders)),
            self._table("closed", self._closed_rows(closed)),
        )
        return None, (self._due(orders),), tables

    def numbers(self) -> Told:
        """Tell every number that was given, those voided, those left and those missing."""
        rows = tuple(self._number_rows())
        hole, void = self.word("words", "hole"), self.word("state", CardState.CANCELLED.value)
        said = self.word("text", "numbers").format(
            all=sum(row[3] is not None for row in rows),
            void=sum(row[5] == void for row in rows),
            holes=sum(row[5] == hole for row in rows),
            left=sum(len(block.unused) for block in self._l.blocks),
        )
        waiting = tuple(self._unnumbered_rows())
        tables = (
            self._table("numbers", (*rows, *waiting)),
            self._table("blocks", self._block_rows()),
        )
        return None, (said,), tables

    def service(self) -> Told:
        """Tell every service."""
        rows = tuple(self._service_rows())
        said = self.word("text", "service").format(all=len(rows))
        return None, (said,), (self._table("service", rows),)

    def _due(self, orders: Sequence[Rectification]) -> str:
        late = sum(self._overdue(order) > 0 for order in orders)
        today, calendar = self._l.today, self._l.calendar
        near = sum(
            order.state.waits_for_unit
            and not self._overdue(order)
            and calendar.count(today, self._due_day(order)) <= _NEAR_WD
            for order in orders
        )
        return self.word("text", "due").format(open=len(orders), overdue=late, near=near)

    def _open_orders(self) -> list[Rectification]:
        still_open = [order for order in self._l.orders if order.state.is_open]
        return sorted(still_open, key=lambda o: (-self._overdue(o), o.due, o.id))

    def _overdue(self, order: Rectification) -> int:
        more = self._extension(order)
        return order.overdue_wd(self._l.today, self._l.calendar, more)

    def _extension(self, order: Rectification) -> Extension | None:
        own = [e for e in self._l.extensions if e.rectification_id == order.id]
        return own[-1] if own else None

    def _due_day(self, order: Rectification) -> date:
        more = self._extension(order)
        return more.until if more else order.due

    def _finding_rows(self, findings: Sequence[Finding]) -> Iterator[Row]:
        for number, f in enumerate(sorted(findings, key=lambda each: each.started_at), 1):
            at = f"{f.started_at.astimezone(HALL_TIME):%m-%d %H:%M}"
            level = self.word("level", str(f.level))
            state = self.word("state", f.state.value)
            yield (
                number,
                at,
                self._units[f.unit_id],
                self._place(f),
                self._rule(f.rule_id),
                level,
                state,
            )

    def _place(self, finding: Finding) -> str:
        """Name the case, or else the window."""
        if finding.case:
            return finding.case.case_no
        return self._windows[finding.window_id] if finding.window_id else "—"

    def _card_rows(self, cards: Sequence[Card]) -> Iterator[Row]:
        for number, c in enumerate(cards, 1):
            problem = self._rule(self._rules[c.finding_ids[0]])
            state = self.word("state", c.state.value)
            dates = _on(c.issued_at), _on(c.served_at)
            yield number, c.doc_no, self._units[c.unit_id], problem, *dates, state

    def _order_rows(self, orders: Sequence[Rectification]) -> Iterator[Row]:
        for number, o in enumerate(orders, 1):
            yield (
                number, o.doc_no, self._units[o.unit_id], "；".join(o.problems),
                _on(o.served_at), self._due_day(o), _on(o.reported_at), _on(o.rechecked_at),
                self._overdue(o), self.word("state", o.state.value),
            )  # fmt: skip

    def _closed_rows(self, orders: Sequence[Rectification]) -> Iterator[Row]:
        for number, o in enumerate(orders, 1):
            yield (
                number, o.doc_no, self._units[o.unit_id], _on(o.served_at), self._due_day(o),
                _on(o.reported_at), _on(o.rechecked_at), _on(o.closed_at),
            )  # fmt: skip

    def _number_rows(self) -> Iterator[Row]:
        """Give the numbers series by series; one that is missing within a series is a hole."""
        series: dict[tuple[str, int], dict[int, Numbered]] = defaultdict(dict)
        for paper in self._l.papers:
            if paper.number is not None and paper.year is not None:
                series[(paper.series, paper.year)][paper.number] = paper
        for name, year in sorted({*series, *((each.series, each.year) for each in self._l.voided)}):
            given, void = series[(name, year)], self._voided(name, year)
            known = [*given, *void]
            for number in range(min(known), max(known) + 1):
                if number in given:
                    yield self._number_row(given[number])
                else:
                    why = self._missing(name, year, number, void)
                    yield document_number(name, year, number), None, None, None, None, *why

    def _voided(self, series: str, year: int) -> set[int]:
        mine = (each for each in self._l.voided if (each.series, each.year) == (series, year))
        return {number for each in mine for number in range(each.first, each.last + 1)}

    def _missing(self, series: str, year: int, number: int, void: set[int]) -> tuple[str, str]:
        """Say why nobody gave a number: void, still to be given here, or not known here."""
        if number in void:
            state = self.word("state", CardState.CANCELLED.value)
            return state, self.word("words", "void_note")
        here = (b for b in self._l.blocks if (b.series, b.year) == (series, year))
        kind = "left" if any(number in block.unused for block in here) else "hole"
        return self.word("words", kind), self.word("words", f"{kind}_note")

    def _block_rows(self) -> Iterator[Row]:
        for number, block in enumerate(self._l.blocks, 1):
            stretch, left = f"{block.first}—{block.last}", block.unused
            unused = f"{left.start}—{block.last}" if left else None
            given = block.next - block.first
            yield number, block.series, block.year, stretch, given, len(left), unused

    def _number_row(self, paper: Numbered) -> Row:
        state = self.word("state", paper.state.value)
        dates = _on(paper.issued_at), _on(paper.served_at)
        if isinstance(paper, Card):
            reason = paper.cancel_reason or paper.revoke_reason
            kind, unit = self.word("words", paper.kind.value), self._units[paper.unit_id]
        else:
            reason = paper.cancel_reason
            kind, unit = self.word("paper", paper.template), paper.recipient
        before = self._name_before(paper)
        known = self.word("words", "temporary").format(before) if before and paper.doc_no else ""
        told = "；".join(filter(None, (known, reason)))
        return paper.doc_no or before, kind, unit, *dates, state, told or None

    def _name_before(self, paper: Numbered) -> str:
        """Say what a paper went by while no number could be had."""
        names = (each.number for each in self._l.temporary if each.subject_id == paper.id)
        return next(names, "")

    def _unnumbered_rows(self) -> Iterator[Row]:
        """Give the papers that still go by a temporary number."""
        for paper in self._l.papers:
            if not paper.doc_no and self._name_before(paper):
                yield self._number_row(paper)

    def _service_rows(self) -> Iterator[Row]:
        numbers: dict[str, str] = {paper.id: paper.doc_no for paper in self._l.papers}
        ordered = sorted(self._l.receipts, key=lambda each: each.received_at)
        for number, r in enumerate(ordered, 1):
            at = f"{r.received_at.astimezone(HALL_TIME):%Y-%m-%d %H:%M}"
            others = "、".join(part for part in (r.proxy, r.witness) if part) or None
            doc_no = numbers.get(r.card_id or r.document_id or "") or None
            yield (
                number, doc_no, r.recipient, self.word("way", r.way.value), at,
                r.receiver, "、".join(r.deliverers), others, r.note or r.refusal or None,
            )  # fmt: skip

    def _rule(self, rule_id: str) -> str:
        return self._l.rule_names.get(rule_id, rule_id)

    def _table(self, name: str, rows: "Iterator[Row] | tuple[Row, ...]") -> Table:
        said = cast(Wording, self._wording[name])
        return Table(
            code=str(said["title"]),
            title=str(said["title"]),
            columns=tuple(cast(Sequence[str], said["columns"])),
            weights=tuple(cast(Sequence[float], said["weights"])),
            rows=tuple(rows),
            unit=str(said["unit"]),
            scope=str(said["scope"]),
            cut_off=f"{self._l.cut_off.astimezone(HALL_TIME):%Y-%m-%d %H:%M}",
            landscape=bool(said.get("landscape", False)),
        )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _since(moment: datetime, first: date) -> bool:
    return moment.astimezone(HALL_TIME).date() >= first


def _on(moment: datetime | None) -> date | None:
    return moment.astimezone(HALL_TIME).date() if moment else None
