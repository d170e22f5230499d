"""Where a case strayed from its procedure, with the deviating node named.

One engine for approval flows, joint approval, decisions, selections and projects.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum
from itertools import zip_longest
from typing import NamedTuple

from desktop.domain.approvals import CaseEvent, EventKind
from desktop.domain.calendar import WorkingCalendar
from desktop.domain.flows import Node, Template
from desktop.domain.items import Limit, LimitUnit
from desktop.domain.limits import due_day, passed


class Straying(Enum):
    """How a case can stray from its procedure."""

    MISSING = "MISSING"
    OUT_OF_ORDER = "OUT_OF_ORDER"
    REPEATED = "REPEATED"
    LATE = "LATE"
    EARLY = "EARLY"
    WRONG_ROLE = "WRONG_ROLE"
    NO_ATTACHMENT = "NO_ATTACHMENT"
    UNKNOWN = "UNKNOWN"


class Deviation(NamedTuple):
    """Where a case strayed.

    Attributes:
        node: name of the node, or the step that no node knows.
        other: the node that should have come first, or from which the time ran.
        times: how often it happened, or how much time passed in the unit of the limit.
        allowed: how often or how long it may.
        unit: of `times` and `allowed`, for LATE and EARLY.
        by: who did it, for WRONG_ROLE.
    """

    kind: Straying
    node: str
    at: datetime | None = None
    other: str = ""
    times: int = 0
    allowed: int = 0
    unit: LimitUnit | None = None
    by: str = ""


class _Pair(NamedTuple):
    """Two places in a case's events that a template relates."""

    rank: int
    other: int
    here: int
    there: int


class _Plan(NamedTuple):
    """What the names of a case's steps alone decide, so that equal cases are planned once.

    Attributes:
        ranks: the node of each event, -1 where none knows it.
        inverted: nodes that stand before one that should precede them; the times must tell.
        timed: nodes whose time runs; `here` is -1 where the node has not happened.
        limited: how many of them have happened and have a longest time.
        repeated: node, index of the first and how often, where that is too often.
    """

    ranks: tuple[int, ...]
    inverted: tuple[_Pair, ...]
    timed: tuple[_Pair, ...]
    limited: int
    repeated: tuple[tuple[int, int, int], ...]
    missing: tuple[int, ...]
    unknown: tuple[int, ...]


class Conformance:
    """Holds cases against one template; made once, asked for every case of a stream."""

    def __init__(self, template: Template, calendar: WorkingCalendar) -> None:
        self.template = template
        self._calendar = calendar
        self._planner = _Planner(template)
        self._plans: dict[tuple[tuple[str, ...], tuple[str, ...]], _Plan] = {}
        self._laid: tuple[Sequence[CaseEvent], _Plan] = ((), self._planner.plan((), ()))
        self._bounds = tuple(
            (_surely_in_time(node.limit), _surely_not_early(node.earliest))
            for node in template.nodes
        )
        self._guarded = any(node.roles or node.attachment for node in template.nodes)

    def deviations(
        self,
        events: Sequence[CaseEvent],
        *,
        closed: bool,
        now: datetime,
        excused: Collection[str] = (),
    ) -> list[Deviation]:
        """Name what strays; a missing node counts once the case is closed.

        Args:
            events: in the order of time.
            excused: names of nodes that a written reason makes unnecessary.
        """
        plan, nodes = self._plan(events), self.template.nodes
        found: list[Deviation] = []
        if plan.inverted:
            found += self._turned_round(plan, events)
        for pair in plan.timed:
            if pair.here >= 0:
                self._judge_time(pair, events[pair.there].at, events[pair.here].at, found)
            elif not closed:
                self._judge_time(pair, events[pair.there].at, now, found)
        if closed and plan.missing:
            names = (nodes[rank].name for rank in plan.missing)
            found += [Deviation(Straying.MISSING, name) for name in names if name not in excused]
        if plan.repeated or plan.unknown or self._guarded:
            found += self._singular(plan, events)
        return found

    def _turned_round(self, plan: _Plan, events: Sequence[CaseEvent]) -> Iterator[Deviation]:
        nodes = self.template.nodes
        for pair in plan.inverted:
            at = events[pair.here].at
            if at < events[pair.there].at:
                name, other = nodes[pair.rank].name, nodes[pair.other].name
                yield Deviation(Straying.OUT_OF_ORDER, name, at, other)

    def limited(self, events: Sequence[CaseEvent]) -> int:
        """Count the steps that have happened and whose time the template limits."""
        return self._plan(events).limited

    def _plan(self, events: Sequence[CaseEvent]) -> _Plan:
        if events is self._laid[0]:
            return self._laid[1]
        kinds = tuple([event.kind for event in events]) if self._planner.knows_kinds else ()
        key = (tuple([event.step for event in events]), kinds)
        plan = self._plans.get(key)
        if plan is None:
            plan = self._planner.plan(*key)
            if len(self._plans) < _MOST_PLANS:
                self._plans[key] = plan
        self._laid = events, plan
        return plan

    def _singular(self, plan: _Plan, events: Sequence[CaseEvent]) -> Iterator[Deviation]:
        nodes = self.template.nodes
        for rank, index, times in plan.repeated:
            node, most = nodes[rank], nodes[rank].at_most or 0
            yield Deviation(Straying.REPEATED, node.name, events[index].at, "", times, most)
        for index in plan.unknown:
            event = events[index]
            yield Deviation(Straying.UNKNOWN, event.step or event.kind, event.at)
        for rank, event in zip(plan.ranks, events, strict=True):
            if rank >= 0:
                yield from _unguarded(nodes[rank], event)

    def _judge_time(
        self, pair: _Pair, start: datetime, end: datetime, found: list[Deviation]
    ) -> None:
        at_ease, in_haste = self._bounds[pair.rank]
        lapse = end - start
        if in_haste <= lapse <= at_ease:
            return
        node, other = self.template.nodes[pair.rank], self.template.nodes[pair.other].name
        unit = (node.limit or node.earliest or _NONE).unit
        spent = self._spent(unit, start, end)
        if node.limit and spent > node.limit.amount:
            if not self._last_day_moved(node.limit, start, end):
                told = (spent, node.limit.amount, unit)
                found.append(Deviation(Straying.LATE, node.name, end, other, *told))
        elif node.earliest and pair.here >= 0 and spent < node.earliest.amount:
            told = (spent, node.earliest.amount, unit)
            found.append(Deviation(Straying.EARLY, node.name, end, other, *told))

    def _spent(self, unit: LimitUnit, start: datetime, end: datetime) -> int:
        if unit is LimitUnit.HOUR:
            return math.ceil((end - start) / timedelta(hours=1))
        day = self._calendar.day
        return passed(unit, day(start), day(end), self._calendar)

    def _last_day_moved(self, limit: Limit, start: datetime, end: datetime) -> bool:
        """Whether the end lies in time after all, because the last day moved (民法典 203)."""
        if limit.unit is not LimitUnit.CALENDAR_DAY or not self.template.last_day_moves:
            return False
        day = self._calendar.day
        return day(end) <= due_day(day(start), limit, self._calendar).day


