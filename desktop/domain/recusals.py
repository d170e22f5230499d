"""Who stands aside (回避): a relative, or one's own former unit (section 13, edge case 67)."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from desktop.domain.identifiers import HallId, UnitId, UserId


@dataclass(frozen=True, slots=True)
class Recusal:
    """Somebody says that he decides nothing about a unit; it is not taken back."""

    ENTITY: ClassVar = "recusal"

    id: str
    hall_id: HallId
    unit_id: UnitId
    reason: str
    declared_by: UserId
    declared_at: datetime
