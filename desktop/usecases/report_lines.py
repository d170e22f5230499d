"""The lines of a report that come from other desks: inspections, papers, lists held to account."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from desktop.domain.calendar import HALL_TIME
from desktop.domain.findings import Finding
from desktop.domain.identifiers import FindingId, HallId, UnitId
from desktop.domain.inspections import Inspection, InspectionState
from desktop.domain.official_documents import DocumentState, OfficialDocument
from desktop.domain.report.facts import (
    Board,
    FindingLine,
    GapLine,
    InspectionLine,
    MeasureLine,
    Outcome,
)
from desktop.usecases.ports import Reading

# What an office does besides a card (11.5); answers to an appeal are none of it.
_MEASURES = frozenset({"T04", "T05", "T06", "T07", "T08", "T09", "T09A", "T10", "T15"})


def inspection_lines(reading: Reading, hall_id: HallId) -> Iterator[InspectionLine]:
    """Give the finished inspections of a hall."""
    for done in reading.find(Inspection, hall_id=hall_id, state=InspectionState.FINISHED):
        score = done.score
        if done.finished_at is None or score.percent is None:
            continue
        on = done.finished_at.astimezone(HALL_TIME).date()
        yield InspectionLine(done.window_id, on, Decimal(str(score.percent)), len(score.failed))


def measure_lines(
    reading: Reading, hall_id: HallId, rules: Mapping[FindingId, str]
) -> Iterator[MeasureLine]:
    """Give the papers that were issued and stand; done is what was served or filed.

    Args:
        rules: the rule of each finding, by id.
    """
    for paper in reading.find(OfficialDocument, hall_id=hall_id):
        if paper.template not in _MEASURES or paper.issued_at is None:
            continue
        if paper.state is DocumentState.CANCELLED:
            continue
        yield MeasureLine(
            unit_id=paper.unit_id,
            template=paper.template,
            doc_no=paper.doc_no,
            on=paper.issued_at.astimezone(HALL_TIME).date(),
            cause=next((rules[each] for each in paper.finding_ids if each in rules), ""),
            done=paper.state.is_over,
            recipient=paper.recipient,
        )


def gap_lines(
    lines: Iterable[FindingLine], findings: Mapping[str, Finding], units: Mapping[UnitId, str]
) -> Iterator[GapLine]:
    """Give what was found in power lists and public guides; explained is what was justified."""
    for line in lines:
        if line.board is not Board.POWER or line.outcome is Outcome.FALSE_ALARM:
            continue
        matter = findings[line.id].case
        item = (matter.title or matter.item_code) if matter else ""
        explained = line.outcome is Outcome.JUSTIFIED
        yield GapLine(units.get(line.unit_id, ""), line.rule_id, item, line.on, explained)
