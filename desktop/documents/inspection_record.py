"""The record of an inspection (现场检查记录表): blank to go with, or filled in and signed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from desktop.documents import geometry as g
from desktop.documents.fonts import FontBook
from desktop.documents.report.ledger import TINY
from desktop.documents.sheet import SMALL, SMALL_HEADING, TITLE, Sheet
from desktop.documents.table import Align, Grid, Look, draw_table, shared
from desktop.domain.calendar import HALL_TIME
from desktop.domain.evidence import Evidence
from desktop.domain.inspections import Acknowledged, Inspection, InspectionState, form_of
from desktop.domain.organisation import Hall, Unit, UserCard
from desktop.usecases.inspections.visit import Visit
from desktop.usecases.ports import Reading

Wording = Mapping[str, Any]  # Any: a wording file
_LOOK = Look(SMALL, SMALL_HEADING, pitch=14.0, padding=3.5)
_PAIRS = (0.14, 0.36, 0.14, 0.36)
_SIGNATURE = (110.0, 44.0)  # points


@dataclass(frozen=True, slots=True)
class RecordFile:
    """All that the record of an inspection names.

    Attributes:
        form: every item with its answer, as `domain.inspections.form_of` writes it.
        signature: the picture (PNG) of the staff's signature; None without one.
        chain: number and digest of the last row of this machine's audit chain; None without one.
    """

    inspection: Inspection
    form: Mapping[str, Any]
    hall: str
    window: str
    unit: str
    inspectors: tuple[str, ...]
    photos: Mapping[int, Sequence[Evidence]]
    signature: bytes | None = None
    chain: tuple[int, str] | None = None


def record_of(
    reading: Reading, visit: Visit, signature: bytes | None, chain: tuple[int, str] | None
) -> RecordFile:
    """Gather what the record of an inspection names."""
    inspection, numbers = visit.inspection, visit.checklist.numbers
    digests = {key: [item.sha256 for item in items] for key, items in visit.photos.items()}
    return RecordFile(
        inspection=inspection,
        form=inspection.form or form_of(visit.checklist, visit.answers, digests),
        hall=reading.get(Hall, inspection.hall_id).name,
        window=visit.window.name,
        unit=reading.get(Unit, inspection.unit_id).name,
        inspectors=tuple(reading.get(UserCard, each).name for each in inspection.inspectors),
        photos={numbers[key]: photos for key, photos in visit.photos.items()},
        signature=signature,
        chain=chain,
    )


def print_record(file: RecordFile, wording: Wording, fonts: FontBook) -> bytes:
    """Print it; what was not answered yet is left open to be written by hand.

    Raises:
        DocumentError: a character is in no font, or the signature is no picture.
    """
    sheet = Sheet(fonts, title=str(wording["title"]), subject=file.window)
    sheet.centred(str(wording["title"]), sheet.baseline(), TITLE)
    sheet.skip(1.3)
    _head(sheet, file, wording)
    sheet.go_to(sheet.y - 8)
    grid = Grid(
        shared(sheet.area.width, wording["weights"]),
        (Align.CENTRE, Align.LEFT, Align.CENTRE, Align.CENTRE, Align.CENTRE, Align.LEFT),
        _LOOK,
    )
    draw_table(sheet, grid, wording["columns"], list(_rows(file, wording)))
    sheet.go_to(sheet.y - 8)
    _result(sheet, file, wording)
    _exhibits(sheet, file, wording)
    _signatures(sheet, file, wording)
    return sheet.finish()


def _head(sheet: Sheet, file: RecordFile, wording: Wording) -> None:
    names, blank = cast(Mapping[str, str], wording["head"]), str(wording["blank"])
    form = file.form
    checklist = (
        f"{form['title'].get('zh') or next(iter(form['title'].values()))} v{form['version']}"
    )
    rows = [
        (names["hall"], file.hall, names["window"], file.window),
        (names["unit"], file.unit, names["round"], file.inspection.plan_title or blank),
        (names["inspectors"], "、".join(file.inspectors), names["time"], _time(file, blank)),
    ]
    pairs = tuple(share * sheet.area.width for share in _PAIRS)
    aligns = (Align.CENTRE, Align.LEFT, Align.CENTRE, Align.LEFT)
    draw_table(sheet, Grid(pairs, aligns, _LOOK), (), rows)
    wide = (pairs[0], sheet.area.width - pairs[0])
    draw_table(sheet, Grid(wide, aligns, _LOOK), (), [(names["checklist"], checklist)])


def _time(file: RecordFile, blank: str) -> str:
    start, end = file.inspection.started_at, file.inspection.finished_at
    if start is None:
        return blank
    until = f"—{_hall_time(end):%H:%M}" if end else ""
    return f"{_hall_time(start):%Y-%m-%d %H:%M}{until}"


def _hall_time(moment: datetime) -> datetime:
    return moment.astimezone(HALL_TIME)


def _rows(file: RecordFile, wording: Wording) -> Iterator[Sequence[str]]:
    verdicts = cast(Mapping[str, str], wording["verdicts"])
    blank = str(wording["blank"])
    for row in file.form["items"]:
        label = row["label"].get("zh") or next(iter(row["label"].values()))
        star = str(wording["star"]) if row["critical"] else ""
        photos = len(row["photos"])
        notes = [row["note"], wording["photos"].format(count=photos) if photos else ""]
        yield (
            str(row["number"]),
            f"{star}{label}",
            wording["points"].format(points=row["points"]) if row["points"] else blank,
            verdicts.get(row["verdict"], row["value"]) or blank,
            wording["points"].format(points=row["deduct"]) if row["deduct"] else blank,
            "；".join(filter(None, notes)) or blank,
        )


def _result(sheet: Sheet, file: RecordFile, wording: Wording) -> None:
    inspection, score = file.inspection, file.inspection.score
    if inspection.state is not InspectionState.FINISHED:
        said = str(wording["result_open"])
    elif score.percent is None:
        said = str(wording["result_empty"])
    else:
        said = wording["result"].format(
            applicable=f"{score.applicable:g}",
            got=f"{score.got:g}",
            percent=f"{score.percent:g}",
            failed=len(score.failed),
            critical=len(score.critical),
        )
    sheet.block(said, SMALL_HEADING, pitch=18.0)
    sheet.block(str(wording["method"]), TINY, pitch=13.0)


def _exhibits(sheet: Sheet, file: RecordFile, wording: Wording) -> None:
    rows = [
        (
            str(number),
            f"{_hall_time(photo.taken_at):%Y-%m-%d %H:%M:%S}",
            photo.device,
            str(photo.size),
            photo.sha256,
        )
        for number, photos in sorted(file.photos.items())
        for photo in photos
    ]
    if not rows:
        return
    sheet.go_to(sheet.y - 6)
    sheet.block(str(wording["exhibits"]), SMALL_HEADING, pitch=18.0)
    look = Look(TINY, SMALL_HEADING, pitch=11.0, padding=2.5)
    grid = Grid(shared(sheet.area.width, wording["exhibit_weights"]), (Align.CENTRE,) * 4, look)
    draw_table(sheet, grid, wording["exhibit_columns"], rows)


def _signatures(sheet: Sheet, file: RecordFile, wording: Wording) -> None:
    if sheet.y - 3.5 * g.LINE_PITCH < sheet.area.bottom:
        sheet.new_page()
    sheet.go_to(sheet.y - 10)
    inspection, names = file.inspection, "、".join(file.inspectors)
    line = _staff_line(inspection, wording)
    if file.signature:
        x = sheet.area.left + sheet.width(line, SMALL) + 12
        sheet.picture(file.signature, x, sheet.y - _SIGNATURE[1], *_SIGNATURE)
        sheet.go_to(sheet.y - _SIGNATURE[1] / 2 + 4)
    sheet.block(line, SMALL, pitch=18.0)
    sheet.go_to(sheet.y - 10)
    sheet.block(wording["inspectors_open"].format(names=names), SMALL, pitch=18.0)
    if inspection.form_digest:
        sheet.block(wording["digest"].format(digest=inspection.form_digest), TINY, pitch=12.0)
    if file.chain:
        number, digest = file.chain
        sheet.block(wording["chain"].format(n=number, hash=digest), TINY, pitch=12.0)


def _staff_line(inspection: Inspection, wording: Wording) -> str:
    match inspection.acknowledged:
        case Acknowledged.SIGNED:
            return str(wording["signed"].format(staff=inspection.staff))
        case Acknowledged.REFUSED:
            told = {"refusal": inspection.refusal_note, "witness": inspection.witness}
            return str(wording["refused"].format(staff=inspection.staff, **told))
    return str(wording["to_sign"])
