"""Doing again what the server did not take, on top of what it holds now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.usecases.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class Redo:
    """A refused change and the values that are to stand now."""

    op_id: str
    entity: str
    id: str
    values: Mapping[str, Any]  # Any: JSON


def redo(work: UnitOfWork, parts: Sequence[Redo]) -> None:
    """Make the parts of one act anew and settle their refusals, all or none.

    Raises:
        DomainError: the record, its state or the person's role does not allow it (any more).
    """
    for part in parts:
        work.amend(part.entity, part.id, part.values)
        work.settle_refusal(part.op_id)
    work.note("conflict.redo", f"{parts[0].entity}/{parts[0].id}")
