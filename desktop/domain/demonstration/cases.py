"""The six hundred cases of the demonstration, with what is odd about some of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from desktop.domain.approvals import (
    ApprovalCase,
    CaseBundle,
    CaseEvent,
    CaseState,
    Channel,
    ClockStop,
    Decision,
    EventKind,
    Fee,
    Rating,
)
from desktop.domain.calendar import HALL_TIME
from desktop.domain.demonstration.stage import Stage
from desktop.domain.identifiers import CaseId
from desktop.domain.items import LimitUnit, ServiceItem, SpecialKind
from desktop.domain.organisation import Unit

_CHANNELS = (Channel.WINDOW, Channel.ONLINE, Channel.SELF, Channel.MAIL, Channel.PROXY)
_CHANNEL_SHARES = (58, 32, 5, 2, 3)
_STOP_WD = 2
_SILENT_WD = 8  # working days without a word before a deemed acceptance


@dataclass(frozen=True, slots=True)
class Oddities:
    """Numbers of the cases (by their place in the order of acceptance) that are odd.

    Attributes:
        overdue: working days over the promise by place.
        close: done on the last day, after a warning.
        bad_stops: stopped without a listed reason or a notice.
        good_stops: stopped by the list, with a notice.
        deemed: nobody said in five working days what was missing.
        twins: applied for again by the same applicant within the month.
        fees: difference charged (fen) or, where None, no receipt.
        unreasoned: refused without a reason.
    """

    overdue: dict[int, int]
    close: tuple[int, ...]
    bad_stops: tuple[int, ...]
    good_stops: tuple[int, ...]
    deemed: tuple[int, ...]
    twins: tuple[int, ...]
    fees: dict[int, int | None]
    unreasoned: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Draw:
    """One case before it is made: its place, the day of acceptance, the item."""

    number: int
    day: date
    item: ServiceItem


def make_cases(stage: Stage, count: int, seed: int) -> tuple[tuple[CaseBundle, ...], Oddities]:
    """Make the cases in the order of their acceptance, and say which are odd."""
    random = Random(seed)
    drawn = sorted(_drawn(stage, count, random), key=lambda row: row[0])
    odd = _choose(stage, [row[1] for row in drawn])
    bundles = tuple(
        _case(stage, _Draw(number, *drawn[number]), odd, Random(seed + number))
        for number in range(count)
    )
    return _with_twins(bundles, odd), odd


def _drawn(stage: Stage, count: int, random: Random) -> Iterator[tuple[date, ServiceItem]]:
    units = list(stage.units)
    weights = [stage.shares[unit.id] for unit in units]
    for unit in random.choices(units, weights, k=count):
        yield random.choice(stage.days), _pick_item(stage, unit, random)


def _pick_item(stage: Stage, unit: Unit, random: Random) -> ServiceItem:
    items = stage.items_of(unit.id)
    # The joint case and the long procedures are rare.
    weights = [1 if (i.promised_limit and i.promised_limit.amount >= 20) else 6 for i in items]
    return random.choices(items, weights)[0]


def _choose(stage: Stage, items: list[ServiceItem]) -> Oddities:
    """Choose the odd ones among cases that can be odd that way, spread over the months."""

    def of(key: str, code: str = "") -> list[int]:
        unit_id = stage.unit(key).id
        return [
            n
            for n, item in enumerate(items)
            if item.unit_id == unit_id and not item.instant and (not code or item.code == code)
        ]

    limited = [n for n, i in enumerate(items[:540]) if not i.instant and _promise(i) in range(3, 9)]
    late_light, late_heavy = of("housing", "A01")[8], of("housing", "A01")[14]
    late_other = of("transport")[20]
    fees = [n for n, item in enumerate(items[:560]) if item.charges_fee]
    taken = {late_light, late_heavy, late_other}
    free = [n for n in limited if n not in taken]
    return Oddities(
        overdue={late_light: 1, late_heavy: 5, late_other: 2},
        close=tuple(free[5::14][:12]),
        bad_stops=tuple(free[9::60][:3]),
        good_stops=tuple(n for n in free[11::25] if items[n].specials)[:8],
        deemed=(of("education", "A07")[1], of("civil", "A12")[12]),
        twins=tuple(free[20::40][:4]),
        fees={fees[4]: 6000, fees[12]: -4000, fees[20]: None},
        unreasoned=(of("market", "A03")[9],),
    )


def _promise(item: ServiceItem) -> int:
    limit = item.promised_limit
    return limit.amount if limit and limit.unit is LimitUnit.WORKING_DAY else 0


def _case(stage: Stage, draw: _Draw, odd: Oddities, random: Random) -> CaseBundle:
    number, day, item = draw.number, draw.day, draw.item
    window = random.choice(stage.windows_of(item.unit_id))
    accepted = _at(day, random)
    promise = _promise(item)
    used = _used(number, promise, odd, random)
    stops = _stops(stage, number, day, item, odd)
    excluded = sum(stop.planned_wd or 0 for stop in stops if stop.notice_at)
    done_on = stage.calendar.after(day, used + excluded).day if used or excluded else day
    finished = done_on <= stage.days[-1]
    done = _at(done_on, random) if finished else None
    if done and done <= accepted:
        done = accepted + timedelta(minutes=25)
    received = accepted
    if number in odd.deemed:
        received = _at(stage.calendar.before(day, _SILENT_WD), random)
    case = ApprovalCase(
        case_no=f"{stage.prefixes[item.unit_id]}{day:%Y%m%d}{number:03}",
        id=CaseId(f"case-{number:03}"),
        hall_id=stage.hall.id,
        item_code=item.code,
        unit_id=item.unit_id,
        window_id=window.id,
        channel=random.choices(_CHANNELS, _CHANNEL_SHARES)[0],
        title=item.name,
        applicant_name=f"{random.choice('张李王赵陈刘')}某",
        applicant_hash=f"{random.getrandbits(64):016x}",
        received_at=received,
        accepted_at=accepted,
        accepted_by=stage.clerk(window.id).name,
        acceptance_doc_no=f"SL{number:04}",
        deemed=number in odd.deemed,
        promised_limit=item.promised_limit,
        statutory_limit=item.statutory_limit,
        decided_at=done,
        decision=_decision(number, odd, random) if done else None,
        decision_doc_no=f"JD{number:04}" if done and number % 97 else "",
        refuse_reason="" if number in odd.unreasoned else "材料不符合法定条件",
        completed_at=done,
        delivered_at=done + timedelta(days=1) if done else None,
        state=CaseState.CLOSED if done else CaseState.ACCEPTED,
    )
    return CaseBundle(
        case=case,
        events=_events(case),
        stops=stops,
        fees=_fees(number, item, accepted, odd),
        ratings=_ratings(done, random),
    )


def _used(number: int, promise: int, odd: Oddities, random: Random) -> int:
    if number in odd.overdue:
        return promise + odd.overdue[number]
    if number in odd.close or promise == 0:
        return promise
    if number in odd.deemed:
        return promise - _SILENT_WD - 2
    share = random.betavariate(2.2, 1.8)
    return min(promise, max(1, round(promise * share))) if promise > 1 else random.randint(0, 1)


def _at(day: date, random: Random) -> datetime:
    minute = random.randrange(9 * 60 + 5, 16 * 60 + 30)
    return datetime(
        day.year, day.month, day.day, minute // 60, minute % 60, random.randrange(60),
        tzinfo=HALL_TIME,
    )  # fmt: skip


def _decision(number: int, odd: Oddities, random: Random) -> Decision:
    if number in odd.unreasoned:
        return Decision.REFUSE
    return random.choices(
        (Decision.GRANT, Decision.REFUSE, Decision.RETURN, Decision.WITHDRAW), (93, 2, 3, 2)
    )[0]


def _events(case: ApprovalCase) -> tuple[CaseEvent, ...]:
    events = []
    if case.received_at:
        events.append(CaseEvent(EventKind.APPLY, case.received_at))
    if case.accepted_at:
        events.append(CaseEvent(EventKind.ACCEPT, case.accepted_at, by=case.accepted_by))
    if case.decided_at:
        events.append(CaseEvent(EventKind.DECIDE, case.decided_at, doc_no=case.decision_doc_no))
    if case.completed_at:
        events.append(CaseEvent(EventKind.COMPLETE, case.completed_at))
    return tuple(events)


def _stops(
    stage: Stage, number: int, day: date, item: ServiceItem, odd: Oddities
) -> tuple[ClockStop, ...]:
    """Stop the clock: by the list and with a notice, or for a reason that is in no list."""
    last = stage.calendar.after(day, _STOP_WD).day
    if number in odd.good_stops:
        told = datetime(day.year, day.month, day.day, 16, 40, tzinfo=HALL_TIME)
        return (_stop(item.specials[0].kind, day, last, notice=told),)
    if number in odd.bad_stops:
        return (_stop(SpecialKind.OTHER, day, last, notice=None),)
    return ()


def _stop(kind: SpecialKind, first: date, last: date, *, notice: datetime | None) -> ClockStop:
    return ClockStop(
        kind=kind,
        started_at=datetime(first.year, first.month, first.day, 9, 0, tzinfo=HALL_TIME),
        ended_at=datetime(last.year, last.month, last.day, 17, 0, tzinfo=HALL_TIME),
        reason="特殊环节" if notice else "补充会议纪要",
        notice_no="GZ001" if notice else "",
        notice_at=notice,
        planned_wd=_STOP_WD,
    )


def _fees(number: int, item: ServiceItem, accepted: datetime, odd: Oddities) -> tuple[Fee, ...]:
    if not item.fees:
        return ()
    should = item.fees[0].range_max
    more = odd.fees.get(number, 0)
    receipt = "" if number in odd.fees and more is None else f"PJ{number:05}"
    return (
        Fee(
            charged=should + (more or 0),
            standard=item.fees[0].name,
            should=should,
            receipt_no=receipt,
            paid_at=accepted + timedelta(minutes=10),
        ),
    )


def _ratings(done: datetime | None, random: Random) -> tuple[Rating, ...]:
    if done is None or random.random() > 0.62:
        return ()
    level = random.choices((5, 4, 3, 2, 1), (70, 22, 4, 3, 1))[0]
    at = done + timedelta(minutes=15)
    bad = level <= 2
    return (
        Rating(
            level,
            at,
            real_name=bad and random.random() < 0.7,
            rectified_at=at + timedelta(days=4) if bad and random.random() < 0.85 else None,
            callback_at=at + timedelta(days=2) if bad and random.random() < 0.9 else None,
        ),
    )


def _with_twins(bundles: tuple[CaseBundle, ...], odd: Oddities) -> tuple[CaseBundle, ...]:
    """Let the case after each twin be the same applicant's, for the same item."""
    changed = list(bundles)
    for number in odd.twins:
        twin = bundles[number].case
        later = next(
            n
            for n in range(number + 1, len(bundles))
            if bundles[n].case.item_code == twin.item_code
        )
        case = changed[later].case._replace(applicant_hash=twin.applicant_hash)
        changed[later] = changed[later]._replace(case=case)
    return tuple(changed)
