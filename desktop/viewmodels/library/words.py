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


def purpose_word(purpose: BasisPurpose) -> str:
    """Name what an article is cited for."""
    return said(PURPOSES[purpose])
