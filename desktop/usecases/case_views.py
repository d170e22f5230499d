"""Saving how the list of cases is narrowed, and taking its cases out as a log."""

from collections.abc import Mapping

from desktop.domain.approvals import ApprovalCase
from desktop.domain.case_views import CaseView, standing
from desktop.domain.errors import MissingField
from desktop.domain.identifiers import HallId, new_id
from desktop.usecases.ports import Clock, Reading, UnitOfWork


def views_of(reading: Reading, hall_id: HallId) -> tuple[CaseView, ...]:
    """Give the views of a hall's cases, by name."""
    return standing(reading.find(CaseView, hall_id=hall_id))


def save_view(
    work: UnitOfWork,
    hall_id: HallId,
    name: str,
    wish: Mapping[str, object],
    *,
    clock: Clock,
    withdrawn: bool = False,
) -> CaseView:
    """Keep a view under a name, or offer the one of this name no more.

    Raises:
        MissingField: no name.
        NotAllowed: the person may not.
    """
    if not name.strip():
        raise MissingField(CaseView.ENTITY, "create", "name")
    view = CaseView(
        id=new_id(),
        hall_id=hall_id,
        name=name.strip(),
        saved_by=work.actor.user_id,
        saved_at=clock.now(),
        wish=wish,
        withdrawn=withdrawn,
    )
    work.add(view)
    work.note("view.withdraw" if withdrawn else "view.save", f"case_view/{view.name}")
    return view


def note_log_export(work: UnitOfWork, hall_id: HallId, cases: int, reason: str) -> None:
    """Write down who takes cases out as a log, how many, and why.

    Raises:
        MissingField: no reason.
    """
    if not reason.strip():
        raise MissingField(ApprovalCase.ENTITY, "export", "reason")
    work.note("cases.export_log", f"hall/{hall_id}/{cases}", reason=reason)
