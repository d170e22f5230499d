from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from desktop.documents.preview import page_for_print
from desktop.domain.evidence import Custody, CustodyAct, Paper
from desktop.domain.identifiers import Digest, PaperId, new_id
from desktop.domain.roles import Role
from desktop.usecases import official_documents as acts
from desktop.usecases.official_documents import DocumentText, Matter
from desktop.viewmodels.printing import Printing, PrintJob
from desktop.views.printing import PrintView
from tests.support.casework import FakeOffice, nameless

DPI = 60  # to which both are reduced before they are compared


@pytest.fixture
def printing(office: FakeOffice, qtbot: QtBot) -> Iterator[Printing]:
    office.enter(Role.SEAL_CLERK)
    made = Printing(office)
    yield made
    made.stop()


def order(office: FakeOffice) -> Paper:
    """An order to rectify with a table that lies on its side."""
    unit = office.plan.units[0]
    matter = Matter(office.plan.hall.id, "T04", unit.id)
    said = {
        "unit": unit.name,
        "organ": "某市行政效能监察办公室",
        "problems": ["超期"],
        "requirements": ["整改"],
        "tasks": [["1", "超期", "第九条", "整改", "2026年12月1日", "许文", ""]],
    }
    draft = partial(acts.draft_document, matter=matter, text=DocumentText(said), clock=office.clock)
    document = office.desk.act(office.people[Role.SUPERVISOR], draft).result()
    pdf = office.desk.look(lambda r: office.press.document_preview(r, document)).result()
    stored = office.press.keep(pdf)
    digest = Digest(stored.sha256)
    return Paper(
        PaperId(new_id()), office.plan.hall.id, "T04", "某效监改〔2026〕12号", {}, digest, digest,
        stored.size, document.drafted_by, office.clock.now(), document_id=document.id,
    )  # fmt: skip


def viewed(qtbot: QtBot, office: FakeOffice, printing: Printing) -> tuple[PrintView, PrintJob]:
    with qtbot.waitSignal(printing.ready) as told:
        printing.prepare(order(office))
    (job,) = told.args or [None]
    view = PrintView(None, printing, job, "责令整改通知书")  # type: ignore[arg-type]
    qtbot.addWidget(view)
    view.show()
    return view, job


def ink(picture: Image.Image) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    """Blackness of a page of A4, coarse enough that half a pixel does not count."""
    size = (round(8.27 * DPI), round(11.69 * DPI))
    return 255.0 - np.asarray(picture.convert("L").resize(size), dtype=np.float64)


def test_nothing_is_printed_without_a_reason(
    qtbot: QtBot, office: FakeOffice, printing: Printing
) -> None:
    view, _ = viewed(qtbot, office, printing)
    assert not view.go.isEnabled()
    view.reason.setText("送达")
    assert view.go.isEnabled()
    assert nameless(view) == []


def test_every_sheet_comes_out_as_the_paper_has_it(
    qtbot: QtBot, office: FakeOffice, printing: Printing, tmp_path: Path
) -> None:
    view, job = viewed(qtbot, office, printing)
    view.printer.setResolution(150)
    view.print_to(tmp_path / "out.pdf")
    view.reason.setText("送达")
    with qtbot.waitSignal(view.accepted, timeout=20_000):
        view.go.click()

    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as printed:
        assert len(printed) == len(job.pages) >= 2
        for number in range(len(printed)):
            assert printed[number].get_size() == pytest.approx((595, 842), abs=1.0)
            sheet = printed[number].render(scale=2).to_pil()
            wanted = page_for_print(job.pdf, number, dots_per_inch=150)
            source = Image.frombytes("RGBA", (wanted.width, wanted.height), wanted.rgba)
            assert source.width < source.height  # also the table that lies on its side
            assert np.abs(ink(sheet) - ink(source)).mean() < 2.0
            assert ink(source).mean() > 1.0


def test_the_print_is_in_the_chain_before_the_first_page(
    qtbot: QtBot, office: FakeOffice, printing: Printing, tmp_path: Path
) -> None:
    view, job = viewed(qtbot, office, printing)
    view.print_to(tmp_path / "out.pdf")
    view.printer.setResolution(150)
    view.printer.setFromTo(1, 1)
    view.reason.setText("送达")
    with qtbot.waitSignal(view.accepted, timeout=20_000):
        view.go.click()
    links = office.desk.look(lambda r: r.find(Custody, act=CustodyAct.EXPORTED)).result()
    assert [(link.subject_id, link.reason) for link in links] == [(job.paper.id, "送达")]
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as printed:
        assert len(printed) == 1


def test_both_sides_are_offered_only_where_the_printer_can_do_it(
    qtbot: QtBot, office: FakeOffice, printing: Printing, tmp_path: Path
) -> None:
    view, _ = viewed(qtbot, office, printing)
    view.print_to(tmp_path / "out.pdf")  # a file has one side
    sides = next(box for box in view.findChildren(QCheckBox) if box.text() == "双面打印")
    can_do = QPrinterInfo(view.printer).supportedDuplexModes()
    assert sides.isEnabled() == (QPrinter.DuplexMode.DuplexLongSide in can_do)
    assert view.printer.fullPage()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_told(
    qtbot: QtBot, office: FakeOffice, printing: Printing, tmp_path: Path
) -> None:
    view, _ = viewed(qtbot, office, printing)
    view.print_to(tmp_path / "no such folder" / "out.pdf")
    view.reason.setText("送达")
    with qtbot.waitSignal(printing.finished, timeout=20_000):
        view.go.click()
    assert view.trouble() == "打印机没有接受打印任务。"
