"""The whole report of 24 windows, 8 units and 600 cases, against peers in one run.

    python -m tests.benchmarks.report

The peers: pdfium drawing the very pages that were made, and reportlab writing the very text that
stands on them without any layout. The second figure is the report as its page makes it: gathered
from an encrypted case file, counted, printed and drawn for the screen. For cards see `batch`.
"""

import io
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import Connection

from desktop.documents.fonts import Face, machine_fonts
from desktop.documents.report.paper import print_report
from desktop.domain.demonstration.quarter import PERIOD
from desktop.domain.identifiers import new_id
from desktop.domain.report.facts import Facts
from desktop.domain.report.figures import figures_of
from desktop.domain.roles import Role, machine
from desktop.storage import cases
from desktop.usecases.ports import UnitOfWork
from desktop.viewmodels.reports.making import Maker
from tests.support.casework import FakeOffice, working_office
from tests.support.quarter import WORDING, calendar, facts, profile
from video.process.memory import peak_mb


def timed(work: Callable[[], object]) -> float:
    """Give the seconds of the best of three."""
    best = float("inf")
    for _ in range(3):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return best


def texts(pdf: bytes) -> list[str]:
    """Give the text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    said = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return said


def drawn(pdf: bytes) -> None:
    """Draw every page, a pixel a point."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        page.render(scale=1.0).to_numpy()
    document.close()


def bare(pages: list[str]) -> None:
    """Write the same text with reportlab alone."""
    font = machine_fonts().glyph(Face.BODY, "政").font
    canvas = Canvas(io.BytesIO(), invariant=1)
    for page in pages:
        words = canvas.beginText(60, 780)
        words.setFont(font, 10)
        for line in page.splitlines():
            words.textLine(line)
        canvas.drawText(words)
        canvas.showPage()
    canvas.save()


def main() -> None:
    """Print seconds, ratios and the peak of memory."""
    ledgers, fonts = facts(), machine_fonts()

    def report() -> bytes:
        figures = figures_of(ledgers, PERIOD, profile=profile(), calendar=calendar())
        return print_report(figures, WORDING, fonts)

    pdf = report()
    pages = texts(pdf)
    whole, pixels, text = timed(report), timed(lambda: drawn(pdf)), timed(lambda: bare(pages))
    print(f"report: {len(pages)} pages from {len(ledgers.bundles)} cases in {whole:.2f} s")
    print(f"  pdfium draws these pages in {pixels:.2f} s: ratio {whole / pixels:.2f}")
    print(f"  reportlab writes their text in {text:.2f} s: ratio {whole / text:.2f}")
    print(f"peak of memory: {peak_mb():.0f} MB")
    with TemporaryDirectory() as folder, working_office(Path(folder)) as office:
        keep(office, ledgers)
        made = timed(lambda: from_store(office))
        print(f"from the case file to pages on the screen: {made:.2f} s: ratio {made / text:.2f}")
    print(f"peak of memory: {peak_mb():.0f} MB")


def keep(office: FakeOffice, ledgers: Facts) -> None:
    """Lay the demonstration's units, windows, timelines and cases into the case file."""
    hall, machinery = office.plan.hall.id, machine("device")

    def register(work: UnitOfWork) -> None:
        for thing in (*ledgers.units, *(replace(w, hall_id=hall) for w in ledgers.windows)):
            work.add(thing)
        work.note("hall.set_up", f"hall/{hall}")

    def watch(work: UnitOfWork) -> None:
        for span in ledgers.spans:
            work.add(replace(span, id=new_id(), hall_id=hall))
        work.note("watch.keep", f"hall/{hall}")

    def take_in(connection: Connection) -> None:
        cases.stage(connection, cases.Arrival(hall, "batch"), ledgers.bundles)
        cases.settle(connection, "batch")

    office.desk.act(replace(machinery, roles=frozenset({Role.DATA_MGR})), register).result()
    office.desk.act(machinery, watch).result()
    office.desk.write(take_in).result()


def from_store(office: FakeOffice) -> None:
    """Make the report as the page does."""
    maker = Maker(
        press=office.press,
        catalogue=office.catalogue,
        profile=office.profile,
        calendar=office.calendar,
        clock=office.clock,
        wording=WORDING,
        tell=lambda _: None,
        go_on=lambda: True,
    )
    report = office.desk.look(partial(maker.make, period=PERIOD)).result()
    assert report is not None
    assert len(report.pages) > len(office.plan.units)


if __name__ == "__main__":
    main()
