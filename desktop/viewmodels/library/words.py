"""What the library calls its things: purposes, ranks, kinds of organ, papers."""

from collections.abc import Mapping

from desktop.domain.organisation import BasisPurpose, BasisRank, OrganType
from desktop.system.language import marked, said

PURPOSES: Mapping[BasisPurpose, str] = {
    BasisPurpose.CONDUCT: marked("违反的规定"),
    BasisPurpose.CARD: marked("发牌依据"),
}
RANKS: Mapping[BasisRank, str] = {
    BasisRank.LOCAL_RULE: marked("地方规定"),
    BasisRank.REGULATION: marked("行政法规"),
    BasisRank.LAW: marked("法律"),
}
KINDS: Mapping[OrganType, str] = {
    OrganType.GOV_SERVICE_BUREAU: marked("政务服务管理局、行政审批局"),
    OrganType.EFFICIENCY_OFFICE: marked("机关效能建设工作机构"),
    OrganType.DISCIPLINE_SUPERVISION: marked("纪检监察机关、派驻机构"),
}
PAPERS: Mapping[str, str] = {
    "T01": marked("预警提示单"),
    "T02": marked("黄牌警告通知书"),
    "T03": marked("红牌警告通知书"),
    "T04": marked("责令整改通知书"),
    "T05": marked("行政纠错通知书"),
    "T06": marked("监察建议书"),
    "T07": marked("效能监察通知书"),
    "T08": marked("约谈通知书"),
    "T09": marked("诫勉谈话通知书"),
    "T10": marked("问题线索移送函"),
    "T11": marked("送达回证"),
    "T13": marked("整改验收审批表"),
    "T15": marked("督查通报"),
}


def purpose_word(purpose: BasisPurpose) -> str:
    """Name what an article is cited for."""
    return said(PURPOSES[purpose])


def paper_word(paper: str) -> str:
    """Name a paper by its template."""
    return said(PAPERS[paper])
