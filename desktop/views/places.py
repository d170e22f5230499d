"""On which page each kind of record is shown."""

from collections.abc import Mapping

from desktop.viewmodels.links import RecordLink
from desktop.viewmodels.search import MANUAL

_PLACES: Mapping[str, str] = {
    "approval_case": "approvals",
    "camera": "cameras",
    "card": "cards",
    "checklist": "inspections",
    "dossier": "dossiers",
    "excuse": "wall",
    "finding": "review",
    "hall": "setup",
    "import_batch": "approvals",
    "inspection": "inspections",
    "inspection_plan": "inspections",
    "legal_basis": "library",
    "official_document": "papers",
    "organ": "library",
    "person": "registers",
    "report_version": "reports",
    "service_item": "registers",
    "unit": "registers",
    "user_card": "users",
    "window": "registers",
    MANUAL: "help",
}
# Kinds that a page lays open by their id; of the others it only shows the list.
OPENED = frozenset(
    {
        "approval_case", "camera", "card", "dossier", "finding", "inspection", "official_document",
        "person", "service_item", "unit", "user_card", "window", MANUAL,
    }
)  # fmt: skip


def place_of(link: RecordLink) -> tuple[str, str | None]:
    """Give the page of a record and what to open there; no page for what none shows."""
    return _PLACES.get(link.kind, ""), link.id if link.kind in OPENED else None
