"""Cases held against their procedures: each way to stray, and what is no deviation."""

import gzip
import re
from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from desktop import assets
from desktop.domain.approvals import CaseEvent, EventKind
from desktop.domain.calendar import WorkingCalendar
from desktop.domain.errors import DomainError
from desktop.domain.flows import Template, read_template, read_templates
from desktop.domain.procedures import Conformance, Deviation, Straying
from tests.support.cases import CALENDAR, at, event
from tests.support.shared_data import shared_data
from tests.support.tables import table

TEMPLATES = read_templates(assets.procedure_files())


def template(*nodes: dict[str, object], **more: object) -> Template:
    rows = [{"zh": node["name"], "en": node["name"], **node} for node in nodes]
    return read_template("test", {"zh": "流程", "en": "flow", "node": rows, **more})


def strayed(
    flow: Template, *steps: tuple[str, str], closed: bool = True, now: str = "12-01", **more: object
) -> list[tuple[Straying, str, str]]:
    """Name kind, node and other node of each deviation of a case with these steps and times."""
    events = [event(EventKind.STEP, when, step=step) for step, when in steps]
    found = Conformance(flow, CALENDAR).deviations(events, closed=closed, now=at(now), **more)  # type: ignore[arg-type]
    return [(each.kind, each.node, each.other) for each in found]


LINE = template({"name": "a"}, {"name": "b"}, {"name": "c", "at_most": 1})
FORK = template(
    {"name": "a"}, {"name": "b", "parallel": "p"}, {"name": "c", "parallel": "p"}, {"name": "d"}
)


@table(
    "flow steps expected",
    {
        "in order": (LINE, "abc", []),
        "a required node is missing": (LINE, "ac", [(Straying.MISSING, "b", "")]),
        "c is done before b": (LINE, "acb", [(Straying.OUT_OF_ORDER, "c", "b")]),
        "what may come once came twice": (LINE, "abcc", [(Straying.REPEATED, "c", "")]),
        "what may come often": (LINE, "abbbc", []),
        "a parallel group in one order": (FORK, "abcd", []),
        "a parallel group in the other": (FORK, "acbd", []),
        "d before one of the group": (FORK, "abdc", [(Straying.OUT_OF_ORDER, "d", "c")]),
        "an unknown step in an open world": (LINE, "axbc", []),
    },
)
def test_order_and_completeness(
    flow: Template, steps: str, expected: list[tuple[Straying, str, str]]
) -> None:
    assert strayed(flow, *((step, f"03-{day:02}") for day, step in enumerate(steps, 1))) == expected


def test_what_happened_at_the_same_moment_is_in_order() -> None:
    assert strayed(LINE, ("a", "03-01"), ("c", "03-02"), ("b", "03-02")) == []


def test_a_node_is_missing_only_once_the_case_is_closed() -> None:
    assert strayed(LINE, ("a", "03-01"), closed=False) == []


def test_a_written_reason_excuses_a_missing_node() -> None:
    assert strayed(LINE, ("a", "03-01"), ("c", "03-02"), excused=["b"]) == []


def test_a_closed_world_names_the_step_that_no_node_knows() -> None:
    flow = template({"name": "a"}, closed_world=True)
    found = strayed(flow, ("x", "03-01"), ("a", "03-02"))
    assert found == [(Straying.UNKNOWN, "x", "")]


def test_a_kind_of_event_stands_for_a_node_where_the_step_does_not() -> None:
    flow = template({"name": "accept", "matches": ["ACCEPT"]})
    accepted = event(EventKind.ACCEPT, "03-01", step="一窗收件")
    assert Conformance(flow, CALENDAR).deviations([accepted], closed=True, now=at("03-02")) == []


TIMED = template(
    {"name": "a"},
    {"name": "b", "after": "a", "limit": [3, "WORKING_DAY"], "required": False},
    {"name": "c", "after": "a", "limit": [31, "CALENDAR_DAY"], "required": False, "free": True},
    {"name": "d", "after": "a", "earliest": [5, "CALENDAR_DAY"], "required": False, "free": True},
    {"name": "e", "after": "a", "limit": [2, "HOUR"], "required": False, "free": True},
)


