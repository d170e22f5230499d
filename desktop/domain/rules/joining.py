"""Joint cases (并联审批) as the cases of several units on one project tell them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from desktop.domain.approvals import ApprovalCase, Decision, JointCase, SubCase, SubOpinion
from desktop.domain.clocks import Scene
from desktop.domain.flows import Template
from desktop.domain.identifiers import UnitId
from desktop.domain.items import Limit, ServiceItem, Subsystem
from desktop.domain.rules.joint import JointFile
from desktop.domain.rules.judgement import CaseFile

_BY_LAW = Limit(45)  # LL-02, working days
_OPINIONS = {Decision.GRANT: SubOpinion.AGREE, Decision.REFUSE: SubOpinion.DISAGREE}


class JointRoom:
    """Takes cases one by one, and keeps those whose item several units handle together."""

    def __init__(self, flow: Template) -> None:
        """Take the procedure by whose nodes stages are told."""
        self._flow = flow
        self._parts: defaultdict[str, list[CaseFile]] = defaultdict(list)

    def add(self, file: CaseFile) -> None:
        """Keep a case of a project, where its item names who leads."""
        if file.case.project_code and file.item and file.item.joint_lead and _sent(file.case):
            self._parts[file.case.project_code].append(file)

    def files(self, scene: Scene) -> Iterator[JointFile]:
        """Give what several units handle together."""
        for project, parts in self._parts.items():
            if len({part.case.unit_id for part in parts}) > 1:
                items = {part.item.code: part.item for part in parts if part.item}
                yield JointFile(self._case(project, parts, items), self._flow, items, scene)

    def _case(
        self, project: str, parts: Sequence[CaseFile], items: Mapping[str, ServiceItem]
    ) -> JointCase:
        closed = [part.case.closed_at for part in parts if part.case.closed_at]
        return JointCase(
            case_no=project,
            lead_unit_id=next(UnitId(each.joint_lead or "") for each in items.values()),
            accepted_at=min(part.case.accepted_at or _start(part.case) for part in parts),
            limit=_BY_LAW,
            parts=tuple(map(_part, parts)),
            stages=tuple(self._stages(parts)),
            completed_at=max(closed) if len(closed) == len(parts) else None,
            engineering=any(each.subsystem is Subsystem.KEY_PROJECT for each in items.values()),
        )

    def _stages(self, parts: Sequence[CaseFile]) -> Iterator[tuple[str, datetime]]:
        known = {match for node in self._flow.nodes for match in (node.name, *node.matches)}
        for part in parts:
            yield from ((each.step, each.at) for each in part.events if each.step in known)


def _part(file: CaseFile) -> SubCase:
    case = file.case
    asked = (str(each.detail["material"]) for each in file.events if "material" in each.detail)
    return SubCase(
        unit_id=case.unit_id,
        sent_at=_start(case),
        limit=case.promised_limit or case.statutory_limit or _BY_LAW,
        opinion=_OPINIONS.get(case.decision, SubOpinion.CORRECT) if case.decision else None,
        opinion_at=case.closed_at,
        materials=tuple(dict.fromkeys(asked)),
        stops=tuple(file.stops),
        item_code=case.item_code,
    )


def _sent(case: ApprovalCase) -> datetime | None:
    return case.received_at or case.accepted_at


def _start(case: ApprovalCase) -> datetime:
    sent = _sent(case)
    assert sent is not None  # such cases alone are kept
    return sent
