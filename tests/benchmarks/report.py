"""The whole report of 24 windows, 8 units and 600 cases, and 200 cards, against peers in one run.

    python -m tests.benchmarks.report

The peers: pdfium drawing the very pages that were made, and reportlab writing the very text that
stands on them without any layout.
"""

import io
import time
from collections.abc import Callable

import pypdfium2
from reportlab.pdfgen.canvas import Canvas

from desktop import assets
from desktop.documents.fonts import Face, machine_fonts
from desktop.documents.paper import print_paper
from desktop.documents.report.paper import print_report
from desktop.documents.template import read_template
from desktop.domain.demonstration.quarter import PERIOD
from desktop.domain.report.figures import figures_of
from tests.support.quarter import WORDING, calendar, facts, profile
from video.process.memory import peak_mb

CARDS = 200


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
    content, template = assets.sample_papers(), read_template(assets.template_file("T02"))
    fields = {**content["common"], **content["T02"]}  # type: ignore[dict-item]
    batch = timed(lambda: [print_paper(template, fields, fonts) for _ in range(CARDS)])
    print(f"cards: {CARDS} in {batch:.2f} s")
    print(f"peak of memory: {peak_mb():.0f} MB")


if __name__ == "__main__":
    main()
