"""The bound copy of a case file: cover, index, timeline, then every paper, with bookmarks."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from desktop.documents import geometry as g
from desktop.documents.errors import DocumentError, DocumentTrouble
from desktop.documents.fonts import FontBook
from desktop.documents.report.ledger import TINY
from desktop.documents.sheet import BODY, HEADING, SMALL, SMALL_HEADING, TITLE, Numbering, Sheet
from desktop.documents.table import FORM, Align, Grid, Look, draw_table, shared
from desktop.domain.approvals import CaseBundle
from desktop.domain.calendar import HALL_TIME
from desktop.domain.dossiers import Entry
from desktop.domain.evidence import Evidence
from desktop.domain.identifiers import UserId
from desktop.usecases.dossier_timeline import DossierFile

Wording = Mapping[str, Any]  # Any: a wording file
_LOOK = Look(SMALL, SMALL_HEADING, pitch=14.0, padding=3.5)
_LABEL = 0.2  # share of the width


@dataclass(frozen=True, slots=True)
class BundleFile:
    """What is bound.

    Attributes:
        parts: the PDF of each entry that has one, by entry id.
        names: of people, by id.
        chain: number and digest of the last row of this machine's audit chain.
    """

    file: DossierFile
    parts: Mapping[str, bytes]
    names: Mapping[UserId, str]
    chain: tuple[int, str]


def print_bundle(bundle: BundleFile, wording: Wording, fonts: FontBook) -> bytes:
    """Bind it; the index tells on which page each entry begins.

    Raises:
        DocumentError: a character is in no font; BAD_PDF for a part that is none.
    """
    counts = {key: _count(pdf) for key, pdf in bundle.parts.items()}
    before = _count(_front(bundle, wording, fonts, {}))
    pages: dict[str, int] = {}
    for entry in bundle.file.entries:
        if entry.id in counts:
            pages[entry.id] = before + 1
            before += counts[entry.id]
    writer = PdfWriter()
    front = _front(bundle, wording, fonts, pages)
    writer.append(io.BytesIO(front), outline_item=str(wording["index"]), import_outline=False)
    for number, entry in enumerate(bundle.file.entries, 1):
        if entry.id in pages:
            title = f"{number} {entry.title}"
            part = io.BytesIO(bundle.parts[entry.id])
            writer.append(part, outline_item=title, import_outline=False)
    writer.add_metadata({"/Title": bundle.file.dossier.title, "/Creator": "Hallwatch"})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def print_note(entry: Entry, wording: Wording, fonts: FontBook) -> bytes:
    """Print a note of a case file."""
    sheet = Sheet(fonts, title=entry.title, subject="", numbering=Numbering.NONE)
    sheet.text(str(wording["note"]), sheet.area.left, sheet.baseline(), HEADING)
    sheet.skip(1)
    sheet.paragraph(entry.title, HEADING, indent=0)
    for paragraph in entry.words.splitlines() or [""]:
        sheet.paragraph(paragraph, BODY)
    sheet.block(_day(entry), SMALL, pitch=18.0)
    return sheet.finish()


def print_case(entry: Entry, bundle: CaseBundle, wording: Wording, fonts: FontBook) -> bytes:
    """Print an approval case: its dates, and every step of it."""
    sheet = Sheet(fonts, title=entry.title, subject="", numbering=Numbering.NONE)
    sheet.block(entry.title, SMALL_HEADING, pitch=20.0)
    widths = (g.TYPE_WIDTH * _LABEL, g.TYPE_WIDTH * (1 - _LABEL))
    facts = Grid(widths, (Align.CENTRE,), FORM)
    draw_table(sheet, facts, (), list(_case_facts(bundle, wording)))
    sheet.skip(1)
    steps = Grid(shared(sheet.area.width, wording["case_weights"]), (Align.CENTRE,), _LOOK)
    draw_table(sheet, steps, wording["case_columns"], list(_case_steps(bundle, wording)))
    return sheet.finish()


def print_picture(
    entry: Entry, picture: bytes | None, evidence: Evidence, wording: Wording, fonts: FontBook
) -> bytes:
    """Print a picture of a case file, or, where bystanders stand on it unmasked, its digest.

    Raises:
        DocumentError: BAD_PICTURE.
    """
    sheet = Sheet(fonts, title=entry.title, subject="", numbering=Numbering.NONE)
    sheet.block(entry.title, SMALL_HEADING, pitch=20.0)
    if picture is None:
        sheet.block(wording["unprinted"].format(sha256=evidence.sha256), SMALL, pitch=18.0)
        return sheet.finish()
    height = g.TYPE_WIDTH * 0.75
    sheet.picture(picture, sheet.area.left, sheet.y - height, g.TYPE_WIDTH, height)
    sheet.go_to(sheet.y - height - 8)
    sheet.block(f"{_day(entry)}  SHA-256 {evidence.sha256}", TINY, pitch=12.0)
    return sheet.finish()


def _count(pdf: bytes) -> int:
    try:
        return len(PdfReader(io.BytesIO(pdf)).pages)
    except (PyPdfError, ValueError) as error:
        raise DocumentError(DocumentTrouble.BAD_PDF) from error


def _front(
    bundle: BundleFile, wording: Wording, fonts: FontBook, pages: Mapping[str, int]
) -> bytes:
    sheet = Sheet(fonts, title=bundle.file.dossier.title, subject=str(wording["cover"]))
    sheet.skip(3)
    sheet.centred(str(wording["cover"]), sheet.baseline(), TITLE)
    sheet.skip(3)
    widths = (g.TYPE_WIDTH * _LABEL, g.TYPE_WIDTH * (1 - _LABEL))
    draw_table(sheet, Grid(widths, (Align.CENTRE,), FORM), (), list(_cover(bundle, wording)))
    sheet.go_to(sheet.y - 8)
    number, digest = bundle.chain
    sheet.block(wording["chain"].format(n=number, hash=digest), TINY, pitch=12.0)
    _listed(sheet, wording, "index", _index(bundle, wording, pages))
    _listed(sheet, wording, "timeline", _timeline(bundle, wording))
    return sheet.finish()


def _case_facts(bundle: CaseBundle, wording: Wording) -> Iterator[Sequence[str]]:
    case, untold = bundle.case, str(wording["untold"])
    for label, name in cast(Sequence[Sequence[str]], wording["case_rows"]):
        value = getattr(case, name)
        told = _moment(value) if isinstance(value, datetime) else str(value or "")
        yield (label, told or untold)


def _case_steps(bundle: CaseBundle, wording: Wording) -> Iterator[Sequence[str]]:
    untold = str(wording["untold"])
    for event in bundle.events:
        kind = str(wording["events"][event.kind.value])
        yield (_moment(event.at), kind, event.step or untold, event.by or untold)


def _listed(sheet: Sheet, wording: Wording, name: str, rows: Iterator[Sequence[str]]) -> None:
    sheet.new_page()
    sheet.centred(str(wording[name]), sheet.baseline(), TITLE)
    sheet.skip(1.5)
    aligns = (Align.CENTRE, Align.CENTRE, Align.CENTRE) if name == "index" else (Align.CENTRE,)
    grid = Grid(shared(sheet.area.width, wording[f"{name}_weights"]), aligns, _LOOK)
    draw_table(sheet, grid, wording[f"{name}_columns"], list(rows))


def _cover(bundle: BundleFile, wording: Wording) -> Iterator[Sequence[str]]:
    dossier, untold = bundle.file.dossier, str(wording["untold"])
    closed = f"{dossier.closed_at.astimezone(HALL_TIME):%Y-%m-%d}" if dossier.closed_at else ""
    told = {
        "title": dossier.title,
        "opened": f"{dossier.opened_at.astimezone(HALL_TIME):%Y-%m-%d}",
        "handler": bundle.names.get(dossier.handler, "") if dossier.handler else "",
        "closed": " ".join(filter(None, (closed, dossier.close_note))),
        "retention": wording["retention"][dossier.retention.value],
        "count": str(len(bundle.file.entries)),
    }
    for label, text in cast(Sequence[Sequence[str]], wording["rows"]):
        yield (label, text.format(**told) or untold)


def _index(
    bundle: BundleFile, wording: Wording, pages: Mapping[str, int]
) -> Iterator[Sequence[str]]:
    for number, entry in enumerate(bundle.file.entries, 1):
        page = pages.get(entry.id)
        kind = str(wording["kinds"][entry.kind.value])
        place = str(page) if page else str(wording["unnumbered"])
        yield (str(number), _day(entry)[:10], kind, entry.title, place)


def _timeline(bundle: BundleFile, wording: Wording) -> Iterator[Sequence[str]]:
    untold = str(wording["untold"])
    for moment in bundle.file.moments:
        at = _moment(moment.at)
        step = str(wording["steps"].get(moment.step, moment.step))
        name = bundle.names.get(moment.by, "") if moment.by else ""
        yield (at, step, moment.title, name or untold)


def _day(entry: Entry) -> str:
    return _moment(entry.at)


def _moment(at: datetime) -> str:
    return f"{at.astimezone(HALL_TIME):%Y-%m-%d %H:%M}"
