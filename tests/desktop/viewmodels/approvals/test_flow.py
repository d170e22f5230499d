"""The procedure of a case names the node at which the case strayed."""

from desktop import assets
from desktop.domain.approvals import CaseBundle, EventKind
from desktop.domain.clocks import NO_CLOCKS
from desktop.domain.flows import read_template
from desktop.domain.procedures import Conformance
from desktop.viewmodels.approvals.flow import flow_name, flow_rows
from desktop.workers.case_book import CaseSheet
from tests.support.cases import CALENDAR, bundle, event, scene

FLOW = read_template("approval", assets.procedure_files()["approval"])
JOINT = read_template("joint", assets.procedure_files()["joint"])
NOW = scene("03-30")


def sheet(case: CaseBundle, *, closed: bool = True) -> CaseSheet:
    strays = Conformance(FLOW, CALENDAR).deviations(case.events, closed=closed, now=NOW.now)
    return CaseSheet(case, NO_CLOCKS, (), (), NOW, FLOW, tuple(strays))


def test_every_node_stands_with_its_time_and_a_missing_one_says_so() -> None:
    case = bundle(
        event(EventKind.ACCEPT, "03-02", step="受理"), event(EventKind.DECIDE, "03-05", step="决定")
    )
    rows = {row.key: row.cells for row in flow_rows(sheet(case))}
    assert list(rows) == [node.name for node in FLOW.nodes]
    assert rows["accept"][3] == ""
    assert rows["accept"][2].startswith("2026-03-02")
    assert rows["review"][2:] == ("—", "缺少这个环节")


def test_a_late_and_an_early_node_are_named_with_the_other_one() -> None:
    case = bundle(
        event(EventKind.STEP, "03-02", step="审查"),
        event(EventKind.ACCEPT, "03-03", step="受理"),
        event(EventKind.DECIDE, "03-05", step="决定"),
        event(EventKind.DELIVER, "03-25", step="送达"),
    )
    rows = {row.key: row.cells[3] for row in flow_rows(sheet(case))}
    assert rows["review"] == "早于应在其前的“受理”"
    assert rows["deliver"].startswith("自“决定”起用了 14 个工作日，最长 10 个工作日")


def test_the_seven_stages_of_parallel_approval_are_a_template() -> None:
    assert len(JOINT.nodes) == 7
    case = bundle(event(EventKind.STEP, "03-02", step="一窗受理"))
    shown = sheet(case)._replace(flow=JOINT, strays=())
    assert flow_name(shown) == "并联审批七阶段"
    assert len(flow_rows(shown)) == 7
    assert flow_rows(shown._replace(flow=None)) == ()