_MOST_PLANS = 10_000  # logs of free processes have a variant a case; these are planned anew


class _Planner:
    """Lays the names of a case's steps on a template."""

    def __init__(self, template: Template) -> None:
        self._nodes = nodes = template.nodes
        self._closed_world = template.closed_world
        self._ranks = {match: rank for rank, node in enumerate(nodes) for match in node.matches}
        self._by_name = {node.name: rank for rank, node in enumerate(nodes)}
        self.knows_kinds = any(kind in self._ranks for kind in EventKind)

    def plan(self, steps: Sequence[str], kinds: Sequence[str]) -> _Plan:
        """Plan a sequence: its steps by name, where no node knows the name by kind.

        Args:
            kinds: empty where no node of the template stands for a kind.
        """
        ranks = tuple(
            self._ranks.get(step, self._ranks.get(kind, -1))
            for step, kind in zip_longest(steps, kinds, fillvalue="")
        )
        first: dict[int, int] = {}
        for index, rank in enumerate(ranks):
            first.setdefault(rank, index)
        unknown = (index for index, rank in enumerate(ranks) if rank < 0)
        timed = tuple(self._timed(first))
        return _Plan(
            ranks,
            inverted=(*self._inverted(first), *self._forbidden(first)),
            timed=timed,
            limited=sum(each.here >= 0 and bool(self._nodes[each.rank].limit) for each in timed),
            repeated=tuple(self._repeated(ranks, first)),
            missing=tuple(
                rank for rank, node in enumerate(self._nodes) if node.required and rank not in first
            ),
            unknown=tuple(unknown) if self._closed_world else (),
        )

    def _inverted(self, first: Mapping[int, int]) -> Iterator[_Pair]:
        """Nodes before one of a lower rank; a parallel group is one place in the order."""
        placed = [rank for rank in sorted(first) if rank >= 0 and not self._nodes[rank].free]
        for rank in placed:
            group = self._nodes[rank].parallel
            lower = [
                each
                for each in placed
                if each < rank and not (group and self._nodes[each].parallel == group)
            ]
            latest = max(lower, key=first.__getitem__, default=rank)
            if first[latest] > first[rank]:
                yield _Pair(rank, latest, first[rank], first[latest])

    def _forbidden(self, first: Mapping[int, int]) -> Iterator[_Pair]:
        for rank, node in enumerate(self._nodes):
            for name in node.not_before:
                other = self._by_name[name]
                if rank in first and first[rank] < first.get(other, -1):
                    yield _Pair(rank, other, first[rank], first[other])

    def _timed(self, first: Mapping[int, int]) -> Iterator[_Pair]:
        for rank, node in enumerate(self._nodes):
            other = self._by_name.get(node.after, -1)
            if node.after and other in first:
                yield _Pair(rank, other, first.get(rank, -1), first[other])

    def _repeated(
        self, ranks: Sequence[int], first: Mapping[int, int]
    ) -> Iterator[tuple[int, int, int]]:
        for rank, times in Counter(ranks).items():
            most = self._nodes[rank].at_most if rank >= 0 else None
            if most is not None and times > most:
                yield rank, first[rank], times


def _unguarded(node: Node, event: CaseEvent) -> Iterator[Deviation]:
    if node.roles and event.role and event.role not in node.roles:
        yield Deviation(Straying.WRONG_ROLE, node.name, event.at, by=event.by or event.role)
    if node.attachment and event.attachments == 0:
        yield Deviation(Straying.NO_ATTACHMENT, node.name, event.at)


_NONE = Limit(0)
_SUMMER_TIME = timedelta(hours=1)


def _surely_in_time(limit: Limit | None) -> timedelta:
    """Give a lapse that is within the limit whatever the zone; days need no look when within."""
    if limit is None:
        return timedelta.max
    if limit.unit is LimitUnit.HOUR:
        return timedelta(hours=limit.amount)
    return timedelta(days=limit.amount) - _SUMMER_TIME if limit.amount else timedelta.min


def _surely_not_early(limit: Limit | None) -> timedelta:
    """Give a lapse that is long enough whatever the zone and the days off."""
    if limit is None:
        return timedelta.min
    if limit.unit is LimitUnit.HOUR:
        return timedelta(hours=limit.amount)
    if limit.unit is LimitUnit.CALENDAR_DAY:
        return timedelta(days=limit.amount + 1)
    return timedelta.max
