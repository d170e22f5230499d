"""The user's words for what a hall is made of."""

from collections.abc import Mapping

from desktop.domain.organisation import OrganType
from desktop.system.language import marked, said

_ORGAN_TYPES: Mapping[OrganType, str] = {
    OrganType.GOV_SERVICE_BUREAU: marked("政务服务管理机构"),
    OrganType.EFFICIENCY_OFFICE: marked("行政效能监察机构"),
    OrganType.DISCIPLINE_SUPERVISION: marked("纪检监察机关"),
}


def organ_type_name(kind: OrganType) -> str:
    """Name a kind of organ."""
    return said(_ORGAN_TYPES[kind])
