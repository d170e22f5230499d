"""What case files are called on the screen."""

from collections.abc import Mapping

from desktop.domain.dossiers import Dossier, DossierState, EntryKind, Retention
from desktop.system.language import marked, said
from desktop.system.theme import Tone
from desktop.viewmodels.states import Shape, StateLook

LOOKS: Mapping[DossierState, StateLook] = {
    DossierState.OPEN: StateLook(marked("在办"), Shape.HALF_DISC, Tone.ACCENT),
    DossierState.CLOSED: StateLook(marked("已结案"), Shape.DISC, Tone.GOOD),
    DossierState.ARCHIVED: StateLook(marked("已归档"), Shape.DIAMOND, Tone.SOFT),
    DossierState.MERGED: StateLook(marked("已并入他卷"), Shape.DASH, Tone.UNKNOWN),
}
HELD = StateLook(marked("已冻结"), Shape.TWO_BARS, Tone.NEAR)

STEPS: Mapping[str, str] = {
    "dossier.opened": marked("立卷"),
    "dossier.closed": marked("结案"),
    "dossier.archived": marked("归档"),
    "finding.detected": marked("发现问题"),
    "finding.first_review": marked("第一人核实"),
    "finding.confirmed": marked("第二人认定"),
    "finding.dismissed": marked("不予认定"),
    "inspection.planned": marked("安排巡查"),
    "inspection.started": marked("开始巡查"),
    "inspection.finished": marked("完成巡查"),
    "case.received": marked("收件"),
    "case.accepted": marked("受理"),
    "case.decided": marked("作出决定"),
    "case.completed": marked("办结"),
    "case.delivered": marked("送达"),
    "card.drafted": marked("拟稿"),
    "card.checked": marked("核稿"),
    "card.signed": marked("签发"),
    "card.issued": marked("编号用印"),
    "card.served": marked("送达"),
    "card.effective": marked("生效"),
    "card.revoked": marked("撤销"),
    "card.escalated": marked("升级"),
    "card.closed": marked("销号"),
    "paper.issued": marked("印发文书"),
    "evidence.taken": marked("取得证据"),
    "note.written": marked("备注"),
    "entry.happened": marked("发生"),
}


def look_of(dossier: Dossier) -> StateLook:
    """Show a case file by its state; a hold lies over it."""
    return HELD if dossier.hold_reason else LOOKS[dossier.state]


def kind_name(kind: EntryKind) -> str:
    """Name what an entry is."""
    words = {
        EntryKind.FINDING: said("疑似问题"),
        EntryKind.INSPECTION: said("现场巡查"),
        EntryKind.CASE: said("办件"),
        EntryKind.EVIDENCE: said("证据"),
        EntryKind.CARD: said("黄红牌"),
        EntryKind.PAPER: said("文书"),
        EntryKind.NOTE: said("备注"),
    }
    return words[kind]


def retention_name(retention: Retention) -> str:
    """Say how long something is kept."""
    if retention.years is None:
        return said("永久")
    return said("{0} 年").format(retention.years)


def step_said(step: str) -> str:
    """Say what was done."""
    return said(STEPS[step]) if step in STEPS else step
