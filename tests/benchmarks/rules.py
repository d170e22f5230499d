"""Rules alone: events a second over a public log of half a million, with every rule it can feed.

    HALLWATCH_DATA=... python -m tests.benchmarks.rules

The peer is a plain loop over the same cases that answers four of the questions (order, repeat,
missing, deadline) and keeps nothing; reading the log is not counted for either.
"""

import gc
import gzip
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from desktop import assets
from desktop.domain.approvals import ApprovalCase, CaseBundle, CaseEvent, EventKind
from desktop.domain.calendar import WorkingCalendar
from desktop.domain.clocks import Scene
from desktop.domain.flows import read_templates
from desktop.domain.identifiers import UnitId
from desktop.domain.rules.catalogue import Catalogue, RuleSet
from desktop.domain.rules.checker import CaseChecker
from desktop.domain.rules.inputs import Input
from tests.support.shared_data import shared_data

LOG = "Road_Traffic_Fine_Management_Process.xes.gz"
ROME = ZoneInfo("Europe/Rome")
TELLS = {
    Input.STEPS, Input.PROCEDURE, Input.ACCEPTED, Input.COMPLETED, Input.UNIT, Input.ITEM_CODE,
    Input.ACTORS,
}  # fmt: skip
_FIELD = re.compile(r'key="(concept:name|time:timestamp)" value="([^"]*)"')


def read() -> list[CaseBundle]:
    """Read the log as an importer would hand it over."""
    text = gzip.decompress(shared_data("logs", LOG).read_bytes()).decode()
    return [_bundle(str(number), t) for number, t in enumerate(text.split("<trace>")[1:])]


def _bundle(number: str, trace: str) -> CaseBundle:
    told = [dict(_FIELD.findall(event)) for event in trace.split("<event>")[1:]]
    events = tuple(
        CaseEvent(
            EventKind.STEP, datetime.fromisoformat(each["time:timestamp"]), each["concept:name"]
        )
        for each in told
    )
    case = ApprovalCase(
        number,
        item_code="fine",
        unit_id=UnitId("police"),
        accepted_at=events[0].at,
        completed_at=events[-1].at,
    )
    return CaseBundle(case, events)


def plain(cases: Sequence[CaseBundle]) -> Counter[str]:
    """Answer four questions as a script would."""
    found: Counter[str] = Counter()
    for bundle in cases:
        first: dict[str, datetime] = {}
        times: dict[str, int] = {}
        for event in bundle.events:
            first.setdefault(event.step, event.at)
            times[event.step] = times.get(event.step, 0) + 1
        created, sent, paid = (first.get(x) for x in ("Create Fine", "Send Fine", "Payment"))
        if created is None:
            found["missing"] += 1
        elif sent and (_day(sent) - _day(created)).days > 90:
            found["late"] += 1
        if sent and paid and paid < sent:
            found["order"] += 1
        found["repeat"] += sum(count > 1 for step, count in times.items() if step != "Payment")
    return found


def _day(moment: datetime) -> datetime:
    return moment.astimezone(ROME).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)


def check(cases: Sequence[CaseBundle]) -> tuple[CaseChecker, Counter[str]]:
    """Judge all cases by every rule that the log can feed."""
    scene = Scene(datetime.fromisoformat("2015-01-01T00:00+01:00"), WorkingCalendar((), zone=ROME))
    rules = RuleSet(Catalogue(assets.rule_files()))
    flow = read_templates(assets.procedure_files())["road-fines"]
    checker = CaseChecker(rules, TELLS, scene, flow=flow)
    found = Counter(each.rule_id for bundle in cases for each in checker.check(bundle))
    found.update(each.rule_id for each in checker.finish())
    return checker, found


def seconds(work: Callable[[], object]) -> float:
    """Give the best of three, in seconds of this process's own time."""
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best


def main() -> None:
    """Print events a second, the number of rules and the ratio to the peer."""
    cases = read()
    gc.collect()
    gc.freeze()
    events = sum(len(bundle.events) for bundle in cases)
    checker, found = check(cases)
    by_rules, by_script = seconds(lambda: check(cases)), seconds(lambda: plain(cases))
    print(f"{events:,} events, {len(cases):,} cases; {len(checker.bound)} rules asked:")
    print("  " + " ".join(checker.bound))
    print(f"rules   {events / by_rules:12,.0f} events/s  {dict(found)}")
    print(f"script  {events / by_script:12,.0f} events/s  {dict(plain(cases))}")
    print(f"ratio   {by_rules / by_script:.2f} times the script's time")


if __name__ == "__main__":
    main()
