"""The report's sentences, made from its numbers and a template's wording."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import cast

from desktop.domain.approvals import Channel
from desktop.domain.cards import CardKind
from desktop.domain.identifiers import UnitId
from desktop.domain.periods import Period
from desktop.domain.report.chapters import chapters_of, is_absent
from desktop.domain.report.facts import Ledger, Outcome
from desktop.domain.report.figures import Figures
from desktop.domain.report.tables import Value, Wording
from desktop.domain.report.values import Change, Share

NOTHING = "—"


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


def period_name(period: Period, wording: Wording) -> str:
    """Name a period."""
    last = period.months[-1]
    text = cast(Mapping[str, str], wording["periods"])[period.span.name]
    year = f"{last.year}年" if last.year != period.start.year else ""
    return text.format(
        year=period.start.year, month=period.start.number, last_year=year, last_month=last.number
    )


def summary(figures: Figures, wording: Wording) -> tuple[str, ...]:
    """Write the five sentences of the summary; one where the period was empty."""
    say = cast(Mapping[str, str], wording["summary"])
    absent = figures.facts.absent
    if absent:
        return tuple(_known_summary(figures, say, wording))
    t = figures.totals
    if not (t.received or t.completed or t.in_progress):
        return (say["empty"],)
    return (
        _running(figures, say),
        _times(figures, say),
        _cards(figures, say),
        _presence(figures, say),
        _scores(figures, say),
    )


def _known_summary(figures: Figures, say: Mapping[str, str], wording: Wording) -> Iterator[str]:
    """Say what the ledgers tell that are kept here, and name first what is not."""
    absent = figures.facts.absent
    words = cast(Mapping[str, str], wording["absent"])
    yield from (words[ledger.value] for ledger in (Ledger.CASES, Ledger.WATCH) if ledger in absent)
    if Ledger.CASES not in absent:
        yield _running(figures, say)
        yield _times(figures, say)
    yield _cards(figures, say)
    if Ledger.WATCH not in absent:
        yield _presence(figures, say)
    if Ledger.CASES not in absent:
        yield _scores(figures, say)


def chapter_texts(figures: Figures, wording: Wording) -> tuple[str, ...]:
    """Write the opening sentences of the twelve chapters."""
    say = cast(Mapping[str, str], wording["sentences"])
    makers = (_one, _two, _three, _four, _five, _six, _seven, _eight, _nine, _ten)
    texts = [make(figures, say) for make in makers]
    texts += [_eleven(figures, say, wording), _twelve(figures, say, wording)]
    absent = cast(Mapping[str, str], wording["absent"])
    return tuple(
        absent[str(chapter["ledger"])] if is_absent(chapter, figures.facts) else text
        for chapter, text in zip(chapters_of(wording), texts, strict=True)
    )


def _running(figures: Figures, say: Mapping[str, str]) -> str:
    t = figures.totals
    text = say["running"].format(
        received=t.received,
        accepted=t.accepted,
        completed=t.completed,
        in_progress=t.in_progress,
    )
    change = Change(t.completed, t.before.completed if t.before else None).percent
    if change is None:
        said = say["unknown"]
    elif change == 0:
        said = say["same"]
    else:
        said = say["up" if change > 0 else "down"].format(percent=abs(change))
    return text + say["running_changed"].format(change=said)


def _times(figures: Figures, say: Mapping[str, str]) -> str:
    units = figures.times.units
    completed, overdue = sum(u.completed for u in units), sum(u.overdue for u in units)
    return say["times" if overdue else "times_none"].format(
        on_time=printed(Share(completed - overdue, completed)),
        early=printed(Share(sum(u.early for u in units), completed)),
        overdue=overdue,
        late_units=sum(u.overdue > 0 for u in units),
    )


def _cards(figures: Figures, say: Mapping[str, str]) -> str:
    found, cards = figures.findings, figures.cards
    confirmed = found.outcomes.get(Outcome.CONFIRMED, 0)
    decided = len(found.lines) - found.outcomes.get(Outcome.OPEN, 0)
    return say["cards"].format(
        found=len(found.lines),
        confirmed=confirmed,
        true_rate=printed(Share(confirmed, decided)),
        warnings=found.warnings,
        yellow=cards.issued.get(CardKind.YELLOW, 0),
        red=cards.issued.get(CardKind.RED, 0),
        revoked=cards.revoked,
        closed=cards.closed,
    )


def _presence(figures: Figures, say: Mapping[str, str]) -> str:
    return say["presence"].format(
        on_post=printed(figures.presence.on_post), unknown=printed(figures.presence.unknown)
    )


def _scores(figures: Figures, say: Mapping[str, str]) -> str:
    ranked = [r for r in figures.ranks if r.rank is not None]
    if not ranked:
        return say["scores_none"]
    names = [grade.name for grade in figures.profile.grades]
    counts = [sum(r.term.grade == name for r in figures.ranks) for name in names]
    excellent, good, passed, failed = counts
    return say["scores"].format(
        best=_unit(figures, ranked[0].term.unit_id),
        best_total=ranked[0].term.total,
        excellent=excellent,
        good=good,
        **{"pass": passed, "fail": failed},
        few=len(figures.ranks) - len(ranked),
    )


def _one(figures: Figures, say: Mapping[str, str]) -> str:
    t = figures.totals
    return say["one"].format(
        accepted=t.accepted,
        window_share=printed(Share(t.channels.get(Channel.WINDOW, 0), t.received)),
        online_share=printed(Share(t.channels.get(Channel.ONLINE, 0), t.received)),
        returned=t.returned,
        withdrawn=t.withdrawn,
    )


def _two(figures: Figures, say: Mapping[str, str]) -> str:
    units, slowest = figures.times.units, figures.times.slowest
    if not slowest:
        return say["two_empty"]
    return say["two"].format(
        completed=sum(u.completed for u in units),
        on_time_count=sum(u.on_time for u in units),
        early_count=sum(u.early for u in units),
        overdue=sum(u.overdue for u in units),
        stopped=sum(u.stopped for u in units),
        extended=sum(u.extended for u in units),
        slowest=slowest[0].item.name,
    )


def _three(figures: Figures, say: Mapping[str, str]) -> str:
    found = figures.findings
    if not found.matrix:
        return say["three_empty"]
    by_unit = {
        unit.id: sum(n for (_, owner), n in found.matrix.items() if owner == unit.id)
        for unit in figures.facts.units
    }
    worst = max(by_unit, key=lambda unit_id: by_unit[unit_id])
    return say["three"].format(
        found=len(found.lines),
        confirmed=found.outcomes.get(Outcome.CONFIRMED, 0),
        false=found.outcomes.get(Outcome.FALSE_ALARM, 0),
        justified=found.outcomes.get(Outcome.JUSTIFIED, 0),
        open=found.outcomes.get(Outcome.OPEN, 0),
        worst=_unit(figures, worst),
        worst_count=by_unit[worst],
    )


def _four(figures: Figures, say: Mapping[str, str]) -> str:
    cards = figures.cards
    return say["four"].format(
        issued=len(cards.lines),
        yellow=cards.issued.get(CardKind.YELLOW, 0),
        red=cards.issued.get(CardKind.RED, 0),
        served=cards.served,
        appealed=cards.appealed,
        revoked=cards.revoked,
        closed=cards.closed,
        days=printed(cards.days_to_close),
        open=sum(row.total for row in figures.open),
        late=sum(row.overdue for row in figures.open),
    )


def _five(figures: Figures, say: Mapping[str, str]) -> str:
    seen = figures.presence
    faults = [window.faults for window in seen.windows]
    open_s, watched_s = figures.facts.open_s, sum(w.on_duty_s for w in seen.windows)
    text = say["five" if watched_s else "five_inspected"].format(
        duty=_hours(watched_s),
        judged=_hours(sum(w.judged_s for w in seen.windows)),
        on_post=printed(seen.on_post),
        unknown=printed(seen.unknown),
        off=sum(f.get("R-VID-02", 0) for f in faults),
        empty=sum(f.get("R-VID-03", 0) for f in faults),
        inspections=seen.inspections,
    )
    if open_s is None or open_s <= watched_s:
        return text
    unwatched = _hours(open_s - watched_s)
    return text + say["five_unwatched"].format(open=_hours(open_s), unwatched=unwatched)


def _six(figures: Figures, say: Mapping[str, str]) -> str:
    rows = figures.fees
    if not rows:
        return say["six_empty"]
    return say["six"].format(
        cases=sum(r.cases for r in rows),
        should=_yuan(sum(r.should for r in rows)),
        charged=_yuan(sum(r.charged for r in rows)),
        waived=_yuan(sum(r.waived for r in rows)),
        anomalies=sum(r.anomalies for r in rows),
    )


def _seven(figures: Figures, say: Mapping[str, str]) -> str:
    rows = figures.voices
    bad = sum(v.bad for v in rows)
    unheard = Ledger.COMPLAINTS in figures.facts.absent
    return say["seven_rated" if unheard else "seven"].format(
        complaints=sum(v.complaints for v in rows),
        in_time=sum(v.in_time for v in rows),
        late=sum(sum(v.grades) for v in rows),
        ratings=sum(v.ratings for v in rows),
        satisfaction=printed(Share(sum(v.satisfied for v in rows), sum(v.ratings for v in rows))),
        bad=bad,
        rectified=printed(Share(sum(v.rectified for v in rows), bad)),
        called=printed(Share(sum(v.called_back for v in rows), sum(v.real_name_bad for v in rows))),
    )


def _eight(figures: Figures, say: Mapping[str, str]) -> str:
    gaps = figures.rest.gaps
    return say["eight"].format(gaps=len(gaps), explained=sum(gap.explained for gap in gaps))


def _nine(figures: Figures, say: Mapping[str, str]) -> str:
    joints, projects = figures.rest.joints, figures.rest.projects
    late = sum(joint.overdue_wd > 0 for joint in joints)
    return say["nine"].format(joints=len(joints), late=late, projects=len(projects))


def _ten(figures: Figures, say: Mapping[str, str]) -> str:
    profile = figures.profile
    if profile.bonus_cap is None:
        return say["ten_uncapped"].format(profile=profile.name)
    return say["ten"].format(profile=profile.name, cap=profile.bonus_cap)


def _eleven(figures: Figures, say: Mapping[str, str], wording: Wording) -> str:
    causes, names = figures.findings.causes, cast(Mapping[str, str], wording["causes"])
    if not causes:
        return say["eleven_empty"]
    whole = sum(causes.values())
    ordered = sorted(causes.items(), key=lambda pair: (-pair[1], pair[0].value))
    parts = [
        names[cause.value].format(count=count, share=printed(Share(count, whole)))
        for cause, count in ordered
    ]
    return say["eleven"].format(causes="、".join(parts))


def _twelve(figures: Figures, say: Mapping[str, str], wording: Wording) -> str:
    measures = figures.rest.measures
    focus = "，".join(_focus(figures, wording))
    return say["twelve"].format(
        measures=len(measures), done=sum(m.done for m in measures), focus=focus
    )


def _focus(figures: Figures, wording: Wording) -> Iterator[str]:
    """Say what to look at next: what is overdue, the commonest cause, the slowest item."""
    say = cast(Mapping[str, str], wording["focus"])
    late = sum(row.overdue for row in figures.open)
    causes, slowest = figures.findings.causes, figures.times.slowest
    if late:
        yield say["overdue"].format(count=late)
    if causes:
        commonest = max(causes, key=lambda cause: (causes[cause], cause.value))
        names = cast(Mapping[str, str], wording["focus_causes"])
        yield say["cause"].format(cause=names[commonest.value])
    if slowest:
        yield say["item"].format(item=slowest[0].item.name)
    if not (late or causes or slowest):
        yield say["none"]


def _unit(figures: Figures, unit_id: UnitId) -> str:
    return next(unit.name for unit in figures.facts.units if unit.id == unit_id)


def _hours(seconds: int) -> str:
    return str((Decimal(seconds) / 3600).quantize(Decimal("0.1")))


def _yuan(fen: int) -> str:
    return f"{Decimal(fen) / 100:.2f}"


def check_line(name: str, table: int, ledger: int, wording: Wording) -> str:
    """Write the check of a table's sum."""
    notes = cast(Mapping[str, str], wording["notes"])
    return notes["check"].format(name=name, table=table, ledger=ledger)
