"""The ledgers of a hall, gathered for short reports and registers."""

from collections.abc import Mapping
from datetime import datetime

from desktop.domain.calendar import WorkingCalendar
from desktop.domain.cards import Card
from desktop.domain.evidence import ServiceReceipt
from desktop.domain.findings import Finding
from desktop.domain.identifiers import HallId
from desktop.domain.numbers import TemporaryNumber, VoidedNumbers
from desktop.domain.official_documents import OfficialDocument
from desktop.domain.organisation import Hall, Organ, Unit, Window
from desktop.domain.rectification import Extension, Rectification
from desktop.domain.report.briefs import Ledgers
from desktop.usecases.ports import Reading


def gather_ledgers(
    reading: Reading,
    hall_id: HallId,
    *,
    cut_off: datetime,
    rule_names: Mapping[str, str],
    calendar: WorkingCalendar,
) -> Ledgers:
    """Gather them from one consistent picture of the case file."""
    return Ledgers(
        organ=reading.get(Organ, reading.get(Hall, hall_id).organ_id).name,
        cut_off=cut_off,
        units=reading.find(Unit),
        windows=reading.find(Window, hall_id=hall_id),
        findings=reading.find(Finding, hall_id=hall_id),
        cards=reading.find(Card, hall_id=hall_id),
        orders=reading.find(Rectification, hall_id=hall_id),
        extensions=reading.find(Extension, hall_id=hall_id),
        receipts=reading.find(ServiceReceipt, hall_id=hall_id),
        rule_names=rule_names,
        calendar=calendar,
        documents=reading.find(OfficialDocument, hall_id=hall_id),
        blocks=reading.number_blocks(),
        voided=reading.find(VoidedNumbers, hall_id=hall_id),
        temporary=reading.find(TemporaryNumber, hall_id=hall_id),
    )
