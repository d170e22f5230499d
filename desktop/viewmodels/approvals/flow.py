"""The procedure of a case, node by node: when each happened, and where the case strayed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from desktop.domain.approvals import CaseEvent
from desktop.domain.flows import Node, Template
from desktop.domain.procedures import Deviation, Straying
from desktop.system.language import headed, marked, said
from desktop.viewmodels.approvals.lamps import amount_said, limit_said
from desktop.viewmodels.lines import Cells, Row, headings
from desktop.viewmodels.times import stamp
from desktop.workers.case_book import CaseSheet

_STRAYED: Mapping[Straying, str] = {
    Straying.MISSING: marked("缺少这个环节"),
    Straying.OUT_OF_ORDER: marked("早于应在其前的“{0}”"),
    Straying.REPEATED: marked("出现 {1} 次，最多 {2} 次"),
    Straying.LATE: marked("自“{0}”起用了 {1}，最长 {2}"),
    Straying.EARLY: marked("自“{0}”起用了 {1}，最短 {2}"),
    Straying.WRONG_ROLE: marked("由无权办理的 {3} 办理"),
    Straying.NO_ATTACHMENT: marked("没有印证附件"),
    Straying.UNKNOWN: marked("流程中没有这个环节"),
}


def flow_titles() -> Cells:
    """The titles of the table of nodes."""
    return headings(said("环节"), said("要求"), said("办理时间"), said("与流程不符"))


def flow_name(sheet: CaseSheet) -> str:
    """Name the procedure, "" where the case is held to none."""
    return sheet.flow.title[said("zh", "rules")] if sheet.flow else ""


def flow_rows(sheet: CaseSheet) -> tuple[Row, ...]:
    """Give the nodes in their order, and after them the steps that no node knows."""
    flow = sheet.flow
    if flow is None:
        return ()
    strays: dict[str, list[Deviation]] = {}
    for stray in sheet.strays:
        strays.setdefault(stray.node, []).append(stray)
    rows = [_row(node, flow, sheet.bundle.events, strays.pop(node.name, ())) for node in flow.nodes]
    rest = [
        Row(f"?{name}", (name, "—", _when(found[0].at), _strayed(flow, found)))
        for name, found in strays.items()
    ]
    return (*rows, *rest)


def _row(
    node: Node, flow: Template, events: Sequence[CaseEvent], strays: Iterable[Deviation]
) -> Row:
    title = node.title[said("zh", "rules")]
    at = [event.at for event in events if node.matches & {event.step, event.kind.value}]
    cells = (title, _asked(node, flow), _when(min(at, default=None)), _strayed(flow, strays))
    return Row(node.name, cells)


def _asked(node: Node, flow: Template) -> str:
    told = [said("必经") if node.required else said("可无")]
    if node.limit:
        after = _title(flow, node.after)
        told.append(said("自“{0}”起 {1} 内").format(after, limit_said(node.limit)))
    if node.parallel:
        told.append(said("可并行"))
    if node.attachment:
        told.append(said("须有附件"))
    return "；".join(map(headed, told))


def _strayed(flow: Template, strays: Iterable[Deviation]) -> str:
    return "；".join(
        said(_STRAYED[each.kind]).format(_title(flow, each.other), *_amounts(each), each.by)
        for each in strays
    )


def _amounts(stray: Deviation) -> tuple[str, str]:
    if stray.unit is None:
        return str(stray.times), str(stray.allowed)
    return amount_said(stray.times, stray.unit), amount_said(stray.allowed, stray.unit)


def _title(flow: Template, name: str) -> str:
    titles = {node.name: node.title[said("zh", "rules")] for node in flow.nodes}
    return titles.get(name, name)


def _when(moment: datetime | None) -> str:
    return stamp(moment) if moment else "—"
