"""The names of things: UUIDv7 strings, told apart by type."""

from typing import NewType
from uuid import UUID, uuid5

from uuid6 import uuid7

RegionId = NewType("RegionId", str)
HallId = NewType("HallId", str)
WindowId = NewType("WindowId", str)
UnitId = NewType("UnitId", str)
OrganId = NewType("OrganId", str)
BasisId = NewType("BasisId", str)
CameraId = NewType("CameraId", str)
FindingId = NewType("FindingId", str)
CardId = NewType("CardId", str)
ChecklistId = NewType("ChecklistId", str)
InspectionId = NewType("InspectionId", str)
PlanId = NewType("PlanId", str)
AnswerId = NewType("AnswerId", str)
DossierId = NewType("DossierId", str)
EntryId = NewType("EntryId", str)
CaseId = NewType("CaseId", str)
DocumentId = NewType("DocumentId", str)
ItemId = NewType("ItemId", str)
PaperId = NewType("PaperId", str)
RectificationId = NewType("RectificationId", str)
AppealId = NewType("AppealId", str)
EvidenceId = NewType("EvidenceId", str)
PauseId = NewType("PauseId", str)
ExcuseId = NewType("ExcuseId", str)
UserId = NewType("UserId", str)
Digest = NewType("Digest", str)  # SHA-256, 64 hexadecimal digits


def new_id() -> str:
    """Give a fresh UUIDv7; ids made later sort later."""
    return str(uuid7())


_NAMED = UUID("5b0f1f6e-6d0c-5c8e-9d0a-2f7a3d1c4e90")


def named_id(*parts: str) -> str:
    """Give the id of a thing of which there is one by this name; two machines give it the same.

    The server keeps the first record of an id and refuses the second.
    """
    return str(uuid5(_NAMED, "\x00".join(parts)))
