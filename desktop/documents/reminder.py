"""The reminder (数据催报单) to a unit that owes data."""

from datetime import date

from desktop.documents.card_paper import day
from desktop.documents.template import Template
from desktop.domain.collection import Standing

REMINDER = "R03"


def reminder_fields(
    template: Template, standing: Standing, *, organ: str, unit: str, by: str, today: date
) -> dict[str, str]:
    """Give the fields of a reminder; what the unit writes stays open."""
    period = standing.period
    return {
        "organ": organ,
        "unit": unit,
        "dataset": standing.duty.name,
        "period": f"{day(period.first)}至{day(period.last)}",
        "due": day(standing.due),
        "facts": facts_of(template, standing, today),
        "request": template.table("words")["request"],
        "issued_by": by,
        "issued_on": day(today),
        "receiver": "",
        "received_at": "",
        "reply": "",
    }


def facts_of(template: Template, standing: Standing, today: date) -> str:
    """Say what is owed."""
    words, delivery = template.table("words"), standing.delivery
    if delivery is None:
        return words["missing"].format(today=day(today), late=standing.late_wd)
    told = []
    if standing.late_wd:
        received = day(delivery.received_on)
        told.append(words["late"].format(received=received, late=standing.late_wd))
    if standing.lacking:
        told.append(
            words["fewer"].format(
                reported=delivery.reported, counted=delivery.counted, lacking=standing.lacking
            )
        )
    return "".join(told)