@table(
    "step when expected",
    {
        "on the last day, a Saturday worked": ("b", "02-14", []),
        "a working day too late": ("b", "02-25", [(Straying.LATE, "b", "a")]),
        "the last day is a Saturday and moves": ("c", "03-16", []),
        "calendar days over": ("c", "03-17", [(Straying.LATE, "c", "a")]),
        "too early": ("d", "02-15", [(Straying.EARLY, "d", "a")]),
        "just not too early": ("d", "02-16", []),
        "within hours": ("e", "02-11 13:59", []),
        "hours over": ("e", "02-11 14:01", [(Straying.LATE, "e", "a")]),
    },
)
def test_time_between_nodes(
    step: str, when: str, expected: list[tuple[Straying, str, str]]
) -> None:
    assert strayed(TIMED, ("a", "02-11"), (step, when)) == expected


def test_a_node_still_to_come_is_late_by_now_in_an_open_case_alone() -> None:
    flow = template({"name": "a"}, {"name": "b", "after": "a", "limit": [3, "WORKING_DAY"]})
    assert strayed(flow, ("a", "03-02"), closed=False, now="03-06") == [(Straying.LATE, "b", "a")]
    assert strayed(flow, ("a", "03-02"), closed=False, now="03-05") == []
    assert strayed(flow, ("a", "03-02"), now="03-06") == [(Straying.MISSING, "b", "")]


def test_who_acts_must_hold_the_role_and_the_proof_must_be_there() -> None:
    flow = template({"name": "a", "roles": ["审批员"], "attachment": True})
    signed = event(EventKind.STEP, "03-02", step="a", role="窗口人员", by="某甲", attachments=0)
    found = Conformance(flow, CALENDAR).deviations([signed], closed=True, now=at("03-03"))
    assert found == [
        Deviation(Straying.WRONG_ROLE, "a", at("03-02"), by="某甲"),
        Deviation(Straying.NO_ATTACHMENT, "a", at("03-02")),
    ]


@table(
    "nodes",
    {
        "two nodes of one name": ([{"name": "a"}, {"name": "a"}],),
        "one match at two nodes": ([{"name": "a", "matches": ["x"]}, {"name": "x"}],),
        "timed after a node that is none": ([{"name": "a", "after": "b"}],),
        "a limit without a start": ([{"name": "a", "limit": [1, "HOUR"]}],),
        "a unit that is none": ([{"name": "a", "after": "a", "limit": [1, "日"]}],),
        "no title": ([{"name": "a", "en": ""}],),
        "no name": ([{"name": ""}],),
    },
)
def test_a_template_that_cannot_be_right_is_refused(nodes: list[dict[str, object]]) -> None:
    with pytest.raises(DomainError):
        template(*nodes)


def test_the_shipped_templates_can_be_read() -> None:
    assert {"approval", "joint", "road-fines"} <= set(TEMPLATES)
    assert len(TEMPLATES["joint"].nodes) == 7


def test_road_fines_stray_exactly_as_counted_by_hand() -> None:
    path = shared_data("logs", "Road_Traffic_Fine_Management_Process.xes.gz")
    rome = WorkingCalendar((), zone=ZoneInfo("Europe/Rome"))
    conformance = Conformance(TEMPLATES["road-fines"], rome)
    found: Counter[tuple[Straying, str]] = Counter()
    penalties = 0
    for trace in gzip.decompress(path.read_bytes()).decode().split("<trace>")[1:]:
        events = [
            CaseEvent(EventKind.STEP, datetime.fromisoformat(when), name)
            for name, when in (_name_and_time(text) for text in trace.split("<event>")[1:])
        ]
        penalties += sum(each.step == "Add penalty" for each in events)
        events.sort(key=lambda each: each.at)
        strays = conformance.deviations(events, closed=True, now=at("12-01"))
        found.update((each.kind, each.node) for each in strays)
    assert penalties == 79_860
    assert found[Straying.LATE, "Send Fine"] == 49_772
    assert found[Straying.OUT_OF_ORDER, "Payment"] == 554
    assert not {node for _, node in found} & {"Add penalty"}  # exactly 60 local days, every one


def _name_and_time(event_text: str) -> tuple[str, str]:
    values = dict(re.findall(r'key="(concept:name|time:timestamp)" value="([^"]*)"', event_text))
    return values["concept:name"], values["time:timestamp"]
